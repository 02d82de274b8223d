import Foundation
import Ledger
import LedgerService

/// What the holds of a replay came to: computed from the ledger, and from the times at which Stripe says that holds began and ended.
package struct CoverSummary: Sendable {
    /// Check-outs of stays with a reserved payment.
    package var reservedStays = 0
    /// Those among them that were paid with a Visa.
    package var visaStays = 0
    /// Those among them whose cards refuse renewals.
    package var refusingStays = 0
    /// Holds of such stays that a bank agreed to.
    package var stayAuthorisations = 0
    /// The same of all folios.
    package var authorisations = 0
    /// Those among all that took another one's place over no more than that held.
    package var renewals = 0
    /// Those among all that raised what was held: over more in another one's place, or beside it.
    package var raises = 0
    /// Stays with cards that work that were at some moment from arrival (or booking, if later) to check-out without a live hold.
    package var uncoveredStays = 0
    /// The same of stays whose cards refuse renewals.
    package var uncoveredRefusingStays = 0
    /// Taken by check-outs out of live holds, of stays with and without a reserved payment.
    package var checkOutsFromHolds: Money
    /// Taken by the same from saved cards.
    package var checkOutsFromSavedCards: Money
    /// Charged on folios of stays with a reserved payment.
    package var dueOfStays: Money
    /// What was held at check-out of these beyond that, each by itself.
    package var excessOfHolds: Money

    init(in currency: Currency) {
        checkOutsFromHolds = .zero(currency)
        checkOutsFromSavedCards = .zero(currency)
        dueOfStays = .zero(currency)
        excessOfHolds = .zero(currency)
    }
}

extension CoverSummary {
    mutating func add(_ stay: BookedStay, _ view: FolioView, _ times: HoldTimes) throws {
        let agreed = view.holds.filter(\.authorised.isPositive)
        authorisations += agreed.count
        for hold in agreed { count(hold, among: view.holds) }
        guard view.folio.state == .checkedOut else { return }
        for payment in view.payments {
            switch payment.origin {
            case .capture: checkOutsFromHolds = try checkOutsFromHolds.adding(payment.received)
            case .savedCard: checkOutsFromSavedCards = try checkOutsFromSavedCards.adding(payment.received)
            case .page: break
            }
        }
        guard let presence = stay.presence(in: view.tenant.timeZone) else { return }
        reservedStays += 1
        stayAuthorisations += agreed.count
        if agreed.last?.card?.brand == GuestCard.Brand.visa.rawValue { visaStays += 1 }
        let isUncovered = !StayCover(agreed.compactMap(times.life)).covers(presence)
        if stay.card.refusesSecondHold {
            refusingStays += 1
            uncoveredRefusingStays += isUncovered ? 1 : 0
        } else {
            uncoveredStays += isUncovered ? 1 : 0
        }
        dueOfStays = try dueOfStays.adding(view.totals.charged)
        let excess = try heldAtEnd(view.holds, in: view.tenant.currency).subtracting(view.totals.charged)
        if excess.isPositive { excessOfHolds = try excessOfHolds.adding(excess) }
    }

    private mutating func count(_ hold: Hold, among holds: [Hold]) {
        if let old = holds.first(where: { $0.number == hold.replaces }) {
            if hold.amount.minorUnits > old.authorised.minorUnits { raises += 1 } else { renewals += 1 }
        } else if hold.origin == .savedCard, hold.placeOn == nil {
            raises += 1
        }
    }

    /// What the check-out found: it captures or releases whatever lives.
    private func heldAtEnd(_ holds: [Hold], in currency: Currency) throws -> Money {
        let superseded = holds.superseded
        let live = holds.filter { ($0.state == .captured || $0.state == .released) && !superseded.contains($0.number) }
        return try Money.sum(live.map(\.authorised), in: currency)
    }
}
