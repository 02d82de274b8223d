import Ledger

extension Operation {
    static let columns: StaticString = """
        number, folio, kind, subject, method, path, body, idempotency_key, state, attempts, failure_code, failure_reason,
        failure_detail, failure_actor, created_at, next_attempt_at, spent_keys
        """
    enum Column: Int, ColumnNames {
        case number, folio, kind, subject, method, path, body, idempotencyKey, state, attempts, failureCode, failureReason
        case failureDetail, failureActor, createdAt, nextAttemptAt, spentKeys
    }

    /// One without a body is not left out: reading it says that the file is damaged.
    static let tables: StaticString = "operation LEFT JOIN operation_body ON operation_body.operation = operation.number"

    init(from row: borrowing Row) throws {
        let number = try row.int64(Column.number)
        guard let body = try row.optionalString(Column.body) else { throw row.unreadable(Column.body, of: "operation \(number)") }
        self.init(
            number: number, folio: try row.optionalInt64(Column.folio), kind: try row.string(Column.kind),
            subject: try row.optionalInt64(Column.subject), method: try row.string(Column.method), path: try row.string(Column.path),
            body: body, idempotencyKey: try row.string(Column.idempotencyKey), state: try row.value(Column.state),
            attempts: try row.int(Column.attempts), failure: try row.failure(Column.failureCode),
            createdAt: try row.instant(Column.createdAt), nextAttemptAt: try row.optionalInstant(Column.nextAttemptAt),
            spentKeys: try row.int(Column.spentKeys))
    }
}

extension Book {
    /// Keeps a call that is to be sent once this transaction has been committed.
    ///
    /// - Parameter intent: The payment intent it acts on; a second waiting operation on the same one is refused by the schema.
    /// - Returns: Its number.
    package func addOperation(
        _ kind: String, folio: Folio?, subject: Int64?, intent: String?, method: String, path: String, body: String,
        idempotencyKey: String
    ) throws -> Int64 {
        let number = try one(
            """
            INSERT INTO operation (tenant, folio, kind, subject, payment_intent, method, path, idempotency_key, created_at)
            VALUES (\(tenant.number), \(folio?.number), \(kind), \(subject), \(intent), \(method), \(path), \(idempotencyKey), \(now))
            RETURNING number
            """
        ) { try $0.int64(0) }!
        try run("INSERT INTO operation_body (operation, body) VALUES (\(number), \(body))")
        return number
    }

    /// - Returns: `nil` where this tenant has none with the number.
    package func operation(_ number: Int64) throws -> Operation? {
        try one(
            """
            SELECT \(raw: Operation.columns) FROM \(raw: Operation.tables)
            WHERE tenant = \(tenant.number) AND number = \(number)
            """
        ) { try Operation(from: $0) }
    }

    /// The folio's operation with this key, whatever the outcome.
    package func operation(key: String, of folio: Folio) throws -> Operation? {
        try one(
            """
            SELECT \(raw: Operation.columns) FROM \(raw: Operation.tables)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND idempotency_key = \(key)
            """
        ) { try Operation(from: $0) }
    }

    /// Operations without an answer, oldest first.
    package func waitingOperations() throws -> [Operation] {
        try all(
            """
            SELECT \(raw: Operation.columns) FROM \(raw: Operation.tables)
            WHERE tenant = \(tenant.number) AND state = 'waiting' ORDER BY number
            """
        ) { try Operation(from: $0) }
    }

    /// A folio's operations with unknown outcome, waiting or parked, oldest first.
    package func openOperations(folio: Folio) throws -> [Operation] {
        try all(
            """
            SELECT \(raw: Operation.columns) FROM \(raw: Operation.tables)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND state IN ('waiting', 'parked') ORDER BY number
            """
        ) { try Operation(from: $0) }
    }

    /// A folio's operations for one kind, whatever the outcome, oldest first.
    package func operations(_ kind: String, of folio: Folio) throws -> [Operation] {
        try all(
            """
            SELECT \(raw: Operation.columns) FROM \(raw: Operation.tables)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND kind = \(kind) ORDER BY number
            """
        ) { try Operation(from: $0) }
    }

