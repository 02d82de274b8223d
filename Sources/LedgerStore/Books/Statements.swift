import Ledger

/// Of the sums as they stand, `stripe_month`, and as they were when the month was closed, `statement_row`.
extension StripeMonth.Row {
    static let columns: StaticString = "kind, type, method, count, amount, fee, late"
    enum Column: Int, ColumnNames { case kind, type, method, count, amount, fee, late }
}

extension Book {
    /// Whether the month's statement is fixed.
    package func isClosed(_ month: Month) throws -> Bool {
        try one("SELECT 1 FROM statement WHERE tenant = \(tenant.number) AND month = \(month)") { _ in true } ?? false
    }

    /// The tenant's month: as it was closed, or as it stands now.
    ///
    /// - Returns: `nil` if the tenant did not exist yet.
    package func statement(month: Month) throws -> Statement? {
        let closed = try one(
            """
            SELECT opening_balance, closed_at FROM statement WHERE tenant = \(tenant.number) AND month = \(month)
            """
        ) { (opening: try $0.int64(0), closedAt: try $0.instant(1)) }
        if closed == nil, try month < firstMonth() { return nil }
        let opening =
            try closed?.opening ?? one(
                "SELECT coalesce(sum(amount - fee), 0) FROM stripe_month WHERE tenant = \(tenant.number) AND month < \(month)"
            ) { try $0.int64(0) }!
        let rows = try all(
            """
            SELECT \(raw: StripeMonth.Row.columns) FROM \(raw: closed == nil ? "stripe_month" : "statement_row")
            WHERE tenant = \(tenant.number) AND month = \(month) ORDER BY kind, type, method
            """
        ) { try statementRow(from: $0) }
        return Statement(
            tenant: tenant.id, tenantName: tenant.name, month: month, closedAt: closed?.closedAt,
            remark: try closed == nil ? nil : remark(of: month),
            platformFee: try platformFee(in: month),
            stripe: try StripeMonth(rows: rows, opening: Money(minorUnits: opening, currency: tenant.currency)),
            disputes: try disputeCounts(month), lateItems: try bookedMovements(month, isLate: true),
            utc: try utcRows(month, isClosed: closed != nil), feeNote: try stripeFeeNote(in: month))
    }

    /// The sums by Stripe's own month.
    private func utcRows(_ month: Month, isClosed: Bool) throws -> [StripeMonth.Row] {
        try all(
            """
            SELECT kind, type, method, count, amount, fee, 0 AS late FROM \(raw: isClosed ? "statement_utc_row" : "stripe_utc_month")
            WHERE tenant = \(tenant.number) AND month = \(month) ORDER BY kind, type, method
            """
        ) { try statementRow(from: $0) }
    }

    private func statementRow(from row: borrowing Row) throws -> StripeMonth.Row {
        typealias Column = StripeMonth.Row.Column
        let method = try row.string(Column.method)
        return StripeMonth.Row(
            kind: try row.value(Column.kind), type: try row.string(Column.type),
            method: method.isEmpty ? nil : PaymentMethod(rawValue: method),
            count: try row.int64(Column.count), amount: try row.money(Column.amount, tenant.currency),
            fee: try row.money(Column.fee, tenant.currency), late: try row.int64(Column.late))
    }

    /// Closes a month permanently: what moved at Stripe is copied. What the operator bills is no part of these books, and is as the fee runs
    /// have it.
    ///
    /// - Parameter remark: What it is closed over, and why; `nil` where all is in order.
    /// - Returns: The statement as closed.
    package func close(_ statement: Statement, over remark: ClosingRemark? = nil) throws -> Statement {
        try run(
            """
            INSERT INTO statement (tenant, month, opening_balance, closed_at)
            VALUES (\(tenant.number), \(statement.month), \(statement.stripe.opening.minorUnits), \(now))
            """)
        try run(
            """
            INSERT INTO statement_row (tenant, month, \(raw: StripeMonth.Row.columns))
            SELECT tenant, month, \(raw: StripeMonth.Row.columns) FROM stripe_month
            WHERE tenant = \(tenant.number) AND month = \(statement.month)
            """)
        try run(
            """
            INSERT INTO statement_utc_row (tenant, month, kind, type, method, count, amount, fee)
            SELECT tenant, month, kind, type, method, count, amount, fee FROM stripe_utc_month
            WHERE tenant = \(tenant.number) AND month = \(statement.month)
            """)
        if let remark { try addRemark(remark, to: statement.month) }
        return try self.statement(month: statement.month)!
    }
}

extension Book {
    /// The first month that has not been closed, counted from the first one of its books.
    package func firstOpenMonth() throws -> Month {
        let last = try one("SELECT max(month) FROM statement WHERE tenant = \(tenant.number) HAVING max(month) IS NOT NULL") {
            try $0.month(0)
        }
        return try last?.next ?? firstMonth()
    }
}

extension Book {
    /// What the tenant has said of Stripe's fees of a month; `nil` for nothing.
    package func stripeFeeNote(in month: Month) throws -> StripeFeeNote? {
        try one(
            """
            SELECT from_month, treatment, words FROM stripe_fee_note WHERE tenant = \(tenant.number) AND from_month <= \(month)
            ORDER BY from_month DESC, number DESC LIMIT 1
            """
        ) {
            StripeFeeNote(
                from: try $0.month(0), treatment: try $0.word(1, of: "the note on Stripe's fees"), words: try $0.optionalString(2))
        }
    }

    /// Keeps what the tenant says of Stripe's fees from a month on; the schema refuses a closed one.
    package func setStripeFeeNote(_ note: StripeFeeNote, by actor: String) throws {
        try run(
            """
            INSERT INTO stripe_fee_note (tenant, from_month, number, treatment, words, actor, set_at)
            SELECT \(tenant.number), \(note.from),
                (SELECT coalesce(max(number), 0) + 1 FROM stripe_fee_note WHERE tenant = \(tenant.number) AND from_month = \(note.from)),
                \(note.treatment), \(note.words), \(actor), \(now)
            """)
    }
}
