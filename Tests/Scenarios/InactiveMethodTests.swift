import Foundation
import JSON
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// Stripe refuses the page of a method that the account has not activated: nothing of what was asked for is left.
@Suite struct `A method that is not active at the account` {
    private static let folios = "/v1/tenants/seeblick/folios"

    /// A stay by Klarna, with a night charged at once.
    private static func stay(_ reference: String = "R-1", by method: String = "klarna", mode: String = "reserved") -> JSON {
        var body = JSON.stay(reference, mode: mode)
        body["payment"]?["method"] = .text(method)
        body["lines"] = [["category": "lodging", "description": "Night", "unit_amount": 10700]]
        return body
    }

    private static func offer(_ house: House, _ methods: [String]) async throws {
        try await house.simulator.order("POST", "/_sim/account", ["methods": methods])
    }

    @Test(arguments: ["reserved", "direct"])
    func `refuses the booking for good, which leaves nothing and frees its reference`(mode: String) async throws {
        let house = try await House(tenants: ["seeblick"])
        try await Self.offer(house, ["card"])
        let refused = try await house.send("POST", Self.folios, Self.stay(mode: mode), key: "one")
        #expect(refused.status == 422 && refused.code == "method_not_active", "\(refused.text)")
        #expect(refused.json["detail"]?.textValue?.contains("Klarna") == true && refused.json["hint"]?.textValue != nil, "\(refused.text)")
        #expect(try await house.send("GET", Self.folios + "/R-1").status == 404)
        #expect(try await house.send("GET", Self.folios).json["data"] == [])
        for table in ["folio", "folio_word", "hold", "payment", "saved_card", "line_item", "journal_entry", "asked_page"] {
            #expect(ask(house.file, "SELECT count(*) FROM \(table)") == ["0"], "\(table)")
        }
        // Also when it would be possible now.
        try await Self.offer(house, ["card", "klarna"])
        #expect(try await house.send("POST", Self.folios, Self.stay(mode: mode), key: "one").body == refused.body)
        try await Self.offer(house, ["card"])
        let booked = try await house.send("POST", Self.folios, Self.stay(by: "card", mode: mode), key: "two")
        #expect(booked.status == 201 && booked.json["lines"]?.arrayValue?.count == 1, "\(booked.text)")
        #expect(booked.json["totals"]?["charged"] == 10700 && booked.json["payment_url"]?.textValue != nil, "\(booked.text)")
        #expect(try await house.send("POST", Self.folios, Self.stay(mode: mode), key: "one").body == refused.body)
        try await house.guestPays(booked)
        try await house.sync()
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
        for verb in ["sync", "reconcile", "verify"] { try await house.succeed(verb) }
    }

    @Test func `leaves the folio as it was when more is asked for, and the card still can be`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await Self.offer(house, ["card"])
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        for (path, key) in [("/R-1/holds", "hold"), ("/R-1/payments", "payment")] {
            let (before, body) = (try await house.folio("R-1"), ["amount": 5000, "method": "klarna"] as JSON)
            let refused = try await house.send("POST", Self.folios + path, body, key: key)
            #expect(refused.status == 422 && refused.code == "method_not_active", "\(refused.text)")
            #expect(try await house.folio("R-1") == before)
            let asked = try await house.send("POST", Self.folios + path, ["amount": 5000])
            #expect(asked.status == 201, "\(asked.text)")
            #expect(try await house.send("POST", Self.folios + path, body, key: key).body == refused.body)
            // The next one can be asked for when the guest has no page any more.
            if key == "hold" { #expect(try await house.send("POST", Self.folios + "/R-1/holds/2/release").status == 200) }
        }
        #expect(try await house.folio("R-1")["payments"]?.arrayValue?.map { $0["method"] } == ["card"])
        for verb in ["sync", "reconcile", "verify"] { try await house.succeed(verb) }
    }

