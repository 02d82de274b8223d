import Foundation
import Ledger

extension Book {
    /// Reception's lists, with the day in the tenant's time zone.
    package func folios(_ list: DayList, on day: Day, _ window: Window) throws -> Part<Folio> {
        // For those who stay or should have left the index is named, or SQLite would read all of a tenant's folios.
        func statement(_ what: StaticString, _ card: StaticString, _ window: Window) -> SQL {
            switch list {
            case .arrivals:
                """
                SELECT \(raw: what) FROM folio f \(raw: card)
                WHERE f.tenant = \(tenant.number) AND f.arrival = \(day) AND f.source = 'reservation'
                ORDER BY f.guest_name COLLATE NOCASE, f.number LIMIT \(window.limit) OFFSET \(window.offset)
                """
            case .inHouse:
                """
                SELECT \(raw: what) FROM folio f INDEXED BY folio_staying \(raw: card)
                WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure > \(day) AND f.source = 'reservation'
                    AND f.closed_at IS NULL ORDER BY f.departure, f.number LIMIT \(window.limit) OFFSET \(window.offset)
                """
            case .departures:
                """
                SELECT \(raw: what) FROM folio f \(raw: card)
                WHERE f.tenant = \(tenant.number) AND f.departure = \(day) AND f.source = 'reservation'
                ORDER BY f.guest_name COLLATE NOCASE, f.number LIMIT \(window.limit) OFFSET \(window.offset)
                """
            case .overdue:
                """
                SELECT \(raw: what) FROM folio f INDEXED BY folio_staying \(raw: card)
                WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure < \(day) AND f.source = 'reservation'
                    AND f.closed_at IS NULL ORDER BY f.departure, f.number LIMIT \(window.limit) OFFSET \(window.offset)
                """
            case .lateCharges:
                """
                SELECT \(raw: what) FROM folio f INDEXED BY folio_late_open \(raw: card)
                WHERE f.tenant = \(tenant.number) AND f.stay IS NOT NULL AND f.closed_at IS NULL
                ORDER BY f.number LIMIT \(window.limit) OFFSET \(window.offset)
                """
            }
        }
        let count = try one(statement("count(*)", "", .one)) { try $0.int(0) } ?? 0
        return Part(try all(statement(Folio.columns, Folio.withCard, window)) { try Folio(from: $0) }, window, of: count)
    }

    /// The late charges of a stay, in order of opening.
    package func lateCharges(of stay: Folio) throws -> [Folio] {
        try all(
            """
            SELECT \(raw: Folio.columns) FROM folio f INDEXED BY folio_of_stay \(raw: Folio.withCard)
            WHERE f.tenant = \(tenant.number) AND f.stay = \(stay.number) ORDER BY f.number
            """
        ) { try Folio(from: $0) }
    }

    /// What guests owe for late charges that are not paid, all together.
    package func openLateCharges() throws -> Money {
        try one(
            """
            SELECT coalesce(sum(a.debits - a.credits), 0) FROM folio f INDEXED BY folio_late_open
            JOIN account a ON a.tenant = f.tenant AND a.name = 'folio:' || f.reference
            WHERE f.tenant = \(tenant.number) AND f.stay IS NOT NULL AND f.closed_at IS NULL
            """
        ) { try $0.money(0, tenant.currency) } ?? .zero(tenant.currency)
    }

