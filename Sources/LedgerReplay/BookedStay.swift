import Ledger
import LedgerService

/// The prices that a file of bookings does not have, gross.
package struct ReplayPrices: Sendable {
    /// Per person and night, by meal.
    package var meals: [String: Money]
    /// Per space and night.
    package var parking: Money
    /// One drink for each special request.
    package var drink: Money

    /// BB 12.00, HB 30.00, FB 45.00; parking 8.00; a drink 3.50.
    package init(in currency: Currency) {
        func units(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: currency) }
        meals = ["BB": units(1200), "HB": units(3000), "FB": units(4500)]
        parking = units(800)
        drink = units(350)
    }
}

/// A booking with everything computed that its stay needs. Pure: the same booking always gives the same stay.
package struct BookedStay: Sendable {
    /// The row that it is computed from.
    package let booking: Booking
    /// What is odd about the row, and was settled as `BookingOddity.words` say.
    package let oddities: [BookingOddity]
    /// Rate × nights.
    package let lodging: Money
    /// What the guest expects to pay: lodging, meals, parking.
    package let expected: Money
    /// Charged when the guest arrives: the expected lines, and the drinks that reception adds.
    package let arrivalLines: [NewLine]
    /// The day on which the stay ends, one way or the other.
    package let endsOn: Day

    /// How the guest pays at booking.
    package enum Terms: Hashable, Sendable {
        case reserved(Money)
        case direct(Money)
    }

    /// Whether there is nothing at booking that Stripe would take: the card is saved all the same, for what reception adds.
    package var isFree: Bool { expected.minorUnits < LedgerService.smallestPayment(in: expected.currency) }

    /// A free stay reserves nothing.
    package var terms: Terms {
        let minimum = LedgerService.smallestPayment(in: expected.currency)
        guard !isFree else { return .reserved(.zero(expected.currency)) }
        switch booking.deposit {
        case .nonRefundable where lodging.minorUnits >= minimum: return .direct(lodging)
        case .refundable where booking.nightlyRate.minorUnits >= minimum: return .direct(booking.nightlyRate)
        // A deposit below what Stripe takes is none.
        case .none, .nonRefundable, .refundable: return .reserved(expected)
        }
    }

    /// - Throws: `MoneyError.overflow`.
    package init(_ booking: Booking, childrenMissing: Bool, prices: ReplayPrices) throws {
        self.booking = booking
        lodging = try booking.nightlyRate.times(booking.nights)
        var lines: [NewLine] = []
        if lodging.isPositive {
            lines.append(Self.line(.lodging, "Übernachtung", booking.nights, booking.nightlyRate, booking))
        }
        let persons = booking.adults + booking.children
        if let meal = prices.meals[booking.meal], persons * booking.nights > 0 {
            // 30 % of a combined price may be treated as drinks; the drinks part is rounded, the food takes the rest.
            // Source: BMF letter of 22 December 2025.
            let percents = try meal.times(30).adding(Money(minorUnits: 50, currency: meal.currency))
            let drinks = Money(minorUnits: percents.minorUnits / 100, currency: meal.currency)
            let food = try meal.subtracting(drinks)
            for (category, name, price) in [(Category.food, "Speisen", food), (.drinks, "Getränke", drinks)] where price.isPositive {
                lines.append(Self.line(category, "Verpflegung \(booking.meal), \(name)", persons * booking.nights, price, booking))
            }
        }
        if booking.parkingSpaces * booking.nights > 0 {
            lines.append(Self.line(.parking, "Parkplatz", booking.parkingSpaces * booking.nights, prices.parking, booking))
        }
        expected = try Money.sum(lines.map { try $0.gross() }, in: lodging.currency)
        if booking.specialRequests > 0 {
            lines.append(Self.line(.minibar, "Minibar, Getränk", booking.specialRequests, prices.drink, booking))
        }
        arrivalLines = lines
        endsOn = max(booking.statusDate, booking.bookedOn)
        oddities = Self.oddities(
            of: booking, childrenMissing: childrenMissing,
            nothingToCharge: expected.minorUnits < LedgerService.smallestPayment(in: expected.currency))
    }

    private static func line(_ category: Category, _ text: String, _ quantity: Int64, _ price: Money, _ booking: Booking) -> NewLine {
        .free(category: category, description: text, quantity: quantity, unitAmount: price, serviceDate: booking.arrival)
    }

    private static func oddities(of booking: Booking, childrenMissing: Bool, nothingToCharge: Bool) -> [BookingOddity] {
        var found: [BookingOddity] = []
        if childrenMissing { found.append(.childrenMissing) }
        if booking.nightlyRate.isZero { found.append(.rateZero) }
        if booking.nights == 0 { found.append(.noNights) }
        if booking.adults + booking.children == 0 { found.append(.noGuests) }
        if booking.statusDate < booking.bookedOn { found.append(.statusBeforeBooking) }
        if booking.status == .noShow, booking.statusDate < booking.arrival { found.append(.noShowBeforeArrival) }
        if booking.status == .checkedOut, booking.statusDate < booking.departure { found.append(.leftEarly) }
        if nothingToCharge { found.append(.nothingToCharge) }
        return found
    }
}

extension NewLine {
    fileprivate func gross() throws -> Money {
        guard let price = terms.unitAmount else { preconditionFailure("bookings have no catalogue") }
        return try price.times(quantity)
    }
}

/// One thing that happens in a stay, with its place in time.
package struct StayEvent: Sendable {
    /// In the order in which they happen when several fall into one hour.
    package enum Kind: Int, Sendable { case booking, arrival, end }

    /// In the tenant's time zone.
    package let day: Day
    /// The hour of the day, local time.
    package let hour: Int
    /// What happens then.
    package let kind: Kind
    /// The booking's place in the file, counted from 0.
    package let stay: Int

    /// The order of a replay: time, then the booking's place in the file.
    package static func inOrder(_ a: StayEvent, _ b: StayEvent) -> Bool {
        (a.day, a.hour, a.kind.rawValue, a.stay) < (b.day, b.hour, b.kind.rawValue, b.stay)
    }
}

extension BookedStay {
    /// What happens in this stay: booked in the morning; check-out before noon, but in the evening for a guest who arrived
    /// that day; arrivals in the afternoon, no-shows at night.
    package func events(index: Int) -> [StayEvent] {
        var events = [StayEvent(day: booking.bookedOn, hour: 8, kind: .booking, stay: index)]
        let hour: Int
        switch booking.status {
        case .checkedOut:
            let arrival = min(booking.arrival, endsOn)
            events.append(StayEvent(day: arrival, hour: 15, kind: .arrival, stay: index))
            hour = endsOn > arrival ? 11 : 20
        case .cancelled: hour = 12
        case .noShow: hour = 22
        }
        events.append(StayEvent(day: endsOn, hour: hour, kind: .end, stay: index))
        return events
    }
}
