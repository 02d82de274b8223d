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

    /// Closes a month permanently. Movements that become known later appear in the next open month.
    ///
    /// - Throws: `ServiceRefusal.monthNotOver`, `.monthClosed`, `.earlierMonthOpen`, `.monthNotSynced`, `.monthUnsettled`.
    package func closeMonth<Answer>(
        _ month: Month, of tenantID: String, by actor: String, once: Once<Statement, Answer> = Once<Statement, Statement>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { try $0.closeMonth(month) }
    }

    /// Closes a month for every tenant whose month can be closed; what keeps the others from it is told, also where something is wrong with a
    /// tenant's books. Tenants that did not exist yet are left out.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`; an accident with the whole file, and then no month is closed.
    package func closeMonths<Answer>(
        _ month: Month, by actor: String, once: Once<MonthClosing, Answer> = Once<MonthClosing, MonthClosing>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            var closing = MonthClosing()
            for tenant in try transaction.tenants() {
                let outcome = try transaction.attempt { try $0.withBook(of: tenant) { try $0.closeMonthUnlessClosed(month) } }
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

    fileprivate func closeMonthUnlessClosed(_ month: Month) throws -> ClosedMonth {
        let statement = try begunStatement(month)
        return statement.closedAt == nil ? .closed(try closeMonth(month)) : .closedBefore(statement)
    }

    fileprivate func closeMonth(_ month: Month) throws -> Statement {
        let statement = try begunStatement(month)
        guard month < now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotOver(month) }
        guard statement.closedAt == nil else { throw ServiceRefusal.monthClosed(month) }
        let open = try firstOpenMonth()
        if open < month { throw ServiceRefusal.earlierMonthOpen(open) }
        if let obstacle = try obstacle(toClosing: month) { throw obstacle }
        return try close(statement)
    }

    fileprivate func begunStatement(_ month: Month) throws -> Statement {
        guard month <= now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotBegun(month) }
        guard let statement = try statement(month: month) else { throw ServiceRefusal.monthBeforeTenant(month) }
        return statement
    }
}
