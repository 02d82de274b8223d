import Foundation
import Ledger

/// The simulator's time: runs along with the system's clock, can be moved ahead, and can be stopped.
package final class SimulatedTime: Sendable {
    private struct State {
        /// Added to the system's clock while time runs.
        var offset: Int64
        /// Where time stands still, or nil while it runs.
        var frozenAt: Instant?
    }

    private let systemClock: Clock
    private let lock = NSLock()
    private nonisolated(unsafe) var state: State

    /// - Parameter start: What the simulated clock shows first; the system's time when nil.
    package init(systemClock: @escaping Clock, start: Instant? = nil) {
        self.systemClock = systemClock
        let offset = start.map { $0.milliseconds - systemClock().milliseconds } ?? 0
        state = State(offset: offset, frozenAt: nil)
    }

    /// What the simulated Stripe takes for the present.
    package var now: Instant {
        lock.withLock { state.frozenAt ?? Instant(milliseconds: systemClock().milliseconds + state.offset) }
    }

    /// The system's clock, wherever the simulated one stands.
    package var systemNow: Instant { systemClock() }

    /// Whether it goes along with the system's clock; false while it is stopped.
    package var isRunning: Bool { lock.withLock { state.frozenAt == nil } }

    /// Moves the clock; a stopped one stays stopped at the later time.
    package func advance(seconds: Int64) {
        lock.withLock {
            state.offset += seconds * 1000
            state.frozenAt = state.frozenAt?.adding(seconds: seconds)
        }
    }

    /// Shows `instant` from now on.
    package func set(_ instant: Instant) {
        lock.withLock {
            state.offset = instant.milliseconds - systemClock().milliseconds
            if state.frozenAt != nil { state.frozenAt = instant }
        }
    }

    /// Stops the clock where it is.
    package func freeze() {
        lock.withLock {
            state.frozenAt = state.frozenAt ?? Instant(milliseconds: systemClock().milliseconds + state.offset)
        }
    }

    /// Lets a stopped clock run on from where it stands.
    package func run() {
        lock.withLock {
            guard let frozenAt = state.frozenAt else { return }
            state.offset = frozenAt.milliseconds - systemClock().milliseconds
            state.frozenAt = nil
        }
    }
}
