import Ledger

/// Money on its way from the Stripe balance to the bank.
package struct Payout: StripeObject {
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

    package struct ReconciliationStatus: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let notApplicable: ReconciliationStatus = "not_applicable"
        package static let inProgress: ReconciliationStatus = "in_progress"
        package static let completed: ReconciliationStatus = "completed"
    }

    package let id: String
    package let status: Status
    package let amount: Int64
    package let currency: String
    /// Only an automatic payout can be itemised.
    @Flag package var automatic: Bool
    @Seconds package var created: Instant
    @Seconds package var arrivalDate: Instant
    package let reconciliationStatus: ReconciliationStatus?
    @Reference package var balanceTransaction: String?
    @Reference package var failureBalanceTransaction: String?
    package let failureCode: String?
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
