import Ledger
internal import LedgerStore

/// What accounting needs in addition to the statement of a month.
package struct MonthView: Sendable {
    /// Whose month it is.
    package let tenant: Tenant
    /// As it was closed, or as it stands now.
    package let statement: Statement
    /// The month that the tenant's calendar shows now.
    package let current: Month
    /// The first month that can be chosen: of the tenant's books.
    package let first: Month
    /// The first month that is not closed. Months are closed in order, so it is the next one to close.
    package let firstOpen: Month
    /// Movements that nothing explains, of any month, until they are assigned: the oldest first.
    package let unexplained: Part<UnexplainedMovement>
    /// Movements of this month that are assigned to an account.
    package let assigned: Part<UnexplainedMovement>
    /// What is in suspense, by Stripe's type.
    package let suspense: [SuspenseTotal]
    /// What one of Stripe's lists could not show, and nobody has dismissed: no month is closed.
    package let unreadable: [UnreadableObject]
    /// What moved on the account in currencies that the books are not kept in.
    package let otherCurrencies: [OtherCurrency]
    /// Twelve months that end with this one, those without movement included.
    package let series: [MonthVolume]
    /// Made in this month, in any state.
    package let refunds: Part<RefundDetails>
    /// Begun at Stripe in this month, and those begun before that are not over; inquiries too.
    package let disputes: Part<DisputeDetails>
    /// Made by Stripe in this month, in any state.
    package let payouts: Part<Payout>
    /// Reported by banks in this month, also those that are over.
    package let fraudWarnings: Part<FraudWarningDetails>
    /// Closed in this month or before, and their account does not balance now: open credits among them.
    package let unsettled: Part<OpenItem>
    /// Not closed, although the guest should have left or has ordered in this month or before, has a link to pay, or was charged late, and their
    /// account does not balance.
    package let overdue: Part<OpenItem>

    /// The month in which a dispute began.
    package func month(of dispute: Dispute) -> Month { dispute.created.day(in: tenant.timeZone).month }
}

/// A list of a month's page.
package enum MonthList: String, Sendable, CaseIterable {
    case unexplained, assigned, refunds, disputes, fraudWarnings = "warnings", unsettled, overdue, payouts
}

extension LedgerService {
    /// - Parameters:
    ///   - month: `nil` for the current one.
    ///   - window: Which part of each list is looked at.
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`; `TenantNotFound`.
    package func monthView(
        _ month: Month? = nil, of tenantID: String, _ window: (MonthList) -> Window = { _ in Window(limit: 100) }
    ) throws -> MonthView {
        try store.read(of: tenantID) { book in
            let current = book.now.day(in: book.tenant.timeZone).month
            let month = month ?? current
            guard month <= current else { throw ServiceRefusal.monthNotBegun(month) }
            guard let statement = try book.statement(month: month) else {
                throw ServiceRefusal.monthBeforeTenant(month)
            }
            let start = month.firstDay.start(in: book.tenant.timeZone)
            let end = month.next.firstDay.start(in: book.tenant.timeZone)
            var months = [month]
            while months.count < 12 { months.insert(months[0].firstDay.adding(days: -1).month, at: 0) }
            let known = try book.volumes(from: months[0], through: month)
            let nothing = Money.zero(book.tenant.currency)
            let today = book.now.day(in: book.tenant.timeZone)
            return MonthView(
                tenant: book.tenant, statement: statement, current: current, first: try book.firstMonth(),
                firstOpen: try book.firstOpenMonth(),
                unexplained: try book.openMovements(before: end, window(.unexplained)),
                assigned: try book.assignedMovements(from: start, before: end, window(.assigned)),
                suspense: try book.suspenseTotals(before: end),
                unreadable: try book.waitingUnreadableObjects(), otherCurrencies: try book.otherCurrencies(),
                series: months.map { month in
                    known.first { $0.month == month } ?? MonthVolume(month: month, volume: nothing, fees: nothing)
                }, refunds: try book.refunds(from: start, before: end, window(.refunds)),
                disputes: try book.disputes(from: start, before: end, window(.disputes)),
                payouts: try book.payouts(from: start, before: end, window(.payouts)),
                fraudWarnings: try book.fraudWarnings(from: start, before: end, window(.fraudWarnings)),
                unsettled: try book.unsettledFolios(closedBefore: end, window(.unsettled)).map { try book.openItems($0) },
                overdue: try book.overdueUnsettledFolios(
                    before: min(today, month.next.firstDay), linksBefore: month.next.firstDay, window(.overdue)
                ).map { try book.openItems($0) })
        }
    }

    /// What of a month and of those before is still open now: what is closed and does not balance, and then what is not closed.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`; `TenantNotFound`.
    package func openItems(_ month: Month, of tenantID: String) throws -> [OpenItem] {
        let view = try monthView(month, of: tenantID) { list in
            switch list {
            case .unsettled, .overdue: Window(limit: .max)
            case .unexplained, .assigned, .refunds, .disputes, .fraudWarnings, .payouts: Window(limit: 1)
            }
        }
        return view.unsettled.elements + view.overdue.elements
    }

    /// What was open at the end of a day: folios that were closed by then and did not balance, and then orders and late charges that were not
    /// closed, and stays whose guest should have left or had a link to pay. Of today, what is open now.
    ///
    /// - Parameter day: In the tenant's time zone; `nil` for today.
    /// - Throws: `ServiceRefusal.dayNotBegun`; `TenantNotFound`.
    package func openItems(asOf day: Day?, of tenantID: String) throws -> [OpenItem] {
        try store.read(of: tenantID) { book in
            let zone = book.tenant.timeZone
            let today = book.now.day(in: zone)
            let day = day ?? today
            guard day <= today else { throw ServiceRefusal.dayNotBegun(day) }
            let end = day.adding(days: 1).start(in: zone)
            let found = try book.openAccounts(asOf: day, endingAt: end).compactMap { folio, open -> OpenItem? in
                let isClosed = folio.closedAt.map { $0 < end } ?? false
                // Whoever leaves or orders today may still settle it; a late charge is due when it is made.
                let isDue = folio.stay != nil || folio.departure < min(today, day.adding(days: 1))
                guard isClosed || isDue || folio.state == .awaitingGuest else { return nil }
                return OpenItem(
                    try book.summary(of: folio), open: open, atStake: try book.atStake(on: folio, asOf: day), isClosed: isClosed, asOf: day,
                    in: zone)
            }
            return found.filter { $0.isClosed(by: end) } + found.filter { !$0.isClosed(by: end) }
        }
    }
}

extension OpenItem {
    fileprivate func isClosed(by end: Instant) -> Bool { folio.closedAt.map { $0 < end } ?? false }
}

extension Book {
    fileprivate func openItems(_ folios: [Folio]) throws -> [OpenItem] {
        let today = now.day(in: tenant.timeZone)
        return try summaries(of: folios).map { OpenItem($0, in: tenant.timeZone, today: today) }
    }
}
