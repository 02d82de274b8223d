import Foundation
import Ledger

/// A folio that accounting has to settle, however old it is.
package struct OpenItem: Sendable {
    /// Why it is open. The words are what programs see.
    package enum Why: String, Sendable, CaseIterable {
        /// Closed, and the guest still owes something.
        case closedUnpaid = "closed_unpaid"
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
    /// Since when it is open: the day on which it was closed or charged late, or the departure.
    package let since: Day
    /// For so many days; zero for a departure that is still to come.
    package let days: Int
    /// What keeps it open.
    package let why: Why

    /// Where it comes from.
    package var month: Month { since.month }

    init(_ summary: FolioSummary, in zone: TimeZone, today: Day) {
        (folio, totals) = (summary.folio, summary.totals)
        let charged = summary.folio.stay.map { _ in summary.folio.openedAt.day(in: zone) }
        since = summary.folio.closedAt?.day(in: zone) ?? charged ?? summary.folio.departure
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
                } else {
                    summary.totals.setAside.isZero ? .closedUnpaid : .closedSetAside
                }
            }
    }
}
