/// A point in time of the years 1 to 9999: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// A time beyond those years, which only a stranger sends, becomes their first or last moment.
package struct Instant: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z; negative before. Always within `range`.
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds.clamped(to: Self.range) }

    /// - Parameter unixSeconds: As Stripe writes times.
    package init(unixSeconds: Int64) {
        // Brought into the range before it is multiplied.
        self.init(milliseconds: unixSeconds.clamped(to: -Self.mostSeconds...Self.mostSeconds) * 1000)
    }

    /// Rounded down, as Stripe writes times.
    package var unixSeconds: Int64 { (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000 }

    package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// Negative goes back. Beyond the years there are it stays at their first or last moment.
    package func adding(seconds: Int64) -> Instant {
        Instant(milliseconds: milliseconds + seconds.clamped(to: -Self.mostSeconds...Self.mostSeconds) * 1000)
    }

    /// The first moment there is: 0001-01-01T00:00:00Z.
    package static let distantPast = Instant(milliseconds: range.lowerBound)
    /// The last moment there is: the end of 9999-12-31, UTC.
    package static let distantFuture = Instant(milliseconds: range.upperBound)

    /// The same in milliseconds.
    package static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
    /// More seconds than lie between any two moments.
    private static let mostSeconds: Int64 = 1 << 39
}

/// Where the time comes from. Passed in everywhere, so that one seed replays a whole run.
package typealias Clock = @Sendable () -> Instant
