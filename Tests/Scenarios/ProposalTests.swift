import Foundation
import JSON
import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

/// A booking that says what a night costs, and leaves it to the ledger what to hold.
@Suite struct `A booking with a nightly rate` {
    private static let folios = "/v1/tenants/seeblick/folios"

    /// From today, for three nights unless told otherwise.
    private static func stay(_ reference: String, payment: JSON, departure: String = "2026-11-21") -> JSON {
        [
            "reference": .text(reference), "guest": ["name": "Anna Weiss"], "arrival": "2026-11-18", "departure": .text(departure),
            "payment": payment,
        ]
    }

    @Test func `holds nights times rate, tax and expected extras, says so, and counts the nights that are still covered`() async throws {
        let house = try await House(tenants: ["seeblick"])
        _ = try await house.send("PATCH", "/v1/tenants/seeblick", ["extras_per_night": 1500, "ceiling_percent": 150])
        let opened = try await house.send(
            "POST", Self.folios, Self.stay("R-1", payment: ["mode": "reserved", "nightly_rate": 10000, "visitor_tax": 350]))
        #expect(opened.status == 201, "\(opened.text)")
        let proposal: JSON = ["nights": 3, "nightly_rate": 10000, "visitor_tax": 350, "extras_per_night": 1500, "total": 35550]
        #expect(opened.json["proposal"] == proposal && opened.json["nights_covered"] == 0)
        #expect(opened.json["holds"]?[0]?["amount"] == 35550)
        try await house.guestPays(opened)
        try await house.sync()
        // The tenant expects more from now on; the booking keeps what it was told.
        _ = try await house.send("PATCH", "/v1/tenants/seeblick", ["extras_per_night": 9999])
        var folio = try await house.folio("R-1")
        #expect(folio["proposal"] == proposal && folio["nights_covered"] == 3 && folio["totals"]?["held"] == 35550)
        #expect(folio["saved_card"]?["ceiling"] == 53325, "\(folio)")
        for (amount, nights) in [(11850, 2), (11849, 1), (2, 0), (20000, 0)] {
            try await house.charge("R-1", amount)
            folio = try await house.folio("R-1")
            #expect(folio["nights_covered"] == .int(nights), "\(amount): \(folio)")
        }
        let list = try await house.send("GET", Self.folios)
        #expect(list.json["data"]?[0]?["nights_covered"] == 0)
        let done = try await house.checkOut("R-1")
        #expect(done.json["state"] == "checked_out" && done.json["nights_covered"]?.isNull == true && done.json["proposal"] == proposal)
        // A booking that gives its amount has no proposal.
        let plain = try await house.book("R-2")
        #expect(plain.json["proposal"]?.isNull == true && plain.json["nights_covered"]?.isNull == true)
        for verb in ["sync", "reconcile", "verify"] { try await house.succeed(verb) }
    }

    @Test(
        arguments: [
            (["mode": "reserved"], "amount_missing"), (["mode": "direct"], "amount_missing"),
            (["mode": "reserved", "amount": 30000, "nightly_rate": 10000], "amount_and_rate"),
            (["mode": "reserved", "amount": 30000, "visitor_tax": 350], "visitor_tax_without_rate"),
            (["mode": "reserved", "visitor_tax": 350], "visitor_tax_without_rate"),
            (["mode": "direct", "nightly_rate": 10000], "rate_of_direct_payment"),
            (["mode": "reserved", "nightly_rate": 10], "amount_invalid"),
            (["mode": "reserved", "nightly_rate": 99_999_999], "amount_invalid"),
            (["mode": "reserved", "nightly_rate": 999_999_999_999, "visitor_tax": 999_999_999_999], "amount_invalid"),
            (["mode": "reserved", "method": "klarna", "nightly_rate": 0], "method_cannot_hold"),
            (["mode": "reserved", "amount": 30000, "ceiling": 29999], "ceiling_too_low"),
            (["mode": "reserved", "nightly_rate": 10000, "ceiling": 29999], "ceiling_too_low"),
            (["mode": "reserved", "amount": 30000, "ceiling": 0], "ceiling_too_low"),
            (["mode": "reserved", "method": "klarna", "amount": 30000, "ceiling": 60000], "ceiling_without_card"),
        ] as [(JSON, String)])
    func `is refused with one sentence where it contradicts itself, and nothing of it is left`(payment: JSON, code: String) async throws {
        let house = try await House(tenants: ["seeblick"])
        let body = Self.stay("R-1", payment: payment)
        let refused = try await house.send("POST", Self.folios, body)
        #expect(refused.status == 422 && refused.code == code, "\(refused.text)")
        #expect(refused.json["hint"]?.textValue?.isEmpty == false)
        #expect(try await house.send("GET", Self.folios + "/R-1").status == 404)
        #expect(ask(house.file, "SELECT count(*) FROM folio") == ["0"])
    }

