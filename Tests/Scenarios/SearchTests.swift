import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// What people at the desk and in accounting hold in their hands: a name, an address, a card, an amount, an id of Stripe's.
@Suite struct `A folio is found` {
    private let hotel: Hotel

    init() async throws {
        hotel = try await Hotel()
        // a hold of 300.00 on a card that ends in 4242, of which 129.50 is taken. R-2: 99.00 paid at once with a card that ends in 4444.
        try await hotel.book("R-1")
        try await hotel.book("R-2", hold: "99.00", card: "5555555555554444", mode: .direct)
        var shop = NewFolio(
            reference: "S-3", guest: .init(name: "Zoë Müller", email: "zoe.mueller@shop.example"), arrival: Day("2026-11-18")!,
            departure: Day("2026-11-18")!, mode: .direct, amount: hotel.euros("1200.00"))
        shop.source = .shop
        _ = try await hotel.ledger.openFolio(shop, of: Hotel.id, by: "test")
        try await hotel.charge("R-1", .lodging, "129.50")
        try await hotel.checkOut("R-1")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
    }

    /// The references that the desk's search finds and those that the list of the API finds are the same.
    private func found(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        let desk = try hotel.ledger.search(text, of: Hotel.id)
        var filter = FolioFilter()
        filter.text = text
        let listed = try hotel.ledger.folios(filter, after: nil, limit: 100, of: Hotel.id).map(\.folio.reference)
        #expect(desk.elements.map(\.folio.reference) == listed.reversed(), sourceLocation: sourceLocation)
        #expect(desk.count == listed.count, sourceLocation: sourceLocation)
        return listed
    }

    @Test func `by the guest's name and e-mail address`() throws {
        #expect(try found("weiss") == ["R-1", "R-2"])
        #expect(try found("anna@example.com") == ["R-1", "R-2"])
        #expect(try found("Zoe.Mueller@shop.example") == ["S-3"])
        #expect(try found("zoe.m") == ["S-3"])
        #expect(try found("shop.example") == ["S-3"])
        #expect(try found("zoe muller") == ["S-3"])
        #expect(try found("anna zoe").isEmpty)
    }

    @Test func `by the last four digits of a card that was held, charged or saved`() throws {
        #expect(try found("4242") == ["R-1"])
        #expect(try found("4444") == ["R-2"])
        #expect(try found("0341").isEmpty)
    }

