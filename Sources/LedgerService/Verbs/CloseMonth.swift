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
    /// - Throws: `ServiceRefusal.monthNotOver`, `.monthClosed`, `.earlierMonthOpen`.
    package func closeMonth<Answer>(
        _ month: Month, of tenantID: String, by actor: String, once: Once<Statement, Answer> = Once<Statement, Statement>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let statement = try book.begunStatement(month)
            guard month < book.now.day(in: book.tenant.timeZone).month else { throw ServiceRefusal.monthNotOver(month) }
            guard statement.closedAt == nil else { throw ServiceRefusal.monthClosed(month) }
            if let open = try book.firstOpenMonth(), open < month { throw ServiceRefusal.earlierMonthOpen(open) }
            return try book.close(statement, by: actor)
        }
    }
}

extension Book {
    fileprivate func begunStatement(_ month: Month) throws -> Statement {
        guard month <= now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotBegun(month) }
        guard let statement = try statement(month: month) else { throw ServiceRefusal.monthBeforeTenant(month) }
        return statement
    }
}
