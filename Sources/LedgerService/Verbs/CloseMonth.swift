import Foundation
import Ledger
internal import LedgerStore

extension LedgerService {
    /// One tenant's month, as it was closed or as it stands now.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`; `TenantNotFound`.
    package func statement(_ month: Month, of tenantID: String) throws -> Statement {
        try store.read(of: tenantID) { book in
            try book.begunStatement(month)
        }
    }

    /// Every tenant's month, by tenant; tenants that did not exist yet are left out.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`.
    package func statements(_ month: Month) throws -> [Statement] {
        try store.read { transaction in
            try transaction.tenants().compactMap { tenant in
                do {
                    return try transaction.withBook(of: tenant) { try $0.begunStatement(month) }
                } catch ServiceRefusal.monthBeforeTenant {
                    return nil
                }
            }
        }
    }

    /// What is looked at before a month is closed, as it stands now; of a closed month, what would be looked at.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`; `TenantNotFound`.
    package func closingChecklist(_ month: Month, of tenantID: String) throws -> ClosingChecklist {
        try store.read(of: tenantID) { book in
            _ = try book.begunStatement(month)
            return try book.checklist(month)
        }
    }

    /// Closes a month permanently. Movements that become known later appear in the next open month.
    ///
    /// - Parameter reason: Why it is closed over what is not in order, in a person's words; it is kept and printed on the statement. `nil` where
    ///   all is in order.
    /// - Throws: `ServiceRefusal.monthNotOver`, `.monthClosed`, `.earlierMonthOpen`, `.monthNotSynced`, `.monthUnsettled`, `.clearingDiffers`,
    ///   `.closingReasonMissing`.
    package func closeMonth<Answer>(
        _ month: Month, of tenantID: String, reason: String? = nil, by actor: String,
        once: Once<Statement, Answer> = Once<Statement, Statement>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { try $0.closeMonth(month, reason: reason, by: actor) }
    }

    /// Closes a month for every tenant whose month can be closed; what keeps the others from it is told, also where something is wrong with a
    /// tenant's books. Tenants that did not exist yet are left out.
    ///
    /// - Parameter reason: As for one tenant; it is kept for each month that is closed over something.
    /// - Throws: `ServiceRefusal.monthNotBegun`; an accident with the whole file, and then no month is closed.
    package func closeMonths<Answer>(
        _ month: Month, reason: String? = nil, by actor: String, once: Once<MonthClosing, Answer> = Once<MonthClosing, MonthClosing>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            var closing = MonthClosing()
            for tenant in try transaction.tenants() {
                let outcome = try transaction.attempt {
                    try $0.withBook(of: tenant) { try $0.closeMonthUnlessClosed(month, reason: reason, by: actor) }
                }
                switch outcome {
                case .success(.closed(let statement)): closing.closed.append(statement)
                case .success(.closedBefore(let statement)): closing.closedBefore.append(statement)
                case .failure(ServiceRefusal.monthBeforeTenant): continue
                case .failure(ServiceRefusal.monthNotBegun(let month)): throw ServiceRefusal.monthNotBegun(month)
                case .failure(let error):
                    let statement = try transaction.attempt { try $0.withBook(of: tenant) { try $0.statement(month: month) } }
                    closing.left.append(MonthClosing.Left(tenant, error, month, statement: try? statement.get()))
                }
            }
            return closing
        }
    }

    /// The months of those tenants whose books can be read, as `statements(_:)`, and why the others' cannot.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`; an accident with the whole file.
    package func readableStatements(_ month: Month) throws -> (statements: [Statement], unread: [MonthClosing.Left]) {
        try store.read { transaction in
            var (statements, unread): ([Statement], [MonthClosing.Left]) = ([], [])
            for tenant in try transaction.tenants() {
                switch try transaction.attempt({ try $0.withBook(of: tenant) { try $0.begunStatement(month) } }) {
                case .success(let statement): statements.append(statement)
                case .failure(ServiceRefusal.monthBeforeTenant): continue
                case .failure(let refusal as ServiceRefusal): throw refusal
                case .failure(let error): unread.append(MonthClosing.Left(tenant, error, month, statement: nil))
                }
            }
            return (statements, unread)
        }
    }
}

