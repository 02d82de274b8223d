import Foundation
import Ledger
import Testing

@testable import LedgerReplay

@Suite struct `A booked stay` {
    /// Two nights at 0.00 without meals, two drinks, booked three days before.
    private static func stay(_ changes: [String: String] = [:], extras: Int64 = 3500, refusing: Int64? = nil) throws -> BookedStay {
        var row = [
            "booking": "17", "hotel": "Resort", "arrival": "2016-07-01", "lead_time_days": "3", "weekend_nights": "1", "week_nights": "1",
            "adults": "2", "children": "0", "meal": "SC", "adr": "0", "parking_spaces": "0", "special_requests": "2",
            "deposit_type": "No Deposit", "status": "Check-Out", "status_date": "2016-07-03",
        ]
        row.merge(changes) { $1 }
        let booking = try Booking(line: 2, currency: .eur) { row[$0] ?? "" }
        var house = ReplayHouse(in: .eur)
        house.extrasPerNight = euros(extras)
        house.refusingRenewals = refusing
        return try BookedStay(booking, childrenMissing: false, in: house)
    }

    private static func euros(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: .eur) }
    private static let berlin = TimeZone(identifier: "Europe/Berlin")!

    @Test func `is held over the rate and the expected extras of each night, and of one at least`() throws {
        #expect(try Self.stay(["adr": "80"]).terms == .reserved(Self.euros(2 * 11500)))
        #expect(try Self.stay().terms == .reserved(Self.euros(2 * 3500)), "a free room")
        let dayStay = ["adr": "80", "weekend_nights": "0", "week_nights": "0", "status_date": "2016-07-01"]
        #expect(try Self.stay(dayStay).terms == .reserved(Self.euros(11500)))
        // No night is charged: neither ahead nor for staying away.
        #expect(try Self.stay(dayStay.merging(["deposit_type": "Refundable"]) { $1 }).terms == .reserved(Self.euros(11500)))
        #expect(try Self.stay(dayStay).noShowFee.isZero && Self.stay(["adr": "80"]).noShowFee == Self.euros(8000))
    }

    @Test func `over nothing that Stripe would hold reserves nothing, and has the drinks that reception adds`() throws {
        let nothing = BookedStay.Terms.reserved(.zero(.eur))
        let stay = try Self.stay(extras: 0)
        #expect(stay.terms == nothing && !stay.isReserved && stay.arrivalLines.count == 1 && stay.oddities.contains(.nothingToReserve))
        #expect(stay.events(index: 0).map(\.kind) == [.booking, .arrival, .end] && stay.presence(in: Self.berlin) == nil)
        #expect(try Self.stay(["adr": "0.20"], extras: 0).terms == nothing, "0.40 is less than Stripe takes")
        #expect(try Self.stay(["adr": "0.25"], extras: 0).terms == .reserved(Self.euros(50)))
    }

    @Test func `is held for the nights that the guest stayed, where the days contradict each other`() throws {
        let late = try Self.stay(["status_date": "2016-07-06"])
        #expect(late.departure == Day("2016-07-06") && late.proposal == Self.euros(5 * 3500) && late.oddities.contains(.leftLate))
        let early = try Self.stay(["status_date": "2016-06-29"])
        #expect(early.arrival == Day("2016-06-29") && early.departure == Day("2016-07-03") && early.oddities.contains(.leftEarly))
        let cancelled = try Self.stay(["status_date": "2016-07-06", "status": "Canceled"])
        #expect(cancelled.arrival == Day("2016-07-01") && cancelled.departure == Day("2016-07-03"))
    }

    @Test func `is to be covered from the day of arrival, or from booking, to check-out`() throws {
        #expect(
            try Self.stay().presence(in: Self.berlin) == Instant("2016-06-30T22:00:00Z")!..<Instant("2016-07-03T09:00:00Z")!)
        #expect(
            try Self.stay(["lead_time_days": "0"]).presence(in: Self.berlin)
                == Instant("2016-07-01T06:00:00Z")!..<Instant("2016-07-03T09:00:00Z")!)
        // Come and gone on one day.
        #expect(
            try Self.stay(["status_date": "2016-07-01"]).presence(in: Self.berlin)?.upperBound == Instant("2016-07-01T18:00:00Z")!)
        #expect(try Self.stay(["status": "No-Show"]).presence(in: Self.berlin) == nil)
        #expect(try Self.stay(["adr": "80", "deposit_type": "Non Refund"]).presence(in: Self.berlin) == nil)
    }

    @Test func `is paid with a Visa twice in three times, and one card in so many refuses renewals`() throws {
        let cards = try (1...30).map { try Self.stay(["booking": "\($0)"], refusing: 10).card }
        #expect(cards.count { $0.brand == .visa } == 20 && cards.count(where: \.refusesSecondHold) == 3)
        #expect(Set(cards.filter(\.refusesSecondHold).map(\.brand)) == [.visa, .mastercard])
        #expect(try (1...30).allSatisfy { try !Self.stay(["booking": "\($0)"]).card.refusesSecondHold })
    }
}

@Suite struct `The cover of a stay` {
    private func time(_ hours: Range<Int64>) -> Range<Instant> {
        Instant(unixSeconds: hours.lowerBound * 3600)..<Instant(unixSeconds: hours.upperBound * 3600)
    }

    @Test(
        arguments: [
            ([8..<12, 12..<20], true), ([12..<20, 8..<12], true), ([8..<20, 9..<10], true), ([0..<30], true), ([8..<15, 10..<20], true),
            ([8..<12, 13..<20], false), ([9..<20], false), ([8..<19], false), ([0..<8, 20..<30], false), ([], false),
        ] as [([Range<Int64>], Bool)])
    func `has no gap between holds, before them and after them`(holds: [Range<Int64>], isWhole: Bool) {
        #expect(StayCover(holds.map(time)).covers(time(8..<20)) == isWhole)
    }
}
