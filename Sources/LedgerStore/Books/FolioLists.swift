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

    /// Folios in which every word of the text begins a word of the guest's name, the reference or the room; the latest first.
    /// Capitals and accents do not matter.
    ///
    /// - Returns: Nothing for a text without letters or digits.
    package func folios(matching text: String, of tenant: Tenant, limit: Int) throws -> [Folio] {
        // Letters and digits only, each word in quotes: nothing of the query language comes through.
        let words = text.split { !$0.isLetter && !$0.isNumber }.prefix(6)
        guard !words.isEmpty else { return [] }
        let query = words.map { "\"\($0.filter { $0 != "\"" })\"*" }.joined(separator: " AND ")
        let first = tenant.number << 32
        let numbers = try all(
            """
            SELECT rowid FROM folio_words
            WHERE folio_words MATCH \(query) AND rowid BETWEEN \(first) AND \(first + 0xFFFF_FFFF) ORDER BY rowid DESC LIMIT \(limit)
            """
        ) { try $0.int64(0) - first }
        return try numbers.compactMap { try folio(number: $0, of: tenant) }
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

// MARK: - The words a folio is found by

extension Transaction {
    func addWords(of folio: Folio, of tenant: Tenant) throws {
        try run(
            """
            INSERT INTO folio_words (rowid, reference, guest, room)
            VALUES (\((tenant.number << 32) + folio.number), \(folio.reference), \(folio.guest.name), \(folio.room ?? ""))
            """)
    }

    /// An index without content has to be told what it is to forget.
    func removeWords(of folio: Folio, of tenant: Tenant) throws {
        try run(
            """
            INSERT INTO folio_words (folio_words, rowid, reference, guest, room)
            VALUES ('delete', \((tenant.number << 32) + folio.number), \(folio.reference), \(folio.guest.name), \(folio.room ?? ""))
            """)
    }
}

/// Folios of guests who stay or should have left. The index is named, or SQLite would read all of a tenant's folios.
private let everyStay: StaticString = """
    SELECT f.number, f.reference, f.source, f.guest_name, f.guest_email, f.guest_language, f.arrival, f.departure, f.mode,
           f.method, f.opened_at, f.state, f.customer, f.notice, f.page_url, f.receipt_number,
           c.payment_method, c.brand, c.last4, c.consented_at, f.room
    FROM folio f INDEXED BY folio_staying LEFT JOIN saved_card c ON c.tenant = f.tenant AND c.folio = f.number AND c.state = 'saved'

    """