/// What came of closing a month for all tenants. Each list is by tenant.
package struct MonthClosing: Sendable {
    /// A tenant whose month stays open.
    package struct Left: Sendable {
        /// The tenant's id.
        package let tenant: String
        /// The tenant's name.
        package let tenantName: String
        /// As it stands; `nil` where it cannot be read.
        package let statement: Statement?
        /// Why it was not closed.
        package let refusal: ServiceRefusal

        fileprivate init(_ tenant: Tenant, _ error: any Error, _ month: Month, statement: Statement?) {
            (self.tenant, tenantName, self.statement) = (tenant.id, tenant.name, statement)
            refusal = error as? ServiceRefusal ?? .monthFailed(month, tenant: tenant.id, why: Self.words(of: error))
        }

        /// What SQLite or a rule said. Where the file lies is for the log.
        private static func words(of error: any Error) -> String {
            let words = (error as? StoreRefusal)?.facts?.message ?? (error as? StoreError)?.message ?? plainWords(of: error)
            return words.hasSuffix(".") ? String(words.dropLast()) : words
        }
    }

    /// Closed just now.
    package internal(set) var closed: [Statement] = []
    /// Closed already.
    package internal(set) var closedBefore: [Statement] = []
    /// Not closed, each with the reason.
    package internal(set) var left: [Left] = []

    /// Every tenant's that can be read, by tenant.
    package var statements: [Statement] {
        (closed + closedBefore + left.compactMap(\.statement)).sorted { $0.tenant.utf8.lexicographicallyPrecedes($1.tenant.utf8) }
    }
}

/// A tenant's month that is closed now.
private enum ClosedMonth {
    case closed(Statement)
    case closedBefore(Statement)
}

extension Book {
    /// What is looked at before the month is closed, as it stands now.
    fileprivate func checklist(_ month: Month) throws -> ClosingChecklist {
        let end = month.next.firstDay.start(in: tenant.timeZone)
        let remarks = try closingRemarks(month)
        var (isRead, clearing) = (true, ClosingCheck(.clearing, count: 0))
        if try hasStripeAccount() {
            // Stripe's own month stands beside the tenant's, and must be whole as well.
            let both = max(end, month.next.firstDay.start(in: .gmt))
            isRead = try lastReading().map { $0 >= both } ?? false
            if let difference = try clearingDifference(month) {
                // What somebody has dismissed may be the difference.
                let isExcused = remarks.contains { $0.kind == .dismissed && !$0.isInOrder }
                clearing = ClosingCheck(.clearing, count: 1, ids: difference.ids, detail: difference.phrase, isExcused: isExcused)
            }
        }
        let obstacles = try monthObstacles(month)
        return ClosingChecklist(
            month: month,
            checks: [
                ClosingCheck(.synced, count: isRead ? 0 : 1),
                ClosingCheck(
                    .settled, count: obstacles.reduce(0) { $0 + $1.count }, ids: obstacles.flatMap(\.ids),
                    detail: obstacles.isEmpty ? nil : obstacles.phrase),
                clearing, try openItemsCheck(month),
            ] + remarks)
    }

    /// What keeps a month that is over from being closed, apart from its place among the others.
    ///
    /// - Returns: `nil` when it can be closed; a reason may be needed.
    func obstacle(toClosing month: Month) throws -> ServiceRefusal? { try obstacle(in: try checklist(month)) }

    private func obstacle(in checklist: ClosingChecklist) throws -> ServiceRefusal? {
        guard let blocking = checklist.blocking.first else { return nil }
        return switch blocking.kind {
        case .synced: .monthNotSynced(checklist.month)
        case .settled: .monthUnsettled(checklist.month, try monthObstacles(checklist.month))
        default: .clearingDiffers(checklist.month, blocking.phrase)
        }
    }

    /// - Returns: What the month is closed over; `nil` for nothing.
    /// - Throws: What keeps it open, and `ServiceRefusal.closingReasonMissing`.
    private func remark(onClosing month: Month, reason: String?, by actor: String) throws -> ClosingRemark? {
        let checklist = try checklist(month)
        if let obstacle = try obstacle(in: checklist) { throw obstacle }
        let odd = checklist.toBeClosedOver
        guard !odd.isEmpty else { return nil }
        guard let reason, !reason.allSatisfy(\.isWhitespace) else { throw ServiceRefusal.closingReasonMissing(month, odd) }
        try checkReason(reason)
        return ClosingRemark(
            items: odd.map { ClosingRemark.Item(kind: $0.kind.rawValue, count: Int64($0.count)) }, reason: reason, actor: actor)
    }

    fileprivate func closeMonthUnlessClosed(_ month: Month, reason: String?, by actor: String) throws -> ClosedMonth {
        let statement = try begunStatement(month)
        return statement.closedAt == nil
            ? .closed(try closeMonth(month, reason: reason, by: actor)) : .closedBefore(statement)
    }

    fileprivate func closeMonth(_ month: Month, reason: String?, by actor: String) throws -> Statement {
        let statement = try begunStatement(month)
        guard month < now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotOver(month) }
        guard statement.closedAt == nil else { throw ServiceRefusal.monthClosed(month) }
        let open = try firstOpenMonth()
        if open < month { throw ServiceRefusal.earlierMonthOpen(open) }
        return try close(statement, over: try remark(onClosing: month, reason: reason, by: actor))
    }

    func begunStatement(_ month: Month) throws -> Statement {
        guard month <= now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotBegun(month) }
        guard let statement = try statement(month: month) else { throw ServiceRefusal.monthBeforeTenant(month) }
        return statement
    }
}
