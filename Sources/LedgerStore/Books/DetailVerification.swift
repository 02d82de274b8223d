import Ledger

/// Lines, payments and refunds carry the business detail, and the months carry sums. None of them is in the hash chain; so each is
/// compared with the entry or the movements that it must agree with.
extension Book {
    /// Lines that say something else than their entry: amount, direction, account, folio or day.
    func lineDefects() throws -> [BookDefect] {
        var defects: [BookDefect] = []
        try each(
            """
            SELECT \(raw: LineWithEntry.columns) FROM line_item l
            LEFT JOIN folio f ON f.tenant = l.tenant AND f.number = l.folio
            LEFT JOIN journal_entry e ON e.tenant = l.tenant AND e.number = l.entry
            LEFT JOIN account d ON d.tenant = e.tenant AND d.id = e.debit AND d.currency = e.currency
            LEFT JOIN account c ON c.tenant = e.tenant AND c.id = e.credit AND c.currency = e.currency
            WHERE l.tenant = \(tenant.number)
            """
        ) { row in
            if (try? LineWithEntry.agree(row)) == true { return }
            let entry = try row.int64(LineWithEntry.Column.entry)
            let (folio, line) = (try row.string(LineWithEntry.Column.folio), try row.int64(LineWithEntry.Column.number))
            defects.append(
                BookDefect(tenant: tenant.id, entry: entry, problem: "line \(line) of folio \(folio) differs from entry \(entry)"))
        }
        return defects.sorted { $0.entry! < $1.entry! }
    }

    /// Payments and refunds that say something else than their entries, and payments that count other refunds than they have.
    func paymentDefects() throws -> [BookDefect] {
        let unlikeEntry = try all(
            """
            SELECT d.entry, coalesce(f.reference, 'number ' || d.folio), d.what FROM (
                SELECT p.entry, p.folio, p.received - (
                        SELECT coalesce(sum(e.amount), 0) FROM payment_part r
                        JOIN journal_entry e ON e.tenant = r.tenant AND e.number = r.entry
                        WHERE r.tenant = p.tenant AND r.folio = p.folio AND r.payment = p.number) AS amount,
                    'payment' AS kind, 'payment ' || p.number AS what
                FROM payment p WHERE p.tenant = \(tenant.number) AND p.entry IS NOT NULL
                UNION ALL
                SELECT r.entry, r.folio, e.amount, 'payment', 'a part of payment ' || r.payment
                FROM payment_part r LEFT JOIN journal_entry e ON e.tenant = r.tenant AND e.number = r.entry
                WHERE r.tenant = \(tenant.number)
                UNION ALL
                SELECT failure_entry, folio, received, 'payment_failed', 'failed payment ' || number
                FROM payment WHERE tenant = \(tenant.number) AND failure_entry IS NOT NULL
                UNION ALL
                SELECT entry, folio, amount, 'refund', 'refund ' || number
                FROM refund WHERE tenant = \(tenant.number) AND entry IS NOT NULL
                UNION ALL
                SELECT failure_entry, folio, amount, 'refund_failed', 'failed refund ' || number
                FROM refund WHERE tenant = \(tenant.number) AND failure_entry IS NOT NULL
                UNION ALL
                SELECT entry, folio, amount, kind, 'dispute ' || dispute FROM dispute_entry WHERE tenant = \(tenant.number)
            ) d
            LEFT JOIN folio f ON f.tenant = \(tenant.number) AND f.number = d.folio
            LEFT JOIN journal_entry e ON e.tenant = \(tenant.number) AND e.number = d.entry
            WHERE e.number IS NULL OR f.number IS NULL OR e.amount <> d.amount OR e.folio IS NOT d.folio OR e.kind <> d.kind ORDER BY d.entry
            """
        ) { row in
            let (entry, folio, what) = (try row.int64(0), try row.string(1), try row.string(2))
            return BookDefect(tenant: tenant.id, entry: entry, problem: "\(what) of folio \(folio) differs from entry \(entry)")
        }
        let unlikeRefunds = try all(
            """
            SELECT coalesce(f.reference, 'number ' || p.folio), p.number
            FROM payment p LEFT JOIN folio f ON f.tenant = p.tenant AND f.number = p.folio
            WHERE p.tenant = \(tenant.number) AND p.refunded <> (
                SELECT coalesce(sum(r.amount), 0) FROM refund r
                WHERE r.tenant = p.tenant AND r.folio = p.folio AND r.payment = p.number AND r.state <> 'failed')
            """
        ) { row in
            BookDefect(
                tenant: tenant.id, entry: nil,
                problem: "payment \(try row.int64(1)) of folio \(try row.string(0)) does not match its refunds")
        }
        let unlikeHold = try all(
            """
            SELECT coalesce(f.reference, 'number ' || h.folio), h.number
            FROM hold h LEFT JOIN folio f ON f.tenant = h.tenant AND f.number = h.folio
            WHERE h.tenant = \(tenant.number) AND h.captured <> (
                SELECT coalesce(sum(p.received), 0) FROM payment p
                WHERE p.tenant = h.tenant AND p.folio = h.folio AND p.hold = h.number)
            """
        ) { row in
            BookDefect(
                tenant: tenant.id, entry: nil,
                problem: "the amount captured from hold \(try row.int64(1)) of folio \(try row.string(0)) is not what its payment received")
        }
        return unlikeEntry + unlikeRefunds + unlikeHold
    }

