/// One balance transaction of Stripe: how one of the tenant's balances changed, immutable, the accounting truth about fees.
package struct BalanceMovement: Hashable, Sendable {
    /// What kind of movement it is, as the monthly statement groups them.
    package enum Kind: String, Sendable, CaseIterable {
        case charge
        /// A payment failed after it stood on the balance: what it had brought is taken back.
        case chargeFailure = "charge_failure"
        case refund
        case refundFailure = "refund_failure"
        case dispute, fee, payout
        /// The tenant's own money, moved to or from a balance that Stripe keeps in reserve.
        case reserve
        /// Nothing that these books do moves it, or this program does not expect it. Shown, never dropped.
        case other
    }

    /// What in these books says why the amount moved. The fee needs no explanation: it is Stripe's, whoever caused it.
    package enum Explanation: Hashable, Sendable {
        /// The movement itself: a fee, a payout, a reserve.
        case itself
        /// The payment of this intent, `pi_…`; nil where the movement names none.
        case payment(intent: String?)
        /// A refund, `re_…`, and the intent whose payment it gives back; nil where the movement names none.
        case refund(id: String?, intent: String?)
        /// Nothing that these books could know.
        case nothing
    }

    /// `txn_…`.
    package let id: String
    /// Derived from Stripe's `type` and `reporting_category`; decides what is posted.
    package let kind: Kind
    /// Stripe's own word for it.
    package let type: String
    /// Stripe's word for the group that it belongs to in accounting.
    package let reportingCategory: String
    /// The balance that it changed, in Stripe's word (`balance_type`); see `payments`.
    package let balance: String
    /// net = amount - fee, all in the currency of the balance, signed as the balance sees them.
    package let amount: Money
    /// What Stripe kept of it (`fee`): positive, and negative for a fee that it gives back.
    package let fee: Money
    /// The object behind it: a charge, refund, dispute or payout.
    package let source: String?
    /// The payment intent that the object behind it belongs to, `pi_…`; nil where it names none.
    package let intent: String?
    /// How the guest paid, for a charge or what follows one.
    package let method: PaymentMethod?
    /// When the balance changed, by Stripe: `created`.
    package let created: Instant

    /// The balance that guests pay into and payouts leave: `available` and `pending` of Stripe's balance together.
    package static let payments = "payments"

    /// What the movement adds to the balance, in minor units; Stripe's `net`.
    package var net: Int64 { amount.minorUnits - fee.minorUnits }

    /// Whether it changed the balance that guests pay into.
    package var isOfPayments: Bool { balance == Self.payments }

    /// - Parameters:
    ///   - type: Stripe's `type`, such as `payment_refund`.
    ///   - reportingCategory: Stripe's `reporting_category`; it alone tells a dispute from another adjustment.
    ///   - balance: Stripe's `balance_type`.
    ///   - intent: The intent of the object behind it.
    package init(
        id: String, type: String, reportingCategory: String, balance: String = payments, amount: Money, fee: Money, source: String?,
        intent: String? = nil, method: PaymentMethod?, created: Instant
    ) {
        self.id = id
        self.type = type
        self.reportingCategory = reportingCategory
        self.kind = Self.kind(type: type, reportingCategory: reportingCategory)
        self.balance = balance
        self.amount = amount
        self.fee = fee
        self.source = source
        self.intent = intent
        self.method = method
        self.created = created
    }

    /// - Source: Stripe documentation, "Balance transaction types" and "Reporting categories". A dispute is an `adjustment`
    ///   and only its category tells; a refund that failed may be one. A payment that fails is a `payment_failure_refund` while it is on
    ///   its way, and a `payment_reversal` where it had been paid.
    private static func kind(type: String, reportingCategory: String) -> Kind {
        switch (type, reportingCategory) {
        case (_, "dispute"), (_, "dispute_reversal"): .dispute
        case (_, "charge_failure"): .chargeFailure
        case ("charge", _), ("payment", _): .charge
        case ("refund", _), ("payment_refund", _): .refund
        case ("refund_failure", _), (_, "refund_failure"): .refundFailure
        case ("payout", _), ("payout_cancel", _), ("payout_failure", _): .payout
        case (let type, _) where reserves.contains(type): .reserve
        case (let type, let category) where fees.contains(type) || feeCategories.contains(category): .fee
        default: .other
        }
    }

    private static let fees: Set = ["stripe_fee", "tax_fee", "stripe_fx_fee", "network_cost"]
    private static let feeCategories: Set = ["fee", "tax", "network_cost"]
    private static let reserves: Set = [
        "reserve_hold", "reserve_release", "reserve_transaction", "reserved_funds", "payment_network_reserve_hold",
        "payment_network_reserve_release", "payout_minimum_balance_hold", "payout_minimum_balance_release",
    ]

    /// What in these books says why the amount moved, if anything does.
    package var explanation: Explanation {
        switch kind {
        case .fee, .payout, .reserve: .itself
        case .charge, .chargeFailure, .dispute: .payment(intent: intent)
        case .refund, .refundFailure: .refund(id: source, intent: intent)
        case .other: .nothing
        }
    }
}

