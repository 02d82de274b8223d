import Ledger

/// What is kept about one payment intent: by its hold, or by its payment.
package struct IntentSummary: Hashable, Sendable {
    /// The folio's reference.
    package let folio: String
    /// The hold's or payment's state.
    package let state: String
    /// What was taken in all, in minor units.
    package let taken: Int64
    /// What the bank still holds, in minor units; 0 for a payment.
    package let held: Int64
    /// Made without a page, so that no guest can finish it.
    package let isOffSession: Bool
    /// Whether the bank took back what had been taken: see `Payment.failedLater`.
    package let failedLater: Bool
}

/// What is kept about one refund at Stripe.
package struct RefundSummary: Hashable, Sendable {
    /// The folio's reference.
    package let folio: String
    /// As these books know it.
    package let state: Refund.State
    /// Minor units, positive.
    package let amount: Int64
}

/// Everything that can be compared with Stripe's own lists, by Stripe's ids.
extension Book {
    /// By the intent's id, `pi_…`. A payment out of a hold is part of the hold's summary.
    package func intentSummaries() throws -> [String: IntentSummary] {
        var known: [String: IntentSummary] = [:]
        try each(
            """
            SELECT h.payment_intent, f.reference, h.state, h.captured,
                CASE WHEN h.state IN ('authorised', 'replaced') THEN h.authorised - h.captured ELSE 0 END, h.checkout_session IS NULL, 0
            FROM hold h JOIN folio f ON f.tenant = h.tenant AND f.number = h.folio
            WHERE h.tenant = \(tenant.number) AND h.payment_intent IS NOT NULL
            UNION ALL
            SELECT p.payment_intent, f.reference, p.state, p.received, 0, p.checkout_session IS NULL, p.failure_entry IS NOT NULL
            FROM payment p JOIN folio f ON f.tenant = p.tenant AND f.number = p.folio
            WHERE p.tenant = \(tenant.number) AND p.payment_intent IS NOT NULL AND p.hold IS NULL
            """
        ) {
            known[try $0.string(0)] = IntentSummary(
                folio: try $0.string(1), state: try $0.string(2), taken: try $0.int64(3), held: try $0.int64(4),
                isOffSession: try $0.bool(5), failedLater: try $0.bool(6))
        }
        return known
    }

    /// By the refund's id, `re_…`; those without one are left out.
    package func refundSummaries() throws -> [String: RefundSummary] {
        var known: [String: RefundSummary] = [:]
        try each(
            """
            SELECT r.stripe_id, f.reference, r.state, r.amount
            FROM refund r JOIN folio f ON f.tenant = r.tenant AND f.number = r.folio
            WHERE r.tenant = \(tenant.number) AND r.stripe_id IS NOT NULL
            """
        ) {
            let id = try $0.string(0)
            known[id] = RefundSummary(
                folio: try $0.string(1), state: try $0.word(2, of: "refund \(id)"), amount: try $0.int64(3))
        }
        return known
    }
}
