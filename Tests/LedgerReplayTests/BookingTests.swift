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
