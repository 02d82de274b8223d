import Synchronization

/// Lets tasks with one key run one after the other, in the order in which they came.
///
/// A mutex and no actor: almost every request is alone, and would change threads twice to find that out.
final class KeyedLock<Key: Hashable & Sendable>: Sendable {
    /// By key, those who wait for the one that runs.
    private let waiting = Mutex<[Key: [CheckedContinuation<Void, Never>]]>([:])

    /// - Throws: What `body` throws.
    func withLock<Value>(on key: Key, _ body: () async throws -> Value) async rethrows -> Value {
        if !begins(key) { await withCheckedContinuation { wait(for: key, $0) } }
        defer { leave(key) }
        return try await body()
    }

    /// - Returns: Whether nobody runs with this key. Then the caller does from now on.
    private func begins(_ key: Key) -> Bool {
        waiting.withLock { waiting in
            guard waiting[key] == nil else { return false }
            waiting[key] = []
            return true
        }
    }

    private func wait(for key: Key, _ continuation: CheckedContinuation<Void, Never>) {
        let isFree = waiting.withLock { waiting in
            guard waiting[key] == nil else {
                waiting[key]?.append(continuation)
                return false
            }
            // The one that ran has ended in between.
            waiting[key] = []
            return true
        }
        if isFree { continuation.resume() }
    }

    private func leave(_ key: Key) {
        let next: CheckedContinuation<Void, Never>? = waiting.withLock { waiting in
            guard waiting[key]?.isEmpty == false else {
                waiting[key] = nil
                return nil
            }
            return waiting[key]?.removeFirst()
        }
        next?.resume()
    }
}
