import Foundation
import Testing

@testable import Stripe

/// Stripe forgets whom it is asked to forget, and then what was there is null: names, addresses, metadata. Nothing here may break on that.
@Suite struct `Objects that Stripe has redacted` {
    /// What nothing can be booked without; all else may be null or missing.
    private static let indispensable: Set<String> = [
        "id", "status", "amount", "amount_capturable", "amount_received", "amount_captured", "amount_refunded", "currency", "created",
        "fee", "net",
        "type", "reporting_category", "arrival_date", "has_more",
    ]

    private static let objects: [(name: String, text: String, read: @Sendable (String) throws -> Void)] = [
        ("intent", Recorded.hold, { _ = try Recorded.decode($0, as: PaymentIntent.self) }),
        ("charge", Recorded.charge(captured: true), { _ = try Recorded.decode($0, as: Charge.self) }),
        ("customer", customer, { _ = try Recorded.decode($0, as: Customer.self) }),
        ("method", method, { _ = try Recorded.decode($0, as: Stripe.PaymentMethod.self) }),
        ("session", session, { _ = try Recorded.decode($0, as: CheckoutSession.self) }),
        ("setup", setup, { _ = try Recorded.decode($0, as: SetupIntent.self) }),
        ("refund", refund, { _ = try Recorded.decode($0, as: Stripe.Refund.self) }),
        ("dispute", dispute, { _ = try Recorded.decode($0, as: Dispute.self) }),
        ("payout", payout, { _ = try Recorded.decode($0, as: Payout.self) }),
        ("movement", movement, { _ = try Recorded.decode($0, as: BalanceTransaction.self) }),
        ("event", event, { _ = try Event(raw: Data($0.utf8)) }),
    ]

    @Test(arguments: objects.indices)
    func `are read with any member null, and with any missing`(index: Int) throws {
        let (name, text, read) = Self.objects[index]
        let whole = try JSONSerialization.jsonObject(with: Data(text.utf8))
        try read(text)
        var tried = 0
        for path in Self.paths(in: whole) where path.last.map({ !Self.indispensable.contains($0) }) == true {
            for value in [NSNull(), nil] as [Any?] {
                let changed = Self.replacing(path[...], in: whole, by: value)
                let text = String(decoding: try JSONSerialization.data(withJSONObject: changed), as: UTF8.self)
                #expect(throws: Never.self, "\(name): \(path.joined(separator: ".")) \(value == nil ? "missing" : "null")") {
                    try read(text)
                }
                tried += 1
            }
        }
        #expect(tried > 4)
    }

    @Test func `keep what is left of their metadata`() throws {
        let intent: PaymentIntent = try Recorded.decode(
            Recorded.hold.replacing("{\"folio\":\"R-17\"}", with: "{\"folio\":null,\"ledger_key\":\"k\"}"))
        #expect(intent.metadata["folio"] == nil && intent.metadata["ledger_key"] == "k")
    }

    private static func paths(in value: Any) -> [[String]] {
        guard let members = value as? [String: Any] else { return [] }
        return members.flatMap { name, member in [[name]] + paths(in: member).map { [name] + $0 } }.sorted { $0.joined() < $1.joined() }
    }

    private static func replacing(_ path: ArraySlice<String>, in value: Any, by new: Any?) -> Any {
        guard var members = value as? [String: Any], let name = path.first else { return value }
        members[name] = path.count == 1 ? new : replacing(path.dropFirst(), in: members[name] as Any, by: new)
        return members
    }

    private static let customer = #"""
        {"id":"cus_1","object":"customer","name":"Anna","email":"a@example.com","metadata":{"folio":"R-1"},"address":{"city":"Ulm"},"deleted":false}
        """#
    private static let method = #"""
        {"id":"pm_1","object":"payment_method","type":"card","customer":"cus_1","billing_details":{"name":"Anna","email":"a@example.com",
         "address":{"city":"Ulm"}},"card":{"brand":"visa","last4":"4242","exp_month":8,"exp_year":2029,"country":"DE","funding":"credit"}}
        """#
    private static let session = """
        {"id":"cs_1","object":"checkout.session","status":"complete","mode":"payment","payment_status":"paid","url":null,"amount_total":6500,
         "currency":"eur","created":1780000000,"expires_at":1780086400,"customer":"cus_1","customer_details":{"email":"a@example.com"},
         "payment_intent":\(Recorded.hold),"setup_intent":null,"client_reference_id":"R-17","metadata":{"folio":"R-17"}}
        """
    private static let setup = """
        {"id":"seti_1","object":"setup_intent","status":"succeeded","created":1,"customer":"cus_1","payment_method":\(method),
         "last_setup_error":null,"next_action":null,"metadata":{"folio":"R-17"}}
        """
    private static let refund = """
        {"id":"re_1","object":"refund","amount":500,"currency":"eur","created":1780000000,"status":"succeeded","reason":"duplicate",
         "charge":"ch_1","payment_intent":"pi_1","balance_transaction":"txn_1","failure_reason":null,"pending_reason":null,"metadata":{"a":"b"}}
        """
    private static let dispute = """
        {"id":"du_1","object":"dispute","status":"lost","reason":"general","amount":5000,"currency":"eur","created":1,"charge":"ch_1",
         "payment_intent":"pi_1","is_charge_refundable":true,"balance_transactions":[],"evidence_details":{"due_by":1},
         "evidence":{"customer_name":"Anna"},"metadata":{}}
        """
    private static let payout = """
        {"id":"po_1","object":"payout","status":"paid","amount":4900,"currency":"eur","automatic":true,"created":1,"arrival_date":2,
         "reconciliation_status":"completed","balance_transaction":"txn_9","failure_code":null,"failure_message":null}
        """
    private static let movement = """
        {"id":"txn_1","object":"balance_transaction","amount":5000,"fee":100,"net":4900,"currency":"eur","created":1780000000,
         "available_on":1780500000,"status":"pending","type":"charge","reporting_category":"charge","description":"x",
         "fee_details":[{"amount":100,"currency":"eur","type":"stripe_fee","description":"fees"}],"source":\(Recorded.charge(captured: true))}
        """
    private static let event = """
        {"id":"evt_1","object":"event","api_version":"2026-08-26.dahlia","created":1780000000,"livemode":false,"pending_webhooks":1,
         "type":"charge.captured","request":{"id":"req_1","idempotency_key":"op-17"},"data":{"object":\(Recorded.charge(captured: true))}}
        """
}
