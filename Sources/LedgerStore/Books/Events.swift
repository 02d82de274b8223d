import Ledger

extension Event {
    static let columns: StaticString = """
        number, id, type, object_id, body, state, failure_code, failure_reason, failure_detail, failure_actor, attempts,
        next_attempt_at, received_at
        """
    enum Column: Int, ColumnNames {
        case number, id, type, objectId, body, state, failureCode, failureReason, failureDetail, failureActor, attempts
        case nextAttemptAt, receivedAt
    }

    static let tables: StaticString = "event LEFT JOIN event_body ON event_body.event = event.number"

    init(from row: borrowing Row) throws {
        self.init(
            number: try row.int64(Column.number), id: try row.string(Column.id), type: try row.string(Column.type),
            objectID: try row.optionalString(Column.objectId), body: try row.string(Column.body), state: try row.value(Column.state),
            failure: try row.failure(Column.failureCode), attempts: try row.int(Column.attempts),
            nextAttemptAt: try row.optionalInstant(Column.nextAttemptAt), receivedAt: try row.instant(Column.receivedAt))
    }
}

extension Book {
    /// Keeps an event unless it is known already.
    ///
    /// - Returns: Whether it is new.
    package func keepEvent(_ id: String, type: String, objectID: String?, createdAt: Instant, body: String) throws -> Bool {
        let known = try one("SELECT 1 FROM event WHERE tenant = \(tenant.number) AND id = \(id)") { _ in true }
        guard known == nil else { return false }
        let number = try one(
            """
            INSERT INTO event (tenant, id, type, object_id, created_at, received_at)
            VALUES (\(tenant.number), \(id), \(type), \(objectID), \(createdAt), \(now))
            RETURNING number
            """
        ) { try $0.int64(0) }!
        try run("INSERT INTO event_body (event, body) VALUES (\(number), \(body))")
        return true
    }

    /// Unprocessed events, in order of arrival.
    ///
    /// - Parameters:
    ///   - number: Only later ones.
    ///   - instant: Only those whose next attempt is due by then, in the system's time; `nil` for all.
    package func receivedEvents(after number: Int64 = 0, dueBy instant: Instant? = nil, limit: Int) throws -> [Event] {
        let due = instant ?? .distantFuture
        return try all(
            """
            SELECT \(raw: Event.columns) FROM \(raw: Event.tables)
            WHERE tenant = \(tenant.number) AND state = 'received' AND number > \(number) AND coalesce(next_attempt_at, 0) <= \(due)
            ORDER BY number LIMIT \(limit)
            """
        ) { try Event(from: $0) }
    }

    /// Unprocessed events about one object, each with the time at which Stripe says it happened, or, where it does not say, came.
    ///
    /// - Parameter object: Stripe's id: `pi_…`.
    package func receivedEvents(about object: String) throws -> [(event: Event, created: Instant)] {
        try all(
            """
            SELECT \(raw: Event.columns), created_at FROM \(raw: Event.tables)
            WHERE tenant = \(tenant.number) AND state = 'received' AND object_id = \(object) ORDER BY number
            """
        ) { (try Event(from: $0), try $0.instant(Event.Column.allCases.count)) }
    }

    /// When, by Stripe's clock, the first event of a type happened to each object, by the object's id. It reads all events: for tools.
    ///
    /// - Parameter type: Stripe's: `payment_intent.canceled`.
    package func firstEvents(_ type: String) throws -> [String: Instant] {
        let times = try all(
            """
            SELECT object_id, min(created_at) FROM event WHERE tenant = \(tenant.number) AND type = \(type) AND object_id IS NOT NULL
            GROUP BY object_id
            """
        ) { (try $0.string(0), try $0.instant(1)) }
        return Dictionary(uniqueKeysWithValues: times)
    }

    /// Failed events with their reasons: those that wait for another attempt, and those that are parked.
    package func troubledEvents() throws -> [Event] {
        try all(
            """
            SELECT \(raw: Event.columns) FROM \(raw: Event.tables)
            WHERE tenant = \(tenant.number) AND state = 'received' AND attempts > 0 ORDER BY number
            """
        ) { try Event(from: $0) } + parkedEvents()
    }

