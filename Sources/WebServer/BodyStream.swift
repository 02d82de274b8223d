import CMicroHTTPD
import Foundation

/// Where a streamed body is written to.
package struct BodyWriter: Sendable {
    let stream: BodyStream

    /// Sends bytes; waits while the client has much left to read.
    ///
    /// - Throws: `CancellationError` when the client has gone or the server ends.
    package func write(_ bytes: [UInt8]) async throws { try await stream.write(bytes) }
}

/// What has been written and not yet sent. The producer's task writes, libmicrohttpd's thread reads.
final class BodyStream: @unchecked Sendable {
    /// libmicrohttpd's words for the end of a body and for a body that breaks off.
    static let (ended, broken) = (-1, -2)
    /// A writer waits when so many bytes have not been sent.
    private static let highWater = 256 << 10

    private enum Producer { case unborn, running, done, failed }

    private let connection: Connection
    private let life: Life
    private let produce: @Sendable (BodyWriter) async throws -> Void
    private let lock = NSLock()
    private var pending: [UInt8] = []
    private var sent = 0
    private var producer = Producer.unborn
    private var isSuspended = false
    private var isAbandoned = false
    private var writers: [CheckedContinuation<Void, any Error>] = []

    init(_ connection: Connection, _ life: Life, _ produce: @escaping @Sendable (BodyWriter) async throws -> Void) {
        self.connection = connection
        self.life = life
        self.produce = produce
    }

    /// libmicrohttpd's response that reads from here. Nothing is produced before it reads for the first time: for HEAD, never.
    func made() -> OpaquePointer? {
        MHD_create_response_from_callback(
            .max, 32 << 10,
            { stream, _, buffer, size in Unmanaged<BodyStream>.fromOpaque(stream!).takeUnretainedValue().read(into: buffer!, size) },
            Unmanaged.passRetained(self).toOpaque(), { Unmanaged<BodyStream>.fromOpaque($0!).takeRetainedValue().abandon() })
    }

    func write(_ bytes: [UInt8]) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Void, any Error>) in
                enum Next { case goOn, wait, giveUp }
                let (next, wakes): (Next, Bool) = lock.withLock {
                    if isAbandoned { return (.giveUp, false) }
                    pending += bytes
                    guard pending.count - sent >= Self.highWater else { return (.goOn, wakeUp()) }
                    writers.append(writer)
                    return (.wait, wakeUp())
                }
                if wakes { MHD_resume_connection(connection.pointer) }
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

    /// - Returns: Whether the caller has to resume the connection. Under the lock.
    private func wakeUp() -> Bool {
        defer { isSuspended = false }
        return isSuspended
    }

    private func start() {
        let runs = life.run {
            let outcome: Producer
            do {
                try await self.produce(BodyWriter(stream: self))
                outcome = .done
            } catch {
                outcome = .failed
            }
            self.end(outcome)
        }
        if !runs { end(.failed) }
    }

    private func end(_ outcome: Producer) {
        let wakes = lock.withLock {
            // A producer that did not mind being told has not written all the same.
            producer = isAbandoned ? .failed : outcome
            return wakeUp()
        }
        if wakes { MHD_resume_connection(connection.pointer) }
    }

    /// libmicrohttpd's thread. Returning 0 without suspending would make it spin.
    private func read(into buffer: UnsafeMutablePointer<CChar>, _ size: Int) -> Int {
        let (count, isFirst, freed): (Int, Bool, [CheckedContinuation<Void, any Error>]) = lock.withLock {
            let count = min(size, pending.count - sent)
            if count == 0 {
                switch producer {
                case .done: return (Self.ended, false, [])
                case .failed: return (Self.broken, false, [])
                case .unborn, .running: break
                }
                let isFirst = producer == .unborn
                producer = .running
                isSuspended = true
                MHD_suspend_connection(connection.pointer)
                return (0, isFirst, [])
            }
            pending.withUnsafeBytes { _ = memcpy(buffer, $0.baseAddress! + sent, count) }
            sent += count
            if sent == pending.count || sent > Self.highWater {
                pending.removeFirst(sent)
                sent = 0
            }
            guard pending.count - sent < Self.highWater / 2 else { return (count, false, []) }
            defer { writers = [] }
            return (count, false, writers)
        }
        if isFirst { start() }
        freed.forEach { $0.resume() }
        return count
    }

    /// Nobody reads any more, or the producer is to end: who writes is told so.
    private func abandon() {
        let waiting = lock.withLock {
            isAbandoned = true
            defer { writers = [] }
            return writers
        }
        waiting.forEach { $0.resume(throwing: CancellationError()) }
    }
}
