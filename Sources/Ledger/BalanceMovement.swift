/// One balance transaction of Stripe: how the tenant's balance changed, immutable, the accounting truth about fees.
package struct BalanceMovement: Hashable, Sendable {
    /// What kind of movement it is, as the monthly statement groups them.
    package enum Kind: String, Sendable, CaseIterable {
        case charge, refund
        case refundFailure = "refund_failure"
        case dispute, fee, payout
        /// A kind that this program does not expect. Shown, never dropped.
        case other
    }

    /// `txn_…`.
    package let id: String
    /// Derived from Stripe's `type` and `reporting_category`; decides what is posted.
    package let kind: Kind
    /// Stripe's own word for it.
    package let type: String
    /// net = amount - fee, all in the currency of the balance, signed as the balance sees them.
    package let amount: Money
    /// What Stripe kept of it (`fee`): positive, and negative for a fee that it gives back.
    package let fee: Money
    /// The object behind it: a charge, refund, dispute or payout.
    package let source: String?
    /// How the guest paid, for a charge or what follows one.
    package let method: PaymentMethod?
    /// When the balance changed, by Stripe: `created`.
    package let created: Instant

    /// What the movement adds to the balance, in minor units; Stripe's `net`.
    package var net: Int64 { amount.minorUnits - fee.minorUnits }

    /// - Parameters:
    ///   - type: Stripe's `type`, such as `payment_refund`.
    ///   - reportingCategory: Stripe's `reporting_category`; it alone tells a dispute from another adjustment.
    package init(
        id: String, type: String, reportingCategory: String, amount: Money, fee: Money, source: String?, method: PaymentMethod?,
        created: Instant
    ) {
        self.id = id
        self.type = type
        self.kind = Self.kind(type: type, reportingCategory: reportingCategory)
        self.amount = amount
        self.fee = fee
        self.source = source
        self.method = method
        self.created = created
    }

    /// - Source: Stripe documentation, "Balance transaction types" and "Reporting categories". A dispute is an `adjustment`
    ///   and only its category tells.
    private static func kind(type: String, reportingCategory: String) -> Kind {
        switch (type, reportingCategory) {
        case (_, "dispute"), (_, "dispute_reversal"): .dispute
        case ("charge", _), ("payment", _): .charge
        case ("refund", _), ("payment_refund", _): .refund
        case ("refund_failure", _): .refundFailure
        case ("payout", _), ("payout_cancel", _), ("payout_failure", _): .payout
        case ("stripe_fee", _), ("tax_fee", _), ("stripe_fx_fee", _), (_, "fee"), (_, "network_cost"): .fee
        default: .other
        }
    }

    /// What this movement adds to the journal. Charges and refunds are booked with the payment they belong to, so only
    /// their fee is left to book here.
    ///
    /// - Parameter withAmount: `false` for what is about another's money: then only the fee, which is the account's.
    package func postings(on day: Day, withAmount: Bool = true) -> [Posting] {
        let ofFee = Posting.stripeFee(fee, on: day, balanceTransaction: id)
        let ofAmount: Posting? =
            switch kind {
            case .charge, .refund, .refundFailure, .other: nil
            case .dispute: .dispute(amount, on: day, balanceTransaction: id)
            case .fee: (try? amount.negated()).flatMap { .stripeFee($0, on: day, balanceTransaction: id) }
            case .payout: .payout(amount, on: day, balanceTransaction: id)
            }
        return [withAmount ? ofAmount : nil, ofFee].compactMap { $0 }
    }
}