    /// Entries that must have one line, payment or refund, and have none or several.
    func entriesWithoutDetail() throws -> [BookDefect] {
        try all(
            """
            WITH detail (entry) AS (
                SELECT entry FROM line_item WHERE tenant = \(tenant.number)
                UNION ALL SELECT entry FROM payment WHERE tenant = \(tenant.number) AND entry IS NOT NULL
                UNION ALL SELECT failure_entry FROM payment WHERE tenant = \(tenant.number) AND failure_entry IS NOT NULL
                UNION ALL SELECT entry FROM payment_part WHERE tenant = \(tenant.number)
                UNION ALL SELECT entry FROM refund WHERE tenant = \(tenant.number) AND entry IS NOT NULL
                UNION ALL SELECT failure_entry FROM refund WHERE tenant = \(tenant.number) AND failure_entry IS NOT NULL
                UNION ALL SELECT entry FROM dispute_entry WHERE tenant = \(tenant.number))
            SELECT number, 'nothing' FROM journal_entry
            WHERE tenant = \(tenant.number) AND number NOT IN (SELECT entry FROM detail)
                AND kind IN ('charge', 'allowance', 'reversal', 'payment', 'payment_failed', 'refund', 'refund_failed', 'dispute',
                    'dispute_reinstated', 'dispute_written_off', 'dispute_write_off_reversed')
            UNION ALL
            SELECT entry, 'more than one thing' FROM detail GROUP BY entry HAVING count(*) > 1
            ORDER BY 1
            """
        ) { row in
            let entry = try row.int64(0)
            return BookDefect(tenant: tenant.id, entry: entry, problem: "entry \(entry) belongs to \(try row.string(1)) on a folio")
        }
    }

    /// Movements of disputes that are booked otherwise than Stripe lists them, or not at all, and write-offs beyond what was withdrawn.
    func disputeDefects() throws -> [BookDefect] {
        try all(
            """
            SELECT coalesce(b.id, d.movement), 'is not booked as Stripe lists it' FROM (
                    SELECT b.id, b.amount, coalesce(b.source, b.id) AS dispute FROM balance_transaction b
                    WHERE b.tenant = \(tenant.number) AND b.kind = 'dispute' AND b.amount <> 0 AND NOT EXISTS (
                        SELECT 1 FROM unexplained_movement u WHERE u.tenant = b.tenant AND u.id = b.id AND u.state <> 'ours')) b
            FULL JOIN (SELECT * FROM dispute_entry WHERE tenant = \(tenant.number) AND movement IS NOT NULL) d ON d.movement = b.id
            WHERE (d.amount, d.kind, d.dispute)
                IS NOT (abs(b.amount), CASE WHEN b.amount < 0 THEN 'dispute' ELSE 'dispute_reinstated' END, b.dispute)
            UNION ALL
            SELECT dispute, 'is written off beyond what it withdrew' FROM dispute_entry WHERE tenant = \(tenant.number)
            GROUP BY dispute
            HAVING sum(CASE kind WHEN 'dispute_written_off' THEN amount WHEN 'dispute_write_off_reversed' THEN -amount ELSE 0 END)
                > max(0, sum(CASE kind WHEN 'dispute' THEN amount WHEN 'dispute_reinstated' THEN -amount ELSE 0 END))
            ORDER BY 1
            """
        ) { BookDefect(tenant: tenant.id, entry: nil, problem: "dispute movement \(try $0.string(0)) \(try $0.string(1))") }
    }

