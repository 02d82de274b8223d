import Ledger
internal import LedgerStore

extension LedgerAccess {
    /// Lets a person in.
    ///
    /// - Parameters:
    ///   - name: Stands in the journal as `user:anna`; capital letters become small ones.
    ///   - tenantID: nil for role `operator`, and only for it.
    ///   - password: Kept as yescrypt.
    ///   - isConfirmed: Whether the caller has typed the password again for this: the audit says so.
    /// - Throws: `AccessRefusal`; `TenantNotFound`.
    package func addUser(
        _ name: String, role: Role, tenant tenantID: String?, password: String, isConfirmed: Bool = false, by caller: Caller
    ) async throws -> AppUser {
        try caller.requireAccess(to: tenantID)
        let name = try AccessName.checked(name)
        let free: @Sendable (borrowing Transaction) throws -> Tenant? = { transaction in
            let tenant = try transaction.place(for: role, in: tenantID)
            guard try transaction.user(name, of: tenant) == nil else { throw AccessRefusal.userExists(name) }
            return tenant
        }
        _ = try store.read(free)
        let hash = try await passwords.hash(PasswordRule.checked(password, of: name), at: .of(caller))
        return try await store.write { transaction in
            let tenant = try free(transaction)
            let number = try transaction.addUser(name, role: role, of: tenant, passwordHash: hash, by: caller.actor)
            try transaction.audit(
                NewAuditEntry(.userAdded, "\(name) (\(role.rawValue))", isConfirmed: isConfirmed), of: tenant, by: caller.actor)
            return try transaction.user(number)!
        }
    }

    /// All users ever added, disabled ones too.
    ///
    /// - Parameter tenantID: nil for everybody's, the operator's among them.
    /// - Throws: `AccessRefusal.notAllowed`; `TenantNotFound`.
    package func users(of tenantID: String?, by caller: Caller) throws -> [AppUser] {
        try caller.requireAccess(to: tenantID)
        return try store.read { transaction in
            guard let tenantID else { return try transaction.users() }
            let tenant = try transaction.knownTenant(tenantID)
            return try transaction.users(of: tenant)
        }
    }

    /// Sets somebody's password, and logs that person out everywhere.
    ///
    /// - Parameter isConfirmed: As for `addUser`.
    /// - Throws: `AccessRefusal`; `TenantNotFound`.
    package func setPassword(
        of name: String, tenant tenantID: String?, to password: String, isConfirmed: Bool = false, by caller: Caller
    ) async throws {
        try caller.requireAccess(to: tenantID)
        let name = try AccessName.checked(name)
        _ = try store.read { try $0.activeUser(name, of: tenantID) }
        let hash = try await passwords.hash(PasswordRule.checked(password, of: name), at: .of(caller))
        try await store.write { transaction in
            let user = try transaction.activeUser(name, of: tenantID)
            try transaction.setPasswordHash(hash, of: user)
            try transaction.endSessions(of: user)
            // A user who forgot the old password can use the new one at once.
            try transaction.forgetLoginFailures(of: LoginLimits.login(name, tenant: tenantID))
            let tenant = try tenantID.map { try transaction.knownTenant($0) }
            try transaction.audit(NewAuditEntry(.passwordSet, name, isConfirmed: isConfirmed), of: tenant, by: caller.actor)
        }
    }

    /// Keeps a person out from now on, for good. Again changes nothing.
    ///
    /// - Throws: `AccessRefusal.notAllowed`, `.userNotFound`; `TenantNotFound`.
    package func disableUser(_ name: String, tenant tenantID: String?, by caller: Caller) async throws {
        try caller.requireAccess(to: tenantID)
        let name = try AccessName.checked(name)
        try await store.write { transaction in
            let user = try transaction.knownUser(name, of: tenantID)
            guard user.disabledAt == nil else { return }
            try transaction.disableUser(user)
            try transaction.endSessions(of: user)
            let tenant = try tenantID.map { try transaction.knownTenant($0) }
            try transaction.audit(NewAuditEntry(.userDisabled, name, isConfirmed: false), of: tenant, by: caller.actor)
        }
    }
}

extension Transaction {
    /// - Throws: `AccessRefusal.userNotFound`; `TenantNotFound`.
    func knownUser(_ name: String, of tenantID: String?) throws -> AppUser {
        let tenant = try tenantID.map { try knownTenant($0) }
        guard let user = try user(name, of: tenant) else { throw AccessRefusal.userNotFound(name) }
        return user
    }

    /// - Throws: `AccessRefusal.userDisabled` also.
    fileprivate func activeUser(_ name: String, of tenantID: String?) throws -> AppUser {
        let user = try knownUser(name, of: tenantID)
        guard user.disabledAt == nil else { throw AccessRefusal.userDisabled(name) }
        return user
    }
}
