import Ledger

/// Money on its way back to the payer. Even a refund that succeeded can still fail, up to 30 days later.
package struct Refund: StripeObject {
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let pending: Status = "pending"
        package static let requiresAction: Status = "requires_action"
        package static let succeeded: Status = "succeeded"
        package static let failed: Status = "failed"
        package static let canceled: Status = "canceled"
    }

    package let id: String
    package let status: Status?
    package let amount: Int64
    package let currency: String
    @Seconds package var created: Instant
    @Reference package var charge: String?
    @Reference package var paymentIntent: String?
    package let balanceTransaction: Expandable<BalanceTransaction>?
    /// Brings the money back when a refund fails.
    package let failureBalanceTransaction: Expandable<BalanceTransaction>?
    package let failureReason: String?
    package let pendingReason: String?
    package let reason: String?
    package let metadata: Metadata

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, created, charge, reason, metadata
        case paymentIntent = "payment_intent"
        case balanceTransaction = "balance_transaction"
        case failureBalanceTransaction = "failure_balance_transaction"
        case failureReason = "failure_reason"
        case pendingReason = "pending_reason"
    }
}
