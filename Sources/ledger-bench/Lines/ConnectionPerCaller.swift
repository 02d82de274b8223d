import Foundation

/// What callers without a common writer do: each has a connection and a thread, commits each line alone, and waits for the lock.
final class ConnectionPerCaller: Contender {
    let name: String
    private let connections: [RawLoop]

    init(_ town: Town, callers: Int) {
        name = "raw C API, \(callers) \(callers == 1 ? "connection" : "connections")"
        connections = (0..<callers).map { RawLoop(town, batch: 1, first: $0 * town.stays.count / callers) }
    }

    func run(for time: Duration) async throws -> Int {
        let end = ContinuousClock.now + time
        return await withTaskGroup(of: Int.self) { group in
            for connection in connections {
                // Each on a thread of its own: SQLite sleeps while it waits.
                nonisolated(unsafe) let connection = connection
                group.addTask {
                    await withCheckedContinuation { done in
                        Thread.detachNewThread { done.resume(returning: connection.add(until: end)) }
                    }
                }
            }
            return await group.reduce(0, +)
        }
    }

    /// One after the other: on time, not on turns, depends what they do beside each other.
    func add(_ lines: Int) async throws {
        for connection in connections { try await connection.add(lines / connections.count) }
    }
}
