import CMicroHTTPD
import Foundation

/// What lives while a server runs: the daemon, the answers that are under way, and the tasks that work on them.
final class Life: @unchecked Sendable {
    /// The daemon's handle may be used from any thread.
    struct Daemon: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let lock = NSLock()
    private var daemon: Daemon?
    private var knownPort: UInt16 = 0
    private var ending = false
    private var isSealed = false
    private var openAnswers = 0
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var tasksBegun = 0

    var port: UInt16 { lock.withLock { knownPort } }
    var isEnding: Bool { lock.withLock { ending } }
    /// Whether a request that reached a handler has not been answered to its last byte.
    var hasOpenAnswers: Bool { lock.withLock { openAnswers > 0 } }

    func begin(_ start: () throws -> Daemon) throws {
        try lock.withLock {
            guard daemon == nil, !ending else { throw WebServer.NotStarted(reason: "A server starts once.") }
            let started = try start()
            daemon = started
            knownPort = UInt16(ledger_mhd_bound_port(started.pointer))
        }
    }

    /// - Returns: The daemon, the first time.
    func beginEnding() -> Daemon? {
        lock.withLock {
            guard !ending, let daemon else { return nil }
            ending = true
            return daemon
        }
    }

    func end() { lock.withLock { daemon = nil } }

    func answerBegins() { lock.withLock { openAnswers += 1 } }
    func answerEnds() { lock.withLock { openAnswers -= 1 } }

    /// Runs work that a suspended connection waits for. The work resumes the connection before it ends.
    ///
    /// - Returns: Whether it will run: not after `seal`.
    func run(_ work: @escaping @Sendable () async -> Void) -> Bool {
        // Made under the lock, so that it cannot end before it is recorded.
        lock.withLock {
            guard !isSealed else { return false }
            tasksBegun += 1
            let number = tasksBegun
            tasks[number] = Task {
                await work()
                _ = self.lock.withLock { self.tasks.removeValue(forKey: number) }
            }
            return true
        }
    }

    /// Lets no further task begin, once none runs: clients may go on asking on the connections they have.
    ///
    /// - Returns: Whether that is so now.
    func seal() -> Bool {
        lock.withLock {
            isSealed = tasks.isEmpty
            return isSealed
        }
    }

    func cancelTasks() {
        let running = lock.withLock { Array(tasks.values) }
        // Outside of the lock: whoever is told of a cancellation may come back here.
        running.forEach { $0.cancel() }
    }
}
