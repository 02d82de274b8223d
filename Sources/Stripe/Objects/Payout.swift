import Ledger

/// Money on its way from the Stripe balance to the bank.
package struct Payout: StripeObject {
    /// `pending` until the bank has the order, then `in_transit`.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let pending: Status = "pending"
        package static let inTransit: Status = "in_transit"
        /// May still turn `failed` within five working days.
        package static let paid: Status = "paid"
        package static let failed: Status = "failed"
        package static let canceled: Status = "canceled"
    }

    /// Whether Stripe can list what an automatic payout is made of: only when `completed`.
    package struct ReconciliationStatus: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let notApplicable: ReconciliationStatus = "not_applicable"
        package static let inProgress: ReconciliationStatus = "in_progress"
        package static let completed: ReconciliationStatus = "completed"
    }

    /// `po_…`.
    package let id: String
    /// The bank may still send back what is `paid`.
    package let status: Status
    /// Stripe's integer of `currency`: what the bank gets.
    package let amount: Int64
    /// ISO 4217 in lower case: `eur`.
    package let currency: String
    /// Only an automatic payout can be itemised.
    @Flag package var automatic: Bool
    @Seconds package var created: Instant
    /// When the bank is expected to have it, weekends and bank holidays considered.
    @Seconds package var arrivalDate: Instant
    /// Nil where Stripe does not say.
    package let reconciliationStatus: ReconciliationStatus?
    /// The movement that took it out of the balance, `txn_…`.
    @Reference package var balanceTransaction: String?
    /// The movement that brings it back after a failure or a cancellation, `txn_…`; nil without one.
    @Reference package var failureBalanceTransaction: String?
    /// Why the bank did not take it, as a code: `account_closed`. Nil unless it failed.
    package let failureCode: String?
    /// Stripe's words for it, in English; nil unless it failed.
    package let failureMessage: String?

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, automatic, created
        case arrivalDate = "arrival_date"
        case reconciliationStatus = "reconciliation_status"
        case balanceTransaction = "balance_transaction"
        case failureBalanceTransaction = "failure_balance_transaction"
        case failureCode = "failure_code"
        case failureMessage = "failure_message"
    }
}
