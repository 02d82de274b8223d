import Foundation
import Ledger

/// Where the program speaks: standard output for results, standard error for everything else.
package struct Terminal: Sendable {
    /// Columns of standard output, `nil` when it is not a terminal.
    package let outputWidth: Int?
    /// Columns of standard error, `nil` when it is not a terminal.
    package let errorWidth: Int?
    /// For pace and progress only, never for what is booked.
    package let clock: Clock
    private let output: @Sendable (String) throws -> Void
    private let error: @Sendable (String) -> Void

    package init(
        outputWidth: Int?, errorWidth: Int?, clock: @escaping Clock, output: @escaping @Sendable (String) throws -> Void,
        error: @escaping @Sendable (String) -> Void
    ) {
        self.outputWidth = outputWidth
        self.errorWidth = errorWidth
        self.clock = clock
        self.output = output
        self.error = error
    }

    /// - Throws: `OutputError`.
    package func write(_ text: String) throws { try output(text) }

    /// Never fails: what standard error does not take is lost.
    package func writeError(_ text: String) { error(text) }

    /// The process's own streams.
    package static func standard() -> Terminal {
        Terminal(
            outputWidth: columns(of: STDOUT_FILENO), errorWidth: columns(of: STDERR_FILENO), clock: steadyClock,
            output: { try writeAll($0, to: STDOUT_FILENO) },
            // Nowhere is left to complain to.
            error: { try? writeAll($0, to: STDERR_FILENO) })
    }

    private static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Never set back while the program runs.
    private static let steadyClock: Clock = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    private static func writeAll(_ text: String, to descriptor: Int32) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw OutputError(reason: String(cString: strerror(errno)))
            }
        }
    }
}

/// The result could not be written, for example because the disk is full.
package struct OutputError: OperatorRefusal, Equatable {
    let reason: String

    package var code: String { "output_not_written" }
    package var message: String { "The result could not be written: \(reason)." }
    package var hint: String? { "The work is done and stored. Free some space, and request the result again." }
}
