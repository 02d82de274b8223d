/// One item of a statement, as it stands in a list or a file: a statement flattened. What an item does not have is nil.
package struct StatementItem: Hashable, Sendable {
    /// Who bills the item: `operator` for the monthly price, `stripe` for what the balance shows.
    package enum Supplier: String, Sendable, CaseIterable { case `operator`, stripe }

    /// Items of the two are never added to one another.
    package let supplier: Supplier
    /// `platform_fee`, `opening_balance`, a movement's kind, `total_fees`, `closing_balance`, `disputes_opened`, `disputes_won`,
    /// `disputes_lost`, `late_item`, `total_fees_utc`, `closed_over`.
    package let name: String
    /// Whose months an item of movements is cut by.
    package enum Calendar: String, Sendable, CaseIterable { case tenant, utc }
    /// The tenant's, or Stripe's: items of the two are the same movements, and never added to one another.
    package var calendar: Calendar = .tenant
    /// The day on which a late item moved the balance.
    package var day: Day?
    /// What is said of the item: which fee run billed it, what was closed over and why, or how the fees are taxed.
    package var note: Phrase?
    /// Of an item without an amount.
    fileprivate var ofBooks: Currency?
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
    package var currency: Currency { (net ?? gross ?? fee)?.currency ?? ofBooks ?? .eur }

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
        fee.note = platformFee.run == nil ? nil : platformFee.billing
        var opening = StatementItem(.stripe, "opening_balance")
        opening.gross = stripe.opening
        let movements = stripe.rows.map { item($0, .tenant) }
        var fees = StatementItem(.stripe, "total_fees")
        (fees.fee, fees.note) = (stripe.fees, feeNote?.phrase)
        var closing = StatementItem(.stripe, "closing_balance")
        closing.gross = stripe.closing
        // All three where there is one.
        let disputed = disputes.counts.contains { $0.count > 0 } ? disputes.counts : []
        let turns = disputed.map { count in
            var item = StatementItem(.stripe, "disputes_\(count.turn.rawValue)")
            (item.count, item.gross) = (count.count, count.amount)
            return item
        }
        let late = lateItems.map { known in
            var item = StatementItem(.stripe, "late_item")
            (item.type, item.method, item.day) = (known.movement.type, known.movement.method, known.day)
            (item.gross, item.fee, item.count) = (known.movement.amount, known.movement.fee, 1)
            item.note = known.folio.map { Phrase($0, $0) }
            return item
        }
        var all = [fee, opening]
        all += movements
        all += [fees, closing]
        all += turns
        all += late
        all += utc.map { item($0, .utc) }
        return all + feesInUTC + closedOver
    }

    private func item(_ row: StripeMonth.Row, _ calendar: StatementItem.Calendar) -> StatementItem {
        var item = StatementItem(.stripe, row.kind.rawValue)
        (item.calendar, item.type, item.method, item.count) = (calendar, row.type, row.method, row.count)
        (item.gross, item.fee) = (row.amount, row.fee)
        if calendar == .tenant { item.late = row.late }
        return item
    }

    /// Only where something moved.
    private var feesInUTC: [StatementItem] {
        guard !utc.isEmpty, let fees = utcFees else { return [] }
        var item = StatementItem(.stripe, "total_fees_utc")
        (item.calendar, item.fee) = (.utc, fees)
        return [item]
    }

    private var closedOver: [StatementItem] {
        (remark?.items ?? []).map { over in
            var item = StatementItem(.stripe, "closed_over")
            (item.type, item.count, item.ofBooks) = (over.kind, over.count, stripe.opening.currency)
            item.note = remark.map { Phrase("\($0.reason) (\($0.actor))", "\($0.reason) (\($0.actor))") }
            return item
        }
    }

    /// What Stripe kept in its own month; nil where it cannot be summed.
    package var utcFees: Money? { try? StripeMonth(rows: utc, opening: .zero(stripe.opening.currency)).fees }
}
