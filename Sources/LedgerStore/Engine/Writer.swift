import CSQLite
import Foundation
import Ledger

/// The one thread that writes. It takes everything that waits, runs each job in a savepoint of one
/// transaction, commits once, and only then answers: one sync of the disk for many callers, and no timer.
///
/// Unchecked: a condition guards what its callers and its thread share, and the rest is the thread's alone.
final class Writer: @unchecked Sendable {
    private let file: String
    private let lock = NSCondition()
    private var queue: [any WriteJob] = []
    private var closing = false
    /// A batch is being committed and answered.
    private var busy = false
    private var resting = 0
    private var thread = pthread_t()

    // The thread's own.
    private var frame: TransactionFrame?
    private let identity: FileIdentity
    private let clock: Clock
    private var now = Instant.distantPast

    /// - Parameters:
    ///   - connection: Belongs to the writer's thread from here on.
    ///   - identity: The files that it writes to.
    ///   - format: How many migrations they have.
    init(_ connection: sending Connection, _ identity: FileIdentity, format: Int, clock: @escaping Clock) throws {
        file = connection.file
        self.identity = identity
        frame = try TransactionFrame(on: connection, format: format)
        self.clock = clock
        let me = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { me in
                Unmanaged<Writer>.fromOpaque(me!).takeRetainedValue().loop()
                return nil
            }, me.toOpaque())
        precondition(code == 0, "no thread: \(code)")
    }

    func write<Output: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> Output) async throws -> Output {
        let job = Job(body)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                lock.lock()
                var refusal: (any Error)?
                if closing { refusal = StoreRefusal(.closed, file) } else if !job.wait(continuation) { refusal = CancellationError() }
                if refusal == nil {
                    queue.append(job)
                    // Further jobs join those that the thread will find anyway.
                    if queue.count == 1 { wake() }
                }
                lock.unlock()
                if let refusal { continuation.resume(throwing: refusal) }
            }
        } onCancel: {
            lock.withLock { job.cancel() }?.resume(throwing: CancellationError())
        }
    }

    /// Finishes what waits, closes the connection and ends the thread.
    func close() {
        lock.lock()
        let first = !closing
        closing = true
        wake()
        lock.unlock()
        guard first else { return }
        // The last reference can be dropped by a job; a thread cannot wait for itself.
        if isCurrentThread { pthread_detach(thread) } else { pthread_join(thread, nil) }
    }

    /// Wakes the thread; it may share its condition with others.
    private func wake() { if resting > 0 { lock.broadcast() } else { lock.signal() } }

    /// Blocks the calling thread until nothing waits and everybody has been answered.
    func rest() {
        lock.lock()
        resting += 1
        while busy || !queue.isEmpty { lock.wait() }
        resting -= 1
        lock.unlock()
    }

    var waiting: Int { lock.withLock { queue.count } }

    var isCurrentThread: Bool { pthread_equal(pthread_self(), thread) != 0 }

    private func loop() {
        var batch: [any WriteJob] = []
        while true {
            lock.lock()
            while queue.isEmpty, !closing { lock.wait() }
            swap(&batch, &queue)
            let stop = batch.isEmpty
            batch.removeAll { !$0.start() }
            busy = true
            lock.unlock()
            if stop { break }
            if !batch.isEmpty { commit(batch) }
            batch.removeAll(keepingCapacity: true)
            lock.lock()
            busy = false
            if resting > 0 { lock.broadcast() }
            lock.unlock()
        }
        lock.lock()
        busy = false
        if resting > 0 { lock.broadcast() }
        lock.unlock()
        frame = nil
    }

    private func commit(_ batch: [any WriteJob]) {
        guard let frame else { return }
        do {
            try identity.require()
            try frame.begin()
            for job in batch { try run(job, in: frame) }
            try frame.commit()
            // The file may have lost its name in the meantime; then no write is reported as stored.
            try identity.require()
        } catch {
            frame.connection.rollBack()
            for job in batch { job.refuse(error) }
        }
        for job in batch { job.answer() }
    }

    /// - Throws: What ended the whole transaction. A job that only undid itself throws nothing here.
    private func run(_ job: any WriteJob, in frame: TransactionFrame) throws {
        let connection = frame.connection
        now = max(now, clock())
        try frame.beginJob()
        var kept = job.run(on: connection, at: now)
        guard connection.inTransaction else { throw connection.causeOfTheEnd }
        // COMMIT would refuse it, and with it all the others.
        if kept, connection.hasUnresolvedReferences {
            job.refuse(
                StoreError(
                    code: SQLITE_CONSTRAINT, extendedCode: StoreError.foreignKey, message: "FOREIGN KEY constraint failed", sql: nil))
            kept = false
        }
        if !kept { try frame.undoJob() }
        try frame.endJob()
    }
}
