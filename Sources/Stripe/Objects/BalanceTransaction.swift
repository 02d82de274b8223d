import Ledger

/// One movement of the Stripe balance: the accounting truth, which never changes.
package struct BalanceTransaction: StripeObject {
    /// Finer than `reportingCategory`, and less stable.
    package struct Kind: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let charge: Kind = "charge"
        package static let payment: Kind = "payment"
        package static let refund: Kind = "refund"
        package static let paymentRefund: Kind = "payment_refund"
        package static let refundFailure: Kind = "refund_failure"
        package static let paymentFailureRefund: Kind = "payment_failure_refund"
        package static let paymentReversal: Kind = "payment_reversal"
        package static let adjustment: Kind = "adjustment"
        package static let stripeFee: Kind = "stripe_fee"
        package static let stripeFxFee: Kind = "stripe_fx_fee"
        package static let taxFee: Kind = "tax_fee"
        package static let payout: Kind = "payout"
        package static let payoutFailure: Kind = "payout_failure"
        package static let payoutCancel: Kind = "payout_cancel"
    }

    /// How Stripe groups movements for accounting.
    ///
    /// - Source: docs.stripe.com, "Reporting categories".
    package struct ReportingCategory: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let charge: ReportingCategory = "charge"
        package static let refund: ReportingCategory = "refund"
        package static let refundFailure: ReportingCategory = "refund_failure"
        package static let chargeFailure: ReportingCategory = "charge_failure"
        package static let dispute: ReportingCategory = "dispute"
        package static let disputeReversal: ReportingCategory = "dispute_reversal"
        package static let fee: ReportingCategory = "fee"
        package static let tax: ReportingCategory = "tax"
        package static let networkCost: ReportingCategory = "network_cost"
        package static let payout: ReportingCategory = "payout"
        package static let payoutReversal: ReportingCategory = "payout_reversal"
        package static let partialCaptureReversal: ReportingCategory = "partial_capture_reversal"
        package static let otherAdjustment: ReportingCategory = "other_adjustment"
    }

    /// Whether the net amount can be paid out already.
    package struct Status: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let pending: Status = "pending"
        package static let available: Status = "available"
    }

    /// One part of `fee`.
    package struct FeeDetail: Decodable, Sendable, Equatable {
        /// Stripe's integer of `currency`.
        package let amount: Int64?
        /// ISO 4217 in lower case: `eur`.
        package let currency: String?
        /// `stripe_fee`, `tax`, `application_fee`, `payment_method_passthrough_fee`, `withheld_tax`, or a new word.
        package let type: String?
        package let description: String?
    }

    /// `txn_…`.
    package let id: String
    /// Of which kind Stripe says it is.
    package let type: Kind
    /// Tells a dispute and its reversal from other adjustments, which `type` does not.
    package let reportingCategory: ReportingCategory
    /// Which balance it changed: `payments`, `risk_reserved`, `refund_and_dispute_prefunding`, `issuing`, or a new word; nil where Stripe
    /// does not say.
    package let balanceType: String?
    /// Nil where Stripe does not say.
    package let status: Status?
    /// Gross, negative for what leaves the balance. In Stripe's integer of the **settlement** currency.
    package let amount: Int64
    /// What Stripe withheld of `amount`.
    package let fee: Int64
    /// `amount` − `fee`: how the balance changed.
    package let net: Int64
    /// The settlement currency, in lower case: not always the one that the guest paid in.
    package let currency: String
    @Seconds package var created: Instant
    /// When the net amount can be paid out.
    @OptionalSeconds package var availableOn: Instant?
    /// What `fee` is made of; empty where Stripe does not itemise it.
    @Listed package var feeDetails: [FeeDetail]
    package let description: String?
    /// What the movement came from; `nil` for some of Stripe's own fees.
    package let source: Source?

    private enum CodingKeys: String, CodingKey {
        case id, type, status, amount, fee, net, currency, created, description, source
        case balanceType = "balance_type"
        case reportingCategory = "reporting_category"
        case availableOn = "available_on"
        case feeDetails = "fee_details"
    }
}

extension BalanceTransaction {
    /// The object behind a movement. Only a charge is read when expanded, because it alone says how was paid, and by whom it was made.
    package struct Source: Decodable, Sendable, Equatable {
        /// Its prefix tells the kind: `ch_…`, `re_…`, `du_…`, `po_…`.
        package let id: String
        /// `charge`, `refund`, `dispute`, `payout`, …; `nil` if the source was not expanded.
        package let kind: String?
        /// The charge itself, or the charge that an expanded refund or dispute belongs to, by its id.
        @Reference package var chargeID: String?
        /// The intent that an expanded source belongs to, `pi_…`; nil where it names none.
        @Reference package var paymentIntentID: String?
        /// The charge, if the source is one and was expanded; nil for every other kind.
        package let charge: Expandable<Charge>?

        private enum CodingKeys: String, CodingKey {
            case id, object, charge
            case paymentIntent = "payment_intent"
        }

        package init(from decoder: any Decoder) throws {
            if let id = try? decoder.singleValueContainer().decode(String.self) {
                self.id = id
                kind = nil
                charge = nil
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(String.self, forKey: .id)
            kind = try container.decodeIfPresent(String.self, forKey: .object)
            paymentIntentID = try container.decode(Reference.self, forKey: .paymentIntent).wrappedValue
            if kind == "charge" {
                // The movement counts, whatever is odd about what it came from.
                charge = (try? Charge(from: decoder)).map { .object($0) }
                chargeID = id
            } else {
                charge = nil
                chargeID = try container.decode(Reference.self, forKey: .charge).wrappedValue
            }
        }
    }
}
