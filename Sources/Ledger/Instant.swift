/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct Instant: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// - Parameter unixSeconds: As Stripe writes times.
    package init(unixSeconds: Int64) { self.init(milliseconds: unixSeconds * 1000) }

    /// Rounded down, as Stripe writes times.
    package var unixSeconds: Int64 { (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000 }

    package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    package func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }
}

/// Where the time comes from. Passed in everywhere, so that one seed replays a whole run.
package typealias Clock = @Sendable () -> Instant
