import Foundation
import Ledger
import Testing

/// Whatever number comes in, reckoning with it does not end the process.
@Suite struct `Numbers from outside` {
    private static let edges: [Int64] = [
        .min, .min + 1, -(1 << 60), -1_000_000_000_000_000_000, -1, 0, 1, 1 << 53, 1_000_000_000_000_000_000, 1 << 60, .max - 1, .max,
    ]
    private let berlin = TimeZone(identifier: "Europe/Berlin")!

    @Test(arguments: edges)
    func `make a time that can be reckoned with and written`(number: Int64) {
        for instant in [Instant(unixSeconds: number), Instant(milliseconds: number), Instant(milliseconds: 0).adding(seconds: number)] {
            #expect(Instant.range.contains(instant.milliseconds))
            #expect(Instant(instant.description)?.unixSeconds == instant.unixSeconds)
            #expect(Day(instant.day(in: .gmt).description) != nil)
            #expect(!Language.german.instant(instant, in: berlin).isEmpty)
            for other in Self.edges { #expect(Instant.range.contains(instant.adding(seconds: other).milliseconds)) }
        }
    }

    @Test(arguments: edges)
    func `make a day that can be reckoned with`(number: Int64) {
        for day in [Day(number: Int(number)), Day("2026-11-20")!.adding(days: Int(number))] {
            #expect(day.month.firstDay <= day)
            #expect(Instant.range.contains(day.start(in: berlin).milliseconds))
            for other in Self.edges { #expect(!day.adding(days: Int(other)).description.isEmpty) }
        }
    }

    @Test func `are clamped where they are only shown, and then have an opposite`() {
        for a in Self.edges {
            for b in Self.edges {
                for result in [a.clampedAdding(b), a.clampedSubtracting(b), a.clampedMultiplying(b)] { #expect(-(-result) == result) }
            }
        }
        let (most, large) = (Int64.max, Int64(1) << 40)
        #expect(most.clampedAdding(1) == most && Int64.min.clampedAdding(-1) == -most && Int64.min.clampedSubtracting(1) == -most)
        #expect(most.clampedSubtracting(-1) == most && large.clampedMultiplying(large) == most)
        #expect((-large).clampedMultiplying(large) == -most && Int64(6).clampedMultiplying(-7) == -42)
        #expect([Int64.max, .max, -1].clampedSum == .max - 1)
    }

    @Test func `inside the range, a few can be added and turned round`() {
        let most = OutsideNumber.range.upperBound
        #expect(Array(repeating: most, count: 7).reduce(0, +) == 7 * most && -OutsideNumber.range.lowerBound == most)
    }
}
