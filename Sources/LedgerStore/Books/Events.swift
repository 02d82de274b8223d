import Ledger

/// An event of Stripe's, kept as received.
package struct StoredEvent: Sendable {
    package enum State: String, Sendable { case received, applied, ignored, parked }

    package let number: Int64
    package let id: String
    package let type: String
    package let objectID: String?
    package let body: String
}

extension Transaction {
    /// Keeps an event unless it is known already.
    ///
    /// - Returns: Whether it is new.
    package func keepEvent(
        _ id: String, type: String, objectID: String?, createdAt: Instant, body: String, of tenant: Tenant
    ) throws -> Bool {
        let known = try one("SELECT 1 FROM event WHERE tenant = \(tenant.number) AND id = \(id)") { _ in true }
        guard known == nil else { return false }
        try run(
            """
            INSERT INTO event (tenant, id, type, object_id, created_at, received_at, body)
            VALUES (\(tenant.number), \(id), \(type), \(objectID), \(createdAt), \(now), \(body))
            """)
        return true
    }

    /// Events that were not worked off yet, in order of arrival.
    package func receivedEvents(of tenant: Tenant, limit: Int) throws -> [StoredEvent] {
        try all(
            """
            SELECT number, id, type, object_id, body FROM event
            WHERE tenant = \(tenant.number) AND state = 'received' ORDER BY number LIMIT \(limit)
            """
        ) {
            StoredEvent(
                number: try $0.int64(0), id: try $0.string(1), type: try $0.string(2), objectID: try $0.optionalString(3),
                body: try $0.string(4))
        }
    }

    /// Events that could not be worked off, with why.
    package func parkedEvents(of tenant: Tenant) throws -> [(type: String, objectID: String?, problem: String?)] {
        try all("SELECT type, object_id, problem FROM event WHERE tenant = \(tenant.number) AND state = 'parked' ORDER BY number") {
            (try $0.string(0), try $0.optionalString(1), try $0.optionalString(2))
        }
    }

    /// Puts parked events back in line.
    package func takeUpParkedEvents(of tenant: Tenant) throws {
        try run("UPDATE event SET state = 'received' WHERE tenant = \(tenant.number) AND state = 'parked'")
    }

    package func setState(_ state: StoredEvent.State, of event: StoredEvent, problem: String? = nil) throws {
        try run("UPDATE event SET state = \(state), problem = \(problem) WHERE number = \(event.number)")
    }
}

/// The lists at Stripe that are read on from where the last reading ended.
package enum SyncedList: String, Sendable {
    case events
    case balanceTransactions = "balance_transactions"
}

extension Transaction {
    package func cursor(of list: SyncedList, of tenant: Tenant) throws -> String? {
        try one("SELECT last_id FROM sync_cursor WHERE tenant = \(tenant.number) AND list = \(list)") { try $0.string(0) }
    }

    /// When the list was last found to have grown; `nil` when it was never read.
    package func cursorMoved(of list: SyncedList, of tenant: Tenant) throws -> Instant? {
        try one("SELECT updated_at FROM sync_cursor WHERE tenant = \(tenant.number) AND list = \(list)") { try $0.instant(0) }
    }

    package func setCursor(_ lastID: String, of list: SyncedList, of tenant: Tenant) throws {
        try run(
            """
            INSERT INTO sync_cursor VALUES (\(tenant.number), \(list), \(lastID), \(now))
            ON CONFLICT DO UPDATE SET last_id = excluded.last_id, updated_at = excluded.updated_at
            """)
    }
}
