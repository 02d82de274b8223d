import JSON

/// A payer's bank contests a charge.
struct Dispute: Stored {
    let id: String
    let created: Int
    let amount: Int
    let currency: String
    let charge: String
    let paymentIntent: String?
    let reason: String
    /// A question only: no money moves.
    let isInquiry: Bool
    let brand: String
    let dueBy: Int
    var status: String
    var evidence: JSON = .emptyObject
    var submissions = 0
    var metadata: JSON = .emptyObject
    var balanceTransactions: [String] = []
    /// Decided already by what the evidence says: tests write `winning_evidence` or `losing_evidence`.
    var verdict: String?

    var isOpen: Bool { !["won", "lost", "warning_closed", "prevented"].contains(status) }

    static let evidenceFields = [
        "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal",
        "customer_communication", "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
        "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id", "enhanced_evidence", "product_description",
        "receipt", "refund_policy", "refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation",
        "shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number", "uncategorized_file",
        "uncategorized_text",
    ]

    /// - Parameters:
    ///   - transactions: Rendered.
    ///   - now: Unix seconds.
    func json(transactions: [JSON], now: Int) -> JSON {
        let shownEvidence = Self.evidenceFields.map { field -> (key: String, value: JSON) in
            (field, evidence[field] ?? (field == "enhanced_evidence" ? .emptyObject : .null))
        }
        let details: JSON = .object([
            ("due_by", .int(dueBy)), ("enhanced_eligibility", .emptyObject), ("has_evidence", .bool(!(evidence.members ?? []).isEmpty)),
            ("past_due", .bool(now > dueBy)), ("submission_count", .int(submissions)),
        ])
        let card: JSON = .object([
            ("brand", .text(brand)), ("case_type", isInquiry ? "inquiry" : "chargeback"), ("network", .text(brand)),
            ("network_reason_code", "83"),
        ])
        return .object([
            ("id", .text(id)), ("object", "dispute"), ("amount", .int(amount)), ("balance_transactions", .array(transactions)),
            ("charge", .text(charge)), ("created", .int(created)), ("currency", .text(currency)), ("enhanced_eligibility_types", []),
            ("evidence", .object(shownEvidence)), ("evidence_details", details), ("is_charge_refundable", .bool(isInquiry && isOpen)),
            ("livemode", false), ("metadata", metadata), ("payment_intent", JSON(paymentIntent)),
            ("payment_method_details", .object([("card", card), ("type", "card")])), ("reason", .text(reason)), ("status", .text(status)),
        ])
    }
}