    /// The orders of the shop, the latest first.
    package func orders(_ window: Window) throws -> Part<Folio> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what) FROM folio f INDEXED BY folio_order
            WHERE f.tenant = \(tenant.number) AND f.source = 'shop'
            ORDER BY f.number DESC LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        return try part(statement, window)
    }

    /// Folios that were closed before that instant and whose account does not balance, however long ago: the oldest first. It costs what
    /// does not balance, and not what was closed.
    package func unsettledFolios(closedBefore end: Instant, _ window: Window) throws -> Part<Folio> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what)
            FROM account a INDEXED BY account_unbalanced CROSS JOIN folio f ON f.tenant = a.tenant AND f.reference = substr(a.name, 7)
            WHERE a.tenant = \(tenant.number) AND a.debits <> a.credits AND a.name >= 'folio:' AND a.name < 'folio;'
                AND f.closed_at < \(end)
            ORDER BY f.closed_at, f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        return try part(statement, window)
    }

    /// Folios that are not closed and whose account does not balance: of guests who should have left before that day, of orders from before
    /// it, of guests who have a link to pay at check-out, and late charges; the oldest first.
    ///
    /// - Parameter end: Links of stays that end on it or later are left out, and late charges that are made on it or later.
    package func overdueUnsettledFolios(before day: Day, linksBefore end: Day, _ window: Window) throws -> Part<Folio> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            WITH listed (number) AS (
                SELECT number FROM folio INDEXED BY folio_staying
                WHERE tenant = \(tenant.number) AND arrival < \(day) AND departure < \(day) AND source = 'reservation' AND closed_at IS NULL
                UNION
                SELECT number FROM folio INDEXED BY folio_open
                WHERE tenant = \(tenant.number) AND state = 'awaiting_guest' AND closed_at IS NULL AND stay IS NULL AND departure < \(end)
                UNION
                SELECT number FROM folio INDEXED BY folio_late_open
                WHERE tenant = \(tenant.number) AND stay IS NOT NULL AND closed_at IS NULL
                    AND opened_at < \(end.start(in: tenant.timeZone))
                UNION
                SELECT f.number
                FROM account a INDEXED BY account_unbalanced CROSS JOIN folio f ON f.tenant = a.tenant AND f.reference = substr(a.name, 7)
                WHERE a.tenant = \(tenant.number) AND a.debits <> a.credits AND a.name >= 'folio:' AND a.name < 'folio;'
                    AND f.source = 'shop' AND f.closed_at IS NULL AND f.departure < \(day))
            SELECT \(raw: what)
            FROM listed JOIN folio f ON f.tenant = \(tenant.number) AND f.number = listed.number
            JOIN account a ON a.tenant = f.tenant AND a.name = 'folio:' || f.reference
            WHERE a.debits <> a.credits
            ORDER BY f.departure, f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        return try part(statement, window)
    }

    /// Folios that were opened before the end of a day and whose account did not balance then, each with what was open: the oldest first.
    ///
    /// An entry counts from the day that it belongs to, or from the day on which it was posted where that is earlier. It costs what does not
    /// balance now and, for a day in the past, a walk through the journal.
    ///
    /// - Parameter end: The end of the day in the tenant's time zone.
    package func openAccounts(asOf day: Day, endingAt end: Instant) throws -> [(folio: Folio, open: Money)] {
        let found = try all(
            """
            WITH later (folio, amount) AS (
                    SELECT e.folio, sum(CASE a.id WHEN e.debit THEN e.amount WHEN e.credit THEN -e.amount ELSE 0 END)
                    FROM journal_entry e JOIN folio f ON f.tenant = e.tenant AND f.number = e.folio
                    JOIN account a ON a.tenant = e.tenant AND a.name = 'folio:' || f.reference
                    WHERE e.tenant = \(tenant.number) AND \(end) <= \(now) AND e.posted_at >= \(end) AND e.occurred_on > \(day)
                    GROUP BY e.folio),
                touched (folio) AS (
                    SELECT f.number
                    FROM account a INDEXED BY account_unbalanced CROSS JOIN folio f ON f.tenant = a.tenant AND f.reference = substr(a.name, 7)
                    WHERE a.tenant = \(tenant.number) AND a.debits <> a.credits AND a.name >= 'folio:' AND a.name < 'folio;'
                    UNION SELECT folio FROM later)
            SELECT f.number, a.debits - a.credits - coalesce(l.amount, 0)
            FROM touched t JOIN folio f ON f.tenant = \(tenant.number) AND f.number = t.folio
            JOIN account a ON a.tenant = f.tenant AND a.name = 'folio:' || f.reference
            LEFT JOIN later l ON l.folio = t.folio
            WHERE a.debits - a.credits <> coalesce(l.amount, 0) AND f.opened_at < \(end)
            ORDER BY coalesce(f.closed_at, \(Int64.max)), f.departure, f.number
            """
        ) { (try $0.int64(0), try $0.money(1, tenant.currency)) }
        return try found.compactMap { number, open in try folio(number: number).map { ($0, open) } }
    }

    private func part(_ statement: (StaticString, Window) -> SQL, _ window: Window) throws -> Part<Folio> {
        let numbers = try all(statement("f.number", window)) { try $0.int64(0) }
        return Part(
            try numbers.compactMap { try folio(number: $0) }, window,
            of: try one(statement("count(*)", .one)) { try $0.int(0) } ?? 0)
    }
}
