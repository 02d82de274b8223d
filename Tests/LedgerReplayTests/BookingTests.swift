import Ledger
import Testing

@testable import LedgerReplay

@Suite struct `A row of bookings` {
    private static func booking(hotel: String) throws -> Booking {
        let row = [
            "booking": "17", "hotel": hotel, "arrival": "2016-07-01", "lead_time_days": "3", "weekend_nights": "1", "week_nights": "1",
            "adults": "2", "children": "0", "meal": "BB", "adr": "80.00", "parking_spaces": "0", "special_requests": "0",
            "deposit_type": "No Deposit", "status": "Check-Out", "status_date": "2016-07-03",
        ]
        return try Booking(line: 2, currency: .eur) { row[$0] ?? "" }
    }

    @Test func `is named for its hotel and its number`() throws {
        #expect(try Self.booking(hotel: "resort").reference == "R-17")
    }

    /// Before anything of the file is replayed, and not when its folio is opened.
    @Test(arguments: ["", " Resort", "\u{7}Resort"]) func `whose reference no folio can have is refused`(hotel: String) {
        #expect(throws: BookingRefusal(line: 2, column: "hotel", text: hotel)) { try Self.booking(hotel: hotel) }
    }
}

@Suite struct `A free booking` {
    private static func stay(_ changes: [String: String]) throws -> BookedStay {
        var row = [
            "booking": "17", "hotel": "Resort", "arrival": "2016-07-01", "lead_time_days": "3", "weekend_nights": "1", "week_nights": "1",
            "adults": "2", "children": "0", "meal": "SC", "adr": "0", "parking_spaces": "0", "special_requests": "2",
            "deposit_type": "No Deposit", "status": "Check-Out", "status_date": "2016-07-03",
        ]
        row.merge(changes) { $1 }
        let booking = try Booking(line: 2, currency: .eur) { row[$0] ?? "" }
        return try BookedStay(booking, childrenMissing: false, prices: ReplayPrices(in: .eur))
    }

    private static let nothing = BookedStay.Terms.reserved(.zero(.eur))

    @Test func `has a folio that reserves nothing, and the drinks that reception adds`() throws {
        let stay = try Self.stay([:])
        #expect(stay.isFree && stay.terms == Self.nothing && stay.arrivalLines.count == 1)
        #expect(stay.events(index: 0).map(\.kind) == [.booking, .arrival, .end])
        // No night is free, whatever one would cost.
        #expect(
            try Self.stay(["adr": "80", "weekend_nights": "0", "week_nights": "0", "deposit_type": "Refundable"]).terms == Self.nothing)
        #expect(try Self.stay(["adr": "0.20"]).terms == Self.nothing, "0.40 is less than Stripe takes")
        #expect(try Self.stay(["adr": "0.25"]).terms == .reserved(Money(minorUnits: 50, currency: .eur)))
    }
}
