import Synchronization

/// What is under way: answers that have not been sent to their last byte, and the tasks that work on them.
final class Work: Sendable {
    private struct State {
        var isEnding = false
        var isSealed = false
        var openAnswers = 0
        var tasks: [Int: Task<Void, Never>] = [:]
        var tasksBegun = 0
    }

    private let state = Mutex(State())

    var isEnding: Bool { state.withLock { $0.isEnding } }
    /// Whether a request that reached a handler has not been answered to its last byte.
    var hasOpenAnswers: Bool { state.withLock { $0.openAnswers > 0 } }

    /// - Returns: Whether this is the first time.
    func beginEnding() -> Bool {
        state.withLock { state in
            defer { state.isEnding = true }
            return !state.isEnding
        }
    }

    fileprivate func answers(_ change: Int) { state.withLock { $0.openAnswers += change } }

    /// Runs work that a connection waits for.
    ///
    /// - Returns: Whether it will run: not after `seal`.
    func run(_ work: @escaping @Sendable () async -> Void) -> Bool {
        // Made under the lock, so that it cannot end before it is recorded.
        state.withLock { state in
            guard !state.isSealed else { return false }
            state.tasksBegun += 1
            let number = state.tasksBegun
            state.tasks[number] = Task {
                await work()
                self.state.withLock { $0.tasks[number] = nil }
            }
            return true
        }
    }

    /// Lets no further task begin, once none runs: clients may go on asking on the connections they have.
    ///
    /// - Returns: Whether that is so now.
    func seal() -> Bool {
        state.withLock { state in
            state.isSealed = state.tasks.isEmpty
            return state.isSealed
        }
    }

    func cancelTasks() {
        let running = state.withLock { Array($0.tasks.values) }
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
