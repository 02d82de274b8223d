import Foundation

/// What is under way: answers that have not been sent to their last byte, and the tasks that work on them.
final class Work: @unchecked Sendable {
    private let lock = NSLock()
    private var ending = false
    private var isSealed = false
    private var openAnswers = 0
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var tasksBegun = 0

    var isEnding: Bool { lock.withLock { ending } }
    /// Whether a request that reached a handler has not been answered to its last byte.
    var hasOpenAnswers: Bool { lock.withLock { openAnswers > 0 } }

    /// - Returns: Whether this is the first time.
    func beginEnding() -> Bool {
        lock.withLock {
            defer { ending = true }
            return !ending
        }
    }

    fileprivate func answers(_ change: Int) { lock.withLock { openAnswers += change } }

    /// Runs work that a connection waits for.
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

/// A request that reached a handler: kept by the handler until it has ended, and by the connection until the answer is sent. A stop waits
/// for both.
final class OpenAnswer: Sendable {
    private let work: Work

    init(_ work: Work) {
        self.work = work
        work.answers(1)
    }

    deinit { work.answers(-1) }
}
