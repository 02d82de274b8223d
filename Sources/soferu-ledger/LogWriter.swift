import Foundation
import JSON
import Ledger
import Synchronization

/// Writes the log from a thread of its own: to standard error, or to a file that can be opened anew.
///
/// Whoever has something to log leaves it here and goes on. A pipe that nobody reads, or a full disk, holds up this thread and nobody else:
/// lines for which there is no room are dropped and counted, and the log says how many are missing once it moves again.
final class LogWriter: Sendable {
    /// Bytes that may wait: some four thousand lines.
    private static let room = 1 << 20

    /// Where it goes; the same number also after it was opened anew.
    let descriptor: Int32
    private let file: String?
    private let clock: Clock
    private let state = Mutex(State())
    /// Is signalled whenever there is something to do again.
    private let wakeUp = DispatchSemaphore(value: 0)

    private struct State {
        var waiting: [UInt8] = []
        var isWriting = false
        var opensAnew = false
        /// Dropped in all, and those of them that the log has not told of.
        var droppedLines = 0
        var untoldLines = 0
        /// Who waits until everything is written.
        var finishers: [DispatchSemaphore] = []

        var isIdle: Bool { waiting.isEmpty && !opensAnew }

        mutating func drop(_ lines: Int) {
            droppedLines += lines
            untoldLines += lines
        }
    }

    /// - Parameter file: Created if it is not there; nil for standard error.
    /// - Throws: `LogFileRefusal`.
    init(file: String?, clock: @escaping Clock) throws {
        self.file = file
        self.clock = clock
        descriptor = try file.map(Self.opened) ?? STDERR_FILENO
        Thread.detachNewThread { [self] in work() }
    }

    /// How many lines were dropped since the start.
    var dropped: Int { state.withLock { $0.droppedLines } }

    /// - Parameter line: Without its end.
    func write(_ line: String) {
        let wakes = state.withLock { state in
            guard state.waiting.count + line.utf8.count < Self.room else {
                state.drop(1)
                return false
            }
            let wasIdle = state.isIdle
            state.waiting += line.utf8
            state.waiting.append(UInt8(ascii: "\n"))
            return wasIdle
        }
        if wakes { wakeUp.signal() }
    }

    /// After the file was renamed: goes on in a new one of the old name. What waits is written there. Standard error stays as it is.
    func openAnew() {
        guard file != nil else { return }
        let wakes = state.withLock { state in
            defer { state.opensAnew = true }
            return state.isIdle
        }
        if wakes { wakeUp.signal() }
    }

    /// Waits until everything is written, but only so long.
    func finish(within seconds: Double) {
        let end = DispatchSemaphore(value: 0)
        let waits = state.withLock { state in
            guard !state.waiting.isEmpty || state.isWriting else { return false }
            state.finishers.append(end)
            return true
        }
        if waits { _ = end.wait(timeout: .now() + seconds) }
    }

    // MARK: - The thread

    private func work() {
        while true {
            let (bytes, untold, opensAnew) = next()
            if opensAnew { exchange() }
            if untold > 0 { put(Array(note("log_lines_dropped", [("lines", .int(untold))]).utf8), lines: 1) }
            put(bytes, lines: nil)
            let finishers = state.withLock { state -> [DispatchSemaphore] in
                state.isWriting = false
                guard state.waiting.isEmpty else { return [] }
                defer { state.finishers = [] }
                return state.finishers
            }
            finishers.forEach { $0.signal() }
        }
    }

    private func next() -> (bytes: [UInt8], untold: Int, opensAnew: Bool) {
        wakeUp.wait()
        return state.withLock { state in
            defer { (state.waiting, state.untoldLines, state.opensAnew, state.isWriting) = ([], 0, false, true) }
            return (state.waiting, state.untoldLines, state.opensAnew)
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
                return state.withLock { $0.drop(lost) }
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
