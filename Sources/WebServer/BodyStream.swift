import Foundation

/// Where a streamed body is written to.
package struct BodyWriter: Sendable {
    let stream: BodyStream

    /// Sends bytes; waits while the client has much left to read.
    ///
    /// - Throws: `CancellationError` when the client has gone or the server ends.
    package func write(_ bytes: [UInt8]) async throws { try await stream.write(bytes) }
}

/// What has been written and not yet sent. The producer's task writes, the connection's thread takes.
final class BodyStream: @unchecked Sendable {
    enum Taken {
        case bytes([UInt8])
        /// There is nothing yet; the connection is told when there is.
        case nothing
        case end, broken
    }

    /// A writer waits when so many bytes have not been taken.
    private static let highWater = 256 << 10

    private enum Producer { case running, done, failed }

    private let tell: @Sendable () -> Void
    private let lock = NSLock()
    private var pending: [UInt8] = []
    private var producer = Producer.running
    private var isAwaited = false
    private var isAbandoned = false
    private var writers: [CheckedContinuation<Void, any Error>] = []

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
                enum Next { case goOn, wait, giveUp }
                let (next, tells): (Next, Bool) = lock.withLock {
                    if isAbandoned { return (.giveUp, false) }
                    pending += bytes
                    guard pending.count >= Self.highWater else { return (.goOn, isAwaited.take()) }
                    writers.append(writer)
                    return (.wait, isAwaited.take())
                }
                if tells { tell() }
                switch next {
                case .goOn: writer.resume()
                case .wait: break
                case .giveUp: writer.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            abandon()
        }
    }

    private func end(_ outcome: Producer) {
        let tells = lock.withLock {
            // A producer that did not mind being told has not written all the same.
            producer = isAbandoned ? .failed : outcome
            return isAwaited.take()
        }
        if tells { tell() }
    }

    /// The connection's thread.
    func take() -> Taken {
        let (taken, freed): (Taken, [CheckedContinuation<Void, any Error>]) = lock.withLock {
            guard pending.isEmpty else {
                defer { (pending, writers) = ([], []) }
                return (.bytes(pending), writers)
            }
            switch producer {
            case .done: return (.end, [])
            case .failed: return (.broken, [])
            case .running:
                isAwaited = true
                return (.nothing, [])
            }
        }
        freed.forEach { $0.resume() }
        return taken
    }

    /// Nobody reads any more, or the producer is to end: who writes is told so.
    func abandon() {
        let waiting = lock.withLock {
            isAbandoned = true
            defer { writers = [] }
            return writers
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
