import Ledger

/// A payment that the payer contests. An inquiry (`warning_…`) moves no money.
package struct Dispute: StripeObject {
    /// Where it stands; `warning_…` for an inquiry, `prevented` for one that was settled before it began.
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

    /// How a dispute may be answered: only the deadline is read.
    package struct EvidenceDetails: Decodable, Sendable, Equatable {
        /// Until when it may be answered; 1970-01-01 where the bank takes no answer.
        @OptionalSeconds package var dueBy: Instant?

        private enum CodingKeys: String, CodingKey { case dueBy = "due_by" }
    }

    /// `du_…`, for some `dp_…`.
    package let id: String
    /// It ends as `won`, `lost`, `prevented` or `warning_closed`.
    package let status: Status
    /// The payer's, as Stripe names it: `fraudulent`, `product_not_received`.
    package let reason: String?
    /// Stripe's integer: usually the whole charge, but it can differ.
    package let amount: Int64
    /// ISO 4217 in lower case: `eur`.
    package let currency: String
    @Seconds package var created: Instant
    /// The charge contested, `ch_…`.
    @Reference package var charge: String?
    /// Its intent, `pi_…`.
    @Reference package var paymentIntent: String?
    /// Whether the payment can still be refunded instead; a full refund ends the loss.
    @Flag package var isChargeRefundable: Bool
    /// The withdrawal and, if there was one, the reinstatement.
    @Listed package var balanceTransactions: [BalanceTransaction]
    /// Nil where Stripe does not say.
    package let evidenceDetails: EvidenceDetails?

    private enum CodingKeys: String, CodingKey {
        case id, status, reason, amount, currency, created, charge
        case paymentIntent = "payment_intent"
        case isChargeRefundable = "is_charge_refundable"
        case balanceTransactions = "balance_transactions"
        case evidenceDetails = "evidence_details"
    }
}
