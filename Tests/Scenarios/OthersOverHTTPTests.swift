import Foundation
import JSON
import Ledger
import LedgerService
import Stripe
import TestSupport
import Testing

/// What others do at Stripe, as programs and people see it: processes, HTTP, and the Dashboard's own API.
@Suite struct `Others, over HTTP` {
    private func deliver(_ body: String, _ house: House, secret: String = "whsec_seeblick") async throws -> House.Answer {
        let header = WebhookSignature.header(body: body.utf8, secrets: [Secret(secret)!], at: LedgerService.systemTime())
        return try await house.send(
            "POST", "/stripe/webhooks/seeblick", as: nil, bytes: Array(body.utf8), headers: [("Stripe-Signature", header)])
    }

    private static func event(_ id: String, _ more: String = "", version: String = "2026-08-26.dahlia", live: Bool = false) -> String {
        """
        {"id":"\(id)","object":"event","api_version":"\(version)","created":1763452800,"livemode":\(live),"type":"payment_intent.succeeded"\(more),\
        "data":{"object":{"id":"pi_1","object":"payment_intent","metadata":{}}}}
        """
    }

    @Test func `a webhook with a good signature is answered 200, whatever it is; without one it is 403`() async throws {
        // With a second tenant the first one's account has been asked for its id.
        let house = try await House(roles: ["admin"])
        let thin = #"{"id":"evt_thin","object":"v2.core.event","type":"v1.charge.captured","created":"2026-11-18T08:00:00.000Z"}"#
        let sent: [(body: String, dropped: String?)] = [
            (Self.event("evt_1"), nil), (Self.event("evt_2", version: "2019-02-11"), nil),
            (Self.event("evt_3", version: "2030-01-31.fern"), nil),
            (Self.event("evt_4", live: true), "other_mode"), (Self.event("evt_5", ",\"account\":\"acct_1Other\""), "other_account"),
            (thin, "thin"), (thin, "thin"), ("[]", "unreadable"), ("", "unreadable"), (#"{"id":"evt_6"}"#, "unreadable"),
        ]
        for (body, dropped) in sent {
            let answer = try await deliver(body, house)
            #expect(answer.status == 200 && answer.json["received"] == true && answer.json["dropped"]?.textValue == dropped, "\(body)")
        }
        #expect(try await deliver(Self.event("evt_7"), house, secret: "whsec_stranger").status == 403)
        let tenant = try await house.send("GET", "/v1/tenants/seeblick")
        let told = try #require(tenant.json["dropped_events"]?.arrayValue)
        #expect(told.compactMap { $0["reason"]?.textValue } == ["unreadable", "thin", "other_account", "other_mode"])
        #expect(told.compactMap { $0["count"]?.intValue } == [3, 2, 1, 1])
        #expect(told[1]["example"] == "evt_thin")
        let listed = try await house.json("event", "list", "seeblick")
        let shown = try await house.json("tenant", "show", "seeblick")
        #expect((shown["dropped_events"] as? [[String: Any]])?.count == 4 && (listed["data"] as? [Any])?.isEmpty == true)
        let compared = try await house.json("reconcile", "--tenant", "seeblick")
        #expect("\(compared)".contains("evt_") == false)
    }

    @Test(arguments: ["payments", "holds"])
    func `a customer deleted at Stripe, of which no news has come, is not named on the next page`(kind: String) async throws {
        let house = try await House(roles: ["admin"], tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"))
        try await sync(house)
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        let customer = try #require(intents?.first?["customer"] as? String)
        try await house.simulator.order("DELETE", "/v1/customers/\(customer)")
        let asked = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/\(kind)", ["amount": 5000])
        #expect(asked.status == 201, "\(asked.text)")
    }

    @Test func `214.00 is taken for a bill of 214.00, of which 100.00 by hand`() async throws {
        let house = try await House(roles: ["admin"], tenants: ["seeblick"])
        try await house.simulator.order("POST", "/_sim/account", ["features": ["incremental_authorization", "multicapture"]])
        _ = try await house.send("PATCH", "/v1/tenants/seeblick", ["card_features": ["incremental_authorization", "multicapture"]])
        let opened = try await house.book("R-1")
        try await house.guestPays(opened)
        try await sync(house)
        _ = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/lines",
            ["category": "lodging", "description": "Zimmer", "unit_amount": 21400, "quantity": 1])
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        let intent = try #require(intents?.first?["id"] as? String)
        try await house.simulator.order(form: "/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        try await sync(house)
        let folio = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1")
        let hold = try #require(folio.json["holds"]?.arrayValue?.first)
        #expect(hold["authorised"] == 30000 && hold["captured"] == 10000 && hold["held"] == 20000 && hold["state"] == "authorised")
        #expect(folio.json["totals"]?["captured"] == 10000 && folio.json["totals"]?["held"] == 20000)
        let plan = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1/check-out")
        #expect(plan.json["plan"]?["due"] == 11400)
        let done = try await house.send(
            "POST", "/v1/tenants/seeblick/folios/R-1/check-out", ["plan": plan.json["plan"]?["id"] ?? .null])
        #expect(done.status == 200 && done.json["state"] == "checked_out")
        let taken = try await house.simulator.order("GET", "/v1/payment_intents/\(intent)")
        #expect(taken["amount_received"] as? Int == 21400 && taken["status"] as? String == "succeeded")
    }

    /// Where account and card allow it a hold is raised: that asks the card for more.
    @Test(arguments: ["customer deleted", "card detached"])
    func `nothing more is asked of a lost card: what is held is captured, and the rest goes by link`(loss: String) async throws {
        let house = try await House(roles: ["admin"], tenants: ["seeblick"])
        try await house.simulator.order("POST", "/_sim/account", ["features": ["incremental_authorization", "multicapture"]])
        _ = try await house.send("PATCH", "/v1/tenants/seeblick", ["card_features": ["incremental_authorization", "multicapture"]])
        try await house.guestPays(try await house.book("R-1"))
        try await sync(house)
        try await house.charge("R-1", 31000)
        let place = "/v1/tenants/seeblick/folios/R-1/check-out"
        func steps() async throws -> [JSON?] {
            try await house.send("GET", place).json["plan"]?["steps"]?.arrayValue?.map { $0["do"] } ?? []
        }
        #expect(try await steps() == ["increment", "capture"])
        let intent = try #require(
            (try await house.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]])?.first)
        let customer = try #require(intent["customer"] as? String)
        if loss == "customer deleted" {
            try await house.simulator.order("DELETE", "/v1/customers/\(customer)")
        } else {
            _ = try await house.simulator.order(form: "/v1/payment_methods/\(intent["payment_method"] ?? "")/detach", "")
        }
        try await sync(house)
        #expect(try await steps() == ["capture", "payment_page"])
        let plan = try await house.send("GET", place).json["plan"]?["id"] ?? .null
        let asked = try await house.send("POST", place, ["plan": plan])
        #expect(asked.status == 202, "\(asked.text)")
        let taken = try await house.simulator.order("GET", "/v1/payment_intents/\(intent["id"] ?? "")")
        #expect(taken["amount_received"] as? Int == 30000 && taken["amount"] as? Int == 30000)
    }

    @Test func `a guest deleted at Stripe: the API says so, and the next page asks a new customer`() async throws {
        let house = try await House(roles: ["admin"], tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1"))
        try await sync(house)
        let customers = try await house.simulator.order("GET", "/v1/customers?limit=1")["data"] as? [[String: Any]]
        let customer = try #require(customers?.first?["id"] as? String)
        try await house.simulator.order("DELETE", "/v1/customers/\(customer)")
        try await sync(house)
        let folio = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1", headers: [("Accept-Language", "de")])
        #expect(folio.json["saved_card"]?.isNull == true && folio.json["saved_card_removal_reason"] == "customer_deleted")
        let warning = try #require(folio.json["warnings"]?.arrayValue?.first)
        #expect(warning["code"] == "card_removed" && warning["message"]?.textValue?.contains("bei Stripe gelöscht") == true)
        #expect(folio.json["totals"]?["held"] == 30000, "the hold lives on")
        let asked = try await house.send("POST", "/v1/tenants/seeblick/folios/R-1/holds", ["amount": 5000])
        #expect(asked.status == 201)
        try await house.guestPays(asked, card: "5555555555554444")
        try await sync(house)
        let after = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1")
        let card = try #require(after.json["saved_card"])
        #expect(card["brand"] == "mastercard" && card["last4"] == "4444" && card["expires"]?.textValue != nil)
        // Asked anew, the guest agreed to what was asked for with the booking.
        #expect(card["ceiling"] == 60000 && card["late_days"] == 14)
        #expect(after.json["saved_card_removal_reason"]?.textValue == nil)
        let now = try await house.simulator.order("GET", "/v1/customers?limit=1")["data"] as? [[String: Any]]
        #expect(now?.first?["id"] as? String != customer)
    }

    private func sync(_ house: House) async throws {
        try await house.succeed("sync", "--tenant", "seeblick")
    }
}
