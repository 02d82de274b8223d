import Foundation
import Ledger

/// A clock that stands still until it is told to go on.
final class TestClock: @unchecked Sendable {
    private let lock = NSLock()
    private var now: Instant

    init(_ now: Instant = .noon) { self.now = now }

    var clock: Clock { { self.lock.withLock { self.now } } }
    func advance(seconds: Int64) { lock.withLock { now = now.adding(seconds: seconds) } }
}
