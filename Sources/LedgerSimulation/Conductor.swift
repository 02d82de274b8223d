import Foundation
import LedgerStore
import Synchronization

/// Runs all tasks of a run on the thread that calls `play`, one job after the other, in the order they became ready.
///
/// The writer of a ledger file is a thread of its own. It works between two jobs only, never beside one: what a write sets in motion is
/// always in the line before the next job starts, and always behind what was there. That makes the whole run a function of its seed.
final class Conductor: TaskExecutor {
    private struct State {
        var thread = pthread_self()
        var ready: [UnownedJob] = []
        var head = 0
        var files: [Database] = []
    }

    private let state = Mutex(State())
    /// Held while a job runs.
    private let playing = Mutex(())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// From here on the file's writer may have something to answer.
    func add(_ file: Database) { state.withLock { $0.files.append(file) } }
    func remove(_ file: Database) { state.withLock { $0.files.removeAll { $0 === file } } }
    func removeFiles() { state.withLock { $0.files = [] } }

    /// Called by the writers before they do anything.
    func waitForPause() {
        guard pthread_equal(pthread_self(), state.withLock { $0.thread }) == 0 else { return }
        playing.withLock { _ in }
    }

    /// Runs what is ready, and what becomes ready by it.
    ///
    /// - Parameter limit: Stops after so many jobs, wherever they stand.
    func play(atMost limit: Int = .max) {
        var played = 0
        state.withLock { $0.thread = pthread_self() }
        while played < limit, let job = next() {
            playing.withLock { _ in job.runSynchronously(on: asUnownedTaskExecutor()) }
            played += 1
            for file in state.withLock({ $0.files }) { file.rest() }
        }
    }

    private func next() -> UnownedJob? {
        state.withLock { state in
            guard state.head < state.ready.count else {
                state.ready.removeAll(keepingCapacity: true)
                state.head = 0
                return nil
            }
            state.head += 1
            return state.ready[state.head - 1]
        }
    }
}

/// Where tasks wait until the seed lets them go on. Used from the conductor's thread only.
final class Waiting: Sendable {
    struct Task {
        let process: Process
        let goOn: CheckedContinuation<Void, Never>
        /// When it wants to go on; `nil` for at any time.
        let due: Int64?
    }

    private let tasks = Mutex<[Task]>([])

    func wait(_ process: Process, until due: Int64? = nil) async {
        await withCheckedContinuation { goOn in
            tasks.withLock { $0.append(Task(process: process, goOn: goOn, due: due)) }
        }
    }

    var isEmpty: Bool { tasks.withLock { $0.isEmpty } }
    var count: Int { tasks.withLock { $0.count } }

    func remove(at index: Int) -> Task { tasks.withLock { $0.remove(at: index) } }

    /// All that belong to a process.
    func removeAll(of process: Process) -> [Task] {
        tasks.withLock { tasks in
            defer { tasks.removeAll { $0.process === process } }
            return tasks.filter { $0.process === process }
        }
    }
}
