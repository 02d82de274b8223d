/// A number from outside: from Stripe, a request, the ledger file or user input.
///
/// Arithmetic traps when a result does not fit into an `Int64`. So each such number is checked in one of two ways. An amount, a count or a
/// row number outside `range` is refused as a mistake. A time or a day is clamped to its range instead: nothing depends on a time that
/// far away, and an event must not be lost because of it.
///
/// Inside the range a few numbers can be added, subtracted and negated. Products are made by `Money.times` or in `Int128`, sums of lists by
/// `Money.sum` or, where they are only shown or compared, by `clampedSum`.
package enum OutsideNumber {
    /// Up to 2^60 either way, of which seven can be added. The largest charge that Stripe takes is a millionth of it.
    package static let range: ClosedRange<Int64> = -(1 << 60)...(1 << 60)
}

extension FixedWidthInteger where Self: SignedInteger {
    /// The sum, or the number next to it that fits. It always has an opposite.
    package func clampedAdding(_ other: Self) -> Self {
        let (sum, overflows) = addingReportingOverflow(other)
        return Swift.max(-.max, overflows ? (other < 0 ? .min : .max) : sum)
    }

    /// The difference, or the number next to it that fits. It always has an opposite.
    package func clampedSubtracting(_ other: Self) -> Self {
        let (difference, overflows) = subtractingReportingOverflow(other)
        return Swift.max(-.max, overflows ? (other < 0 ? .max : .min) : difference)
    }

    /// The product, or the number next to it that fits. It always has an opposite.
    package func clampedMultiplying(_ other: Self) -> Self {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return Swift.max(-.max, overflows ? ((self < 0) == (other < 0) ? .max : .min) : product)
    }

    /// The number itself, or the end of the range that is nearer.
    package func clamped(to range: ClosedRange<Self>) -> Self { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}

extension Sequence<Int64> {
    /// The sum, or the number next to it that fits.
    package var clampedSum: Int64 { reduce(0) { $0.clampedAdding($1) } }
}
