import Ledger
internal import LedgerStore
import Stripe

/// What a stay or an order is opened with.
package struct NewFolio: Sendable {
    /// The ERP's number; see `TextRule.folioReference`. Unique per tenant.
    package var reference: String
    /// An order of the shop has no stay, and so no holds.
    package var source: Folio.Source = .reservation
    /// The person who pays.
    package var guest: Folio.Guest
    /// In the tenant's time zone; for an order the day on which it is placed.
    package var arrival: Day
    /// Not before `arrival`, and for a reserved payment not before today.
    package var departure: Day
    /// Whether the amount is taken at once or reserved.
    package var mode: Folio.Mode
    /// Among `PaymentMethod.offered`; for a reserved payment one that can hold.
    package var method = Ledger.PaymentMethod.card
    /// What is reserved, or taken at once. Zero for a stay that costs nothing at booking: nothing is reserved, and the card is saved for what
    /// comes. For a reserved payment it can be proposed from what a night costs.
    package var booked: BookedAmount
    /// What holds without the guest may come to in all, for a stay by card; zero for none. `nil`: by the tenant's settings. Never less than
    /// what is reserved.
    package var ceiling: Money?
    /// Charged with the opening.
    package var lines: [NewLine] = []
    /// What reception calls the place, once that is known; see `TextRule.roomName`.
    package var room: String?
    /// Where Stripe's page sends the guest afterwards; `nil` for a page of this service.
    package var returnURL: String?

    package init(reference: String, guest: Folio.Guest, arrival: Day, departure: Day, mode: Folio.Mode, booked: BookedAmount) {
        self.reference = reference
        self.guest = guest
        self.arrival = arrival
        self.departure = departure
        self.mode = mode
        self.booked = booked
    }

    /// The same where the booking gives the amount itself.
    package init(reference: String, guest: Folio.Guest, arrival: Day, departure: Day, mode: Folio.Mode, amount: Money) {
        self.init(reference: reference, guest: guest, arrival: arrival, departure: departure, mode: mode, booked: .amount(amount))
    }
}

extension LedgerService {
    /// Opens a folio and makes the page on which the guest pays, authorises, or saves a card.
    ///
    /// A reserved payment is held at once when the check-out falls inside the life of a hold. Otherwise the card is saved
    /// now, with the guest's consent, and held shortly before arrival (see `placeDueHolds`). Over nothing, it is saved and not held.
    ///
    /// A folio for which something was found at Stripe is opened without a page: it was there before, and what it holds or took is taken in
    /// first.
    ///
    /// - Returns: The folio; `folio.paymentURL` is the guest's page.
    /// - Throws: `ServiceRefusal` for invalid input; `.methodNotActive`, and then there is no folio; `.stripeUnanswered` if the page does not
    ///   exist yet; see `performWaiting`.
    package func openFolio(
        _ new: NewFolio, of tenantID: String, by actor: String, key: IdempotencyKey? = nil
    ) async throws -> FolioView {
        let operationKey = random.key()
        let returning = new.returnURL.map(ReturnAddress.theirs) ?? returnAddress
        return try await performWaiting(key, of: tenantID) { tenant in
            try await decide(key, of: tenant) { try $0.open(new, by: actor, returning: returning, key: operationKey) }!
        }.view
    }
}

extension Money {
    /// - Throws: `MoneyError.currencyMismatch`, `ServiceRefusal` for an amount that Stripe does not take.
    func checkForStripe(_ tenant: Tenant) throws {
        guard currency == tenant.currency else { throw MoneyError.currencyMismatch(tenant.currency, currency) }
        guard isPositive else { throw ServiceRefusal.amountNotPositive }
        let minimum = Money(minorUnits: StripeLimits.minimum(in: tenant.currency), currency: tenant.currency)
        guard minorUnits >= minimum.minorUnits else { throw ServiceRefusal.amountBelowMinimum(minimum) }
        let maximum = Money(minorUnits: StripeLimits.maximum, currency: tenant.currency)
        guard minorUnits <= maximum.minorUnits else { throw ServiceRefusal.amountTooLarge(maximum) }
    }
}

extension Book {
    /// Asks for a hold: on a page now, when check-out lies within its life; otherwise on a card that a page saves now.
    ///
    /// - Parameter method: One that can hold; for a later stay the card.
    /// - Returns: The operation that makes the page.
    func reserve(
        _ amount: Money, by method: Ledger.PaymentMethod, on folio: Folio, returning: ReturnAddress, key: String,
        for asked: IdempotencyKey? = nil
    ) throws -> Int64 {
        let today = now.day(in: tenant.timeZone)
        let savesOtherCard = try savesOtherCard(method, of: folio, holding: amount)
        if today.days(until: folio.departure) < StripeLimits.holdDays(method) {
            let hold = try addHold(amount, origin: .page, method: method, to: folio)
            let page = try page(.hold(hold), of: folio, savesOtherCard: savesOtherCard, returning: returning, key: key, for: asked)
            return try plan(.holdPage, page, folio: folio, subject: hold.number)
        }
        let placeOn = max(today, folio.arrival.adding(days: -tenant.settings.holdDaysBeforeArrival))
        let hold = try addHold(amount, origin: .savedCard, method: method, placeOn: placeOn, to: folio)
        let page = try page(.card, of: folio, savesOtherCard: savesOtherCard, returning: returning, key: key)
        return try plan(.setupPage, page, folio: folio, subject: hold.number)
    }

    /// Asks the guest of a stay to save a card, and for nothing else. What they agree to was put down before.
    ///
    /// - Returns: The operation that makes the page.
    func askForCard(on folio: Folio, returning: ReturnAddress, key: String) throws -> Int64 {
        let page = try page(.card, of: folio, savesOtherCard: folio.method != .card, returning: returning, key: key)
        return try plan(.setupPage, page, folio: folio)
    }

