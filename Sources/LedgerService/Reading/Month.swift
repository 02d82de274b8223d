import Ledger
internal import LedgerStore

/// What accounting looks at beside the statement of a month.
package struct MonthView: Sendable {
    package let tenant: Tenant
    package let statement: Statement
    /// The month that the tenant's calendar shows now.
    package let current: Month
    /// The first month that can be chosen, and the first that is not closed.
    package let first: Month
    package let firstOpen: Month
    /// Twelve months that end with this one, those without movement included.
    package let series: [MonthVolume]
    package let refunds: Part<RefundDetails>
    package let disputes: Part<DisputeDetails>
    /// Closed in this month, and their account does not balance.
    package let unsettled: Part<FolioSummary>
    /// Not closed, although the guest should have left, and their account does not balance.
    package let overdue: Part<FolioSummary>
}

/// A list of a month's page.
package enum MonthList: String, Sendable, CaseIterable { case refunds, disputes, unsettled, overdue }

extension LedgerService {
    /// - Parameters:
    ///   - month: `nil` for the current one.
    ///   - window: Which part of each list is looked at.
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`, `.tenantNotFound`.
    package func monthView(
        _ month: Month? = nil, of tenantID: String, _ window: (MonthList) -> Window = { _ in Window(limit: 100) }
    ) throws -> MonthView {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            let current = transaction.now.day(in: tenant.timeZone).month
            let month = month ?? current
            guard month <= current else { throw ServiceRefusal.monthNotBegun(month) }
            guard let statement = try transaction.statement(of: tenant, month: month) else {
                throw ServiceRefusal.monthBeforeTenant(month)
            }
            let start = month.firstDay.start(in: tenant.timeZone)
            let end = month.next.firstDay.start(in: tenant.timeZone)
            var months = [month]
            while months.count < 12 { months.insert(months[0].firstDay.adding(days: -1).month, at: 0) }
            let known = try transaction.volumes(from: months[0], through: month, of: tenant)
            let nothing = Money.zero(tenant.currency)
            let today = transaction.now.day(in: tenant.timeZone)
            return MonthView(
                tenant: tenant, statement: statement, current: current, first: try transaction.firstMonth(of: tenant) ?? month,
                firstOpen: try transaction.firstOpenMonth(of: tenant) ?? month,
                series: months.map { month in
                    known.first { $0.month == month } ?? MonthVolume(month: month, volume: nothing, fees: nothing)
                }, refunds: try transaction.refunds(from: start, before: end, of: tenant, window(.refunds)),
                disputes: try transaction.disputes(from: start, before: end, of: tenant, window(.disputes)),
                unsettled: try transaction.unsettledFolios(closedFrom: start, before: end, of: tenant, window(.unsettled)).map {
                    try transaction.summaries(of: $0, of: tenant)
                },
                overdue: try transaction.overdueUnsettledFolios(
                    before: min(today, month.next.firstDay), of: tenant, window(.overdue)
                ).map { try transaction.summaries(of: $0, of: tenant) })
        }
    }
}
