import Foundation
import Ledger
import Synchronization

/// The time that is booked: the system's, until it follows a simulator's, so that both agree what day it is.
package final class LedgerClock: Sendable {
    private struct State {
        /// Added to the system's clock.
        var offset: Int64 = 0
        var frozenAt: Instant?
    }

    private let state = Mutex(State())

    /// The system's time.
    package init() {}

    /// Takes the simulator's time, and whether it runs.
    package func follow(_ simulated: SimulatorClock.Time) {
        state.withLock { state in
            let new = simulated.now.milliseconds - Self.system.milliseconds
            // The simulator counts in seconds: what is less than that is no difference.
            if abs(new - state.offset) > 1500 { state.offset = new }
            state.frozenAt = simulated.running ? nil : simulated.now
        }
    }

    /// The system's time moved by the simulator's offset, or the instant at which it stands still.
    package var now: Instant { state.withLock { $0.frozenAt ?? Instant(milliseconds: Self.system.milliseconds + $0.offset) } }

    /// Stands still at an instant from now on.
    package func set(_ instant: Instant) { state.withLock { $0.frozenAt = instant } }

    private static var system: Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}
