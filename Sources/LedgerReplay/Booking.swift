import Ledger

/// One row of a file of hotel bookings, as the "Hotel booking demand" datasets have them.
///
/// - Source: Antonio, Almeida, Nunes: Hotel booking demand datasets, Data in Brief 22, 2019 (CC BY 4.0).
package struct Booking: Hashable, Sendable {
    /// How the booking ended; the raw values are the dataset's (`reservation_status`).
    package enum Status: String, Sendable {
        case checkedOut = "Check-Out"
        case cancelled = "Canceled"
        case noShow = "No-Show"
    }

    /// The raw values are the dataset's (`deposit_type`); they decide how the guest pays.
    package enum Deposit: String, Sendable {
        case none = "No Deposit"
        case nonRefundable = "Non Refund"
        case refundable = "Refundable"
    }

    /// `R-17`: the first letter of the hotel's name and the booking's number.
    package let reference: String
    /// Above 0; the column `booking`.
    package let number: Int64
    /// The column `arrival`.
    package let arrival: Day
    /// The arrival less the column `lead_time_days`.
    package let bookedOn: Day
    /// Weekend and week nights together; 0 occurs.
    package let nights: Int64
    /// 0...10,000; a booking of children alone occurs.
    package let adults: Int64
    /// 0...10,000; 0 where the file does not say.
    package let children: Int64
    /// `BB`, `HB`, `FB`; anything else is no meal.
    package let meal: String
    /// Gross, of one night.
    package let nightlyRate: Money
    /// One per car, for all nights.
    package let parkingSpaces: Int64
    /// 0...10,000; each stands for one drink.
    package let specialRequests: Int64
    /// What was agreed about money at booking.
    package let deposit: Deposit
    /// How it ended.
    package let status: Status
    /// The day on which it ended, by the file; it may contradict the other days.
    package let statusDate: Day

    /// The arrival and the nights.
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
    case leftLate = "left_late"
    case nothingToReserve = "nothing_to_reserve"

    /// For people, in English: what is odd, and after the colon what is done about it.
    package var words: String {
        switch self {
        case .childrenMissing: "number of children missing: counted as none"
        case .rateZero: "room rate 0.00: no lodging charged"
        case .noNights: "no nights: nothing charged per night"
        case .noGuests: "neither adults nor children: no meals charged"
        case .statusBeforeBooking: "ended before it was booked: ended on the day of booking"
        case .noShowBeforeArrival: "no-show dated before the arrival: recorded on that day"
        case .leftEarly: "left before the booked departure: charged as booked"
        case .leftLate: "left after the booked departure: charged as booked, and held for all nights"
        case .nothingToReserve: "nothing to reserve at booking: only the card is saved"
        }
    }
}

/// Why a row of the file is no booking. The import stops before anything of the file is replayed.
package struct BookingRefusal: OperatorRefusal, Equatable {
    /// Of the file, counted from 1.
    package let line: Int
    /// As the header line names it.
    package let column: String
    /// As it stands in the file.
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
        meal = field("meal").uppercased()
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
