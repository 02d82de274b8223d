import Synchronization

/// Where a streamed body is written to.
package struct BodyWriter: Sendable {
    let stream: BodyStream

    /// Sends bytes; waits while the client has much left to read.
    ///
    /// - Throws: `CancellationError` when the client has gone or the server ends.
    package func write(_ bytes: [UInt8]) async throws { try await stream.write(bytes) }
}

/// What has been written and not yet sent. The producer's task writes, the connection's thread takes.
final class BodyStream: Sendable {
    enum Taken {
        case bytes([UInt8])
        /// There is nothing yet; the connection is told when there is.
        case nothing
        case end, broken
    }

    /// A writer waits when so many bytes have not been taken.
    private static let highWater = 256 << 10

    private enum Producer { case running, done, failed }

    private struct State {
        var pending: [UInt8] = []
        var producer = Producer.running
        var isAwaited = false
        var isAbandoned = false
        var writers: [CheckedContinuation<Void, any Error>] = []
    }

    private let tell: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameter tell: Has the connection take again.
    init(_ work: Work, telling tell: @escaping @Sendable () -> Void, _ produce: @escaping @Sendable (BodyWriter) async throws -> Void) {
        self.tell = tell
        let runs = work.run {
            do {
                try await produce(BodyWriter(stream: self))
                self.end(.done)
            } catch {
                self.end(.failed)
            }
        }
        if !runs { end(.failed) }
    }

    func write(_ bytes: [UInt8]) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Void, any Error>) in
                enum Next { case goOn, wait, stop }
                let (next, tells): (Next, Bool) = state.withLock { state in
                    if state.isAbandoned { return (.stop, false) }
                    state.pending += bytes
                    guard state.pending.count >= Self.highWater else { return (.goOn, state.isAwaited.take()) }
                    state.writers.append(writer)
                    return (.wait, state.isAwaited.take())
                }
                if tells { tell() }
                switch next {
                case .goOn: writer.resume()
                case .wait: break
                case .stop: writer.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            abandon()
        }
    }

    private func end(_ outcome: Producer) {
        let tells = state.withLock { state in
            // A producer that did not mind being told has not written all the same.
            state.producer = state.isAbandoned ? .failed : outcome
            return state.isAwaited.take()
        }
        if tells { tell() }
    }

    /// The connection's thread.
    func take() -> Taken {
        let (taken, freed): (Taken, [CheckedContinuation<Void, any Error>]) = state.withLock { state in
            guard state.pending.isEmpty else {
                defer { (state.pending, state.writers) = ([], []) }
                return (.bytes(state.pending), state.writers)
            }
            switch state.producer {
            case .done: return (.end, [])
            case .failed: return (.broken, [])
            case .running:
                state.isAwaited = true
                return (.nothing, [])
            }
        }
        freed.forEach { $0.resume() }
        return taken
    }

    /// Nobody reads any more, or the producer is to end: who writes is told so.
    func abandon() {
        let waiting = state.withLock { state in
            state.isAbandoned = true
            defer { state.writers = [] }
            return state.writers
        }
        waiting.forEach { $0.resume(throwing: CancellationError()) }
    }
}

extension Bool {
    /// What it was; false from now on.
    fileprivate mutating func take() -> Bool {
        defer { self = false }
        return self
    }
}
