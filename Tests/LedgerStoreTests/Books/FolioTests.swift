import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Folios in the file` {
    let books = try! LedgerFile(clock: .noon)

    @Test func `a folio comes back with all that was set on it`() async throws {
        let tenant = try await books.tenant()
        let opened = try await books.folio(of: tenant)
        #expect(opened.number == 1)
        #expect(try books.store.read(of: tenant) { try $0.folio("R-4711") } == opened)
        let notice = FolioNotice.holdRefused(Money(minorUnits: 30000, currency: tenant.currency), why: .declined("generic_decline"))
        try await books.store.write(of: tenant) { book in
            try book.setCustomer("cus_1", of: opened)
            try book.setNotice(notice, of: opened)
            try book.setPage("https://pay.example/1", of: opened)
            try book.setDocument("2025-000001", of: opened)
            try book.setState(.checkedOut, of: opened)
        }
        var expected = opened
        expected.customer = "cus_1"
        expected.notice = notice
        expected.paymentURL = "https://pay.example/1"
        expected.documentNumber = "2025-000001"
        expected.state = .checkedOut
        expected.closedAt = .noon
        #expect(try books.store.read(of: tenant) { try $0.folio(number: 1) } == expected)
        try await books.store.write(of: tenant) { book in
            try book.setNotice(nil, of: opened)
            try book.setPage(nil, of: opened)
        }
        expected.notice = nil
        expected.paymentURL = nil
        #expect(try books.store.read(of: tenant) { try $0.folio(number: 1) } == expected)
    }

    @Test(arguments: [Folio.State.closing, .awaitingGuest, .cancelled, .noShow])
    func `a folio takes every state`(_ state: Folio.State) async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { try $0.setState(state, of: folio) }
        #expect(try books.store.read(of: tenant) { try $0.folio(number: 1)?.state } == state)
    }

    @Test func `a folio whose booking did not come about goes, and its number is not given again`() async throws {
        let tenant = try await books.tenant()
        let other = try await books.folio("R-0", of: tenant)
        let folio = try await books.folio("R-1", of: tenant)
        let (asked, lines) = try await books.store.write(of: tenant) { book in
            try book.charge(10700, to: other)
            let lines = try book.lines(of: other)
            let amount = Money(minorUnits: 30000, currency: book.tenant.currency)
            let hold = try book.addHold(amount, origin: .page, method: .klarna, to: folio)
            let number = try book.addOperation(
                "hold_page", folio: folio, subject: hold.number, intent: nil, method: "POST", path: "/v1/checkout/sessions", body: "",
                idempotencyKey: "k")
            try book.addAskedPage(number, isBooking: true, charging: lines, by: "test")
            let operation = try book.operation(number)!
            let asked = try book.askedPage(of: operation)
            try book.finish(operation, .refused, failure: .methodNotActive(.klarna))
            try book.forgetAskedPage(of: operation)
            try book.forgetHold(hold.number, of: folio)
            try book.forget(folio)
            return (asked, lines)
        }
        #expect(lines.count == 1 && asked?.lines == lines && asked?.isBooking == true && asked?.actor == "test")
        #expect(try books.store.read(of: tenant) { try $0.folio("R-1") } == nil)
        #expect(try await books.folio("R-1", of: tenant).number == 3)
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `numbers and references belong to their tenant, and a reference is taken once`() async throws {
        let (a, b) = (try await books.tenant("a"), try await books.tenant("b"))
        _ = try await books.folio("R-1", of: a)
        let second = try await books.folio("R-2", of: a)
        let others = try await books.folio("R-2", of: b)
        #expect(second.number == 2)
        #expect(others.number == 1)
        await #expect(throws: StoreError.self) { _ = try await books.folio("R-2", of: a) }
        try books.store.read(of: b) { (book: borrowing Book) throws in
            #expect(try book.folio("R-1") == nil)
            #expect(try book.folio(number: 2) == nil)
        }
    }

    /// - Returns: What was found after a stay.
    private func lateCharge(_ reference: String, of stay: Folio, in tenant: Tenant) async throws -> Folio {
        try await books.store.write(of: tenant) { book in
            try book.addFolio(
                reference, source: .lateCharge, guest: stay.guest, arrival: stay.arrival, departure: stay.departure, mode: .direct,
                method: .card, stay: .init(number: stay.number, reference: stay.reference, way: .link))
        }
    }

    @Test func `a late charge knows its stay, and a stay its late charges`() async throws {
        let tenant = try await books.tenant()
        let stay = try await books.folio(of: tenant)
        await #expect(throws: StoreError.self) { _ = try await self.lateCharge("R-4711-L1", of: stay, in: tenant) }
        try await books.store.write(of: tenant) { try $0.setState(.checkedOut, of: stay) }
        let late = try await lateCharge("R-4711-L1", of: stay, in: tenant)
        #expect(late.stay?.number == stay.number && late.stay?.reference == "R-4711" && late.stay?.way == .link)
        _ = try await books.store.write(of: tenant) { try $0.charge(890, .minibar, to: late) }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.folio("R-4711-L1") == late && book.folio("R-4711")?.stay == nil)
            #expect(try book.lateCharges(of: stay) == [late] && book.lateCharges(of: late) == [])
            let open = try book.folios(.lateCharges, on: .arrival, Window(limit: 10))
            #expect(open.elements == [late] && open.count == 1)
            #expect(try book.openLateCharges() == tenant.money(890))
            #expect(try book.folios(.departures, on: stay.departure, Window(limit: 10)).elements.map(\.reference) == ["R-4711"])
            #expect(try book.orders(Window(limit: 10)).count == 0)
        }
        try await books.store.write(of: tenant) { try $0.setState(.cancelled, of: late) }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.folios(.lateCharges, on: .arrival, Window(limit: 10)).count == 0 && book.openLateCharges().isZero)
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `cards of closed folios are listed when they may be kept no longer, by the days of their consent`() async throws {
        let clock = SettableClock(Instant("2025-11-20T10:00:00Z")!)
        let books = try LedgerFile(clock: clock)
        let tenant = try await books.tenant()
        let late = CardTerms.Late(days: 3, categories: [.minibar])
        for (reference, terms, state) in [
            ("KEPT", CardTerms(late: late), Folio.State.checkedOut), ("NOTHING", CardTerms(), .checkedOut),
            ("CANCELLED", CardTerms(late: late), .cancelled), ("OPEN", CardTerms(), .open),
        ] {
            let folio = try await books.folio(reference, of: tenant)
            try await books.store.write(of: tenant) { book in
                try book.requestCard(for: folio, consent: "I agree.", terms: terms)
                try book.setCard("pm_\(reference)", brand: "visa", last4: "4242", expires: nil, of: folio)
                try book.setState(state, of: folio)
            }
        }
        func listed() throws -> [String?] {
            try books.store.read(of: tenant) { (book: borrowing Book) throws in
                try book.foliosWithCardToDetach().map { try book.folio(number: $0)?.reference }
            }
        }
        #expect(try listed() == ["NOTHING", "CANCELLED"])
        clock.advance(seconds: 2 * 86_400)
        #expect(try listed() == ["NOTHING", "CANCELLED"])
        // It may list a day too early; the rule decides.
        clock.advance(seconds: 2 * 86_400)
        #expect(try listed() == ["KEPT", "NOTHING", "CANCELLED"])
    }

    @Test func `folios are listed in order of opening, those in one state when asked, and not more than asked for`() async throws {
        let tenant = try await books.tenant()
        for number in 1...5 { _ = try await books.folio("R-\(number)", of: tenant) }
        let second = try #require(try books.store.read(of: tenant) { try $0.folio("R-2") })
        try await books.store.write(of: tenant) { try $0.setState(.checkedOut, of: second) }
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            func references(_ state: Folio.State?, _ limit: Int) throws -> [String] {
                try book.folios(state: state, limit: limit).map(\.reference)
            }
            #expect(try references(nil, 3) == ["R-1", "R-2", "R-3"])
            #expect(try references(.open, 100) == ["R-1", "R-3", "R-4", "R-5"])
            #expect(try references(.open, 2) == ["R-1", "R-3"])
            #expect(try references(.checkedOut, 100) == ["R-2"])
            #expect(try references(.cancelled, 100) == [])
        }
    }

    @Test func `a card is asked for, saved with the guest's consent, used and let go`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let database = books.store
        #expect(try database.read(of: tenant) { try $0.cardOnFile(of: folio) } == nil)
        let terms = CardTerms(ceiling: tenant.money(60_000), late: .init(days: 14, categories: [.parking, .minibar]))
        try await database.write(of: tenant) { try $0.requestCard(for: folio, consent: "I agree.", terms: terms) }
        try await database.write(of: tenant) { try $0.setCardSession("cs_1", of: folio) }
        let requested = CardOnFile(state: .requested, session: "cs_1", paymentMethod: nil, consent: "I agree.", terms: terms)
        try database.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.cardOnFile(of: folio) == requested)
            #expect(try book.folioSavingCard(session: "cs_1") == folio.number)
            #expect(try book.folioSavingCard(session: "cs_2") == nil)
            #expect(try book.folio(number: 1)?.savedCard == nil)
        }
        try await database.write(of: tenant) { try $0.setCard("pm_1", brand: "visa", last4: "4242", expires: "2029-08", of: folio) }
        let card = Folio.SavedCard(
            paymentMethod: "pm_1", brand: "visa", last4: "4242", expires: "2029-08", consentedAt: .noon, terms: terms)
        #expect(try database.read(of: tenant) { try $0.folio(number: 1)?.savedCard } == card)
        // A card that is saved is not asked for again.
        try await database.write(of: tenant) { try $0.requestCard(for: folio, consent: "Again.") }
        #expect(try database.read(of: tenant) { try $0.folio(number: 1)?.savedCard } == card)
        #expect(try database.read(of: tenant) { try $0.cardOnFile(of: folio)?.consent } == "I agree.")
        try await database.write(of: tenant) { try $0.setCardState(.removed, of: folio) }
        // Late news does not bring it back.
        try await database.write(of: tenant) { try $0.setCard("pm_2", brand: "visa", last4: "1111", expires: "2029-08", of: folio) }
        try database.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.folio(number: 1)?.savedCard == nil)
            #expect(try book.cardOnFile(of: folio)?.state == .removed)
        }
    }

    @Test func `a card that failed can be asked for again, on a page of its own`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            try book.requestCard(for: folio, consent: "I agree.")
            try book.setCardSession("cs_1", of: folio)
            try book.setCardState(.failed, of: folio)
            try book.requestCard(for: folio, consent: "I agree.")
        }
        let again = CardOnFile(state: .requested, session: nil, paymentMethod: nil, consent: "I agree.", terms: CardTerms())
        #expect(try books.store.read(of: tenant) { try $0.cardOnFile(of: folio) } == again)
    }

    @Test func `a card that is asked for again is asked for under the new terms, and a past card keeps its own`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let first = CardTerms(ceiling: tenant.money(60_000), late: .init(days: 14, categories: [.minibar]))
        let second = CardTerms(ceiling: tenant.money(90_000))
        func card() throws -> CardTerms? { try books.store.read(of: tenant) { try $0.folio(number: 1)?.savedCard?.terms } }
        try await books.store.write(of: tenant) { book in
            try book.requestCard(for: folio, consent: "Nothing.")
            try book.requestCard(for: folio, consent: "First.", terms: first)
            try book.setCard("pm_1", brand: "visa", last4: "4242", expires: nil, of: folio)
        }
        #expect(try card() == first)
        try await books.store.write(of: tenant) { book in
            // While the card is saved, nobody is asked for anything else.
            try book.requestCard(for: folio, consent: "Second.", terms: second)
            try book.setCard("pm_2", brand: "visa", last4: "1111", expires: nil, of: try book.folio(number: 1)!)
        }
        #expect(try card() == first)
        try await books.store.write(of: tenant) { book in
            try book.removeCard(.detached, of: folio)
            try book.requestCard(for: folio, consent: "Second.", terms: second)
            try book.setCard("pm_3", brand: "visa", last4: "2222", expires: nil, of: folio)
        }
        #expect(try card() == second)
        let past = try books.store.read(of: tenant) { try $0.pastCards(of: folio) }
        #expect(past.map(\.paymentMethod) == ["pm_1", "pm_2"] && past.map(\.terms) == [first, first])
        #expect(past.map(\.consent) == ["First.", "First."])
    }

    @Test func `a folio keeps how the amount of its booking came about`() async throws {
        let tenant = try await books.tenant()
        let proposal = try HoldProposal(
            nights: 3, nightlyRate: tenant.money(10_000), visitorTax: tenant.money(350), extrasPerNight: tenant.money(0))
        let (proposed, plain) = try await books.store.write(of: tenant) { book in
            func add(_ reference: String, _ proposal: HoldProposal?, _ book: borrowing Book) throws -> Folio {
                try book.addFolio(
                    reference, source: .reservation, guest: Folio.Guest(name: "Ada Gast", email: nil), arrival: .arrival,
                    departure: .arrival.adding(days: 3), mode: .reserved, method: .card, proposal: proposal)
            }
            return (try add("R-1", proposal, book), try add("R-2", nil, book))
        }
        #expect(proposed.proposal == proposal && plain.proposal == nil)
        let read = try books.store.read(of: tenant) { (book: borrowing Book) throws in
            try ["R-1", "R-2"].map { try book.folio($0)?.proposal }
        }
        #expect(read == [proposal, nil])
        #expect(read[0]?.total == tenant.money(31_050))
    }
}
