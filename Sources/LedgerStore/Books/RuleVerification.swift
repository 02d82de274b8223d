import Ledger

/// What the triggers ask when a row is written, asked again of all that is there.
extension Book {
    /// Lines in another currency, lines that lower what they may not lower or more of it than there is, and folios whose lines have gaps.
    func lineRuleDefects() throws -> [BookDefect] {
        let lines = try all(
            """
            SELECT l.entry, coalesce(f.reference, 'number ' || l.folio), l.number
            FROM line_item l
            LEFT JOIN folio f ON f.tenant = l.tenant AND f.number = l.folio
            LEFT JOIN line_item o ON o.tenant = l.tenant AND o.folio = l.folio AND o.number = l.original
            WHERE l.tenant = \(tenant.number) AND (
                l.currency <> \(tenant.currency.code)
                OR (l.original IS NOT NULL AND (
                    o.number IS NULL OR o.category <> l.category OR o.tax_rate <> l.tax_rate OR o.service_date <> l.service_date
                    OR NOT (o.kind = 'charge' OR (o.kind = 'allowance' AND l.kind = 'reversal'))))
                OR (l.kind = 'charge' AND l.gross < (
                    SELECT -coalesce(sum(a.gross), 0) FROM line_item a
                    WHERE a.tenant = l.tenant AND a.folio = l.folio AND a.original = l.number AND NOT EXISTS (
                        SELECT 1 FROM line_item r
                        WHERE r.tenant = a.tenant AND r.folio = a.folio AND r.original = a.number AND r.kind = 'reversal'))))
            ORDER BY l.entry
            """
        ) { row in
            let entry = try row.int64(0)
            return BookDefect(
                tenant: tenant.id, entry: entry,
                problem: "line \(try row.int64(2)) of folio \(try row.string(1)) breaks a rule of lines (currency or original line)")
        }
        let gaps = try all(
            """
            SELECT coalesce(f.reference, 'number ' || l.folio) FROM line_item l
            LEFT JOIN folio f ON f.tenant = l.tenant AND f.number = l.folio
            WHERE l.tenant = \(tenant.number) GROUP BY l.folio HAVING min(l.number) <> 1 OR max(l.number) <> count(*) ORDER BY l.folio
            """
        ) { BookDefect(tenant: tenant.id, entry: nil, problem: "the lines of folio \(try $0.string(0)) have gaps") }
        return lines + gaps
    }

    /// Late charges without a stay that is checked out.
    func lateChargeDefects() throws -> [BookDefect] {
        try all(
            """
            SELECT f.reference FROM folio f LEFT JOIN folio s ON s.tenant = f.tenant AND s.number = f.stay
            WHERE f.tenant = \(tenant.number) AND f.stay IS NOT NULL AND (s.source = 'reservation' AND s.state = 'checked_out') IS NOT TRUE
            ORDER BY f.number
            """
        ) { BookDefect(tenant: tenant.id, entry: nil, problem: "late charge \(try $0.string(0)) is of no stay that is checked out") }
    }

    /// Operations and events whose bodies are gone.
    func missingBodies() throws -> [BookDefect] {
        try all(
            """
            SELECT 'operation ' || number || ' has no body' FROM operation
            WHERE tenant = \(tenant.number) AND number NOT IN (SELECT operation FROM operation_body)
            UNION ALL
            SELECT 'event ' || id || ' has no body' FROM event
            WHERE tenant = \(tenant.number) AND number NOT IN (SELECT event FROM event_body)
            """
        ) { BookDefect(tenant: tenant.id, entry: nil, problem: try $0.string(0)) }
    }
}
