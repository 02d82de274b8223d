import Foundation
import Ledger
import LedgerService

/// What a file of bookings does not say of prices and cards. Prices are gross.
package struct ReplayHouse: Sendable {
    /// Per person and night, by meal.
    package var meals: [String: Money]
    /// Per space and night.
    package var parking: Money
    /// One drink for each special request.
    package var drink: Money
    /// What guests are expected to consume in a night: the tenant's setting.
    package var extrasPerNight: Money
    /// One card in so many refuses renewals; nil: none.
    package var refusingRenewals: Int64?

    /// BB 12.00, HB 30.00, FB 45.00; parking 8.00; a drink 3.50; no extras expected; all cards work.
    package init(in currency: Currency) {
        func units(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: currency) }
        meals = ["BB": units(1200), "HB": units(3000), "FB": units(4500)]
        parking = units(800)
        drink = units(350)
        extrasPerNight = units(0)
    }
}

/// A booking with everything computed that its stay needs. Pure: the same booking always gives the same stay.
package struct BookedStay: Sendable {
    /// The row that it is computed from.
    package let booking: Booking
    /// What is odd about the row, and was settled as `BookingOddity.words` say.
    package let oddities: [BookingOddity]
    /// The card that the guest pays with.
    package let card: GuestCard
    /// The booked arrival, or the day of leaving of a guest who had left before that.
    package let arrival: Day
    /// The booked departure, or the day of leaving of a guest who left after that.
    package let departure: Day
    /// Rate × nights.
    package let lodging: Money
    /// What is proposed to be held: of each night from arrival to departure, and of one at least, the rate and the expected extras.
    package let proposal: Money
    /// Charged when the guest arrives: lodging, meals, parking, and the drinks that reception adds.
    package let arrivalLines: [NewLine]
    /// The day on which the stay ends, one way or the other.
    package let endsOn: Day

    /// How the guest pays at booking.
    package enum Terms: Hashable, Sendable {
        case reserved(Money)
        case direct(Money)
    }

    /// How the guest pays. Where there is nothing that Stripe would hold, nothing is reserved: the card is saved, for what reception adds.
    package var terms: Terms {
        let minimum = LedgerService.smallestPayment(in: proposal.currency)
        switch booking.deposit {
        case .nonRefundable where lodging.minorUnits >= minimum: return .direct(lodging)
        case .refundable where booking.nightlyRate.minorUnits >= minimum && booking.nights > 0: return .direct(booking.nightlyRate)
        // A deposit below what Stripe takes is none.
        case .none, .nonRefundable, .refundable:
            return .reserved(proposal.minorUnits < minimum ? .zero(proposal.currency) : proposal)
        }
    }

    /// Whether an amount is reserved, so that the stay is to be covered.
    package var isReserved: Bool { if case .reserved(let amount) = terms { amount.isPositive } else { false } }

    /// One night; nothing by a guest who has booked none.
    package var noShowFee: Money { booking.nights > 0 ? booking.nightlyRate : .zero(booking.nightlyRate.currency) }

    /// - Throws: `MoneyError.overflow`.
    package init(_ booking: Booking, childrenMissing: Bool, in house: ReplayHouse) throws {
        self.booking = booking
        card = GuestCard(of: booking, refusingRenewals: house.refusingRenewals)
        endsOn = max(booking.statusDate, booking.bookedOn)
        let hasLeft = booking.status == .checkedOut
        arrival = hasLeft ? min(booking.arrival, endsOn) : booking.arrival
        departure = hasLeft ? max(booking.departure, endsOn) : booking.departure
        proposal = try HoldProposal(
            nights: HoldProposal.nights(from: arrival, to: departure), nightlyRate: booking.nightlyRate,
            visitorTax: .zero(booking.nightlyRate.currency), extrasPerNight: house.extrasPerNight
        ).total
        lodging = try booking.nightlyRate.times(booking.nights)
        var lines: [NewLine] = []
        if lodging.isPositive {
            lines.append(Self.line(.lodging, "Übernachtung", booking.nights, booking.nightlyRate, booking))
        }
        let persons = booking.adults + booking.children
        if let meal = house.meals[booking.meal], persons * booking.nights > 0 {
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
            lines.append(Self.line(.parking, "Parkplatz", booking.parkingSpaces * booking.nights, house.parking, booking))
        }
        if booking.specialRequests > 0 {
            lines.append(Self.line(.minibar, "Minibar, Getränk", booking.specialRequests, house.drink, booking))
        }
        // What no amount can hold is refused with its row, before anything is replayed.
        _ = try Money.sum(lines.map { try $0.gross() }, in: lodging.currency)
        arrivalLines = lines
        oddities = Self.oddities(
            of: booking, childrenMissing: childrenMissing,
            nothingToReserve: proposal.minorUnits < LedgerService.smallestPayment(in: proposal.currency))
    }

    private static func line(_ category: Category, _ text: String, _ quantity: Int64, _ price: Money, _ booking: Booking) -> NewLine {
        .free(category: category, description: text, quantity: quantity, unitAmount: price, serviceDate: booking.arrival)
    }

    private static func oddities(of booking: Booking, childrenMissing: Bool, nothingToReserve: Bool) -> [BookingOddity] {
        var found: [BookingOddity] = []
        if childrenMissing { found.append(.childrenMissing) }
        if booking.nightlyRate.isZero { found.append(.rateZero) }
        if booking.nights == 0 { found.append(.noNights) }
        if booking.adults + booking.children == 0 { found.append(.noGuests) }
        if booking.statusDate < booking.bookedOn { found.append(.statusBeforeBooking) }
        if booking.status == .noShow, booking.statusDate < booking.arrival { found.append(.noShowBeforeArrival) }
        if booking.status == .checkedOut, booking.statusDate < booking.departure { found.append(.leftEarly) }
        if booking.status == .checkedOut, booking.statusDate > booking.departure { found.append(.leftLate) }
        if nothingToReserve { found.append(.nothingToReserve) }
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

    /// The full hour, as clocks of that zone first show it.
    package func instant(in zone: TimeZone) -> Instant { day.at(hour: hour, in: zone) }

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
            events.append(StayEvent(day: arrival, hour: 15, kind: .arrival, stay: index))
            hour = endsOn > arrival ? 11 : 20
        case .cancelled: hour = 12
        case .noShow: hour = 22
        }
        events.append(StayEvent(day: endsOn, hour: hour, kind: .end, stay: index))
        return events
    }

    /// From the beginning of the day of arrival, or from booking where that is later, to check-out: then it is to be covered. Nil for a stay
    /// that did not take place, or reserves nothing.
    package func presence(in zone: TimeZone) -> Range<Instant>? {
        let events = events(index: 0)
        guard booking.status == .checkedOut, isReserved, let booked = events.first, let end = events.last else { return nil }
        return max(arrival.start(in: zone), booked.instant(in: zone))..<end.instant(in: zone)
    }
}
