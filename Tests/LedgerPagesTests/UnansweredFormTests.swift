import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerPages

/// A form whose verb Stripe has not answered is neither done nor new: sent again, it completes what it decided.
@Suite struct `A form that Stripe has not answered` {
    private static let folio = "/t/seeblick/folios/R-1"
    private static let refund = "\(folio)/payments/1/refund"

    private func fault(_ house: HotelWithPages, _ route: String) async throws {
        try await house.simulator.order("POST", "/_sim/faults", ["route": route, "fault": "effect_then_no_answer", "times": 10_000])
    }

    private func endFaults(_ house: HotelWithPages) async throws {
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
    }

    private func refundsAtStripe(_ house: HotelWithPages) async throws -> [Int] {
        let refunds = try await house.simulator.order("GET", "/v1/refunds")["data"] as? [[String: Any]]
        return (refunds ?? []).compactMap { $0["amount"] as? Int }
    }

    private func fields(_ amount: String) -> [(String, String)] { [("amount", amount), ("reason", "laut"), ("bill", "unchanged")] }

    /// The keys of the forms on a page that are sent to an address.
    private func keys(_ page: Page, _ address: String) -> [String] {
        page.text.matches(of: /<form method="post" action="([^"]+)".*?name="key" value="([^"]+)"/).filter { $0.1 == address }
            .map { String($0.2) }
    }

    /// A guest who has paid 107.00 ahead.
    private func paidHouse() async throws -> HotelWithPages {
        let house = try await HotelWithPages()
        let today = house.clock.now.day(in: try house.ledger.tenant(Hotel.id).timeZone)
        _ = try await house.ledger.openFolio(
            NewFolio(
                reference: "R-1", guest: .init(name: "Anna Weiss", email: nil), arrival: today, departure: today.adding(days: 2),
                mode: .direct, amount: house.euros("107.00")), of: Hotel.id, by: "test")
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        return house
    }

    @Test func `gives money back once, however often it is sent, and keeps its key until then`() async throws {
        let house = try await paidHouse()
        try await fault(house, "POST /v1/refunds")
        let ten = fields("10,00")
        for _ in 1...2 {
            let silent = await house.post(Self.refund, ten, as: .admin, key: "one")
            #expect(silent.status == 409 && silent.text.contains("keine eindeutige Antwort"), "\(silent.text)")
            #expect(keys(silent, Self.refund) == ["one"] && silent.text.contains("value=\"10,00\""))
        }
        let changed = await house.post(Self.refund, fields("20,00"), as: .admin, key: "one")
        #expect(changed.status == 409 && changed.text.contains("schon mit anderen Angaben gesendet"), "\(changed.text)")
        try await endFaults(house)
        for _ in 1...2 {
            let done = await house.post(Self.refund, ten, as: .admin, key: "one")
            #expect(done.header("Location") == "\(Self.folio)?done=refunded", "\(done.text)")
            // Longer than answers are remembered.
            house.clock.advance(seconds: 120)
        }
        #expect(try await refundsAtStripe(house) == [1000])
        #expect(try house.ledger.folio("R-1", of: Hotel.id).refunds.map(\.amount) == [house.euros("10.00")])
    }

    @Test func `and is filled in anew finishes the first, says so, and gives nothing else back`() async throws {
        let house = try await paidHouse()
        try await fault(house, "POST /v1/refunds")
        let ten = fields("10,00")
        #expect(await house.post(Self.refund, ten, as: .admin, key: "one").status == 409)
        let waits = await house.post(Self.refund, ten, as: .admin, key: "two")
        #expect(waits.status == 409 && waits.text.contains("noch nicht beantwortet"), "\(waits.text)")
        try await endFaults(house)
        let told = await house.post(Self.refund, ten, as: .admin, key: "three")
        #expect(told.status == 409 && told.text.contains("die Stripe nicht gleich beantwortet hatte, ist erfolgt"), "\(told.text)")
        #expect(try await refundsAtStripe(house) == [1000])
        // Who wants to give back more, can.
        let key = try #require(keys(told, Self.refund).first)
        #expect(key != "three")
        #expect(await house.post(Self.refund, ten, as: .admin, key: key).status == 303)
        #expect(try await refundsAtStripe(house) == [1000, 1000])
    }

