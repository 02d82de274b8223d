import Foundation
import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

/// Whatever happens in whatever order, the books are sound.
@Suite struct `Random books` {
    private struct Abandoned: Error {}

    /// Lets the hotels of `ids` live through `steps` each, in an order that `seed` decides, some of it undone half way.
    private func run(_ ids: [String], steps: Int, seed: UInt64) async throws -> (books: LedgerFile, hotels: [RandomHotel]) {
        let books = try LedgerFile(clock: .noon)
        var hotels: [RandomHotel] = []
        for id in ids {
            let ownSeed = id.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) }
            hotels.append(RandomHotel(try await books.tenant(id), seed: ownSeed))
        }
        var random = Noise(seed: seed)
        var order = ids.indices.flatMap { Array(repeating: $0, count: steps) }
        order.shuffle(using: &random)
        while !order.isEmpty {
            let (some, before) = (Array(order.prefix(.random(in: 1...40, using: &random))), hotels)
            let advance: @Sendable (borrowing Transaction) throws -> [RandomHotel] = { transaction in
                var after = before
                for index in some { try transaction.withBook(of: after[index].tenant) { try after[index].step($0) } }
                return after
            }
            if Int.random(in: 0..<8, using: &random) == 0 {
                // All of it happens and is then undone: the numbers must be given again.
                await #expect(throws: Abandoned.self) {
                    try await books.store.write {
                        _ = try advance($0); throw Abandoned()
                    }
                }
            }
            hotels = try await books.store.write(advance)
            order.removeFirst(some.count)
        }
        return (books, hotels)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `thousands of random postings over several tenants verify clean`(_ seed: UInt64) async throws {
        let steps = Walk.share(of: 1500)
        let (books, hotels) = try await run(["anker", "berghof", "krone"], steps: steps, seed: seed)
        for hotel in hotels {
            try books.store.read(of: hotel.tenant) { (book: borrowing Book) throws in
                let check = try book.verify()
                #expect(check.defects == [])
                #expect(check.entries > steps * 7 / 15)
                #expect(check.debits == check.credits)
                var numbers: [Int64] = []
                var previous = JournalEntry.genesisHash
                var replayed: [String: Int64] = [:]
                try book.eachEntry() { entry, hash in
                    numbers.append(entry.number)
                    replayed[entry.debit, default: 0] += entry.amount
                    replayed[entry.credit, default: 0] -= entry.amount
                    #expect(entry.previousHash == previous)
                    previous = hash
                }
                #expect(numbers == Array(1...check.entries))
                let kept = try book.all("SELECT name, debits - credits FROM account WHERE tenant = \(hotel.tenant.number)") {
                    (try $0.string(0), try $0.int64(1))
                }
                let balances = Dictionary(uniqueKeysWithValues: kept)
                #expect(balances == replayed)
                #expect(balances.filter { $0.value != 0 } == hotel.expected.filter { $0.value != 0 })
            }
        }
    }

    @Test func `a folio's balance is its lines minus payments plus refunds`() async throws {
        let (books, hotels) = try await run(["anker"], steps: Walk.share(of: 1000), seed: 7)
        let tenant = hotels[0].tenant
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            for folio in try book.folios(limit: 1000) {
                let totals = try FolioTotals(
                    charged: book.charged(on: folio).sum, holds: book.holds(of: folio),
                    payments: book.payments(of: folio), refunds: book.refunds(of: folio), now: .noon)
                #expect(try book.balance(of: .folio(reference: folio.reference)) == totals.open)
            }
        }
    }

    @Test func `a tenant's book is the same whether others share the file or not`() async throws {
        let steps = Walk.share(of: 300)
        let together = try await run(["anker", "berghof", "krone"], steps: steps, seed: 11)
        let alone = try await run(["berghof"], steps: steps, seed: 11)
        func head(_ run: (books: LedgerFile, hotels: [RandomHotel])) throws -> [UInt8] {
            try run.books.store.read(of: "berghof") { try $0.verify().head }
        }
        let heads = (try head(together), try head(alone))
        #expect(heads.0 == heads.1)
        #expect(heads.0 != JournalEntry.genesisHash)
    }

    @Test func `many callers at once leave no gap and no number twice`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenants = [try await books.tenant("anker"), try await books.tenant("krone")]
        let folios = [try await books.folio(of: tenants[0]), try await books.folio(of: tenants[1])]
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<400 {
                group.addTask {
                    let (tenant, folio) = (tenants[index % 2], folios[index % 2])
                    _ = try? await books.store.write(of: tenant) { book in
                        try book.charge(100, to: folio)
                        if index % 7 == 0 { throw Abandoned() }
                    }
                }
            }
        }
        for (index, tenant) in tenants.enumerated() {
            try books.store.read(of: tenant) { (book: borrowing Book) throws in
                let kept = Int64((0..<400).count { $0 % 2 == index && $0 % 7 != 0 })
                let check = try book.verify()
                #expect(check.defects == [])
                #expect(check.entries == kept)
                #expect(try book.charged(on: folios[index]).sum == tenant.money(100 * kept))
            }
        }
    }

    @Test func `the entries of a while carry the hash of the entry before it`() async throws {
        let time = SettableClock.noon
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        for _ in 1...5 {
            try await books.store.write(of: tenant) { _ = try $0.charge(100, to: folio) }
            time.advance(seconds: 60)
        }
        var numbers: [Int64] = []
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            let start = Instant.noon.adding(seconds: 60)
            try book.eachEntry(from: start, before: start.adding(seconds: 120)) { entry, hash in
                numbers.append(entry.number)
                #expect(entry.hash(tenant: tenant.id) == hash)
            }
        }
        #expect(numbers == [2, 3])
    }

    /// What is posted in between belongs to another day.
    @Test func `the entries of a day carry the hash of the entry before it, whatever is posted between them`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        let days = ["2026-11-29", "2026-12-01", "2026-11-30", "2026-12-02", "2026-11-30"].map { Day($0)! }
        try await books.store.write(of: tenant) { book in
            for (number, day) in days.enumerated() {
                _ = try book.post(.payout(tenant.money(-100), on: day, balanceTransaction: "txn_\(number)")!, by: "test")
            }
        }
        var numbers: [Int64] = []
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            try book.eachEntry(on: Day("2026-11-01")!...Day("2026-11-30")!) { entry, hash in
                numbers.append(entry.number)
                #expect(entry.hash(tenant: tenant.id) == hash)
            }
        }
        #expect(numbers == [1, 3, 5])
    }
}
