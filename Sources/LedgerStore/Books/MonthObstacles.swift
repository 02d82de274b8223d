import Ledger

/// What a month waits for before it can be closed. What else must be settled first is added here.
extension Book {
    /// What began before the end of the month and is not settled, also where it began in a month before.
    package func monthObstacles(_ month: Month) throws -> [MonthObstacle] {
        let end = month.next.firstDay.start(in: tenant.timeZone)
        // Each list is named, so that what is settled is not read.
        return try [
            obstacle(
                .operationWaiting,
                """
                SELECT CAST(number AS TEXT) FROM operation INDEXED BY operation_waiting
                WHERE tenant = \(tenant.number) AND state = 'waiting' AND created_at < \(end) ORDER BY number
                """),
            obstacle(
                .operationParked,
                """
                SELECT CAST(number AS TEXT) FROM operation INDEXED BY operation_parked
                WHERE tenant = \(tenant.number) AND state = 'parked' AND created_at < \(end) ORDER BY number
                """),
            obstacle(
                .eventReceived,
                """
                SELECT id FROM event INDEXED BY event_received
                WHERE tenant = \(tenant.number) AND state = 'received' AND created_at < \(end) ORDER BY number
                """),
            obstacle(
                .eventParked,
                """
                SELECT id FROM event INDEXED BY event_parked
                WHERE tenant = \(tenant.number) AND state = 'parked' AND created_at < \(end) ORDER BY number
                """),
            obstacle(
                .movementWaiting,
                """
                SELECT id FROM unexplained_movement INDEXED BY unexplained_movement_state
                WHERE tenant = \(tenant.number) AND state = 'waiting' AND created_at < \(end) ORDER BY created_at, id
                """),
            // What cannot be read does not say of which month it is.
            obstacle(
                .objectUnreadable,
                """
                SELECT id FROM unreadable_object INDEXED BY unreadable_object_waiting
                WHERE tenant = \(tenant.number) AND dismissed_at IS NULL ORDER BY first_seen, id
                """),
        ].compactMap(\.self)
    }

    /// - Parameter ids: A statement whose only column is what people name it by.
    private func obstacle(_ kind: MonthObstacle.Kind, _ ids: SQL) throws -> MonthObstacle? {
        MonthObstacle(kind, try all(ids) { try $0.string(0) })
    }
}

extension Book {
    /// Keeps that all of Stripe's lists were read to their end: events and movements.
    ///
    /// - Parameter begun: The books' time at which the reading began: what happened later it may have missed.
    package func noteFullReading(begunAt begun: Instant) throws {
        try run(
            """
            INSERT INTO stripe_reading (tenant, begun_at) VALUES (\(tenant.number), \(begun))
            ON CONFLICT DO UPDATE SET begun_at = excluded.begun_at
            """)
    }

    /// When the last complete reading of Stripe's lists began, in the books' time.
    ///
    /// - Returns: `nil` before the first, and for a file that was copied or restored and has not been read since.
    package func lastReading() throws -> Instant? {
        guard try !awaitsReading() else { return nil }
        return try one("SELECT begun_at FROM stripe_reading WHERE tenant = \(tenant.number)") { try $0.instant(0) }
    }
}