    /// Without an answer nobody knows yet: the folio is there, and its lines are charged when it is known.
    @Test(arguments: [true, false])
    func `is learned later when Stripe is silent first`(isSynced: Bool) async throws {
        let house = try await House(tenants: ["seeblick"])
        try await Self.offer(house, ["card"])
        let fault: [String: any Sendable] = ["route": "POST /v1/checkout/sessions", "fault": "unavailable", "times": 1000]
        try await house.simulator.order("POST", "/_sim/faults", fault)
        let silent = try await house.send("POST", Self.folios, Self.stay(), key: "one")
        #expect(silent.status == 503 && silent.code == "stripe_unanswered", "\(silent.text)")
        #expect(try await house.folio("R-1")["state"] == "open")
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        if isSynced { try await house.sync() }
        let refused = try await house.send("POST", Self.folios, Self.stay(), key: "one")
        #expect(refused.status == 422 && refused.code == "method_not_active", "\(refused.text)")
        #expect(try await house.send("GET", Self.folios + "/R-1").status == 404)
        #expect(try await house.send("POST", Self.folios, Self.stay(), key: "one").body == refused.body)
        for verb in ["sync", "reconcile", "verify"] { try await house.succeed(verb) }
    }

    @Test func `leaves a folio that somebody has used in the meantime, with all its lines`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await Self.offer(house, ["card"])
        let fault: [String: any Sendable] = ["route": "POST /v1/checkout/sessions", "fault": "unavailable", "times": 1000]
        try await house.simulator.order("POST", "/_sim/faults", fault)
        #expect(try await house.send("POST", Self.folios, Self.stay(), key: "one").status == 503)
        try await house.charge("R-1", 2500)
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        let refused = try await house.send("POST", Self.folios, Self.stay(), key: "one")
        #expect(refused.status == 422 && refused.code == "stripe_refused", "\(refused.text)")
        let folio = try await house.folio("R-1")
        #expect(folio["lines"]?.arrayValue?.map { $0["gross"] } == [2500, 10700], "\(folio)")
        #expect(folio["holds"]?[0]?["failure_code"] == "method_not_active", "\(folio)")
        #expect(folio["warnings"]?.arrayValue?.contains { $0["code"] == "page_refused" } == true, "\(folio)")
        // It is paid another way: by card, which is usual now.
        let asked = try await house.send("POST", Self.folios + "/R-1/holds", ["amount": 13200])
        #expect(asked.status == 201 && asked.json["holds"]?[1]?["method"] == "card", "\(asked.text)")
        try await house.guestPays(asked)
        try await house.sync()
        #expect(try await house.checkOut("R-1").json["state"] == "checked_out")
    }

    /// As when the process dies before the answer is stored: the key knows what was decided, and the folio is gone.
    @Test func `is what a repeated request finds when its answer was never stored`() async throws {
        let hotel = try await Hotel()
        try await hotel.offer([.card])
        var new = NewFolio(
            reference: "R-1", guest: .init(name: "Anna Weiss", email: nil), arrival: try #require(Day("2026-11-18")),
            departure: try #require(Day("2026-11-20")), mode: .reserved, amount: hotel.euros("300.00"))
        new.method = .klarna
        let key = IdempotencyKey(scope: "test", key: "one", content: Array("R-1".utf8))
        for _ in 1...3 {
            let refusal = await #expect(throws: ServiceRefusal.self) {
                try await hotel.ledger.openFolio(new, of: Hotel.id, by: "test", key: key)
            }
            #expect(refusal?.code == "method_not_active")
            #expect(throws: ServiceRefusal.self) { try hotel.folio("R-1") }
        }
        new.method = .card
        let booked = try await hotel.ledger.openFolio(
            new, of: Hotel.id, by: "test", key: IdempotencyKey(scope: "test", key: "two", content: Array("R-1 card".utf8)))
        #expect(booked.holds.map(\.number) == [1] && booked.folio.paymentURL != nil)
        try await hotel.expectAgreement()
    }

    @Test func `is said in German and English`() async throws {
        let refusal = ServiceRefusal.methodNotActive(.klarna)
        #expect(refusal.words(in: .german).message.contains("Zahlart Klarna ist am Konto bei Stripe nicht aktiv"))
        #expect(refusal.words(in: .english).message.contains("method Klarna is not active at the Stripe account"))
    }
}
