import Ledger

/// A payment that the payer contests. An inquiry (`warning_…`) moves no money.
package struct Dispute: StripeObject {
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let warningNeedsResponse: Status = "warning_needs_response"
        package static let warningUnderReview: Status = "warning_under_review"
        package static let warningClosed: Status = "warning_closed"
        package static let needsResponse: Status = "needs_response"
        package static let underReview: Status = "under_review"
        package static let won: Status = "won"
        package static let lost: Status = "lost"
        package static let prevented: Status = "prevented"

        /// Whether this is only a question of the bank.
        package var isInquiry: Bool { rawValue.hasPrefix("warning_") }
    }

    package struct EvidenceDetails: Decodable, Sendable, Equatable {
        @OptionalSeconds package var dueBy: Instant?

        private enum CodingKeys: String, CodingKey { case dueBy = "due_by" }
    }

    package let id: String
    package let status: Status
    package let reason: String?
    package let amount: Int64
    package let currency: String
    @Seconds package var created: Instant
    @Reference package var charge: String?
    @Reference package var paymentIntent: String?
    @Flag package var isChargeRefundable: Bool
    /// The withdrawal and, if there was one, the reinstatement.
    @Listed package var balanceTransactions: [BalanceTransaction]
    package let evidenceDetails: EvidenceDetails?

    private enum CodingKeys: String, CodingKey {
        case id, status, reason, amount, currency, created, charge
        case paymentIntent = "payment_intent"
        case isChargeRefundable = "is_charge_refundable"
        case balanceTransactions = "balance_transactions"
        case evidenceDetails = "evidence_details"
    }
}