    fileprivate func open(_ new: NewFolio, by actor: String, returning: ReturnAddress, key: String) throws -> Decision {
        try checkGuest(new)
        let (amount, proposal) = try amount(of: new)
        try requireNotEnded()
        try requireMayTake()
        let folio = try addFolio(
            new.reference, source: new.source, guest: new.guest, arrival: new.arrival, departure: new.departure, mode: new.mode,
            method: new.method, room: try new.room.map(checkedRoom) ?? nil, proposal: proposal)
        let lines = try booked(new.lines, on: folio)
        if new.source == .reservation, new.method == .card {
            try requestCard(for: folio, holding: new.mode == .reserved ? amount : .zero(tenant.currency), ceiling: new.ceiling)
        }
        guard try waitingFoundObjects(reference: new.reference).isEmpty else {
            // What is asked for stands there without a page: what was found may be just that.
            for line in lines { try add(line, to: folio, by: actor) }
            if new.mode == .direct { _ = try addPayment(amount, origin: .page, method: new.method, to: folio) }
            try tellFound(on: folio)
            return Decision(on: folio, of: tenant)
        }
        let operation: Int64
        switch new.mode {
        case .direct:
            let payment = try addPayment(amount, origin: .page, method: new.method, to: folio)
            operation = try plan(
                .paymentPage, page(.payment(payment), of: folio, returning: returning, key: key), folio: folio, subject: payment.number)
        case .reserved where amount.isZero: operation = try askForCard(on: folio, returning: returning, key: key)
        case .reserved:
            operation = try reserve(amount, by: new.method, on: folio, returning: returning, key: key)
        }
        try addAskedPage(operation, isBooking: true, charging: lines, by: actor)
        return Decision(on: folio, of: tenant, operation: operation)
    }

    /// The lines of a booking as they will be charged. Writes nothing.
    private func booked(_ new: [NewLine], on folio: Folio) throws -> [LineItem] {
        var prices = LinePrices(of: tenant)
        var lines: [LineItem] = []
        for line in new {
            try line.checkDate(on: folio)
            lines.append(try prices.line(line, number: Int64(lines.count + 1), in: self))
        }
        return lines
    }

    private func checkGuest(_ new: NewFolio) throws {
        guard TextRule.folioReference.takes(new.reference) else { throw ServiceRefusal.referenceInvalid }
        guard try folio(new.reference) == nil else { throw ServiceRefusal.referenceTaken(new.reference) }
        if try !waitingFoundObjects(reference: new.reference).isEmpty, let stay = try stay(ofForgotten: new.reference) {
            throw LateChargeRefusal.forgotten(new.reference, stay: stay.reference)
        }
        try TextRule.guestName.check(new.guest.name, orMissing: ServiceRefusal.guestNameMissing)
        guard TextRule.languageCode.takes(new.guest.language) else { throw ServiceRefusal.languageInvalid(new.guest.language) }
        if let email = new.guest.email, !TextRule.email.takes(email) { throw ServiceRefusal.emailInvalid(email) }
        guard new.departure >= new.arrival else { throw ServiceRefusal.departureBeforeArrival }
    }

    /// What is reserved or taken, and how it came about if the booking gives no amount.
    private func amount(of new: NewFolio) throws -> (Money, HoldProposal?) {
        let proposal = try new.booked.proposal(
            from: new.arrival, to: new.departure, new.mode,
            extrasPerNight: tenant.extrasPerNight)
        let amount =
            switch new.booked {
            case .amount(let amount): amount
            case .nights: proposal?.total ?? .zero(tenant.currency)
            }
        guard amount.currency == tenant.currency else { throw MoneyError.currencyMismatch(tenant.currency, amount.currency) }
        if new.mode == .direct || !amount.isZero { try amount.checkForStripe(tenant) }
        try checkMethod(new, amount)
        try checkCeiling(new, amount)
        return (amount, proposal)
    }

    private func checkCeiling(_ new: NewFolio, _ amount: Money) throws {
        guard let ceiling = new.ceiling else { return }
        guard ceiling.currency == tenant.currency else { throw MoneyError.currencyMismatch(tenant.currency, ceiling.currency) }
        guard new.source == .reservation, new.method == .card else { throw ServiceRefusal.ceilingWithoutCard }
        guard (0...Money.largest).contains(ceiling.minorUnits) else { throw MoneyError.overflow }
        guard new.mode == .direct || ceiling.minorUnits >= amount.minorUnits else { throw ServiceRefusal.ceilingTooLow(amount) }
    }

    private func checkMethod(_ new: NewFolio, _ amount: Money) throws {
        guard Ledger.PaymentMethod.offered.contains(new.method) else { throw ServiceRefusal.methodUnknown(new.method.rawValue) }
        let today = now.day(in: tenant.timeZone)
        if new.mode == .reserved {
            guard new.source == .reservation else { throw ServiceRefusal.reservedOnlyForReservations }
            guard new.method.canHold else { throw ServiceRefusal.methodCannotHold(new.method) }
            guard new.method == .card || !amount.isZero else { throw ServiceRefusal.methodCannotBeSaved(new.method) }
            guard new.departure >= today else { throw ServiceRefusal.stayEnded(new.departure) }
            let days = StripeLimits.holdDays(new.method)
            guard new.method == .card || today.days(until: new.departure) < days else {
                throw ServiceRefusal.tooFarAheadForMethod(new.method, days: days)
            }
        }
        try check(new.method)
    }
}
