import Ledger

extension FeeRow {
    static let columns: StaticString = """
        r.month, t.id, r.corrects, r.terms, r.recipient, r.first_day, r.last_day, r.proration, r.price, r.origin, r.tax_case, r.vat_id, r.net,
        r.rate, r.tax
        """
    enum Column: Int, ColumnNames {
        case month, id, corrects, terms, recipient, firstDay, lastDay, proration, price, origin, taxCase, vatId, net, rate, tax
    }

    init(from row: borrowing Row) throws {
        let tenant = try row.string(Column.id)
        let what = "fee of \(tenant)"
        guard let origin = PriceOrigin(try row.string(Column.origin)) else { throw row.unreadable(Column.origin, of: what) }
        guard let rate = TaxRate(basisPoints: try row.optionalInt(Column.rate)) else { throw row.unreadable(Column.rate, of: what) }
        let (first, last) = (try row.day(Column.firstDay), try row.day(Column.lastDay))
        guard first <= last else { throw row.unreadable(Column.lastDay, of: what) }
        var amounts: Amounts?
        if let net = try row.optionalInt64(Column.net) {
            amounts = try Amounts(net: Money(minorUnits: net, currency: .eur), rate: rate, tax: try row.money(Column.tax, .eur))
        }
        self.init(
            month: try row.month(Column.month), tenant: tenant, terms: try row.int64(Column.terms),
            recipient: try row.string(Column.recipient),
            days: first...last, proration: try row.word(Column.proration, of: what), price: try row.money(Column.price, .eur),
            origin: origin,
            taxCase: try row.word(Column.taxCase, of: what), vatID: try row.optionalString(Column.vatId), amounts: amounts,
            corrects: try row.optionalInt64(Column.corrects))
    }
}

/// A run without its rows.
struct FeeRunHead {
    static let columns: StaticString = "number, month, hash, reason, created_at, actor"
    enum Column: Int, ColumnNames { case number, month, hash, reason, createdAt, actor }

    let number: Int64
    let month: Month
    let hash: String
    let reason: String?
    let createdAt: Instant
    let actor: String

    init(from row: borrowing Row) throws {
        number = try row.int64(Column.number)
        month = try row.month(Column.month)
        hash = try row.string(Column.hash)
        reason = try row.optionalString(Column.reason)
        createdAt = try row.instant(Column.createdAt)
        actor = try row.string(Column.actor)
    }
}

extension Transaction {
    /// Writes a run down, with all its rows.
    ///
    /// - Parameters:
    ///   - hash: As `FeeRun.hash`.
    ///   - reason: Why a row is taken back; `nil` for a run that bills.
    /// - Returns: Its number.
    /// - Throws: `StoreError` when a tenant is billed for the month, or a row is not what its contract says.
    package func addFeeRun(_ month: Month, _ rows: [FeeRow], hash: String, reason: String? = nil, by actor: String) throws -> Int64 {
        let number = try one("SELECT coalesce(max(number), 0) + 1 FROM fee_run") { try $0.int64(0) }!
        try run(
            """
            INSERT INTO fee_run (number, month, rows, hash, reason, actor, created_at)
            VALUES (\(number), \(month), \(rows.count), \(hash), \(reason), \(actor), \(now))
            """)
        for (index, row) in rows.enumerated() {
            try run(
                """
                INSERT INTO fee_row (run, position, tenant, month, corrects, terms, recipient, first_day, last_day, proration, price, origin,
                    tax_case, vat_id, net, rate, tax)
                VALUES (\(number), \(index + 1), (SELECT number FROM tenant WHERE id = \(row.tenant)), \(row.month), \(row.corrects),
                    \(row.terms), \(row.recipient), \(row.days.lowerBound), \(row.days.upperBound), \(row.proration), \(row.price.minorUnits),
                    \(row.origin.text), \(row.taxCase), \(row.vatID), \(row.amounts?.net.minorUnits), \(row.amounts?.rate.basisPoints),
                    \(row.amounts?.tax.minorUnits))
                """)
        }
        return number
    }

    /// The month's last run; 0 before the first.
    package func lastFeeRun(of month: Month) throws -> Int64 {
        try one("SELECT coalesce(max(number), 0) FROM fee_run WHERE month = \(month)") { try $0.int64(0) } ?? 0
    }

    /// The runs of a month in order, or of all months.
    package func feeRuns(of month: Month? = nil) throws -> [FeeRun] {
        let heads =
            if let month {
                try all("SELECT \(raw: FeeRunHead.columns) FROM fee_run WHERE month = \(month) ORDER BY number") {
                    try FeeRunHead(from: $0)
                }
            } else {
                try all("SELECT \(raw: FeeRunHead.columns) FROM fee_run ORDER BY number") { try FeeRunHead(from: $0) }
            }
        return try heads.map { try feeRun($0) }
    }

    /// By its number.
    package func feeRun(_ number: Int64) throws -> FeeRun? {
        try one("SELECT \(raw: FeeRunHead.columns) FROM fee_run WHERE number = \(number)") { try FeeRunHead(from: $0) }.map {
            try feeRun($0)
        }
    }

    /// By what its preview had.
    package func feeRun(of month: Month, hash: String) throws -> FeeRun? {
        try one("SELECT \(raw: FeeRunHead.columns) FROM fee_run WHERE month = \(month) AND hash = \(hash)") { try FeeRunHead(from: $0) }
            .map { try feeRun($0) }
    }

