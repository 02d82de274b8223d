import Ledger

/// Money on its way back to the payer. Even a refund that succeeded can still fail, up to 30 days later.
package struct Refund: StripeObject {
    /// `requires_action`: the payer has to say where the money goes, for methods that cannot be paid back to.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let pending: Status = "pending"
        package static let requiresAction: Status = "requires_action"
        package static let succeeded: Status = "succeeded"
        package static let failed: Status = "failed"
        package static let canceled: Status = "canceled"
    }

    /// `re_…`, for some methods `pyr_…`.
    package let id: String
    /// Nil where Stripe does not say.
    package let status: Status?
    /// Stripe's integer of `currency`, always positive.
    package let amount: Int64
    /// ISO 4217 in lower case: that of the payment.
    package let currency: String
    @Seconds package var created: Instant
    /// What is refunded, `ch_…`.
    @Reference package var charge: String?
    /// Its intent, `pi_…`.
    @Reference package var paymentIntent: String?
    /// What takes the money out of the balance; nil before there is one.
    package let balanceTransaction: Expandable<BalanceTransaction>?
    /// Brings the money back when a refund fails.
    package let failureBalanceTransaction: Expandable<BalanceTransaction>?
    /// Why it failed: `lost_or_stolen_card`, `expired_or_canceled_card`, `declined`, … Nil unless it failed.
    package let failureReason: String?
    /// Why it takes time: `processing`, `insufficient_funds` or `charge_pending`. Nil unless it is pending.
    package let pendingReason: String?
    /// `duplicate`, `fraudulent`, `requested_by_customer`, or Stripe's own `expired_uncaptured_charge`. Staff's words are not here.
    package let reason: String?
    /// Where `ledger_books`, `ledger_key` and the others are; empty on a refund that somebody made at Stripe.
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
