import Ledger
import WebServer

/// Answers each form once, however often its button was pressed: who asks again while it is worked on waits for the
/// same answer, and who asks later gets it again.
actor FormKeys {
    private struct Known {
        let task: Task<HTTPResponse, any Error>
        /// Of what was filled in.
        let digest: [UInt8]
        let since: Instant
        /// What still runs is never forgotten.
        var isAnswered = false
    }

    private var known: [String: Known] = [:]
    /// So long an answer is remembered, in seconds: for a double click and an impatient reload. It may show a secret,
    /// and later repetitions are told apart by what is stored (`IdempotencyRecord`).
    private static let memory: Int64 = 60

    /// - Parameter content: What was filled in.
    /// - Returns: `nil` when the form has been sent with other content before.
    /// - Throws: What `answer` throws. A form that was refused may be sent again: only an answer is kept.
    func once(
        _ key: String, _ content: [UInt8], at now: Instant,
        _ answer: @escaping @Sendable () async throws -> HTTPResponse
    ) async throws -> HTTPResponse? {
        let digest = SHA256.digest(content)
        known = known.filter { !$0.value.isAnswered || $0.value.since.adding(seconds: Self.memory) > now }
        if let first = known[key] {
            guard first.digest == digest else { return nil }
            return try await first.task.value
        }
        // Not a child of the request: somebody who goes away does not stop a check-out half way.
        let task = Task { try await answer() }
        known[key] = Known(task: task, digest: digest, since: now)
        do {
            // A request is called off only when the server ends; then its work has to end, too.
            let response = try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
            known[key]?.isAnswered = true
            if response.status >= 400 { known[key] = nil }
            return response
        } catch {
            known[key] = nil
            throw error
        }
    }
}
