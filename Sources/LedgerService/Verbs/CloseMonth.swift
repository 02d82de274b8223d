import Ledger
internal import LedgerStore

extension LedgerService {
    /// One tenant's month, as it was closed or as it stands now.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`, `.monthBeforeTenant`, `.tenantNotFound`.
    package func statement(_ month: Month, of tenantID: String) throws -> Statement {
        try store.read { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            return try transaction.begunStatement(month, of: tenant)
        }
    }

    /// Every tenant's month, by tenant; those that were not there yet are left out.
    ///
    /// - Throws: `ServiceRefusal.monthNotBegun`.
    package func statements(_ month: Month) throws -> [Statement] {
        try store.read { transaction in
            try transaction.tenants().compactMap { tenant in
                do {
                    return try transaction.begunStatement(month, of: tenant)
                } catch ServiceRefusal.monthBeforeTenant {
                    return nil
                }
            }
        }
    }

    /// Closes a month for good and posts its platform fee. Movements that become known later appear in the next open month.
    ///
    /// - Throws: `ServiceRefusal.monthNotOver`, `.monthClosed`, `.earlierMonthOpen`.
    package func closeMonth(_ month: Month, of tenantID: String, by actor: String) async throws -> Statement {
        try await decide { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            let statement = try transaction.begunStatement(month, of: tenant)
            guard month < transaction.now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotOver(month) }
            guard statement.closedAt == nil else { throw ServiceRefusal.monthClosed(month) }
            if let open = try transaction.firstOpenMonth(of: tenant), open < month { throw ServiceRefusal.earlierMonthOpen(open) }
            return try transaction.close(statement, by: actor, of: tenant)
        }
    }
}

extension Transaction {
    fileprivate func begunStatement(_ month: Month, of tenant: Tenant) throws -> Statement {
        guard month <= now.day(in: tenant.timeZone).month else { throw ServiceRefusal.monthNotBegun(month) }
        guard let statement = try statement(of: tenant, month: month) else { throw ServiceRefusal.monthBeforeTenant(month) }
        return statement
    }
}
