import Foundation
import Ledger

/// A clock that stands where it was put.
package final class SettableClock: @unchecked Sendable {
    private let lock = NSLock()
    private var instant: Instant

    package init(_ instant: Instant) { self.instant = instant }

    package var now: Instant { lock.withLock { instant } }
    package func set(_ new: Instant) { lock.withLock { instant = new } }
}