    @Test func `and that Stripe refused is a new one when it comes back`() async throws {
        let house = try await paidHouse()
        let intents = try await house.simulator.order("GET", "/v1/payment_intents")["data"] as? [[String: Any]]
        _ = try await house.simulator.order(
            form: "/v1/refunds", "payment_intent=\(try #require(intents?.first?["id"] as? String))&amount=10000")
        let refused = await house.post(Self.refund, fields("10,00"), as: .admin, key: "one")
        #expect(refused.status == 409 && refused.text.contains("Von Stripe abgelehnt"), "\(refused.text)")
        let key = try #require(keys(refused, Self.refund).first)
        #expect(key != "one")
        #expect(await house.post(Self.refund, fields("7,00"), as: .admin, key: key).status == 303)
    }

    @Test(arguments: [
        ("holds", "POST /v1/checkout/sessions", [("amount", "50,00")], "asked"),
        ("holds/1/release", "POST /v1/payment_intents/{id}/cancel", [], "released"),
        ("holds/1/renew", "POST /v1/payment_intents", [], "renewed"),
    ]) func `about a hold is completed when it is sent again`(
        path: String, call: String, fields: [(String, String)], done: String
    ) async throws {
        let house = try await HotelWithPages()
        // Only a hold that ends before its stay is renewed: one that was placed on the card.
        try await house.book("R-1", nights: done == "renewed" ? 9 : 2, inDays: done == "renewed" ? 30 : 0)
        if done == "renewed" {
            try await house.letPass(days: 29)
            try await house.sync()
            try await house.letPass(hours: 1)
            try await house.logIn()
        }
        try await fault(house, call)
        let address = "\(Self.folio)/\(path)"
        let silent = await house.post(address, fields, key: "one")
        #expect(silent.status == 409 && keys(silent, address).allSatisfy { $0 == "one" }, "\(silent.text)")
        try await endFaults(house)
        #expect(await house.post(address, fields, key: "one").header("Location") == "\(Self.folio)?done=\(done)")
        let states: [String: [Hold.State]] = [
            "asked": [.authorised, .requested], "released": [.released], "renewed": [.released, .authorised],
        ]
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.map(\.state) == states[done])
    }

    @Test func `about the end of a stay is completed when it is sent again`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "214.00")
        try await fault(house, "POST /v1/payment_intents/{id}/capture")
        let fields = [("plan", try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id)]
        let silent = await house.post("\(Self.folio)/check-out", fields, key: "one")
        #expect(silent.status == 409, "\(silent.text)")
        try await endFaults(house)
        #expect(await house.post("\(Self.folio)/check-out", fields, key: "one").header("Location") == "\(Self.folio)/check-out")
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.state == .checkedOut && view.payments.map(\.received) == [house.euros("214.00")])
    }
}

/// A form's key stands for what was filled in with it.
@Suite struct `A form that is sent again with something else` {
    private static let folio = "/t/seeblick/folios/R-1"

    @Test func `is refused from the first second, and not answered as done`() async throws {
        let house = try await HotelWithPages()
        func item(_ sku: String, _ price: String) -> [(String, String)] {
            [("description", sku), ("sku", sku), ("price", price), ("category", "food")]
        }
        for (path, first, other) in [
            ("/t/seeblick/settings/catalogue", item("tee", "2,00"), item("kuchen", "4,00")),
            (
                "/t/seeblick/settings/refund-limit", [("limit", "400,00"), HotelWithPages.ownPassword],
                [("limit", "200,00"), HotelWithPages.ownPassword]
            ),
        ] {
            let done = await house.post(path, first, as: .admin, key: "one")
            #expect(done.status == 303)
            let changed = await house.post(path, other, as: .admin, key: "one")
            #expect(changed.status == 409 && changed.text.contains("schon mit anderen Angaben gesendet"), "\(path): \(changed.status)")
            let again = await house.post(path, first, as: .admin, key: "one")
            #expect(again.header("Location") == done.header("Location"))
        }
        #expect(try house.ledger.catalogue(of: Hotel.id).contains { $0.sku == "tee" })
        #expect(try !house.ledger.catalogue(of: Hotel.id).contains { $0.sku == "kuchen" })
        #expect(try house.ledger.tenant(Hotel.id).settings.refundLimit == 40_000)
    }

    @Test func `is computed anew where it only shows what would be done`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        for fee in ["310,00", "5,00", "310,00"] {
            let shown = await house.post(
                "\(Self.folio)/cancellation/confirmation", [("fee", fee), ("reason", "Absage")], key: "one")
            #expect(shown.status == 200 && shown.text.contains("name=\"fee\" value=\"\(fee)\""), "\(fee): \(shown.status)")
        }
    }
}
