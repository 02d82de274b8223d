import Ledger

/// A request by POST, as it is known: see Migrations/0017_request_in_order.sql.
package struct StoredRequest: Sendable {
    /// SHA-256 over what was asked.
    package let fingerprint: [UInt8]
    /// nil while it has been decided and not answered.
    package let answer: RequestAnswer?
}

/// What a request was answered.
package struct RequestAnswer: Hashable, Sendable {
    /// 200...499.
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

extension Transaction {
    /// - Parameter key: 16 bytes.
    package func request(_ key: [UInt8]) throws -> StoredRequest? {
        try one("SELECT fingerprint, status, answer FROM request WHERE key = \(key)") { row in
            let status = try row.optionalInt64(1)
            return StoredRequest(
                fingerprint: try row.bytes(0), answer: try status.map { RequestAnswer(status: Int($0), body: try row.bytes(2)) })
        }
    }

    /// Records that the request is being decided in this transaction.
    ///
    /// - Throws: `StoreError` when the key is taken.
    package func addRequest(_ key: [UInt8], fingerprint: [UInt8], answer: RequestAnswer?) throws {
        try run(
            """
            INSERT INTO request (key, fingerprint, decided_at, status, answer)
            VALUES (\(key), \(fingerprint), \(now), \(answer?.status), \(answer?.body))
            """)
    }

    /// Answers a request that was decided; one that has an answer keeps it.
    package func answerRequest(_ key: [UInt8], _ answer: RequestAnswer) throws {
        try run("UPDATE request SET status = \(answer.status), answer = \(answer.body) WHERE key = \(key) AND status IS NULL")
    }

    /// Forgets those of the first `limit` requests that were decided before `instant`. The first are the oldest.
    ///
    /// - Returns: How many were forgotten; 0 when none is left that is old enough.
    package func pruneRequests(before instant: Instant, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM request
            WHERE number IN (SELECT number FROM request ORDER BY number LIMIT \(limit)) AND decided_at < \(instant)
            """)
        return try one("SELECT changes()") { try $0.int(0) }!
    }
}
