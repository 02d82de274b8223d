import Synchronization

/// Does one thing per key at a time: whoever asks for it while it is under way waits for its outcome instead of doing it as well.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// By key, those who wait for the outcome of what is under way.
    private let waiting = Mutex<[Key: [CheckedContinuation<Value, any Error>]]>([:])

    /// - Throws: What `body` throws, of this call or of the one that was waited for.
    func run(_ key: Key, _ body: () async throws -> Value) async throws -> Value {
        let isFirst = waiting.withLock { waiting in
            guard waiting[key] == nil else { return false }
            waiting[key] = []
            return true
        }
        guard isFirst else { return try await join(key, body) }
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        let others = waiting.withLock { $0.removeValue(forKey: key) ?? [] }
        others.forEach { $0.resume(with: outcome) }
        return try outcome.get()
    }

    private func join(_ key: Key, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                let hasEnded = waiting.withLock { waiting in
                    guard waiting[key] != nil else { return true }
                    waiting[key]?.append(continuation)
                    return false
                }
                if hasEnded { continuation.resume(throwing: HasEnded()) }
            }
        } catch is HasEnded {
            // The first one has ended in between: what came of it is stored.
            return try await run(key, body)
        } catch is CancellationError where !Task.isCancelled {
            // Whoever began it was called off, not this one.
            return try await run(key, body)
        }
    }
}

private struct HasEnded: Error {}
