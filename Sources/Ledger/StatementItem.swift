/// One item of a statement, as it stands in a list or a file: a statement flattened. What an item does not have is nil.
package struct StatementItem: Hashable, Sendable {
    /// Who bills the item: `operator` for the monthly price, `stripe` for what the balance shows.
    package enum Supplier: String, Sendable, CaseIterable { case `operator`, stripe }

    /// Items of the two are never added to one another.
    package let supplier: Supplier
    /// `platform_fee`, `opening_balance`, a movement's kind, `total_fees`, `closing_balance`.
    package let name: String
    /// Stripe's own word for the movements; only for movements.
    package var type: String?
    /// How the guests paid; only for movements that have a method.
    package var method: PaymentMethod?
    /// How many movements it sums.
    package var count: Int64?
    /// Without tax; only for the operator's fee.
    package var net: Money?
    /// Only for the operator's fee.
    package var tax: Money?
    /// For the operator's fee with tax, for movements before Stripe's fees, and for the two balances the balance itself.
    package var gross: Money?
    /// What Stripe withheld.
    package var fee: Money?
    /// Of `count`, those of a month that was already closed.
    package var late: Int64?

    /// Of its amounts, which are all in one.
    package var currency: Currency { (net ?? gross ?? fee)!.currency }

    fileprivate init(_ supplier: Supplier, _ name: String) {
        self.supplier = supplier
        self.name = name
    }
}

extension Statement {
    /// Everything the statement says, in order: first the operator's fee, then Stripe's month from opening to closing balance.
    package var items: [StatementItem] {
        var fee = StatementItem(.operator, "platform_fee")
        (fee.net, fee.tax, fee.gross) = (platformFee.net, platformFee.tax, platformFee.gross)
        var opening = StatementItem(.stripe, "opening_balance")
        opening.gross = stripe.opening
        let movements = stripe.rows.map { row in
            var item = StatementItem(.stripe, row.kind.rawValue)
            (item.type, item.method, item.count) = (row.type, row.method, row.count)
            (item.gross, item.fee, item.late) = (row.amount, row.fee, row.late)
            return item
        }
        var fees = StatementItem(.stripe, "total_fees")
        fees.fee = stripe.fees
        var closing = StatementItem(.stripe, "closing_balance")
        closing.gross = stripe.closing
        return [fee, opening] + movements + [fees, closing]
    }
}
