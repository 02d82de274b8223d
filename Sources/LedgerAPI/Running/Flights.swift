import Foundation

/// Lets requests with one key run one after the other, so that a twin finds the answer of the first.
///
/// A lock and no actor: almost every request is alone, and would change threads twice to find that out.
final class Flights: @unchecked Sendable {
    private let lock = NSLock()
    /// By key, those who wait for the one that runs.
    private var running: [String: [CheckedContinuation<Void, Never>]] = [:]

    func oneAtATime<Value: Sendable>(_ key: String, _ body: () async throws -> Value) async rethrows -> Value {
        if !begins(key) { await withCheckedContinuation { wait(for: key, $0) } }
        defer { leave(key) }
        return try await body()
    }

    /// - Returns: Whether nobody runs with this key. Then the caller does from now on.
    private func begins(_ key: String) -> Bool {
        lock.withLock {
            guard running[key] == nil else { return false }
            running[key] = []
            return true
        }
    }

    private func wait(for key: String, _ continuation: CheckedContinuation<Void, Never>) {
        let isFree = lock.withLock {
            running[key]?.append(continuation)
            guard running[key] == nil else { return false }
            // The one that ran has ended in between.
            running[key] = []
            return true
        }
        if isFree { continuation.resume() }
    }

    private func leave(_ key: String) {
        let next: CheckedContinuation<Void, Never>? = lock.withLock {
            guard running[key]?.isEmpty == false else {
                running[key] = nil
                return nil
            }
            return running[key]?.removeFirst()
        }
        next?.resume()
    }
}
