import Ledger

/// A unit of work waiting for the writer. Its state is guarded by the writer's lock until it has started, and
/// belongs to the writer's thread from then on.
protocol WriteJob: AnyObject, Sendable {
    /// - Returns: `false` if it was cancelled before it started.
    func start() -> Bool
    /// - Returns: `false` if it threw, and what it wrote is to be undone.
    func run(on connection: Connection, at now: Instant) -> Bool
    /// Replaces the outcome of `run`.
    func refuse(_ error: any Error)
    /// Tells the caller how `run` ended. Only after COMMIT.
    func answer()
}

/// Unchecked: the writer's lock guards it until it has started, and then it is the writer's thread's.
final class Job<Output: Sendable>: WriteJob, @unchecked Sendable {
    private enum State { case new, waiting, started, cancelled }

    private let body: @Sendable (borrowing Transaction) throws -> Output
    private var state = State.new
    private var continuation: CheckedContinuation<Output, any Error>?
    private var outcome: Result<Output, any Error>?

    init(_ body: @escaping @Sendable (borrowing Transaction) throws -> Output) { self.body = body }

    /// - Returns: `false` if it was cancelled before it could wait; then the caller answers.
    func wait(_ continuation: CheckedContinuation<Output, any Error>) -> Bool {
        guard case .new = state else { return false }
        state = .waiting
        self.continuation = continuation
        return true
    }

    /// - Returns: Who is to be told, if it had not started.
    func cancel() -> CheckedContinuation<Output, any Error>? {
        switch state {
        case .started: return nil
        case .new, .waiting, .cancelled:
            state = .cancelled
            return continuation.take()
        }
    }

    func start() -> Bool {
        guard case .waiting = state else { return false }
        state = .started
        return true
    }

    func run(on connection: Connection, at now: Instant) -> Bool {
        do {
            outcome = .success(try body(Transaction(now: now, connection: connection)))
            return true
        } catch {
            outcome = .failure(StoreRefusal.told(error, file: connection.file))
            return false
        }
    }

    func refuse(_ error: any Error) { outcome = .failure(error) }

    func answer() { continuation.take()?.resume(with: outcome!) }
}
