import Foundation
import Ledger

/// The folios of one day, as reception looks at them.
package struct DayFolios: Sendable {
    /// Reservations that begin that day, whatever became of them.
    package let arrivals: [Folio]
    /// Open reservations that began before and end after that day.
    package let inHouse: [Folio]
    /// Reservations that end that day, whatever became of them.
    package let departures: [Folio]
    /// Open reservations that should have ended before.
    package let overdue: [Folio]
}

extension Transaction {
    /// - Parameter limit: At most so many in each of the four.
    package func folios(on day: Day, of tenant: Tenant, limit: Int) throws -> DayFolios {
        DayFolios(
            arrivals: try all(
                """
                \(raw: everyFolio)
                WHERE f.tenant = \(tenant.number) AND f.arrival = \(day) AND f.source = 'reservation' ORDER BY f.number LIMIT \(limit)
                """
            ) { try folio(from: $0) },
            inHouse: try all(
                """
                \(raw: everyStay)
                WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure > \(day) AND f.source = 'reservation'
                    AND f.closed_at IS NULL ORDER BY f.departure, f.number LIMIT \(limit)
                """
            ) { try folio(from: $0) },
            departures: try all(
                """
                \(raw: everyFolio)
                WHERE f.tenant = \(tenant.number) AND f.departure = \(day) AND f.source = 'reservation' ORDER BY f.number LIMIT \(limit)
                """
            ) { try folio(from: $0) }, overdue: try overdueFolios(before: day, of: tenant, limit: limit))
    }

    /// Open reservations whose departure lies before that day, the oldest first.
    package func overdueFolios(before day: Day, of tenant: Tenant, limit: Int) throws -> [Folio] {
        try all(
            """
            \(raw: everyStay)
            WHERE f.tenant = \(tenant.number) AND f.arrival < \(day) AND f.departure < \(day) AND f.source = 'reservation'
                AND f.closed_at IS NULL ORDER BY f.departure, f.number LIMIT \(limit)
            """
        ) { try folio(from: $0) }
    }

    /// Folios that were closed within the two instants and whose account does not balance, with what is left on it.
    package func unsettledFolios(
        closedFrom start: Instant, before end: Instant, of tenant: Tenant, limit: Int
    ) throws -> [(folio: Folio, open: Money)] {
        let found = try all(
            """
            SELECT f.number, a.debits - a.credits
            FROM folio f INDEXED BY folio_closed JOIN account a ON a.tenant = f.tenant AND a.name = 'folio:' || f.reference
            WHERE f.tenant = \(tenant.number) AND f.closed_at >= \(start) AND f.closed_at < \(end) AND a.debits <> a.credits
            ORDER BY f.closed_at LIMIT \(limit)
            """
        ) { (number: try $0.int64(0), open: try $0.money(1, tenant.currency)) }
        return try found.compactMap { row in try folio(number: row.number, of: tenant).map { ($0, row.open) } }
    }
}

/// Folios of guests who stay or should have left. The index is named, or SQLite would read all of a tenant's folios.
private let everyStay: StaticString = """
    SELECT f.number, f.reference, f.source, f.guest_name, f.guest_email, f.guest_language, f.arrival, f.departure, f.mode,
           f.method, f.opened_at, f.state, f.customer, f.notice, f.page_url, f.receipt_number,
           c.payment_method, c.brand, c.last4, c.consented_at, f.room,
           f.notice_code, f.notice_amount, f.notice_at, f.notice_about, f.notice_why, f.currency,
           c.removed_why, c.expires
    FROM folio f INDEXED BY folio_staying LEFT JOIN saved_card c ON c.tenant = f.tenant AND c.folio = f.number
    AND (c.state = 'saved' OR c.removed_why IS NOT NULL)

    """
