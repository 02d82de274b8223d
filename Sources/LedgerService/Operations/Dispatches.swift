import Foundation

/// The operations that this process is sending to Stripe. Another sender of the same operation waits for the answer instead. Two
/// processes may still send the same one: it has one key, so Stripe executes it once and answers both.
final class Dispatches: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: [Int64: [CheckedContinuation<Dispatched, any Error>]] = [:]

    func once(_ number: Int64, _ send: () async throws -> Dispatched) async throws -> Dispatched {
        let isFirst = lock.withLock {
            guard waiting[number] == nil else { return false }
            waiting[number] = []
            return true
        }
        guard isFirst else { return try await theirs(number, send) }
        let outcome: Result<Dispatched, any Error>
        do { outcome = .success(try await send()) } catch { outcome = .failure(error) }
        let others = lock.withLock { waiting.removeValue(forKey: number) ?? [] }
        others.forEach { $0.resume(with: outcome) }
        return try outcome.get()
    }

    private func theirs(_ number: Int64, _ send: () async throws -> Dispatched) async throws -> Dispatched {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                let hasEnded = lock.withLock {
                    guard waiting[number] != nil else { return true }
                    waiting[number]?.append(continuation)
                    return false
                }
                if hasEnded { continuation.resume(throwing: HasEnded()) }
            }
        } catch is HasEnded {
            // The first one has ended in between: what came of it is stored.
            return try await once(number, send)
        } catch is CancellationError where !Task.isCancelled {
            // Whoever sent it was called off, not this one.
            return try await once(number, send)
        }
    }

    private struct HasEnded: Error {}
}
