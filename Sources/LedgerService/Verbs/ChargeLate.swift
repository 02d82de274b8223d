import Ledger
internal import LedgerStore
import Stripe

/// What came of a late charge.
package struct LateCharged: Sendable {
    /// The late charge's own folio: closed when it is paid, waiting for the guest while the page is open.
    package let view: FolioView
    /// What takes the money; nil while something found at Stripe has to be taken in first.
    package let checkOut: CheckOut?
}

/// What may be charged late on a stay, before anything is.
package struct LateChargeOffer: Sendable {
    /// The stay's folio.
    package let view: FolioView
    /// What the guest has agreed to; nil for nothing.
    package let consent: CardTerms.Late?
    /// The last day on which the card may be charged; nil without a consent.
    package let lastDay: Day?
    /// Why the card is not charged, whatever is charged; nil where it may be.
    package let obstacle: LateCharge.Obstacle?
}

/// What is found after check-out. It is a folio of its own, which is charged and checked out at once: the check-out charges the stay's saved
/// card, makes a payment page where the bank refuses, waits for the guest, and issues the document.
extension LedgerService {
    /// - Parameters:
    ///   - reference: The stay's.
    ///   - way: Whether the saved card is charged, as far as the guest has agreed to that.
    ///   - again: Whether a person knows of the late charge with the same lines that `.repeated` tells of. Who has a key for the request is
    ///     known by that.
    ///   - lines: From the tenant's currency to what was found, each on the stay. A line without a date is one of the stay's last day.
    /// - Throws: `LateChargeRefusal`; `ServiceRefusal.folioNotFound`, `.linesMissing`, `.tooManyLines`, and for the sum what Stripe does not
    ///   take; `RefusedRow` for the first line that `addLine` would refuse; `.stripeUnanswered` and the like.
    package func chargeLate(
        on reference: String, way: LateCharge.Way = .card, again: Bool = false, of tenantID: String, by actor: String,
        key: IdempotencyKey? = nil,
        _ lines: @escaping @Sendable (Currency) throws -> [NewFolioLine]
    ) async throws -> LateCharged {
        let completed = try await performWaiting(key, on: reference, of: tenantID) { tenant, _ in
            if way == .card { try await readCard(ofStay: reference, of: tenant) }
        } deciding: { book in
            let stay = try book.stayForLateCharges(reference)
            try book.requireMayTake(on: stay)
            let lines = try lines(book.tenant.currency)
            guard !lines.isEmpty else { throw ServiceRefusal.linesMissing }
            guard lines.count <= Self.mostLinesAtOnce else { throw ServiceRefusal.tooManyLines(most: Self.mostLinesAtOnce) }
            return try book.chargeLate(lines, on: stay, by: way, mayRepeat: again || key != nil, actor)
        }
        return LateCharged(view: completed.view, checkOut: completed.checkOut)
    }

    /// Reads the stay's card and customer at Stripe, of which the news may not have come: a card that is gone is not charged. A key that may
    /// not ask, or Stripe being silent, hinders nothing.
    private func readCard(ofStay reference: String, of tenant: Tenant) async throws {
        let stay = try store.read(of: tenant) { try $0.knownFolio(reference) }
        guard stay.state == .checkedOut, stay.savedCard != nil else { return }
        do { try await readCard(of: stay, of: tenant) } catch is StripeFailure {}
    }

    /// - Throws: As `chargeLate`, for the stay.
    package func lateChargeOffer(on reference: String, of tenantID: String) throws -> LateChargeOffer {
        try store.read(of: tenantID) { book in
            let stay = try book.stayForLateCharges(reference)
            let consent = try book.lateConsent(of: stay)
            return LateChargeOffer(
                view: try book.view(of: stay), consent: consent, lastDay: consent?.lastDay(after: book.leftOn(stay)),
                obstacle: try book.obstacle(toChargingLate: [], on: stay))
        }
    }
}

extension Book {
    /// A stay that is over, and of which something may be found.
    ///
    /// - Throws: `LateChargeRefusal`; `ServiceRefusal.folioNotFound`, `.checkOutInProgress`, `.folioAwaitingGuest`.
    fileprivate func stayForLateCharges(_ reference: String) throws -> Folio {
        let folio = try knownFolio(reference)
        if let stay = folio.stay { throw LateChargeRefusal.ofLateCharge(reference, stay: stay.reference) }
        guard folio.source == .reservation else { throw LateChargeRefusal.ofOrder(reference) }
        switch folio.state {
        case .checkedOut: return folio
        case .open: throw LateChargeRefusal.stayOpen(reference)
        case .cancelled, .noShow: throw LateChargeRefusal.calledOff(reference, folio.state)
        case .closing, .awaitingGuest: return try openFolio(reference)
        }
    }

