import Foundation
import LedgerStore

/// Runs all tasks of a run on the thread that calls `play`, one job after the other, in the order they became ready.
///
/// The writer of a ledger file is a thread of its own. It works between two jobs only, never beside one: what a write sets in motion is
/// always in the line before the next job starts, and always behind what was there. That makes the whole run a function of its seed.
final class Conductor: TaskExecutor, @unchecked Sendable {
    private let lock = NSCondition()
    /// A job runs at this moment.
    private var isPlaying = false
    private var thread = pthread_self()
    private var ready: [UnownedJob] = []
    private var head = 0
    /// The files whose writers may have something to answer.
    var files: [Database] = []

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.withLock { ready.append(job) }
    }

    /// Called by the writers before they do anything.
    func waitForPause() {
        guard pthread_equal(pthread_self(), thread) == 0 else { return }
        lock.withLock { while isPlaying { lock.wait() } }
    }

    /// Runs what is ready, and what becomes ready by it.
    ///
    /// - Parameter limit: Stops after so many jobs, wherever they stand.
    func play(atMost limit: Int = .max) {
        var played = 0
        thread = pthread_self()
        while played < limit, let job = next() {
            job.runSynchronously(on: asUnownedTaskExecutor())
            played += 1
            lock.withLock {
                isPlaying = false
                lock.broadcast()
            }
            for file in files { file.rest() }
        }
    }

    private func next() -> UnownedJob? {
        lock.withLock {
            guard head < ready.count else {
                ready.removeAll(keepingCapacity: true)
                head = 0
                return nil
            }
            head += 1
            isPlaying = true
            return ready[head - 1]
        }
    }
}

/// Where tasks wait until the seed lets them go on. Used from the conductor's thread only.
final class Waiting: @unchecked Sendable {
    struct Task {
        let process: Process
        let goOn: CheckedContinuation<Void, Never>
        /// When it wants to go on; `nil` for at any time.
        let due: Int64?
    }

    private(set) var tasks: [Task] = []

    func wait(_ process: Process, until due: Int64? = nil) async {
        await withCheckedContinuation { tasks.append(Task(process: process, goOn: $0, due: due)) }
    }

    var isEmpty: Bool { tasks.isEmpty }
    var count: Int { tasks.count }

    func remove(at index: Int) -> Task { tasks.remove(at: index) }

    /// All that belong to a process.
    func removeAll(of process: Process) -> [Task] {
        defer { tasks.removeAll { $0.process === process } }
        return tasks.filter { $0.process === process }
    }
}