/// What movements add to the journal. All of it is posted on the day on which the balance changed.
extension BalanceMovement {
    /// The account of the balance that it changed.
    private var account: Account { isOfPayments ? .stripe : .stripeReserved }

    /// What Stripe kept of it.
    ///
    /// - Returns: `nil` when that is nothing.
    package func feePosting(on day: Day) -> Posting? { .stripeFee(fee, on: day, balanceTransaction: id, from: account) }

    /// Its amount, when something in these books explains it.
    ///
    /// Payments and refunds are posted when Stripe's answer or event says so, on the balance that guests pay into. A movement of another
    /// balance then only says where that money was.
    ///
    /// - Returns: `nil` when there is nothing to post.
    package func amountPosting(on day: Day) -> Posting? {
        switch kind {
        case .charge, .chargeFailure, .refund, .refundFailure:
            isOfPayments ? nil : .reserve(amount, on: day, balanceTransaction: id, from: .stripe, to: account)
        case .fee: (try? amount.negated()).flatMap { .stripeFee($0, on: day, balanceTransaction: id, from: account) }
        // In the other balance stands the same money once more, with the other sign.
        case .reserve: isOfPayments ? .reserve(amount, on: day, balanceTransaction: id, from: .stripeReserved, to: .stripe) : nil
        // A dispute's is posted on the folio of its payment, and a payout's by where that is: see the two below.
        case .dispute, .payout, .other: nil
        }
    }

    /// The amount of a payout.
    ///
    /// - Parameter hasArrived: Whether the payout that comes back had arrived at the bank.
    /// - Returns: `nil` when there is nothing to post, and for a movement of another kind.
    package func payoutPosting(on day: Day, hasArrived: Bool) -> Posting? {
        kind == .payout ? .payout(amount, on: day, balanceTransaction: id, at: account, hasArrived: hasArrived) : nil
    }

    /// The amount of a dispute, when its payment is on a folio of these books.
    ///
    /// - Parameter folio: The folio's reference.
    /// - Returns: `nil` when there is nothing to post, and for a movement of another kind.
    package func disputePosting(on day: Day, folio: String) -> Posting? {
        kind == .dispute ? .dispute(amount, folio: folio, on: day, balanceTransaction: id, at: account) : nil
    }

    /// Its amount, when nothing in these books explains it.
    ///
    /// - Returns: `nil` when there is nothing to move.
    package func suspensePosting(on day: Day) -> Posting? {
        .suspense(amount, on: day, balanceTransaction: id, at: account, suspense: .suspense(type: type))
    }

    /// The opposite of `suspensePosting`: it has turned out to be ours.
    package func suspenseReversal(on day: Day) -> Posting? {
        suspensePosting(on: day).map { $0.reversed(as: .suspenseReversed) }
    }

    /// Its amount, moved from suspense to an account that accounting has chosen.
    ///
    /// - Returns: `nil` when there is nothing to move.
    package func assignment(to account: Account, on day: Day) -> Posting? {
        .assignment(amount, on: day, balanceTransaction: id, from: .suspense(type: type), to: account)
    }

    /// The opposite of `assignment`.
    package func assignmentReversal(to account: Account, on day: Day) -> Posting? {
        assignment(to: account, on: day).map { $0.reversed(as: .assignmentReversed) }
    }
}

extension BalanceMovement {
    /// Whether it takes back what a payment took: all of it, and from the charge that took it. Another attempt of the same intent may have
    /// failed before.
    ///
    /// - Source: Stripe's schema: `failure_balance_transaction` of a charge. Its source is the charge, or a refund made for it.
    package func takesBack(_ payment: Payment) -> Bool {
        guard kind == .chargeFailure, let intent = payment.intent, amount.currency == payment.received.currency else { return false }
        let isOfItsCharge = payment.charge == nil || source == payment.charge || source.map(Self.isCharge) != true
        return (self.intent ?? intent) == intent && isOfItsCharge && amount.minorUnits == -payment.received.minorUnits
    }

    /// Whether an id names a charge: `ch_…`, for some methods `py_…`.
    private static func isCharge(_ id: String) -> Bool { id.hasPrefix("ch_") || id.hasPrefix("py_") }
}