    private func feeRun(_ head: FeeRunHead) throws -> FeeRun {
        let rows = try all(
            """
            SELECT \(raw: FeeRow.columns) FROM fee_row r JOIN tenant t ON t.number = r.tenant
            WHERE r.run = \(head.number) ORDER BY r.position
            """
        ) { try FeeRow(from: $0) }
        let invoices = try all(
            "SELECT t.id, i.number FROM fee_invoice_now i JOIN tenant t ON t.number = i.tenant WHERE i.run = \(head.number)"
        ) { (try $0.string(0), try $0.string(1)) }
        return FeeRun(
            number: head.number, month: head.month, rows: rows, hash: head.hash, reason: head.reason, createdAt: head.createdAt,
            actor: head.actor, invoices: Dictionary(invoices) { first, _ in first })
    }

    /// Each tenant's row of the month that no correction takes back. It costs with the tenants, not with the months before.
    package func billedFees(of month: Month) throws -> [String: BilledFee] {
        let billed = try all(
            """
            SELECT \(raw: FeeRow.columns), r.run
            FROM tenant t CROSS JOIN fee_row r INDEXED BY fee_row_of_tenant ON r.tenant = t.number AND r.month = \(month)
            WHERE r.corrects IS NULL AND r.net IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM fee_row c WHERE c.tenant = r.tenant AND c.month = r.month AND c.corrects = r.run)
            """
        ) { BilledFee(run: try $0.int64(FeeRow.Column.allCases.count), row: try FeeRow(from: $0)) }
        return Dictionary(billed.map { ($0.row.tenant, $0) }) { first, _ in first }
    }

    /// The months before that one that contracts have and nobody was billed for, by tenant, in order. A tenant of whom none is missing costs
    /// one look at the index for each of its months.
    package func unbilledMonths(before month: Month) throws -> [String: [Month]] {
        let lacking = try all(
            """
            WITH span (tenant, id, begins, ends) AS (
                SELECT c.tenant, t.id, substr(c.from_day, 1, 7), min(coalesce(substr(c.until_day, 1, 7), '9999-12'), \(month.previous))
                FROM contract c JOIN tenant t ON t.number = c.tenant)
            SELECT tenant, id, begins, ends FROM span
            WHERE begins <= ends AND (substr(ends, 1, 4) - substr(begins, 1, 4)) * 12 + substr(ends, 6) - substr(begins, 6) + 1 > (
                SELECT count(*) FROM fee_row r INDEXED BY fee_row_of_tenant
                WHERE r.tenant = span.tenant AND r.month BETWEEN begins AND ends AND r.corrects IS NULL AND r.net IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM fee_row c WHERE c.tenant = r.tenant AND c.month = r.month AND c.corrects = r.run))
            ORDER BY id
            """
        ) { (number: try $0.int64(0), id: try $0.string(1), first: try $0.month(2), last: try $0.month(3)) }
        var months: [String: [Month]] = [:]
        for tenant in lacking {
            let billed = Set(
                try all(
                    """
                    SELECT month FROM fee_billed
                    WHERE tenant = \(tenant.number) AND month >= \(tenant.first) AND month <= \(tenant.last)
                    """
                ) { try $0.month(0) })
            var each = tenant.first
            while each <= tenant.last {
                if !billed.contains(each) { months[tenant.id, default: []].append(each) }
                each = each.next
            }
        }
        return months
    }

    /// The tenants with a movement on their balance at Stripe in the month, by id.
    package func tenantsWithMovement(in month: Month) throws -> Set<String> {
        Set(
            try all(
                """
                SELECT id FROM tenant t WHERE EXISTS (SELECT 1 FROM stripe_month m WHERE m.tenant = t.number AND m.month = \(month))
                """
            ) { try $0.string(0) })
    }

    /// The number of the invoice that was written for a row; `nil` until it has come back.
    package func feeInvoice(of tenant: Tenant, run: Int64) throws -> String? {
        try one("SELECT number FROM fee_invoice_now WHERE run = \(run) AND tenant = \(tenant.number)") { try $0.string(0) }
    }

    /// The month of a row that is billed, or that takes another back; `nil` where there is none.
    package func feeMonth(of tenant: Tenant, run: Int64) throws -> Month? {
        try one("SELECT month FROM fee_row WHERE run = \(run) AND tenant = \(tenant.number) AND net IS NOT NULL") { try $0.month(0) }
    }

    /// A row with that invoice and another recipient than this row's; `nil` where there is none.
    package func otherRecipient(of number: String, than tenant: Tenant, run: Int64) throws -> (tenant: String, run: Int64)? {
        try one(
            """
            SELECT t.id, i.run FROM fee_invoice_now i JOIN fee_row r ON r.run = i.run AND r.tenant = i.tenant
            JOIN tenant t ON t.number = i.tenant
            WHERE i.number = \(number) AND NOT (i.run = \(run) AND i.tenant = \(tenant.number))
                AND r.recipient IS NOT (SELECT recipient FROM fee_row WHERE run = \(run) AND tenant = \(tenant.number))
            LIMIT 1
            """
        ) { (tenant: try $0.string(0), run: try $0.int64(1)) }
    }

    /// - Parameter reason: Why it replaces the number that the row has; `nil` for its first one.
    /// - Throws: `StoreError` when the row has an invoice and there is no reason, when there is no row, and when another recipient has it.
    package func addFeeInvoice(_ number: String, of tenant: Tenant, run: Int64, replacing reason: String? = nil, by actor: String) throws {
        try self.run(
            """
            INSERT INTO fee_invoice (run, tenant, version, number, reason, actor, assigned_at)
            SELECT \(run), \(tenant.number), coalesce(max(version), 0) + 1, \(number), \(reason), \(actor), \(now)
            FROM fee_invoice WHERE run = \(run) AND tenant = \(tenant.number)
            """)
    }
}