    fileprivate func chargeLate(
        _ lines: [NewFolioLine], on stay: Folio, by way: LateCharge.Way, mayRepeat: Bool, _ actor: String
    ) throws -> Decision {
        let folio = try addLateCharge(to: stay, by: way)
        var charging = Charging(of: tenant, by: actor)
        let lastDay = max(leftOn(stay), stay.arrival)
        for new in lines {
            do {
                _ = try charging.charge(new.line.served(by: lastDay), on: folio, in: self)
            } catch let why as any Refusal where !why.isOfTheFile {
                throw RefusedRow(why, at: new.place, nothing: Phrase("Nothing was charged", "Nichts wurde berechnet"))
            }
        }
        let amount = try charged(on: folio).sum
        do { try amount.checkForStripe(tenant) } catch ServiceRefusal.amountBelowMinimum(let least) {
            throw LateChargeRefusal.belowMinimum(least)
        }
        // What was found may be just this charge, of a request that a restored file has forgotten. Then its money is there already.
        let isFound = try !waitingFoundObjects(reference: folio.reference).isEmpty
        if !mayRepeat, !isFound { try requireNew(folio, of: stay) }
        let obstacle = try obstacle(toChargingLate: self.lines(of: folio).chargedCategories, on: stay)
        if way == .card, !isFound, let obstacle, obstacle.isOfConsent { throw LateChargeRefusal.byLinkOnly(obstacle) }
        try transaction.audit(
            NewAuditEntry(.lateCharge, folio.reference, amount: amount.minorUnits, isConfirmed: false), of: tenant, by: actor)
        guard !isFound else {
            try tellFound(on: folio)
            return Decision(on: folio, of: tenant)
        }
        let plan = try CheckOutPlan(try checkOutInput(of: folio))
        let checkOut = try startCheckOut(plan, outcome: .checkedOut, by: actor, of: folio)
        if way == .card, let obstacle { try setNotice(.lateChargeByLink(amount, obstacle.kept, why: nil), of: folio) }
        return Decision(on: folio, of: tenant, checkOut: checkOut)
    }

    /// - Throws: `LateChargeRefusal.repeated` where another late charge has the same lines, and was made a moment ago or is not over.
    private func requireNew(_ folio: Folio, of stay: Folio) throws {
        let lines = try lines(of: folio)
        for other in try lateCharges(of: stay) where other.number != folio.number {
            let age = now.unixSeconds - other.openedAt.unixSeconds
            guard !other.state.isClosed || (other.state == .checkedOut && age < LateCharge.secondsToRepeat) else { continue }
            if try lines.chargesTheSame(as: self.lines(of: other)) { throw LateChargeRefusal.repeated(other.reference, other.state) }
        }
    }

    /// The next late charge of a stay. A booking may have such a reference already: then the number after it is taken.
    private func addLateCharge(to stay: Folio, by way: LateCharge.Way) throws -> Folio {
        var number = try lateCharges(of: stay).count + 1
        while try folio(LateCharge.reference(of: stay.reference, number)) != nil { number += 1 }
        let reference = LateCharge.reference(of: stay.reference, number)
        guard TextRule.folioReference.takes(reference) else { throw LateChargeRefusal.referenceTooLong(stay.reference) }
        let folio = try addFolio(
            reference, source: .lateCharge, guest: stay.guest, arrival: stay.arrival, departure: stay.departure, mode: .direct,
            method: .card, room: stay.room, stay: Folio.Stay(number: stay.number, reference: stay.reference, way: way))
        // A card is charged together with the customer that it belongs to.
        if let customer = stay.customer, try !isLost(customer: customer) { try setCustomer(customer, of: folio) }
        return try knownFolio(folio.reference)
    }

    /// The stay that something was charged late on which has this reference, and which these books have forgotten; nil where no folio that is
    /// missing could be that.
    func stay(ofForgotten reference: String) throws -> Folio? {
        guard try folio(reference) == nil, let stay = try LateCharge.stay(of: reference).flatMap({ try folio($0) }),
            stay.source == .reservation, stay.state == .checkedOut
        else { return nil }
        return stay
    }

    /// The day on which the guest of a closed folio left.
    fileprivate func leftOn(_ stay: Folio) -> Day { stay.leftOn(in: tenant.timeZone) ?? stay.departure }

    /// What the guest of a stay has agreed to, also where the card is not saved any more.
    fileprivate func lateConsent(of stay: Folio) throws -> CardTerms.Late? {
        guard let card = try cardOnFile(of: stay) else { return nil }
        switch card.state {
        case .saved, .removed: return card.terms.late
        // Another card was asked for and did not come: the guest's word about the one before stands.
        case .requested, .failed: return try pastCards(of: stay).last?.terms.late
        }
    }

    /// Why these categories are not taken from the saved card of a stay that is checked out; nil where they may be.
    fileprivate func obstacle(toChargingLate categories: Set<Category>, on stay: Folio) throws -> LateCharge.Obstacle? {
        LateCharge.obstacle(
            toCharging: categories, consent: try lateConsent(of: stay), left: leftOn(stay), today: now.day(in: tenant.timeZone),
            isCardThere: stay.savedCard != nil, bar: try stay.savedCard.flatMap { try bar(ofCard: $0) })
    }

    /// The same for a late charge as it stands now.
    func lateObstacle(on folio: Folio) throws -> LateCharge.Obstacle? {
        guard let number = folio.stay?.number, let stay = try self.folio(number: number) else { return nil }
        return try obstacle(toChargingLate: lines(of: folio).chargedCategories, on: stay)
    }
}

extension NewLine {
    /// - Parameter day: Where no other was given.
    fileprivate func served(by day: Day) -> NewLine {
        NewLine(sku: sku, terms, quantity: quantity, serviceDate: serviceDate ?? day, outsideStay: outsideStay)
    }
}
