import Foundation
import JSON
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// Nothing is due at booking, and extras come all the same.
@Suite struct `A stay that costs nothing at booking` {
    private static let folios = "/v1/tenants/seeblick/folios"

    @Test(arguments: [0, 20])
    func `saves the guest's card, holds nothing, and takes the extras from it at check-out`(lead: Int) async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", inDays: lead, hold: "0.00")
        let view = try hotel.folio("R-1")
        #expect(view.holds.isEmpty && view.payments.isEmpty && view.folio.savedCard?.last4 == "4242" && view.folio.notice == nil)
        let pages = try await hotel.atStripe("/v1/checkout/sessions")["data"] as? [[String: Any]]
        #expect(pages?.map { $0["mode"] as? String } == ["setup"])
        let text = (pages?.first?["custom_text"] as? [String: Any])?["submit"] as? [String: Any]
        let consent = try #require(text?["message"] as? String)
        #expect(consent.contains("für den Gesamtbetrag bei Abreise") && !consent.contains("vorgemerkt"), "\(consent)")
        try await hotel.letPass(days: lead)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").holds.isEmpty, "there is nothing to hold before arrival")
        try await hotel.charge("R-1", .minibar, "3.50", quantity: 2)
        let result = try await hotel.checkOut("R-1")
        #expect(result.view.folio.state == .checkedOut && result.view.document?.gross == hotel.euros("7.00"))
        #expect(result.view.payments.map(\.origin) == [.savedCard] && result.view.totals.captured == hotel.euros("7.00"))
        try await hotel.expectAgreement()
    }

    @Test func `is called off without a fee, and its card is let go`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "0.00")
        let result = try await hotel.ledger.cancel("R-1", fee: .zero(.eur), reason: "ill", of: Hotel.id, by: "reception")
        #expect(result.view.folio.state == .cancelled && result.view.folio.savedCard == nil && result.view.document == nil)
        try await hotel.expectAgreement()
    }

    @Test func `is paid on a page when the guest has saved no card, or is asked for one again`() async throws {
        let hotel = try await Hotel()
        try await hotel.book("R-1", hold: "0.00", card: nil)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.notice == .cardNotSaved && hotel.folio("R-1").folio.paymentURL == nil)
        _ = try await hotel.ledger.askForHold(.zero(.eur), on: "R-1", of: Hotel.id, by: "reception")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").folio.savedCard != nil && hotel.folio("R-1").holds.isEmpty)
        let again = await #expect(throws: ServiceRefusal.self) {
            try await hotel.ledger.askForHold(.zero(.eur), on: "R-1", of: Hotel.id, by: "reception")
        }
        #expect(again?.code == "card_saved_already")
        try await hotel.book("R-2", hold: "0.00", card: nil)
        try await hotel.charge("R-2", .minibar, "3.50")
        #expect(try await hotel.checkOut("R-2").view.folio.state == .awaitingGuest)
        try await hotel.guestPays("R-2")
        try await hotel.sync()
        #expect(try hotel.folio("R-2").folio.state == .checkedOut)
        try await hotel.expectAgreement()
    }

    @Test func `is opened over HTTP with an amount of 0, by card and reserved alone`() async throws {
        let house = try await House(tenants: ["seeblick"])
        var body = JSON.stay("R-1", amount: 0)
        let booked = try await house.send("POST", Self.folios, body)
        #expect(booked.status == 201 && booked.json["holds"] == [], "\(booked.text)")
        try await house.guestPays(booked)
        try await house.sync()
        #expect(try await house.folio("R-1")["saved_card"]?["last4"] == "4242")
        try await house.charge("R-1", 700)
        let done = try await house.checkOut("R-1")
        #expect(done.json["state"] == "checked_out" && done.json["totals"]?["captured"] == 700, "\(done.text)")
        for (reference, mode, method, code) in [
            ("R-2", "direct", "card", "amount_invalid"), ("R-3", "reserved", "klarna", "method_cannot_hold"),
        ] {
            body = JSON.stay(reference, mode: mode, amount: 0)
            body["payment"]?["method"] = .text(method)
            let refused = try await house.send("POST", Self.folios, body)
            #expect(refused.status == 422 && refused.code == code, "\(refused.text)")
        }
        for verb in ["sync", "reconcile", "verify"] { try await house.succeed(verb) }
    }

    @Test func `and is closed with nothing charged has no document, and does not promise one`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.guestPays(try await house.send("POST", Self.folios, JSON.stay("R-1", amount: 0)))
        try await house.sync()
        let open = try await house.send("GET", Self.folios + "/R-1/document")
        #expect(open.status == 404 && open.text.contains("has no document yet"), "\(open.text)")
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        let closed = try await house.send("GET", Self.folios + "/R-1/document")
        #expect(closed.status == 404 && closed.code == "document_not_found", "\(closed.text)")
        #expect(closed.text.contains("was closed without a document") && closed.text.contains("none is issued later"), "\(closed.text)")
    }

    @Test func `leaves nothing when cards are not active at the account`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await house.simulator.order("POST", "/_sim/account", ["methods": ["klarna"]])
        let refused = try await house.send("POST", Self.folios, JSON.stay("R-1", amount: 0))
        #expect(refused.status == 422 && refused.code == "method_not_active", "\(refused.text)")
        #expect(try await house.send("GET", Self.folios + "/R-1").status == 404)
        #expect(ask(house.file, "SELECT count(*) FROM saved_card") == ["0"])
    }
}
