/// One tenant's month (Monatsabrechnung): what the operator bills, and what Stripe has withheld already.
///
/// Two different suppliers. Their amounts are never added to one another.
package struct Statement: Hashable, Sendable {
    /// The tenant's id.
    package let tenant: String
    /// The present name, also on the statement of an old month.
    package let tenantName: String
    /// In the tenant's time zone.
    package let month: Month
    /// When it was closed; `nil` while it can still change.
    package let closedAt: Instant?
    /// What it was closed over, and why; `nil` where all was in order, and while it is open.
    package let remark: ClosingRemark?
    /// In euros, whatever the books are kept in. As the fee runs have it, also of a closed month.
    package let platformFee: PlatformFee
    /// In the currency of the books.
    package let stripe: StripeMonth
    /// Opened, won and lost in the month.
    package let disputes: DisputeCounts
    /// Movements of a month before that was closed when they became known, one by one; they are in the sums of `stripe` too.
    package let lateItems: [BookedMovement]
    /// The same sums by Stripe's month, which is cut in UTC, as Stripe bills it. Of a closed month as they were known then.
    package let utc: [StripeMonth.Row]
    /// What the tenant has said of Stripe's fees; `nil` for nothing.
    package let feeNote: StripeFeeNote?

    package init(
        tenant: String, tenantName: String, month: Month, closedAt: Instant?, remark: ClosingRemark? = nil, platformFee: PlatformFee,
        stripe: StripeMonth, disputes: DisputeCounts? = nil, lateItems: [BookedMovement] = [], utc: [StripeMonth.Row] = [],
        feeNote: StripeFeeNote? = nil
    ) {
        self.disputes = disputes ?? DisputeCounts(noneIn: stripe.opening.currency)
        self.lateItems = lateItems
        self.utc = utc
        self.feeNote = feeNote
        self.remark = remark
        self.tenant = tenant
        self.tenantName = tenantName
        self.month = month
        self.closedAt = closedAt
        self.platformFee = platformFee
        self.stripe = stripe
    }
}

/// What a tenant's contract comes to in a month (Plattformgebühr). The operator's ERP invoices it; no journal has it.
package struct PlatformFee: Hashable, Sendable {
    /// Without tax.
    package let net: Money
    /// Half a cent rounded up.
    package let tax: Money
    /// `net` and `tax` together.
    package let gross: Money
    /// Which tax it has.
    package let taxCase: TaxCase
    /// The last fee run that billed it or took it back; `nil`: it is not billed yet, and is what the contract comes to now.
    package let run: Int64?

    /// The price of a new contract: 19.00 EUR.
    package static let standardNet = Money(minorUnits: 1900, currency: .eur)
    /// What an operator may ask for a month, in euro cents.
    package static let nets: ClosedRange<Int64> = 0...99_999_999

    /// - Throws: `MoneyError`.
    package init(net: Money, tax: Money, taxCase: TaxCase, run: Int64? = nil) throws(MoneyError) {
        self.run = run
        self.net = net
        self.tax = tax
        self.taxCase = taxCase
        gross = try net.adding(tax)
    }

    /// A tenant's fee of a month: what was billed, taken back and billed again, or else what the contract comes to.
    ///
    /// - Parameters:
    ///   - billed: The tenant's rows of the month that bill something or take it back, by run.
    ///   - row: What the contract comes to, where nothing is billed; `nil` where it has no day in the month.
    ///   - taxCase: Of the contract, where there is no row at all.
    /// - Throws: `MoneyError.overflow`.
    package init(_ billed: [BilledFee], else row: FeeRow?, _ taxCase: TaxCase) throws(MoneyError) {
        let rows = billed.isEmpty ? [row].compactMap(\.self) : billed.map(\.row)
        let amounts = rows.compactMap(\.amounts)
        try self.init(
            net: try .sum(amounts.map(\.net), in: .eur), tax: try .sum(amounts.map(\.tax), in: .eur),
            taxCase: rows.last?.taxCase ?? taxCase, run: billed.last?.run)
    }

    /// How far it is billed, as people read it.
    package var billing: Phrase {
        run.map { Phrase("run \($0)", "Lauf \($0)") } ?? Phrase("not billed yet", "noch nicht berechnet")
    }
}

/// What happened on the tenant's balance at Stripe in one month, by its balance transactions.
package struct StripeMonth: Hashable, Sendable {
    /// Movements of one type, and for charges of one method. Amounts and fees signed as the balance sees them.
    package struct Row: Hashable, Sendable {
        /// What these books take the type for.
        package let kind: BalanceMovement.Kind
        /// Stripe's own word for the movements of the row, such as `payment_refund`.
        package let type: String
        /// How the guests paid; nil for movements without a method.
        package let method: PaymentMethod?
        /// How many movements, late ones included.
        package let count: Int64
        /// The sum of Stripe's `amount`, before fees.
        package let amount: Money
        /// The sum of what Stripe withheld from these movements.
        package let fee: Money
        /// Movements of a month that was closed when they became known (Nachtrag).
        package let late: Int64

        package init(kind: BalanceMovement.Kind, type: String, method: PaymentMethod?, count: Int64, amount: Money, fee: Money, late: Int64)
        {
            self.kind = kind
            self.type = type
            self.method = method
            self.count = count
            self.amount = amount
            self.fee = fee
            self.late = late
        }
    }

    /// One per type and method, by kind.
    package let rows: [Row]
    /// The balance at Stripe before the month's first movement.
    package let opening: Money
    /// `opening` with every movement of the month less its fee: the next month's `opening`.
    package let closing: Money
    /// Everything that Stripe kept for itself: fees of movements, and fees that are movements of their own.
    package let fees: Money

    /// - Parameter opening: The balance before the month's first movement.
    /// - Throws: `MoneyError.overflow`.
    package init(rows: [Row], opening: Money) throws(MoneyError) {
        self.rows = rows
        self.opening = opening
        var balance = opening
        var fees = Money.zero(opening.currency)
        for row in rows {
            balance = try balance.adding(row.amount).subtracting(row.fee)
            fees = try fees.adding(row.fee)
            if row.kind == .fee { fees = try fees.subtracting(row.amount) }
        }
        closing = balance
        self.fees = fees
    }
}
