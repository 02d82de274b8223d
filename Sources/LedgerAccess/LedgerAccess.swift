import Glibc
import Ledger
package import LedgerStore

/// Who may come in: users, their sessions and passwords, and API tokens of one ledger file. It knows no folios and no Stripe.
package struct LedgerAccess: Sendable {
    let store: Database
    let random: RandomSource
    let liveTokens: TokenCache
    let passwords: PasswordHasher

    /// - Parameters:
    ///   - store: The ledger's file.
    ///   - random: Where tokens, session secrets and salts come from.
    ///   - steady: Never set back, and moved by nothing but time: for how long a token is remembered.
    package init(store: Database, random: RandomSource, steady: @escaping Clock = steadyClock) {
        self.store = store
        self.random = random
        liveTokens = TokenCache(steady: steady)
        passwords = PasswordHasher(random: random)
    }
}

/// Milliseconds since the machine was started.
package let steadyClock: Clock = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}

extension Caller {
    /// Names of the operator's and of a tenant's may be the same, and both can stand in one journal.
    init(_ token: APIToken) {
        self.init(
            actor: (token.tenant == nil ? "operator-token:" : "token:") + token.name, role: token.role, tenant: token.tenant)
    }

    init(_ user: AppUser) {
        self.init(actor: (user.tenant == nil ? "operator:" : "user:") + user.name, role: user.role, tenant: user.tenant)
    }

    /// - Parameter tenantID: nil for what belongs to all tenants together.
    /// - Throws: `AccessRefusal.notAllowed`; `TenantNotFound` for a tenant that this caller is not to know of.
    package func require(_ right: Right, of tenantID: String?) throws {
        switch asks(for: right, of: tenantID) {
        case .allowed: return
        case .forbidden: throw AccessRefusal.notAllowed(role)
        case .unseen: throw TenantNotFound(id: tenantID ?? "")
        }
    }

    /// Tokens and users: a tenant's are its admin's, all others the operator's.
    func requireAccess(to tenantID: String?) throws {
        try require(tenantID == nil ? .runTenants : .manageAccess, of: tenantID)
    }
}

extension Transaction {
    /// - Throws: `TenantNotFound`; `AccessRefusal.roleNeedsTenant`, `.operatorHasNoTenant`.
    func place(for role: Role, in tenantID: String?) throws -> Tenant? {
        let tenant = try tenantID.map { try knownTenant($0) }
        if role == .operator, tenant != nil { throw AccessRefusal.operatorHasNoTenant }
        if role != .operator, tenant == nil { throw AccessRefusal.roleNeedsTenant(role) }
        return tenant
    }
}
