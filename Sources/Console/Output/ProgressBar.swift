import Foundation
import Ledger
import Synchronization

/// A bar on standard error with rate and remaining time: on a terminal only, at most ten times a second.
package final class ProgressBar: Sendable {
    private let title: String
    private let total: Int64
    private let terminal: Terminal
    private let started: Instant
    private let state = Mutex<(done: Int64, lastShown: Instant?)>((0, nil))

    private static let pause: Int64 = 100

    init(_ title: String, total: Int64, terminal: Terminal) {
        self.title = title
        self.total = total
        self.terminal = terminal
        started = terminal.clock()
    }

    /// Draws nothing when the last drawing is less than a tenth of a second ago.
    package func advance(by count: Int64 = 1) {
        state.withLock { state in
            state.done += count
            guard let width = terminal.errorWidth else { return }
            let now = terminal.clock()
            if let lastShown = state.lastShown, now.milliseconds - lastShown.milliseconds < Self.pause { return }
            state.lastShown = now
            // To the start of the line, the text, and what stood there before is erased.
            terminal.writeError(
                "\r" + Self.line(title, state.done, of: total, after: now.milliseconds - started.milliseconds, width: width) + "\u{1B}[K")
        }
    }

    /// Takes the bar away. The verb says in words what was done.
    package func finish() {
        state.withLock { state in
            guard terminal.errorWidth != nil, state.lastShown != nil else { return }
            state.lastShown = nil
            terminal.writeError("\r\u{1B}[K")
        }
    }

    /// `Importing bookings  [=====>    ]  4210 of 10198  812/s  0:07 left`: on a narrow terminal without the bar, then
    /// cut. The last column stays free, or some terminals begin a new line.
    static func line(_ title: String, _ done: Int64, of total: Int64, after milliseconds: Int64, width: Int) -> String {
        var facts = "\(done) of \(total)"
        if milliseconds > 0, done > 0 {
            let (perSecond, rest) = (done * 1000).quotientAndRemainder(dividingBy: milliseconds)
            facts += perSecond < 10 ? "  \(perSecond).\(rest * 10 / milliseconds)/s" : "  \(perSecond)/s"
            let left = max(0, total - done) * milliseconds / done / 1000
            facts += "  \(duration(left)) left"
        }
        let plain = "\(printable(title))  \(facts)"
        let room = width - 1 - displayWidth(plain) - 4
        guard room >= 10, total > 0 else { return shortened(plain, to: max(1, width - 1)) }
        let length = min(room, 30)
        let filled = Int(min(done, total) * Int64(length) / total)
        let bar =
            filled == length
            ? String(repeating: "=", count: length)
            : String(repeating: "=", count: filled) + ">" + String(repeating: " ", count: length - filled - 1)
        return "\(printable(title))  [\(bar)]  \(facts)"
    }

    /// `0:07`, `12:40`, `1:02:03`.
    private static func duration(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (minutes, hours) = (seconds / 60 % 60, seconds / 3600)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
