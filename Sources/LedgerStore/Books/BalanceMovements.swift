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
        try run(
            """
            INSERT INTO balance_transaction (tenant, currency, kind, \(raw: BalanceMovement.columns), month, late)
            VALUES (\(tenant.number), \(tenant.currency.code), \(movement.kind), \(movement.id), \(movement.type),
                \(movement.reportingCategory), \(movement.balance), \(movement.amount.minorUnits), \(movement.fee.minorUnits),
                \(movement.source), \(movement.intent), \(movement.method), \(movement.created), \(month), \(month != day.month))
            """)
        if try isExplained(movement) {
            if let posting = movement.amountPosting(on: day) { _ = try post(posting, by: "stripe") }
        } else if !movement.amount.isZero {
            try wait(for: movement)
        }
        if let posting = movement.feePosting(on: day) { _ = try post(posting, by: "stripe") }
        return true
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
    private func statementMonth(for month: Month) throws -> Month {
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

// MARK: - Payouts and disputes

extension Payout {
    static let columns: StaticString = "id, amount, status, arrival_date, automatic, created_at"
    enum Column: Int, ColumnNames { case id, amount, status, arrivalDate, automatic, createdAt }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            id: try row.string(Column.id), amount: try row.money(Column.amount, currency), state: try row.string(Column.status),
            arrivalDate: try row.day(Column.arrivalDate), automatic: try row.bool(Column.automatic),
            created: try row.instant(Column.createdAt))
    }
}

extension Book {
    /// A payout that is known takes the new state and arrival date; everything else of it is fixed. One in a currency that these books are
    /// not kept in is not theirs.
    package func save(_ payout: Payout) throws {
        guard payout.amount.currency == tenant.currency else { return }
        try run(
            """
            INSERT INTO payout (tenant, id, currency, amount, status, arrival_date, automatic, created_at)
            VALUES (\(tenant.number), \(payout.id), \(tenant.currency.code), \(payout.amount.minorUnits),
                \(payout.state), \(payout.arrivalDate), \(payout.automatic), \(payout.created))
            ON CONFLICT DO UPDATE SET status = excluded.status, arrival_date = excluded.arrival_date
            """)
    }

    /// Oldest first.
    package func payouts() throws -> [Payout] {
        try all("SELECT \(raw: Payout.columns) FROM payout WHERE tenant = \(tenant.number) ORDER BY created_at, id") {
            try Payout(from: $0, in: tenant.currency)
        }
    }

    /// - Returns: Whether it says something new.
    @discardableResult
    package func save(_ dispute: Dispute) throws -> Bool {
        let known = try one("SELECT status FROM dispute WHERE tenant = \(tenant.number) AND id = \(dispute.id)") { try $0.string(0) }
        let place = try dispute.intent.flatMap { try payment(intent: $0) }
        try run(
            """
            INSERT INTO dispute (tenant, id, currency, folio, payment, amount, reason, status, created_at, evidence_due_at)
            VALUES (\(tenant.number), \(dispute.id), \(tenant.currency.code), \(place?.folio), \(place?.number),
                \(dispute.amount.minorUnits), \(dispute.reason), \(dispute.state), \(dispute.created), \(dispute.evidenceDue))
            ON CONFLICT DO UPDATE SET status = excluded.status, evidence_due_at = excluded.evidence_due_at, folio = coalesce(folio, excluded.folio),
                payment = coalesce(payment, excluded.payment)
            """)
        return known != dispute.state
    }
}

extension DisputeSummary {
    static let columns: StaticString = "d.id, f.reference, d.payment, d.amount, d.reason, d.status, d.created_at, d.evidence_due_at"
    enum Column: Int, ColumnNames { case id, reference, payment, amount, reason, status, createdAt, evidenceDueAt }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            id: try row.string(Column.id), folio: try row.optionalString(Column.reference), payment: try row.optionalInt64(Column.payment),
            amount: try row.money(Column.amount, currency), reason: try row.string(Column.reason), state: try row.string(Column.status),
            created: try row.instant(Column.createdAt), evidenceDue: try row.optionalInstant(Column.evidenceDueAt))
    }
}

extension Book {
    /// All disputes, oldest first.
    package func disputes() throws -> [DisputeSummary] {
        try all(
            """
            SELECT \(raw: DisputeSummary.columns) FROM dispute d LEFT JOIN folio f ON f.tenant = d.tenant AND f.number = d.folio
            WHERE d.tenant = \(tenant.number) ORDER BY d.created_at, d.id
            """
        ) { try DisputeSummary(from: $0, in: tenant.currency) }
    }
}