    /// The dead letters: what needs the operator.
    package func parkedEvents() throws -> [Event] {
        try all(
            """
            SELECT \(raw: Event.columns) FROM \(raw: Event.tables)
            WHERE tenant = \(tenant.number) AND state = 'parked' ORDER BY number
            """
        ) { try Event(from: $0) }
    }

    /// - Parameter id: Stripe's `evt_…`.
    /// - Returns: `nil` for one that was not kept.
    package func event(_ id: String) throws -> Event? {
        try one(
            """
            SELECT \(raw: Event.columns) FROM \(raw: Event.tables)
            WHERE tenant = \(tenant.number) AND id = \(id)
            """
        ) { try Event(from: $0) }
    }

    /// Puts parked events back in line. Their attempts stay counted: one that fails again is parked again.
    package func requeueParkedEvents() throws {
        try run("UPDATE event SET state = 'received', next_attempt_at = NULL WHERE tenant = \(tenant.number) AND state = 'parked'")
    }

    /// Queues a failed event again, as if it had just arrived.
    package func requeue(_ event: Event) throws {
        try run(
            """
            UPDATE event SET state = 'received', attempts = 0, next_attempt_at = NULL
            WHERE number = \(event.number) AND state IN ('parked', 'received')
            """)
    }

    /// Dismisses a parked event; the schema refuses any other.
    package func dismiss(_ event: Event, reason: String, by actor: String) throws {
        try run(
            """
            INSERT INTO event_dismissal (event, actor, reason, dismissed_at) VALUES (\(event.number), \(actor), \(reason), \(now))
            """)
        try run("UPDATE event SET state = 'ignored', next_attempt_at = NULL WHERE number = \(event.number)")
    }

    /// Parking counts as one more failed attempt. A state that is given without a failure clears the last one.
    package func setState(_ state: Event.State, of event: Event, failure: Failure? = nil) throws {
        let tried = state == .parked ? 1 : 0
        try run(
            """
            UPDATE event SET state = \(state), failure_code = \(failure?.code), failure_reason = \(failure?.reason),
                failure_detail = \(failure?.detail), failure_actor = \(failure?.actor), attempts = attempts + \(tried),
                next_attempt_at = NULL
            WHERE number = \(event.number)
            """)
    }

    /// Records a failed attempt.
    ///
    /// - Parameter next: In the system's time.
    package func noteAttempt(_ event: Event, failure: Failure, nextAttemptAt next: Instant) throws {
        try run(
            """
            UPDATE event SET failure_code = \(failure.code), failure_reason = \(failure.reason), failure_detail = \(failure.detail),
                failure_actor = \(failure.actor), attempts = attempts + 1, next_attempt_at = \(next)
            WHERE number = \(event.number) AND state = 'received'
            """)
    }
}

/// The lists at Stripe that are read on from where the last reading ended.
package enum SyncedList: String, Sendable {
    case events
    case balanceTransactions = "balance_transactions"
}

extension Book {
    /// The last element of the list that was read, by Stripe's id: `evt_…` or `txn_…`; `nil` before the first reading.
    package func cursor(of list: SyncedList) throws -> String? {
        try one("SELECT last_id FROM sync_cursor WHERE tenant = \(tenant.number) AND list = \(list)") { try $0.string(0) }
    }

    /// When the list was last found to have grown; `nil` when it was never read.
    package func cursorMoved(of list: SyncedList) throws -> Instant? {
        try one("SELECT updated_at FROM sync_cursor WHERE tenant = \(tenant.number) AND list = \(list)") { try $0.instant(0) }
    }

    /// - Parameter lastID: Of the last element that was read, `evt_…` or `txn_…`.
    package func setCursor(_ lastID: String, of list: SyncedList) throws {
        try run(
            """
            INSERT INTO sync_cursor (tenant, list, last_id, updated_at)
            VALUES (\(tenant.number), \(list), \(lastID), \(now))
            ON CONFLICT DO UPDATE SET last_id = excluded.last_id, updated_at = excluded.updated_at
            """)
    }
}
