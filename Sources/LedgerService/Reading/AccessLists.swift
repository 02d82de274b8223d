import Ledger
import LedgerAccess

/// Who has access to a tenant. Changes are made by `LedgerAccess`, which remembers live tokens; reading needs nothing of that.
extension LedgerService {
    private var access: LedgerAccess { LedgerAccess(store: store, random: random) }

    /// The tenant's users, also those that were disabled.
    ///
    /// - Throws: `AccessRefusal.notAllowed`; `TenantNotFound`.
    package func users(of tenantID: String, by caller: Caller) throws -> [AppUser] { try access.users(of: tenantID, by: caller) }

    /// The tenant's tokens, also those that were revoked, without their secrets.
    ///
    /// - Throws: `AccessRefusal.notAllowed`; `TenantNotFound`.
    package func tokens(of tenantID: String, by caller: Caller) throws -> [APIToken] { try access.tokens(of: tenantID, by: caller) }
}
