import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Holds in the file` {
    let books = try! LedgerFile(clock: .noon)

    @Test func `a hold comes back with everything that Stripe said about it`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let requested = try await books.store.write(of: tenant) {
            try $0.addHold(tenant.money(30_000), origin: .savedCard, method: .card, placeOn: .arrival, to: folio)
        }
        #expect(try books.store.read(of: tenant) { try $0.holds(of: folio) } == [requested])
        var hold = requested
        hold.state = .captured
        hold.authorised = tenant.money(30_000)
        hold.captured = tenant.money(25_000)
        hold.captureBefore = .noon
        hold.session = "cs_1"
        hold.intent = "pi_1"
        hold.card = Hold.CardDetails(brand: "visa", last4: "4242", mayIncrement: true, ceiling: 36_000)
        hold.failure = .pageUnused
        let saved = hold
        try await books.store.write(of: tenant) { try $0.save(saved, of: folio) }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.holds(of: folio) == [saved])
            let byIntent = try book.hold(intent: "pi_1")
            #expect(byIntent?.folio == 1 && byIntent?.number == 1 && byIntent?.state == .captured)
            let bySession = try book.hold(session: "cs_1")
            #expect(bySession?.folio == 1 && bySession?.number == 1)
            #expect(try book.hold(intent: "pi_2") == nil)
        }
    }

    @Test func `holds on saved cards are placed when their day has come, and once`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let placed = try await books.store.write(of: tenant) { book in
            for days in [2, 0, 1] {
                _ = try book.addHold(
                    tenant.money(100), origin: .savedCard, method: .card, placeOn: .arrival.adding(days: days), to: folio)
            }
            _ = try book.addHold(tenant.money(100), origin: .page, method: .card, to: folio)
            return try book.holds(of: folio)[1]
        }
        func due(_ day: Day) throws -> [Int64] { try books.store.read(of: tenant) { try $0.holdsToPlace(by: day).map(\.number) } }
        #expect(try due(.arrival.adding(days: -1)) == [])
        #expect(try due(.arrival) == [2])
        #expect(try due(.arrival.adding(days: 1)) == [2, 3])
        try await books.store.write(of: tenant) { book in
            var hold = placed
            hold.intent = "pi_1"
            try book.save(hold, of: folio)
        }
        #expect(try due(.arrival.adding(days: 9)) == [3, 1])
        func next(from day: Day) throws -> Day? { try books.store.read(of: tenant) { try $0.nextDayWithHolds(from: day) } }
        #expect(try next(from: .arrival) == .arrival.adding(days: 1))
        #expect(try next(from: .arrival.adding(days: 1)) == .arrival.adding(days: 1))
        #expect(try next(from: .arrival.adding(days: 2)) == .arrival.adding(days: 2) && next(from: .arrival.adding(days: 3)) == nil)
    }

    @Test func `a hold that outlives its stay does not end early`() async throws {
        let books = try LedgerFile(clock: SettableClock(Instant("2025-11-19T12:00:00Z")!))
        let tenant = try await books.tenant()
        // Seven days of a stay of three nights, and an end in the middle of it.
        let lives: [Int64] = [7 * 86_400, 86_400]
        for (index, life) in lives.enumerated() {
            let folio = try await books.folio("R-\(index + 1)", of: tenant)
            try await books.store.write(of: tenant) { book in
                var hold = try book.hold(5000, intent: "pi_\(index + 1)", on: folio)
                hold.captureBefore = Day.arrival.start(in: tenant.timeZone).adding(seconds: life)
                try book.save(hold, of: folio)
            }
        }
        let end = Day.arrival.start(in: tenant.timeZone).adding(seconds: 86_400)
        func early(by instant: Instant) throws -> [Int64] {
            try books.store.read(of: tenant) { try $0.holdsEndingEarly(by: instant).map(\.folio) }
        }
        #expect(try early(by: .distantFuture) == [2] && early(by: end) == [2] && early(by: end.adding(seconds: -1)) == [])
    }

    @Test func `a hold that the bank must have let go is found until its end is known`() async throws {
        let time = SettableClock.noon
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let hold = try await books.store.write(of: tenant) { try $0.hold(5000, intent: "pi_1", on: folio) }
        func past() throws -> [String] { try books.store.read(of: tenant) { try $0.intentsPastExpiry() } }
        time.advance(seconds: 7 * 86_400 - 1)
        #expect(try past() == [])
        time.advance(seconds: 1)
        #expect(try past() == ["pi_1"])
        try await books.store.write(of: tenant) { book in
            var expired = hold
            expired.state = .expired
            try book.save(expired, of: folio)
        }
        #expect(try past() == [])
    }

    @Test(arguments: [Hold.State.captured, .released, .expired, .failed])
    func `a hold that is over cannot be brought back`(_ state: Hold.State) async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let live = try await books.store.write(of: tenant) { book in
            let live = try book.hold(5000, intent: "pi_1", on: folio)
            var over = live
            over.state = state
            try book.save(over, of: folio)
            return live
        }
        let error = await #expect(throws: StoreError.self) { try await books.store.write(of: tenant) { try $0.save(live, of: folio) } }
        #expect(error?.constraint == .trigger)
    }
}
