/// One item of a statement, as it stands in a list or a file: a statement flattened. What an item does not have is nil.
package struct StatementItem: Hashable, Sendable {
    package enum Supplier: String, Sendable, CaseIterable { case `operator`, stripe }

    package let supplier: Supplier
    /// `platform_fee`, `opening_balance`, a movement's kind, `total_fees`, `closing_balance`.
    package let name: String
    package var method: PaymentMethod?
    package var count: Int64?
    package var net: Money?
    package var tax: Money?
    package var gross: Money?
    package var fee: Money?
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
            (item.method, item.count, item.gross, item.fee, item.late) = (row.method, row.count, row.amount, row.fee, row.late)
            return item
        }
        var fees = StatementItem(.stripe, "total_fees")
        fees.fee = stripe.fees
        var closing = StatementItem(.stripe, "closing_balance")
        closing.gross = stripe.closing
        return [fee, opening] + movements + [fees, closing]
    }
}
