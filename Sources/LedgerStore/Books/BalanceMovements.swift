import Ledger

extension BalanceMovement {
    static let columns: StaticString = "id, type, reporting_category, balance, amount, fee, source, intent, method, created_at"
    enum Column: Int, ColumnNames { case id, type, reportingCategory, balance, amount, fee, source, intent, method, createdAt }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            id: try row.string(Column.id), type: try row.string(Column.type), reportingCategory: try row.string(Column.reportingCategory),
            balance: try row.string(Column.balance), amount: try row.money(Column.amount, currency),
            fee: try row.money(Column.fee, currency), source: try row.optionalString(Column.source),
            intent: try row.optionalString(Column.intent),
            method: try row.optionalString(Column.method).map { PaymentMethod(rawValue: $0) }, created: try row.instant(Column.createdAt))
    }
}

extension Book {
    /// Keeps a balance transaction and books what it adds to the journal, once. What nothing in these books explains waits: see
    /// `UnexplainedMovement`.
    ///
    /// - Returns: Whether it is new.
    package func book(_ movement: BalanceMovement) throws -> Bool {
        guard movement.amount.currency == tenant.currency else {
            throw MoneyError.currencyMismatch(tenant.currency, movement.amount.currency)
        }
        let known = try one("SELECT 1 FROM balance_transaction WHERE tenant = \(tenant.number) AND id = \(movement.id)") { _ in true }
        guard known == nil else { return false }
        let day = movement.created.day(in: tenant.timeZone)
        let month = try statementMonth(for: day.month)
        // Stripe says only of a charge how was paid: what follows one was paid as its payment was.
        let method = try movement.method ?? movement.intent.flatMap { try self.method(ofIntent: $0) }
        try run(
            """
            INSERT INTO balance_transaction (tenant, currency, kind, \(raw: BalanceMovement.columns), month, late)
            VALUES (\(tenant.number), \(tenant.currency.code), \(movement.kind), \(movement.id), \(movement.type),
                \(movement.reportingCategory), \(movement.balance), \(movement.amount.minorUnits), \(movement.fee.minorUnits),
                \(movement.source), \(movement.intent), \(method), \(movement.created), \(month), \(month != day.month))
            """)
        if try isExplained(movement) {
            try postAmount(of: movement)
        } else if !movement.amount.isZero {
            try wait(for: movement)
        }
        if let posting = movement.feePosting(on: day) { _ = try post(posting, by: "stripe") }
        return true
    }

    private func method(ofIntent intent: String) throws -> PaymentMethod? {
        try one("SELECT method FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(intent)") { try $0.value(0) }
    }

    /// A movement that is known.
    ///
    /// - Parameter id: `txn_…`.
    package func balanceMovement(_ id: String) throws -> BalanceMovement? {
        try one(
            "SELECT \(raw: BalanceMovement.columns) FROM balance_transaction WHERE tenant = \(tenant.number) AND id = \(id)"
        ) { try BalanceMovement(from: $0, in: tenant.currency) }
    }

    /// The month itself, or the first open one when it, or one after it, was closed already.
    func statementMonth(for month: Month) throws -> Month {
        let closed = try one("SELECT month FROM statement WHERE tenant = \(tenant.number) ORDER BY month DESC LIMIT 1") { try $0.month(0) }
        return closed.map { max(month, $0.next) } ?? month
    }

    /// Stripe's balance by the transactions known here: the sum of all that moved it.
    package func stripeBalance() throws -> Money {
        try one("SELECT coalesce(sum(amount - fee), 0) FROM stripe_month WHERE tenant = \(tenant.number)") {
            try $0.money(0, tenant.currency)
        }!
    }
}