    /// Payouts that are booked otherwise than the journal says, and those whose items do not add up to them.
    func payoutDefects() throws -> [BookDefect] {
        try all(
            """
            SELECT p.payout, 'does not match its entry ' || p.entry FROM payout_entry p
            LEFT JOIN journal_entry e ON e.tenant = p.tenant AND e.number = p.entry
            WHERE p.tenant = \(tenant.number) AND (e.kind, e.amount, e.stripe_object) IS NOT (p.kind, p.amount, coalesce(p.movement, p.payout))
            UNION ALL
            SELECT p.id, 'is not the sum of its items' FROM payout p
            WHERE p.tenant = \(tenant.number) AND p.itemised_at IS NOT NULL AND p.amount IS NOT (
                SELECT sum(b.amount - b.fee) FROM payout_item i JOIN balance_transaction b ON b.tenant = i.tenant AND b.id = i.movement
                WHERE i.tenant = p.tenant AND i.payout = p.id)
            UNION ALL
            SELECT DISTINCT i.payout, 'has items and was not read' FROM payout_item i
            LEFT JOIN payout p ON p.tenant = i.tenant AND p.id = i.payout WHERE i.tenant = \(tenant.number) AND p.itemised_at IS NULL
            ORDER BY 1
            """
        ) { BookDefect(tenant: tenant.id, entry: nil, problem: "payout \(try $0.string(0)) \(try $0.string(1))") }
    }

    /// Movements whose state is not what their entries say, entries of suspense that belong to no movement, and what no rule said.
    func movementDefects() throws -> [BookDefect] {
        try all(
            """
            WITH last AS (
                SELECT id, kind FROM movement_entry m WHERE tenant = \(tenant.number)
                    AND number = (SELECT max(number) FROM movement_entry WHERE tenant = m.tenant AND id = m.id))
            SELECT u.id, 'is not in the state that its entries say' FROM unexplained_movement u LEFT JOIN last l ON l.id = u.id
            WHERE u.tenant = \(tenant.number) AND u.state NOT IN (CASE coalesce(l.kind, 'none')
                WHEN 'none' THEN 'waiting' WHEN 'assignment' THEN 'assigned' WHEN 'suspense_reversed' THEN 'ours' ELSE 'suspense' END,
                CASE WHEN l.kind IS NULL THEN 'ours' END)
            UNION ALL
            SELECT coalesce(e.stripe_object, 'none'), 'has entry ' || e.number || ' in suspense and does not know it' FROM journal_entry e
            WHERE e.tenant = \(tenant.number) AND e.kind IN ('suspense', 'suspense_reversed', 'assignment', 'assignment_reversed')
                AND e.number NOT IN (SELECT entry FROM movement_entry WHERE tenant = \(tenant.number))
            UNION ALL
            SELECT m.id, 'does not match its entry ' || m.entry FROM movement_entry m
            LEFT JOIN journal_entry e ON e.tenant = m.tenant AND e.number = m.entry
            LEFT JOIN balance_transaction b ON b.tenant = m.tenant AND b.id = m.id
            WHERE m.tenant = \(tenant.number) AND (e.kind, e.amount, e.stripe_object) IS NOT (m.kind, abs(b.amount), m.id)
            UNION ALL
            SELECT u.id, 'is listed as another than Stripe''s' FROM unexplained_movement u
            LEFT JOIN balance_transaction b ON b.tenant = u.tenant AND b.id = u.id
            WHERE u.tenant = \(tenant.number) AND (b.type, b.created_at, b.source) IS NOT (u.type, u.created_at, u.source)
            UNION ALL
            SELECT m.id, 'was not assigned as rule ' || m.rule || ' says' FROM movement_entry m
            JOIN unexplained_movement u ON u.tenant = m.tenant AND u.id = m.id
            LEFT JOIN movement_rule r ON r.tenant = m.tenant AND r.number = m.rule
            WHERE m.tenant = \(tenant.number) AND m.rule IS NOT NULL
                AND ((r.type, r.account, r.reason) IS NOT (u.type, m.account, m.reason) OR (r.only_others AND u.carries_books IS NOT 0))
            ORDER BY 1
            """
        ) { row in
            BookDefect(tenant: tenant.id, entry: nil, problem: "movement \(try row.string(0)) \(try row.string(1))")
        }
    }

