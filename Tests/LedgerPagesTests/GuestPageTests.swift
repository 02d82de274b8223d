import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

@Suite struct `Where guests land after Stripe's page` {
    @Test func `everybody can read it, in either language, and it knows nobody`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        for (page, german, english) in [
            ("paid", "Ihre Zahlung ist eingegangen oder wird gerade bearbeitet.", "Your payment has arrived, or is being processed."),
            ("reserved", "Der Betrag wird vorgemerkt.", "The amount is being reserved."),
            ("saved", "Ihre Karte wird für Ihren Aufenthalt hinterlegt.", "Your card is being saved"),
            ("left", "Es wurde nichts bezahlt oder vorgemerkt.", "Nothing was paid or reserved."),
        ] {
            for (language, words) in [("de-AT", german), ("en-GB, de;q=0.5", english), ("fr", german)] {
                let shown = await house.get("/guest/\(page)", as: nil, language: language)
                #expect(shown.status == 200 && shown.text.contains(words), "\(page) \(language): \(shown.text)")
                #expect(shown.header("Set-Cookie") == nil && !shown.text.contains("<form") && !shown.text.contains("<nav"))
                #expect(shown.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            }
            // Somebody of the house who opens it is no other reader.
            let staff = await house.get("/guest/\(page)", as: .admin)
            #expect(!staff.text.contains("Seeblick") && !staff.text.contains("csrf"))
        }
        #expect(await house.get("/guest/nothing", as: nil).status == 404)
    }

    private func addresses(_ house: HotelWithPages, _ reference: String) async throws -> [String?] {
        let found = try await house.atStripe("/v1/checkout/sessions/\(try house.page(of: reference))")
        return [found["success_url"] as? String, found["cancel_url"] as? String]
    }

    @Test func `Stripe is told of it for every page that the house makes`() async throws {
        let house = try await HotelWithPages()
        let left = "http://127.0.0.1/guest/left"
        try await house.book("R-1", card: nil)
        #expect(try await addresses(house, "R-1") == ["http://127.0.0.1/guest/reserved", left])
        try await house.book("R-2", nights: 20, card: nil)
        #expect(try await addresses(house, "R-2") == ["http://127.0.0.1/guest/saved", left])
        // A link at check-out, made in the pages.
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        try await house.charge("R-1", "107.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("/t/seeblick/folios/R-1/check-out", [("plan", plan)])
        #expect(try await addresses(house, "R-1") == ["http://127.0.0.1/guest/paid", left])
        // The operator's test payment.
        _ = await house.post("/operator/tenants/seeblick/test", [], as: .operator)
        #expect(try await addresses(house, "TEST-1") == ["http://127.0.0.1/guest/paid", left])
    }

    @Test func `a shop's own address stays the shop's`() async throws {
        let house = try await HotelWithPages()
        let today = house.clock.now.day(in: try house.ledger.tenant(Hotel.id).timeZone)
        var new = NewFolio(
            reference: "S-1", guest: .init(name: "Clara", email: nil), arrival: today, departure: today, mode: .direct,
            amount: house.euros("10.00"))
        new.source = .shop
        new.returnURL = "https://shop.example.com/thanks"
        _ = try await house.ledger.openFolio(new, of: Hotel.id, by: "test")
        #expect(try await addresses(house, "S-1") == Array(repeating: "https://shop.example.com/thanks", count: 2))
    }

    @Test func `Stripe is told of it for the page for another card, too, after a bank refused to hold the first`() async throws {
        let house = try await HotelWithPages()
        // This card can be saved, and is refused when it is held.
        try await house.book("R-1", nights: 20, card: "4000000000000341")
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.notice?.code == "hold_refused")
        #expect(try await addresses(house, "R-1") == ["http://127.0.0.1/guest/reserved", "http://127.0.0.1/guest/left"])
    }
}
