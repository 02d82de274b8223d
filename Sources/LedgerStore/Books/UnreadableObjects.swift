import Ledger

extension UnreadableObject {
    static let columns: StaticString = """
        id, failure_code, failure_reason, failure_detail, failure_actor, first_seen, dismissed_by, dismissal_reason, read_at
        """
    enum Column: Int, ColumnNames {
        case id, failureCode, failureReason, failureDetail, failureActor, firstSeen, dismissedBy, dismissalReason, readAt
    }

    init(from row: borrowing Row) throws {
        let dismissal = try row.optionalString(Column.dismissalReason).map {
            Dismissal(reason: $0, actor: try row.string(Column.dismissedBy))
        }
        let isRead = try row.optionalInstant(Column.readAt) != nil
        self.init(
            id: try row.string(Column.id), state: isRead ? .read : dismissal == nil ? .waiting : .dismissed,
            failure: try row.failure(Column.failureCode), firstSeen: try row.instant(Column.firstSeen), dismissal: dismissal)
    }
}

/// Entries of Stripe's lists that could not be read or booked.
extension Book {
    /// Keeps why one could not be read or booked; again it keeps the newest reason. What was decided about it stays.
    package func noteUnreadable(_ id: String, _ failure: Failure) throws {
        try run(
            """
            UPDATE unreadable_object SET failure_code = \(failure.code), failure_reason = \(failure.reason),
                failure_detail = \(failure.detail), failure_actor = \(failure.actor), read_at = NULL
            WHERE tenant = \(tenant.number) AND id = \(id)
            """)
        guard changes == 0 else { return }
        try run(
            """
            INSERT INTO unreadable_object (tenant, id, failure_code, failure_reason, failure_detail, failure_actor, first_seen)
            VALUES (\(tenant.number), \(id), \(failure.code), \(failure.reason), \(failure.detail), \(failure.actor), \(now))
            """)
    }

    /// It was read, or is not asked for any more.
    package func forgetUnreadable(_ id: String) throws {
        try run("DELETE FROM unreadable_object WHERE tenant = \(tenant.number) AND id = \(id) AND dismissed_at IS NULL")
        try run("UPDATE unreadable_object SET read_at = \(now) WHERE tenant = \(tenant.number) AND id = \(id)")
    }

    /// Dismisses one; the schema refuses it a second time.
    ///
    /// - Parameter dismissal: Its reason is a valid `TextRule.reason`.
    package func dismissUnreadable(_ id: String, _ dismissal: Dismissal) throws {
        try run(
            """
            UPDATE unreadable_object
            SET dismissed_at = \(now), dismissed_by = \(dismissal.actor), dismissal_reason = \(dismissal.reason)
            WHERE tenant = \(tenant.number) AND id = \(id)
            """)
    }

    /// All of them, also those that were dismissed, the longest known first.
    package func unreadableObjects() throws -> [UnreadableObject] {
        try all(
            """
            SELECT \(raw: UnreadableObject.columns) FROM unreadable_object WHERE tenant = \(tenant.number) ORDER BY first_seen, id
            """
        ) { try UnreadableObject(from: $0) }
    }

    /// Those that nobody has decided about, the longest waiting first.
    package func waitingUnreadableObjects() throws -> [UnreadableObject] {
        try all(
            """
            SELECT \(raw: UnreadableObject.columns) FROM unreadable_object INDEXED BY unreadable_object_waiting
            WHERE tenant = \(tenant.number) AND dismissed_at IS NULL ORDER BY first_seen, id
            """
        ) { try UnreadableObject(from: $0) }
    }

    /// - Returns: `nil` for one that is not known.
    package func unreadableObject(_ id: String) throws -> UnreadableObject? {
        try one(
            "SELECT \(raw: UnreadableObject.columns) FROM unreadable_object WHERE tenant = \(tenant.number) AND id = \(id)"
        ) { try UnreadableObject(from: $0) }
    }
}
