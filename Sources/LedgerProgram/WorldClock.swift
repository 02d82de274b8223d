import Foundation
import Ledger

/// The time that is booked: the system's, until it follows a simulator's, so that both agree what day it is.
package final class WorldClock: @unchecked Sendable {
    private let lock = NSLock()
    /// Added to the system's clock.
    private var offset: Int64 = 0
    private var frozenAt: Instant?

    /// The system's time.
    package init() {}

    /// Takes the simulator's time, and whether it runs.
    package func follow(_ simulated: SimulatorClock.Time) {
        lock.withLock {
            let new = simulated.now.milliseconds - Self.system.milliseconds
            // The simulator counts in seconds: what is less than that is no difference.
            if abs(new - offset) > 1500 { offset = new }
            frozenAt = simulated.running ? nil : simulated.now
        }
    }

    package var now: Instant { lock.withLock { frozenAt ?? Instant(milliseconds: Self.system.milliseconds + offset) } }

    /// Stands still at an instant from now on.
    package func set(_ instant: Instant) { lock.withLock { frozenAt = instant } }

    private static var system: Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}
