import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

/// The words on Stripe's page are the words in the books, and the numbers beside them are theirs.
@Suite struct `The consent of a guest` {
    /// What Stripe's pages show above the button, the latest first.
    private static func texts(at hotel: Hotel) async throws -> [String?] {
        let pages = try await hotel.atStripe("/v1/checkout/sessions")["data"] as? [[String: Any]] ?? []
        return pages.map { (($0["custom_text"] as? [String: Any])?["submit"] as? [String: Any])?["message"] as? String }
    }

    private static func card(_ reference: String, at hotel: Hotel) throws -> CardOnFile? {
        let folio = try hotel.folio(reference).folio
        return try hotel.store.read(of: try hotel.ledger.tenant(Hotel.id)) { try $0.cardOnFile(of: folio) }
    }

    @Test(arguments: [0, 20], [("300.00", Folio.Mode.reserved, "900.00"), ("0.00", .reserved, "60.00"), ("300.00", .direct, "60.00")])
    func `is kept as the guest has read it`(lead: Int, booked: (amount: String, mode: Folio.Mode, ceiling: String)) async throws {
        var settings = Tenant.Settings()
        (settings.extrasPerNight, settings.ceilingPercent, settings.lateChargeDays) = (1000, 300, 5)
        let hotel = try await Hotel(settings: settings)
        try await hotel.book("R-1", nights: 2, inDays: lead, hold: booked.amount, mode: booked.mode)
        let card = try #require(try Self.card("R-1", at: hotel))
        let shown = try await Self.texts(at: hotel)
        #expect(shown == [card.consent])
        let ceiling = hotel.euros(booked.ceiling)
        #expect(card.terms.ceiling == ceiling && card.terms.late?.days == 5)
        #expect(card.consent.contains("bis zu \(ceiling.text(in: .german)) erlaubt") && card.consent.contains("Bis 5 Tage"))
        #expect(try hotel.folio("R-1").folio.savedCard?.terms == card.terms)
        try await hotel.expectAgreement()
    }

    @Test func `stays as it was while the card is saved, whatever the hotel decides since`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1")
        let before = try #require(try Self.card("R-1", at: hotel))
        var change = TenantChange()
        (change.name, change.ceilingPercent, change.lateChargeDays) = ("Another name", 500, 90)
        _ = try await hotel.ledger.change(change, of: Hotel.id)
        // More than the ceiling: the guest authorises it on a page, which shows what was agreed to.
        _ = try await hotel.ledger.askForHold(hotel.euros("700.00"), on: "R-1", of: Hotel.id, by: "reception")
        #expect(try await Self.texts(at: hotel).first == .some(before.consent))
        try await hotel.guestPays("R-1", card: "5555555555554444")
        try await hotel.sync()
        let after = try #require(try Self.card("R-1", at: hotel))
        #expect(after.paymentMethod != before.paymentMethod && after.consent == before.consent && after.terms == before.terms)
        #expect(after.terms.ceiling == hotel.euros("600.00") && !after.terms.allows(hotel.euros("700.00")))
        let folio = try hotel.folio("R-1").folio
        let past = try hotel.store.read(of: try hotel.ledger.tenant(Hotel.id)) { try $0.pastCards(of: folio) }
        #expect(past.map(\.terms) == [before.terms] && past.map(\.consent) == [before.consent])
        try await hotel.expectAgreement()
    }

    @Test func `is asked for anew when more is to be held than a guest without a card was asked for`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", card: nil)
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        #expect(try Self.card("R-1", at: hotel)?.terms.ceiling == hotel.euros("600.00"))
        // Within what was asked for, the words stay; beyond it the ceiling follows.
        for (amount, ceiling) in [("500.00", "600.00"), ("601.00", "1202.00")] {
            _ = try await hotel.ledger.askForHold(hotel.euros(amount), on: "R-1", of: Hotel.id, by: "reception")
            let card = try #require(try Self.card("R-1", at: hotel))
            #expect(card.terms.ceiling == hotel.euros(ceiling) && card.state == .requested)
            #expect(try await Self.texts(at: hotel).first == .some(card.consent), "\(amount)")
            try await hotel.letPass(days: 1)
            try await hotel.sync()
        }
    }

    @Test func `is asked for by another method's stay when its guest names a card`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "200.00", card: nil, method: .klarna)
        #expect(try Self.card("R-1", at: hotel) == nil)
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        _ = try await hotel.ledger.askForHold(hotel.euros("250.00"), with: .card, on: "R-1", of: Hotel.id, by: "reception")
        let card = try #require(try Self.card("R-1", at: hotel))
        #expect(card.terms.ceiling == hotel.euros("500.00"))
        #expect(try await Self.texts(at: hotel).first == .some(card.consent))
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.savedCard?.terms == card.terms)
        try await hotel.expectAgreement()
    }
}