    @Test func `by a name with commas, brackets or quotation marks around its words`() async throws {
        try await hotel.book("R-4", guest: "Keller; Sohn", email: "k@example.com", card: nil)
        for text in ["Weiss, Anna", "\"Weiss\"", "(anna)", "Anna Weiss."] { #expect(try found(text) == ["R-1", "R-2"], "\(text)") }
        #expect(try found("Müller, Zoë") == ["S-3"])
        #expect(try found("Keller; Sohn") == ["R-4"] && found("Sohn/") == ["R-4"])
        #expect(try found("#R-2") == ["R-2"])
        #expect(try found(",").isEmpty && found("").isEmpty)
    }

    @Test func `by a name with an umlaut, with it, without it and spelled out`() async throws {
        try await hotel.book("R-4", guest: "Dora Öhl", email: "d@example.com", card: nil)
        try await hotel.book("R-5", guest: "Jan Oehler", email: "j@example.com", card: nil)
        try await hotel.book("R-6", guest: "Eva Weiß", email: "e@example.com", card: nil)
        #expect(try found("ohl") == ["R-4"])
        #expect(try found("Öhl") == ["R-4", "R-5"] && found("oehl") == ["R-4", "R-5"])
        #expect(try found("Öhl, Dora") == ["R-4"])
        #expect(try found("eva weiss") == ["R-6"])
    }

    @Test func `by a name together with a card, an amount or both`() throws {
        #expect(try found("anna 4242") == ["R-1"] && found("4444 weiss") == ["R-2"])
        #expect(try found("anna 300,00") == ["R-1"] && found("weiss 99") == ["R-2"] && found("anna 99,00 EUR") == ["R-2"])
        #expect(try found("99,00 € weiss") == ["R-2"] && found("EUR 99,00") == ["R-2"])
        #expect(try found("anna 4444 99") == ["R-2"] && found("zoe 1.200,00") == ["S-3"])
        #expect(try found("zoe 4242").isEmpty && found("anna 1.200,00").isEmpty && found("anna 4242 99").isEmpty)
    }

    @Test func `by a card as the page shows it`() throws {
        for text in ["Visa …4242", "…4242", "visa 4242", "•••• 4242", "Visa ••••4242", "anna visa 4242"] {
            #expect(try found(text) == ["R-1"], "\(text)")
        }
        #expect(try found("Mastercard …4444") == ["R-2"])
        #expect(try found("visa 4444").isEmpty)
    }

    @Test func `by what it has open, as the list shows it`() async throws {
        try await hotel.charge("R-2", .lodging, "386.30")
        #expect(try hotel.folio("R-2").totals.open == hotel.euros("287.30"))
        #expect(try found("287,30") == ["R-2"] && found("weiss 287,30 €") == ["R-2"])
        try await hotel.charge("R-2", .lodging, "1.00")
        #expect(try found("287,30").isEmpty)
    }

    @Test func `by the charge of a hold, the card of a payment, a review, a bank's warning and the movement of a dispute`() async throws {
        let payment = try #require(try hotel.folio("R-2").payments.first)
        #expect(try found(try #require(payment.paymentMethod)) == ["R-2"])
        let charge = try #require(payment.charge)
        let dispute = try #require(try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", [:])["id"] as? String)
        try await hotel.book("R-4", guest: "Dora Öhl")
        let held = try #require(try hotel.folio("R-4").holds.first)
        #expect(try found(try #require(held.risk?.assessment?.charge)) == ["R-4"])
        #expect(try found(try #require(held.paymentMethod)) == ["R-4"])
        let (review, warning) = (try await hotel.review(), try await hotel.bankWarns())
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try found(review) == ["R-4"] && found(warning) == ["R-4"])
        #expect(review.hasPrefix("prv_") && warning.hasPrefix("issfr_"))
        #expect(try found(dispute) == ["R-2"])
        let movements = ask(
            hotel.folder.file("ledger.db"), "SELECT id FROM balance_transaction WHERE kind = 'dispute' ORDER BY id")
        #expect(!movements.isEmpty)
        for movement in movements { #expect(try found(movement) == ["R-2"], "\(movement)") }
    }

    @Test func `by the amount of a hold, a payment or a document, as people write it`() throws {
        #expect(try found("300,00") == ["R-1"])
        #expect(try found("129.50") == ["R-1"])
        #expect(try found("129,50 €") == ["R-1"])
        #expect(try found("99") == ["R-2"])
        #expect(try found("1.200,00") == ["S-3"])
        #expect(try found("0").isEmpty)
        #expect(try found("0,01").isEmpty)
    }

    @Test func `by what Stripe calls its page, payment, charge or customer, and by the movement of the balance`() async throws {
        let (first, second) = (try hotel.folio("R-1"), try hotel.folio("R-2"))
        let payment = try #require(second.payments.first)
        #expect(try found(try #require(payment.intent)) == ["R-2"])
        #expect(try found(try #require(payment.session)) == ["R-2"])
        #expect(try found(try #require(payment.charge)) == ["R-2"])
        #expect(payment.charge?.hasPrefix("ch_") == true && payment.card == .init(brand: "mastercard", last4: "4444"))
        #expect(try found(try #require(first.holds.first?.intent)) == ["R-1"])
        #expect(try found(try #require(first.payments.first?.charge)) == ["R-1"])
        #expect(first.payments.first?.card == .init(brand: "visa", last4: "4242"))
        #expect(try found(try #require(first.folio.customer)) == ["R-1"])
        #expect(try found("pi_nothing").isEmpty)
        #expect(try found("https://dashboard.stripe.com/payments/\(try #require(payment.intent))?x=1") == ["R-2"])
        #expect(try found("2026-000001") == ["R-1"])
        #expect(try found(String(try #require(payment.intent).dropLast())).isEmpty)

        _ = try await hotel.ledger.refund(
            payment: 1, amount: hotel.euros("10.00"), reason: "Test", bill: .unchanged, of: "R-2", of: Hotel.id, by: "test")
        try await hotel.letPass(seconds: 10)
        try await hotel.sync()
        #expect(try found(try #require(try hotel.folio("R-2").refunds.first?.stripeID)) == ["R-2"])
        let movements = ask(
            hotel.folder.file("ledger.db"),
            "SELECT id || ' ' || source FROM balance_transaction WHERE kind IN ('charge', 'refund') ORDER BY id")
        #expect(movements.count == 3)
        for movement in movements {
            let words = movement.split(separator: " ").map(String.init)
            #expect(try found(words[0]) == [words[1] == first.payments.first?.charge ? "R-1" : "R-2"], "\(movement)")
        }
    }

    @Test func `among the orders of the shop alone`() throws {
        var filter = FolioFilter()
        filter.source = .shop
        #expect(try hotel.ledger.folios(filter, after: nil, limit: 10, of: Hotel.id).map(\.folio.reference) == ["S-3"])
        filter.text = "4242"
        #expect(try hotel.ledger.folios(filter, after: nil, limit: 10, of: Hotel.id).isEmpty)
    }
}
