import Ledger

extension LineItem {
    static let columns: StaticString = """
        number, kind, original, quantity, unit_amount, tax_rate, service_date, sku, reason
        """
    enum Column: Int, ColumnNames {
        case number, kind, original, quantity, unitAmount, taxRate, serviceDate, sku, reason
    }

    init(from row: borrowing Row, of folio: Folio, in currency: Currency) throws {
        let number = try row.int64(Column.number)
        guard let kind = Kind(name: try row.string(Column.kind), original: try row.optionalInt64(Column.original)) else {
            throw row.unreadable(Column.kind, of: "line \(number) of folio \(folio.reference)")
        }
        try self.init(
            number: number, kind: kind, try LineTerms(from: row, behind: Column.self, try row.money(Column.unitAmount, currency)),
            quantity: try row.int64(Column.quantity), taxRate: try row.taxRate(Column.taxRate),
            serviceDate: try row.day(Column.serviceDate), sku: try row.optionalString(Column.sku),
            reason: try row.optionalString(Column.reason))
    }
}

extension Book {
    /// The folio's lines, by number.
    package func lines(of folio: Folio) throws -> [LineItem] {
        try all(
            """
            SELECT \(raw: LineItem.columns), \(raw: LineTerms.columns) FROM line_item
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) ORDER BY number
            """
        ) { try LineItem(from: $0, of: folio, in: tenant.currency) }
    }

    /// The sum of the folio's lines and how many there are, without reading their texts.
    package func charged(on folio: Folio) throws -> (sum: Money, count: Int) {
        try one(
            "SELECT coalesce(sum(gross), 0), count(*) FROM line_item WHERE tenant = \(tenant.number) AND folio = \(folio.number)"
        ) { (try $0.money(0, tenant.currency), try $0.int(1)) }!
    }

    /// The sum of the folio's lines, and what else there is that its totals depend on, in one look.
    package func chargedAndMore(on folio: Folio) throws -> (charged: Money, hasHolds: Bool, hasPayments: Bool) {
        try one(
            """
            SELECT (SELECT coalesce(sum(gross), 0) FROM line_item WHERE tenant = \(tenant.number) AND folio = \(folio.number)),
                EXISTS (SELECT 1 FROM hold WHERE tenant = \(tenant.number) AND folio = \(folio.number)),
                EXISTS (SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND folio = \(folio.number))
            """
        ) { (try $0.money(0, tenant.currency), try $0.bool(1), try $0.bool(2)) }!
    }

    /// The gross of the folio's lines per tax rate.
    package func grossPerRate(on folio: Folio) throws -> [(rate: TaxRate, gross: Money)] {
        try all(
            """
            SELECT tax_rate, sum(gross) FROM line_item WHERE tenant = \(tenant.number) AND folio = \(folio.number) GROUP BY tax_rate
            """
        ) { (try $0.taxRate(0), try $0.money(1, tenant.currency)) }
    }

    /// The number that the folio's next line gets.
    package func nextLineNumber(on folio: Folio) throws -> Int64 {
        try one(
            "SELECT coalesce(max(number), 0) + 1 FROM line_item WHERE tenant = \(tenant.number) AND folio = \(folio.number)"
        ) { try $0.int64(0) }!
    }

    /// Adds a line that `LineItem`'s rules have let pass, together with its journal entry.
    package func add(_ line: LineItem, to folio: Folio, by actor: String) throws {
        var known = KnownJournal()
        try add(line, to: folio, by: actor, &known)
    }

    /// The same for one of many in a transaction.
    ///
    /// - Parameter known: Of the tenant, from the lines before.
    package func add(_ line: LineItem, to folio: Folio, by actor: String, _ known: inout KnownJournal) throws {
        guard let posting = Posting.line(line, folio: folio.reference) else { throw LineRefusal.amountNotPositive(line.gross) }
        let entry = try post(posting, folio: folio, by: actor, &known)
        try run(
            """
            INSERT INTO line_item (tenant, folio, number, currency, kind, original, quantity, unit_amount, gross, tax_rate, service_date, sku,
                reason, entry, \(raw: LineTerms.columns))
            VALUES (\(tenant.number), \(folio.number), \(line.number), \(tenant.currency.code), \(line.kind.name), \(line.kind.original),
                \(line.quantity), \(line.unitAmount.minorUnits), \(line.gross.minorUnits), \(line.taxRate.description),
                \(line.serviceDate), \(line.sku), \(line.reason), \(entry), \(line.terms.values))
            """)
    }
}
