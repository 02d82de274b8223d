import Ledger

extension Book {
    /// Counts a dropped event. Nothing of it is stored except the example.
    ///
    /// - Parameter example: Its id, where one could be read.
    package func countDropped(_ reason: DroppedEvents.Reason, example: String?) throws {
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

    /// The dropped events, the most frequent first.
    package func droppedEvents() throws -> [DroppedEvents] {
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
