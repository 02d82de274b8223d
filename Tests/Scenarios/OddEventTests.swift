import Foundation
import JSON
import Ledger
import Stripe
import TestSupport
import Testing

/// Signed events whose object cannot be one of Stripe's, or is of another kind than their type says.
@Suite struct `An odd event` {
    private let house: House

    init() async throws { house = try await House(tenants: ["seeblick"]) }

    private func deliver(_ id: String, _ type: String, object: String, kind: String?) async throws {
        var content: JSON = ["id": .text(object)]
        if let kind { content["object"] = .text(kind) }
        let body: JSON = [
            "id": .text(id), "object": "event", "api_version": .text(StripeClient.apiVersion), "created": 1_763_452_800, "livemode": false,
            "type": .text(type), "data": ["object": content],
        ]
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let signature = WebhookSignature.header(body: body.bytes, secrets: [Secret("whsec_seeblick")!], at: now)
        let told = try await house.send(
            "POST", "/stripe/webhooks/seeblick", as: nil, bytes: body.bytes, key: "", headers: [("Stripe-Signature", signature)])
        #expect(told.status == 200, "\(told.text)")
    }

    private func dropped() async throws -> Int? {
        let tenant = try await house.send("GET", "/v1/tenants/seeblick", as: "operator").json
        return tenant["dropped_events"]?.arrayValue?.first { $0["reason"] == "unreadable" }?["count"]?.intValue
    }

    private func expectPeace() async throws {
        try await house.sync()
        let told = try await house.verb("reconcile")
        #expect(told.exit == 0, "\(told.output)")
        let kept = ask(house.folder.file("ledger.db"), "SELECT count(*) FROM event WHERE id LIKE 'evt_odd%'")
        #expect(kept == ["0"])
    }

    @Test func `about no id of Stripe's is never asked for, and counted as unreadable`() async throws {
        let odd = [
            "../customers", "pi_1/../../customers", "..", ".", "pi", "pi_", "_1", "PI_1", "pi_1?expand=x", "pi_1#x", "pi_ä", "pi_1 ",
            "pi_1\n",
            "pi_\(String(repeating: "1", count: 253))",
        ]
        for (number, object) in odd.enumerated() {
            try await deliver("evt_odd\(number)", "payment_intent.succeeded", object: object, kind: "payment_intent")
        }
        #expect(try await dropped() == odd.count)
        try await expectPeace()
        // A session's id has more of them, and is a good one.
        try await deliver("evt_good", "checkout.session.completed", object: "cs_test_a1B2_c3", kind: "checkout.session")
        #expect(try await dropped() == odd.count)
    }

    @Test func `whose type and object disagree parks nothing`() async throws {
        try await house.guestPays(try await house.book("R-1", mode: "direct"))
        try await house.sync()
        let intent = try await house.folio("R-1")["payments"]?[0]?["payment_intent"]?.textValue ?? ""
        let odd: [(String, String, String?)] = [
            ("refund.updated", intent, "payment_intent"), ("refund.updated", intent, nil), ("refund.updated", intent, "refund"),
            ("payout.paid", intent, "payment_intent"), ("payment_intent.succeeded", "re_1", "refund"),
            ("checkout.session.completed", intent, "checkout.session"), ("charge.dispute.created", intent, nil),
            ("payment_method.updated", intent, "payment_intent"), ("customer.deleted", intent, "customer"),
        ]
        for (number, (type, object, kind)) in odd.enumerated() {
            try await deliver("evt_odd\(number)", type, object: object, kind: kind)
        }
        #expect(try await dropped() == odd.count)
        try await expectPeace()
        #expect(try await house.folio("R-1")["totals"]?["captured"] == 30000)
    }
}
