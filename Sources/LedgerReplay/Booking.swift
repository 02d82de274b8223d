import Ledger

/// One row of a file of hotel bookings, as the "Hotel booking demand" datasets have them.
///
/// - Source: Antonio, Almeida, Nunes: Hotel booking demand datasets, Data in Brief 22, 2019 (CC BY 4.0).
package struct Booking: Hashable, Sendable {
    package enum Status: String, Sendable {
        case checkedOut = "Check-Out"
        case cancelled = "Canceled"
        case noShow = "No-Show"
    }

    package enum Deposit: String, Sendable {
        case none = "No Deposit"
        case nonRefundable = "Non Refund"
        case refundable = "Refundable"
    }

    /// `R-17`: the first letter of the hotel's name and the booking's number.
    package let reference: String
    package let number: Int64
    package let arrival: Day
    package let bookedOn: Day
    package let nights: Int64
    package let adults: Int64
    package let children: Int64
    /// `BB`, `HB`, `FB`; anything else is no meal.
    package let meal: String
    /// Gross, of one night.
    package let nightlyRate: Money
    package let parkingSpaces: Int64
    package let specialRequests: Int64
    package let deposit: Deposit
    package let status: Status
    package let statusDate: Day

    package var departure: Day { arrival.adding(days: Int(nights)) }

    /// The columns that are read; a file may have more.
    package static let columns = [
        "booking", "hotel", "arrival", "lead_time_days", "weekend_nights", "week_nights", "adults", "children", "meal", "deposit_type",
        "adr",
        "parking_spaces", "special_requests", "status", "status_date",
    ]
}

/// What is odd about a booking, and what is done about it.
package enum BookingOddity: String, Sendable, CaseIterable {
    case childrenMissing = "children_missing"
    case rateZero = "rate_zero"
    case noNights = "no_nights"
    case noGuests = "no_guests"
    case statusBeforeBooking = "status_before_booking"
    case noShowBeforeArrival = "no_show_before_arrival"
    case leftEarly = "left_early"
    case nothingToCharge = "nothing_to_charge"

    package var words: String {
        switch self {
        case .childrenMissing: "number of children missing: counted as none"
        case .rateZero: "room rate 0.00: no lodging charged"
        case .noNights: "no nights: nothing charged per night"
        case .noGuests: "neither adults nor children: no meals charged"
        case .statusBeforeBooking: "ended before it was booked: ended on the day of booking"
        case .noShowBeforeArrival: "no-show dated before the arrival: recorded on that day"
        case .leftEarly: "left before the booked departure: charged as booked"
        case .nothingToCharge: "nothing to charge: no folio opened"
        }
    }
}

/// Why a row of the file is no booking. The import stops before anything of the file is replayed.
package struct BookingRefusal: OperatorRefusal, Equatable {
    package let line: Int
    package let column: String
    package let text: String

    package var code: String { "booking_unreadable" }
    package var message: String { "Line \(line): \"\(text)\" cannot be read as \(column)." }
    package var hint: String? { "Correct the row and import again: rows that were already imported are skipped." }
}

extension Booking {
    /// Reads one row.
    ///
    /// - Parameters:
    ///   - field: The text under a column.
    ///   - line: For messages.
    /// - Throws: `BookingRefusal` for the first field that cannot be read.
    package init(line: Int, currency: Currency, field: (String) -> String) throws {
        func read<Value>(_ column: String, _ make: (String) -> Value?) throws -> Value {
            let text = field(column)
            guard let value = make(text) else { throw BookingRefusal(line: line, column: column, text: text) }
            return value
        }
        func count(_ column: String) throws -> Int64 {
            try read(column) { text in Int64(text).flatMap { (0...10_000).contains($0) ? $0 : nil } }
        }
        number = try read("booking") { Int64($0).flatMap { $0 > 0 ? $0 : nil } }
        let booking = number
        reference = try read("hotel") { hotel in
            let reference = "\(hotel.prefix(1).uppercased())-\(booking)"
            return !hotel.isEmpty && TextRule.folioReference.takes(reference) ? reference : nil
        }
        arrival = try read("arrival") { Day($0) }
        bookedOn = arrival.adding(days: -Int(try count("lead_time_days")))
        nights = try count("weekend_nights") + count("week_nights")
        adults = try count("adults")
        children = Self.isMissing(field("children")) ? 0 : try count("children")
        meal = field("meal")
        nightlyRate = try read("adr") { text in
            guard let rate = try? Money(reading: text, in: currency), !rate.isNegative else { return nil }
            return rate
        }
        parkingSpaces = try count("parking_spaces")
        specialRequests = try count("special_requests")
        deposit = try read("deposit_type") { Deposit(rawValue: $0) }
        status = try read("status") { Status(rawValue: $0) }
        statusDate = try read("status_date") { Day($0) }
    }

    /// How the datasets write a number that nobody entered.
    package static func isMissing(_ text: String) -> Bool { text.isEmpty || text == "NA" || text == "NULL" }
}