    @Test(arguments: [-1, 1_000_000_000_000], ["nightly_rate", "visitor_tax", "ceiling"])
    func `is refused beyond what an amount can be`(amount: Int, field: String) async throws {
        let house = try await House(tenants: ["seeblick"])
        var payment: JSON = ["mode": "reserved", "nightly_rate": 10000]
        payment[field] = .int(amount)
        let refused = try await house.send("POST", Self.folios, Self.stay("R-1", payment: payment))
        #expect(refused.status == 400 && refused.code == "field_invalid" && refused.text.contains("payment.\(field)"), "\(refused.text)")
    }

    @Test func `has a ceiling of its own, or none, and an order of the shop has none`() async throws {
        let house = try await House(tenants: ["seeblick"])
        for (reference, payment, ceiling) in [
            ("R-1", ["mode": "reserved", "amount": 30000, "ceiling": 30000], 30000),
            ("R-2", ["mode": "reserved", "amount": 0, "ceiling": 5000], 5000),
            ("R-3", ["mode": "reserved", "amount": 0, "ceiling": 0], nil), ("R-4", ["mode": "reserved", "amount": 0], nil),
            // What is paid at once need not be held.
            ("R-5", ["mode": "direct", "amount": 30000], nil), ("R-6", ["mode": "direct", "amount": 30000, "ceiling": 10000], 10000),
        ] as [(String, JSON, Int?)] {
            let opened = try await house.send("POST", Self.folios, Self.stay(reference, payment: payment))
            #expect(opened.status == 201, "\(opened.text)")
            try await house.guestPays(opened)
            try await house.sync()
            let card = try await house.folio(reference)["saved_card"]
            #expect(card?["ceiling"] == JSON(ceiling), "\(reference): \(String(describing: card))")
            #expect(card?["late_days"] == 14 && card?["late_categories"] == ["drinks", "minibar", "wellness", "parking"])
        }
        var order = Self.stay("S-1", payment: ["mode": "direct", "amount": 2000, "ceiling": 1], departure: "2026-11-18")
        order["source"] = "shop"
        let refused = try await house.send("POST", Self.folios, order)
        #expect(refused.status == 422 && refused.code == "ceiling_without_card", "\(refused.text)")
    }

    @Test(arguments: [0, 1])
    func `counts a stay of a single day as one night, and a rate of nothing only saves the card`(nights: Int) async throws {
        let hotel = try await Hotel()
        let today = hotel.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        func open(_ reference: String, _ rate: String) async throws -> FolioView {
            try await hotel.ledger.openFolio(
                NewFolio(
                    reference: reference, guest: .init(name: "Anna Weiss", email: nil), arrival: today,
                    departure: today.adding(days: nights), mode: .reserved,
                    booked: .nights(rate: hotel.euros(rate), visitorTax: hotel.euros("0.00"))), of: Hotel.id, by: "test")
        }
        let view = try await open("R-1", "80.00")
        #expect(view.folio.proposal?.nights == 1 && view.holds.map(\.amount) == [hotel.euros("80.00")])
        let free = try await open("R-2", "0.00")
        #expect(free.folio.proposal?.total.isZero == true && free.holds.isEmpty && free.summary.nightsCovered == nil)
        try await hotel.guestPays("R-2")
        try await hotel.sync()
        #expect(try hotel.folio("R-2").folio.savedCard?.last4 == "4242")
        try await hotel.expectAgreement()
    }

    @Test func `is held shortly before arrival when it is far ahead, up to its ceiling`() async throws {
        let hotel = try await Hotel()
        let arrival = hotel.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!).adding(days: 20)
        _ = try await hotel.ledger.openFolio(
            NewFolio(
                reference: "R-1", guest: .init(name: "Anna Weiss", email: nil), arrival: arrival, departure: arrival.adding(days: 2),
                mode: .reserved, booked: .nights(rate: hotel.euros("100.00"), visitorTax: hotel.euros("2.50"))), of: Hotel.id, by: "test")
        try await hotel.guestPays("R-1")
        try await hotel.sync()
        #expect(try hotel.folio("R-1").summary.nightsCovered == 0)
        try await hotel.letPass(days: 19)
        try await hotel.sync()
        let held = try hotel.folio("R-1")
        #expect(held.totals.held == hotel.euros("205.00") && held.summary.nightsCovered == 2)
        #expect(held.folio.savedCard?.terms.ceiling == hotel.euros("410.00"))
        try await hotel.letPass(days: 8)
        #expect(try hotel.folio("R-1").summary.nightsCovered == 0, "a dead hold carries nothing")
        try await hotel.sync()
        try await hotel.expectAgreement()
    }
}
