import Foundation
import Ledger

extension Book {
    package func folios(_ list: DayList, on day: Day, _ window: Window) throws -> Part<Folio> {
        let count = try one(statement(list, counts, countsStaying, on: day, .one)) { try $0.int(0) } ?? 0
        return Part(
            try all(statement(list, everyFolio, everyStay, on: day, window)) { try folio(from: $0) }, window, of: count)
    }

    /// - Parameters:
    ///   - all: What is asked of a list by its day.
    ///   - staying: The same of those who stay or should have left.
    private func statement(_ list: DayList, _ all: StaticString, _ staying: StaticString, on day: Day, _ window: Window) -> SQL {
        switch list {
        case .arrivals:
            """
            \(raw: all)
            WHERE f.tenant = \(tenant.number) AND f.arrival = \(day) AND f.source = 'reservation'
            ORDER BY f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        case .inHouse:
            """
            \(raw: staying)
            WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure > \(day) AND f.source = 'reservation'
                AND f.closed_at IS NULL ORDER BY f.departure, f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        case .departures:
            """
            \(raw: all)
            WHERE f.tenant = \(tenant.number) AND f.departure = \(day) AND f.source = 'reservation'
            ORDER BY f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        case .overdue:
            """
            \(raw: staying)
            WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure < \(day) AND f.source = 'reservation'
                AND f.closed_at IS NULL ORDER BY f.departure, f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
    }

    /// Folios that were closed within the two instants and whose account does not balance.
    package func unsettledFolios(closedFrom start: Instant, before end: Instant, _ window: Window) throws -> Part<Folio> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what)
            FROM folio f INDEXED BY folio_closed JOIN account a ON a.tenant = f.tenant AND a.name = 'folio:' || f.reference
            WHERE f.tenant = \(tenant.number) AND f.closed_at >= \(start) AND f.closed_at < \(end) AND a.debits <> a.credits
            ORDER BY f.closed_at, f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        return try part(statement, window)
    }

    /// Open reservations whose departure lies before that day and whose account does not balance, the oldest first.
    package func overdueUnsettledFolios(before day: Day, _ window: Window) throws -> Part<Folio> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what)
            FROM folio f INDEXED BY folio_staying JOIN account a ON a.tenant = f.tenant AND a.name = 'folio:' || f.reference
            WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure < \(day) AND f.source = 'reservation'
                AND f.closed_at IS NULL AND a.debits <> a.credits
            ORDER BY f.departure, f.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        return try part(statement, window)
    }

    private func part(_ statement: (StaticString, Window) -> SQL, _ window: Window) throws -> Part<Folio> {
        let numbers = try all(statement("f.number", window)) { try $0.int64(0) }
        return Part(
            try numbers.compactMap { try folio(number: $0) }, window,
            of: try one(statement("count(*)", .one)) { try $0.int(0) } ?? 0)
    }
}

private let counts: StaticString = "SELECT count(*) FROM folio f\n"
private let countsStaying: StaticString = "SELECT count(*) FROM folio f INDEXED BY folio_staying\n"

/// Folios of guests who stay or should have left. The index is named, or SQLite would read all of a tenant's folios.
private let everyStay: StaticString = """
    SELECT f.number, f.reference, f.source, f.guest_name, f.guest_email, f.guest_language, f.arrival, f.departure, f.mode,
           f.method, f.opened_at, f.state, f.customer, f.payment_url, f.document_number,
           c.payment_method, c.brand, c.last4, c.consented_at, f.room,
           f.currency, c.removal_reason, c.expires, f.notice_code, f.notice_amount, f.notice_at, f.notice_subject,
           f.notice_failure, f.notice_reason, f.notice_detail, f.notice_actor
    FROM folio f INDEXED BY folio_staying LEFT JOIN saved_card c ON c.tenant = f.tenant AND c.folio = f.number
    AND (c.state = 'saved' OR c.removal_reason IS NOT NULL)

    """
