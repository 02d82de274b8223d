import Ledger

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
}
