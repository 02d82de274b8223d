import Foundation
import Ledger

/// A folio that accounting has to settle, however old it is.
package struct OpenItem: Sendable {
    /// Why it is open. The words are what programs see.
    package enum Why: String, Sendable, CaseIterable {
        /// Closed, and the guest still owes something.
        case closedUnpaid = "closed_unpaid"
        /// Closed, and the guest's bank has taken back what was paid: it is owed again.
        case withdrawn
        /// Closed, and what was refunded was set aside.
        case closedSetAside = "closed_set_aside"
        /// Closed, and more was paid than charged, which cannot be refunded through Stripe.
        case openCredit = "open_credit"
        /// Closed, and more was paid than charged.
        case overpaid
        /// Not closed, and the guest should have left; of an order, from the next day on.
        case notClosed = "not_closed"
        /// The guest has a link to pay at check-out.
        case awaitingGuest = "awaiting_guest"
    }

    /// Without lines, holds, payments and refunds.
    package let folio: Folio
    /// As of the moment of reading.
    package let totals: FolioTotals
    /// What the guest owes, negative when the guest is owed something: now, or at the end of the day that was asked for.
    package let open: Money
    /// Since when it is open: the day on which it was closed or charged late, or the departure.
    package let since: Day
    /// For so many days, until today or the day that was asked for; zero for a departure that is still to come.
    package let days: Int
    /// What keeps it open.
    package let why: Why
    /// The day at whose end it was open; nil for now.
    package let asOf: Day?

    /// Where it comes from.
    package var month: Month { since.month }

    /// What is open now.
    init(_ summary: FolioSummary, in zone: TimeZone, today: Day) {
        (folio, totals, open, asOf) = (summary.folio, summary.totals, summary.totals.open, nil)
        since = Self.since(summary.folio, isClosed: true, in: zone)
        days = max(0, since.days(until: today))
        why =
            switch summary.folio.state {
            case .awaitingGuest: .awaitingGuest
            case .open, .closing: .notClosed
            case .checkedOut, .cancelled, .noShow:
                if summary.totals.openCredit.isPositive {
                    .openCredit
                } else if summary.totals.open.isNegative {
                    .overpaid
                } else if summary.totals.withdrawn.minorUnits > summary.totals.writtenOff.minorUnits {
                    .withdrawn
                } else {
                    summary.totals.setAside.isZero ? .closedUnpaid : .closedSetAside
                }
            }
    }

    /// What was open at the end of a day.
    ///
    /// - Parameters:
    ///   - open: The balance of the folio's account then.
    ///   - atStake: What banks had taken back of it by then, and was not written off.
    ///   - isClosed: Whether the folio was closed by then.
    init(_ summary: FolioSummary, open: Money, atStake: Money, isClosed: Bool, asOf day: Day, in zone: TimeZone) {
        (folio, totals, self.open, asOf) = (summary.folio, summary.totals, open, day)
        since = Self.since(summary.folio, isClosed: isClosed, in: zone)
        days = max(0, since.days(until: day))
        why =
            if !isClosed {
                summary.folio.state == .awaitingGuest ? .awaitingGuest : .notClosed
            } else if open.isNegative {
                .overpaid
            } else {
                atStake.isPositive ? .withdrawn : .closedUnpaid
            }
    }

    private static func since(_ folio: Folio, isClosed: Bool, in zone: TimeZone) -> Day {
        let charged = folio.stay.map { _ in folio.openedAt.day(in: zone) }
        return (isClosed ? folio.closedAt?.day(in: zone) : nil) ?? charged ?? folio.departure
    }
}