    /// What needs the operator.
    package func parkedOperations() throws -> [Operation] {
        try all(
            """
            SELECT \(raw: Operation.columns) FROM \(raw: Operation.tables)
            WHERE tenant = \(tenant.number) AND state = 'parked' ORDER BY number
            """
        ) { try Operation(from: $0) }
    }

    /// Whether an operation, waiting or parked, has this payment intent to itself.
    package func isBusy(intent: String) throws -> Bool {
        try one(
            "SELECT 1 FROM operation WHERE tenant = \(tenant.number) AND payment_intent = \(intent) AND state IN ('waiting', 'parked')"
        ) { _ in true } ?? false
    }

    /// Ends an operation with its answer.
    ///
    /// - Parameter state: `done` or `refused`.
    package func finish(_ operation: Operation, _ state: Operation.State, failure: Failure? = nil) throws {
        try run(
            """
            UPDATE operation SET state = \(state), failure_code = \(failure?.code), failure_reason = \(failure?.reason),
                failure_detail = \(failure?.detail), failure_actor = \(failure?.actor), attempts = attempts + 1, finished_at = \(now)
            WHERE number = \(operation.number) AND state IN ('waiting', 'parked')
            """)
    }

    /// Notes a try that brought no answer: its effect is unknown, and it will be sent again with the same key.
    ///
    /// - Parameter nextAttemptAt: In the system's time.
    package func noteAttempt(_ operation: Operation, failure: Failure, nextAttemptAt: Instant? = nil) throws {
        try run(
            """
            UPDATE operation SET attempts = attempts + 1, failure_code = \(failure.code), failure_reason = \(failure.reason),
                failure_detail = \(failure.detail), failure_actor = \(failure.actor), next_attempt_at = \(nextAttemptAt)
            WHERE number = \(operation.number) AND state = 'waiting'
            """)
    }

    /// Notes that Stripe answers one more of an operation's keys with nothing but a 5xx that it keeps.
    ///
    /// - Parameter count: How many of its keys are spent now; fewer than are known change nothing.
    package func noteSpentKeys(_ count: Int, of operation: Operation) throws {
        try run(
            """
            UPDATE operation SET spent_keys = \(count)
            WHERE number = \(operation.number) AND state = 'waiting' AND spent_keys < \(count)
            """)
    }

    /// Parks an operation for the operator after a failed attempt.
    package func park(_ operation: Operation, failure: Failure) throws {
        try run(
            """
            UPDATE operation SET state = 'parked', attempts = attempts + 1, failure_code = \(failure.code),
                failure_reason = \(failure.reason), failure_detail = \(failure.detail), failure_actor = \(failure.actor),
                next_attempt_at = NULL
            WHERE number = \(operation.number) AND state = 'waiting'
            """)
    }

    /// Puts an operation without an outcome back in line, as if it had just been decided.
    package func requeue(_ operation: Operation) throws {
        try run(
            """
            UPDATE operation SET state = 'waiting', attempts = 0, next_attempt_at = NULL
            WHERE number = \(operation.number) AND state IN ('waiting', 'parked')
            """)
    }

    /// Dismisses a parked operation; the schema refuses any other.
    package func dismiss(_ operation: Operation, reason: String, by actor: String) throws {
        try run(
            """
            INSERT INTO operation_dismissal (operation, actor, reason, dismissed_at)
            VALUES (\(operation.number), \(actor), \(reason), \(now))
            """)
        let failure = Failure.dismissed(reason, by: actor)
        try run(
            """
            UPDATE operation SET state = 'refused', failure_code = \(failure.code), failure_reason = \(failure.reason),
                failure_detail = \(failure.detail), failure_actor = \(failure.actor), next_attempt_at = NULL, finished_at = \(now)
            WHERE number = \(operation.number)
            """)
    }

    /// Who dismissed an operation, and why; `nil` if it was not dismissed.
    package func dismissal(of operation: Operation) throws -> (actor: String, reason: String)? {
        try one("SELECT actor, reason FROM operation_dismissal WHERE operation = \(operation.number)") {
            (try $0.string(0), try $0.string(1))
        }
    }
}
