import Ledger

/// A request by POST, as it is known: see Migrations/0017_request.sql.
package struct IdempotencyRecord: Sendable {
    /// SHA-256 over what was asked.
    package let fingerprint: [UInt8]
    /// nil where it was decided and answered in one transaction, or refused before anything was decided.
    package let decision: Decision?
    /// nil while it has been decided and not answered.
    package let answer: RequestAnswer?

    static let columns: StaticString = "fingerprint, status, answer, tenant, folio, operation, check_out"
    enum Column: Int, ColumnNames { case fingerprint, status, answer, tenant, folio, operation, checkOut }

    init(from row: borrowing Row) throws {
        fingerprint = try row.bytes(Column.fingerprint)
        if let tenant = try row.optionalInt64(Column.tenant), let folio = try row.optionalInt64(Column.folio) {
            decision = Decision(
                tenant: tenant, folio: folio, operation: try row.optionalInt64(Column.operation),
                checkOut: try row.optionalInt64(Column.checkOut))
        } else {
            decision = nil
        }
        if let status = try row.optionalInt(Column.status) {
            guard (200...499).contains(status) else { throw row.unreadable(Column.status, of: "a request") }
            answer = RequestAnswer(status: status, body: try row.bytes(Column.answer))
        } else {
            answer = nil
        }
    }
}

extension Transaction {
    /// - Parameter key: 16 bytes.
    package func request(_ key: [UInt8]) throws -> IdempotencyRecord? {
        try one("SELECT \(raw: IdempotencyRecord.columns) FROM idempotency_record WHERE key = \(key)") { try IdempotencyRecord(from: $0) }
    }

    /// Records that the request is decided, or finally refused, in this transaction.
    ///
    /// - Throws: `StoreError` when the key is taken, or the decision names what is not there.
    package func addRequest(_ key: [UInt8], fingerprint: [UInt8], decision: Decision? = nil, answer: RequestAnswer? = nil) throws {
        try run(
            """
            INSERT INTO idempotency_record (key, fingerprint, decided_at, status, answer, tenant, folio, operation, check_out)
            VALUES (\(key), \(fingerprint), \(now), \(answer?.status), \(answer?.body), \(decision?.tenant), \(decision?.folio),
                \(decision?.operation), \(decision?.checkOut))
            """)
    }

    /// Answers a request that was decided; one that has an answer keeps it.
    package func answerRequest(_ key: [UInt8], _ answer: RequestAnswer) throws {
        try run("UPDATE idempotency_record SET status = \(answer.status), answer = \(answer.body) WHERE key = \(key) AND status IS NULL")
    }

    /// Forgets those of the first `limit` requests that were decided before `instant`. The first are the oldest.
    ///
    /// - Returns: How many were forgotten; 0 when none is left that is old enough.
    package func pruneRequests(before instant: Instant, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM idempotency_record
            WHERE number IN (SELECT number FROM idempotency_record ORDER BY number LIMIT \(limit)) AND decided_at < \(instant)
            """)
        return try one("SELECT changes()") { try $0.int(0) }!
    }
}
