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

    /// Closes a month permanently and posts its platform fee. Movements that become known later appear in the next open month.
    ///
    /// - Throws: `ServiceRefusal.monthNotOver`, `.monthClosed`, `.earlierMonthOpen`, `.monthNotSynced`, `.monthUnsettled`.
    package func closeMonth<Answer>(
        _ month: Month, of tenantID: String, by actor: String, once: Once<Statement, Answer> = Once<Statement, Statement>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { try $0.closeMonth(month, by: actor) }
    }

    /// Closes a month for every tenant whose month can be closed; what keeps the others from it is told. Tenants that did not exist yet are
    /// left out.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`.
    package func closeMonths<Answer>(
        _ month: Month, by actor: String, once: Once<MonthClosing, Answer> = Once<MonthClosing, MonthClosing>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            var closing = MonthClosing()
            for tenant in try transaction.tenants() {
                do {
                    try transaction.withBook(of: tenant) { book in
                        let statement = try book.begunStatement(month)
                        guard statement.closedAt == nil else { return closing.closedBefore.append(statement) }
                        do { closing.closed.append(try book.closeMonth(month, by: actor)) } catch let refusal as ServiceRefusal {
                            // Refused before anything was written.
                            closing.left.append(MonthClosing.Left(statement: statement, refusal: refusal))
                        }
                    }
                } catch ServiceRefusal.monthBeforeTenant {
                    continue
                }
            }
            return closing
        }
    }
}

/// What came of closing a month for all tenants. Each list is by tenant.
package struct MonthClosing: Sendable {
    /// A tenant whose month stays open.
    package struct Left: Sendable {
        /// As it stands.
        package let statement: Statement
        /// Why it was not closed.
        package let refusal: ServiceRefusal
    }

    /// Closed just now.
    package internal(set) var closed: [Statement] = []
    /// Closed already.
    package internal(set) var closedBefore: [Statement] = []
    /// Not closed, each with the reason.
    package internal(set) var left: [Left] = []

    /// Every tenant's, by tenant.
    package var statements: [Statement] {
        (closed + closedBefore + left.map(\.statement)).sorted { $0.tenant.utf8.lexicographicallyPrecedes($1.tenant.utf8) }
    }
}

extension Book {
    /// What keeps a month that is over from being closed, apart from its place among the others.
    ///
    /// - Returns: `nil` when it can be closed.
    func obstacle(toClosing month: Month) throws -> ServiceRefusal? {
        let end = month.next.firstDay.start(in: tenant.timeZone)
        if try hasStripeAccount() {
            let read = try lastReading()
            guard let read, read >= end else { return .monthNotSynced(month) }
        }
        let obstacles = try monthObstacles(month)
        return obstacles.isEmpty ? nil : .monthUnsettled(month, obstacles)
    }

    fileprivate func closeMonth(_ month: Month, by actor: String) throws -> Statement {
        let statement = try begunStatement(month)
        guard month < now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotOver(month) }
        guard statement.closedAt == nil else { throw ServiceRefusal.monthClosed(month) }
        if let open = try firstOpenMonth(), open < month { throw ServiceRefusal.earlierMonthOpen(open) }
        if let obstacle = try obstacle(toClosing: month) { throw obstacle }
        return try close(statement, by: actor)
    }

    fileprivate func begunStatement(_ month: Month) throws -> Statement {
        guard month <= now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotBegun(month) }
        guard let statement = try statement(month: month) else { throw ServiceRefusal.monthBeforeTenant(month) }
        return statement
    }
}