    /// Months whose sums do not match their movements, and closed months that were changed.
    func monthDefects() throws -> [BookDefect] {
        try all(
            """
            WITH
                actual AS (
                    SELECT month, kind, type, coalesce(method, '') AS method, count(*), sum(amount), sum(fee), sum(late)
                    FROM balance_transaction WHERE tenant = \(tenant.number) AND balance = 'payments' GROUP BY 1, 2, 3, 4),
                actual_utc AS (
                    SELECT coalesce(strftime('%Y-%m', created_at / 1000, 'unixepoch'), month) AS month, kind, type, coalesce(method, ''), count(*),
                        sum(amount), sum(fee)
                    FROM balance_transaction WHERE tenant = \(tenant.number) AND balance = 'payments' GROUP BY 1, 2, 3, 4),
                summed_utc AS (
                    SELECT month, kind, type, method, count, amount, fee FROM stripe_utc_month WHERE tenant = \(tenant.number)),
                summed AS (SELECT month, \(raw: StripeMonth.Row.columns) FROM stripe_month WHERE tenant = \(tenant.number)),
                closed AS (SELECT month, \(raw: StripeMonth.Row.columns) FROM statement_row WHERE tenant = \(tenant.number)),
                to_be_closed AS (
                    SELECT * FROM summed WHERE month IN (SELECT month FROM statement WHERE tenant = \(tenant.number)))
            SELECT month FROM (SELECT * FROM actual EXCEPT SELECT * FROM summed)
            UNION SELECT month FROM (SELECT * FROM summed EXCEPT SELECT * FROM actual)
            UNION SELECT month FROM (SELECT * FROM closed EXCEPT SELECT * FROM to_be_closed)
            UNION SELECT month FROM (SELECT * FROM to_be_closed EXCEPT SELECT * FROM closed)
            UNION SELECT month FROM (SELECT * FROM actual_utc EXCEPT SELECT * FROM summed_utc)
            UNION SELECT month FROM (SELECT * FROM summed_utc EXCEPT SELECT * FROM actual_utc)
            ORDER BY 1
            """
        ) { row in
            BookDefect(
                tenant: tenant.id, entry: nil, problem: "the sums of \(try row.string(0)) do not match its movements at Stripe")
        }
    }
}

/// A line with the entry that it names.
enum LineWithEntry {
    static let columns: StaticString = """
        l.entry, coalesce(f.reference, 'number ' || l.folio) AS folio, l.number, l.kind, l.category, l.tax_rate, l.gross, l.service_date,
        l.gross = l.quantity * l.unit_amount AS is_product, e.kind AS entry_kind, e.amount, e.folio IS l.folio AS has_same_folio,
        d.name AS debit, c.name AS credit, e.occurred_on AS entry_date
        """
    enum Column: Int, ColumnNames {
        case entry, folio, number, kind, category, taxRate, gross, serviceDate
        case isProduct, entryKind, amount, hasSameFolio
        case debit, credit, entryDate
    }

    static func agree(_ row: borrowing Row) throws -> Bool {
        let gross = try row.int64(Column.gross)
        let folio = Account.folio(reference: try row.string(Column.folio)).name
        let income = Account.income(try row.category(Column.category), try row.taxRate(Column.taxRate)).name
        let sides = gross > 0 ? (debit: folio, credit: income) : (debit: income, credit: folio)
        return try row.bool(Column.isProduct) && row.string(Column.entryKind) == row.string(Column.kind)
            && row.int64(Column.amount).magnitude == gross.magnitude && row.bool(Column.hasSameFolio)
            && row.string(Column.debit).utf8.elementsEqual(sides.debit.utf8)
            && row.string(Column.credit).utf8.elementsEqual(sides.credit.utf8)
            && row.string(Column.entryDate) == row.string(Column.serviceDate)
    }
}
