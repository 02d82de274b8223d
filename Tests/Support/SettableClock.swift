import Ledger
import Synchronization

/// A clock that stands where it was put.
package final class SettableClock: Sendable {
    /// The morning on which every story begins that says nothing else.
    package static let start = "2026-11-18T08:00:00Z"

    private let instant: Mutex<Instant>

    package init(_ instant: Instant = Instant(start)!) { self.instant = Mutex(instant) }

    package var now: Instant { instant.withLock { $0 } }
    /// What programs ask.
    package var clock: Clock { { self.now } }
    package func set(_ new: Instant) { instant.withLock { $0 = new } }
    package func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
