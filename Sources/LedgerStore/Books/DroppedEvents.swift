import Ledger

/// Events of Stripe's that a tenant's books cannot use, counted by why.
package struct DroppedEvents: Hashable, Sendable {
    package enum Reason: String, Sendable, CaseIterable {
        /// It happened in another account, as Connect tells a platform.
        case otherAccount = "other_account"
        /// It is from live mode and the books are for testing, or the other way round.
        case otherMode = "other_mode"
        /// It names no object in the form that is read here.
        case thin
        /// It is no event of Stripe's.
        case unreadable
        /// Neither Stripe nor these books know its object.
        case unknownObject = "unknown_object"
    }

    /// `nil` for one that this program does not know: it is shown by its word, and hides no other.
    package var reason: Reason? { Reason(rawValue: word) }
    /// The reason as it is stored.
    package let word: String
    package let count: Int64
    package let first: Instant
    package let last: Instant
    /// The latest one's id, where one could be read.
    package let example: String?
}

extension Transaction {
    /// Counts an event that was let go. Nothing of it is kept.
    ///
    /// - Parameter example: Its id, where one could be read.
    package func countDropped(_ reason: DroppedEvents.Reason, example: String?, of tenant: Tenant) throws {
        let known = try one("SELECT 1 FROM dropped_event WHERE tenant = \(tenant.number) AND reason = \(reason)") { _ in true }
        guard known != nil else {
            return try run(
                """
                INSERT INTO dropped_event (tenant, reason, count, first_at, last_at, example)
                VALUES (\(tenant.number), \(reason), 1, \(now), \(now), \(example))
                """)
        }
        try run(
            """
            UPDATE dropped_event SET count = count + 1, last_at = max(last_at, \(now)), example = coalesce(\(example), example)
            WHERE tenant = \(tenant.number) AND reason = \(reason)
            """)
    }

    /// What was let go, the most frequent first.
    package func droppedEvents(of tenant: Tenant) throws -> [DroppedEvents] {
        try all(
            """
            SELECT reason, count, first_at, last_at, example FROM dropped_event WHERE tenant = \(tenant.number)
            ORDER BY count DESC, reason
            """
        ) {
            DroppedEvents(
                word: try $0.string(0), count: try $0.int64(1), first: try $0.instant(2), last: try $0.instant(3),
                example: try $0.optionalString(4))
        }
    }
}
