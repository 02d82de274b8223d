import Foundation
import JSON
import Ledger

/// Writes the log from a thread of its own: to standard error, or to a file that can be opened anew.
///
/// Whoever has something to log leaves it here and goes on. A pipe that nobody reads, or a full disk, holds up this thread and nobody else:
/// lines for which there is no room are dropped and counted, and the log says how many are missing once it moves again.
final class LogWriter: @unchecked Sendable {
    /// Bytes that may wait: some four thousand lines.
    private static let room = 1 << 20

    /// Where it goes; the same number also after it was opened anew.
    let descriptor: Int32
    private let file: String?
    private let clock: Clock
    private let lock = NSCondition()
    private var waiting: [UInt8] = []
    private var isWriting = false
    private var opensAnew = false
    /// Dropped in all, and those of them that the log has not told of.
    private var droppedLines = 0
    private var untoldLines = 0

    /// - Parameter file: Created if it is not there; nil for standard error.
    /// - Throws: `LogFileRefusal`.
    init(file: String?, clock: @escaping Clock) throws {
        self.file = file
        self.clock = clock
        descriptor = try file.map(Self.opened) ?? STDERR_FILENO
        Thread.detachNewThread { [self] in work() }
    }

    /// How many lines were dropped since the start.
    var dropped: Int { lock.withLock { droppedLines } }

    /// - Parameter line: Without its end.
    func write(_ line: String) {
        lock.withLock {
            guard waiting.count + line.utf8.count < Self.room else {
                droppedLines += 1
                untoldLines += 1
                return
            }
            waiting += line.utf8
            waiting.append(UInt8(ascii: "\n"))
            lock.broadcast()
        }
    }

    /// After the file was renamed: goes on in a new one of the old name. What waits is written there. Standard error stays as it is.
    func openAnew() {
        lock.withLock {
            opensAnew = file != nil
            lock.broadcast()
        }
    }

    /// Waits until everything is written, but only so long.
    func finish(within seconds: Double) {
        let deadline = Date(timeIntervalSinceNow: seconds)
        lock.withLock {
            while !waiting.isEmpty || isWriting, lock.wait(until: deadline) {}
        }
    }

    // MARK: - The thread

    private func work() {
        while true {
            let (bytes, untold, opensAnew) = next()
            if opensAnew { exchange() }
            if untold > 0 { put(Array(note("log_lines_dropped", [("lines", .int(untold))]).utf8), lines: 1) }
            put(bytes, lines: nil)
            lock.withLock {
                isWriting = false
                lock.broadcast()
            }
        }
    }

    private func next() -> (bytes: [UInt8], untold: Int, opensAnew: Bool) {
        lock.withLock {
            while waiting.isEmpty, !opensAnew { lock.wait() }
            defer { (waiting, untoldLines, opensAnew, isWriting) = ([], 0, false, true) }
            return (waiting, untoldLines, opensAnew)
        }
    }

    private func exchange() {
        do {
            let new = try Self.opened(file ?? "")
            // In one step, so that the number always names an open file.
            dup2(new, descriptor)
            close(new)
        } catch {
            let why = plainWords(of: error)
            put(Array(note("log_not_opened_anew", [("what", .text(why))]).utf8), lines: 1)
        }
    }

    /// - Parameter lines: How many these are; nil to count them when they come to nothing.
    private func put(_ bytes: [UInt8], lines: Int?) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                // A full disk, or a pipe whose reader is gone: nowhere is left to complain to.
                let lost = lines ?? rest.count { $0 == UInt8(ascii: "\n") }
                return lock.withLock {
                    droppedLines += lost
                    untoldLines += lost
                }
            }
        }
    }

    private func note(_ event: String, _ facts: [(String, JSON)]) -> String {
        let entry = JSON.object([("time", .text(clock().description)), ("level", "error"), ("event", .text(event))] + facts)
        return String(decoding: entry.bytes, as: UTF8.self) + "\n"
    }

    private static func opened(_ file: String) throws -> Int32 {
        // A pipe without a reader would be waited for.
        let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            if errno == ENXIO { throw LogPipeRefusal(file: file) }
            throw LogFileRefusal(file: file, reason: String(cString: strerror(errno)))
        }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return descriptor
    }
}

private struct LogPipeRefusal: OperatorRefusal {
    let file: String

    var code: String { "log_pipe_unread" }
    var message: String { "The log file \(file) is a pipe or a socket without a reader." }
    var hint: String? { "Start the reader first, or choose another path with --log-file." }
}

private struct LogFileRefusal: OperatorRefusal {
    let file: String
    let reason: String

    var code: String { "log_file_not_opened" }
    var message: String { "The log file \(file) cannot be written: \(reason)." }
    var hint: String? { "Choose another path with --log-file, or let this program's user write there." }
}
