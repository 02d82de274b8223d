import Ledger
internal import LedgerStore

extension LedgerAccess {
    /// Makes a token for a program. Its secret is returned here and never again: only its SHA-256 is kept.
    ///
    /// - Parameters:
    ///   - name: Stands in the journal as `token:shop`.
    ///   - tenantID: nil for role `operator`, and only for it.
    ///   - expires: nil for a token that is good until it is revoked.
    ///   - isConfirmed: Whether the caller has typed the password again for this: the audit says so.
    /// - Throws: `AccessRefusal.notAllowed`, `.nameInvalid`, `.tokenNameTaken`, `.roleNeedsTenant`, `.operatorHasNoTenant`,
    ///   `.expiryPassed`; `TenantNotFound`.
    package func issueToken(
        name: String, role: Role, tenant tenantID: String?, expires: Instant? = nil, isConfirmed: Bool = false, by caller: Caller
    ) async throws -> (token: APIToken, secret: Secret) {
        try caller.requireAccess(to: tenantID)
        let name = try AccessName.checked(name)
        let secret = OpaqueSecret.make(prefix: OpaqueSecret.tokenPrefix, from: random)
        let token = try await store.write { transaction in
            let tenant = try transaction.place(for: role, in: tenantID)
            guard expires.map({ $0 > transaction.now }) ?? true else { throw AccessRefusal.expiryPassed }
            guard try !transaction.hasLiveToken(named: name, of: tenant) else { throw AccessRefusal.tokenNameTaken(name) }
            let number = try transaction.addToken(
                name, role: role, of: tenant, digest: OpaqueSecret.digest(secret.revealed), expires: expires, by: caller.actor)
            try transaction.audit(
                NewAuditEntry(.tokenCreated, "\(name) (\(role.rawValue))", isConfirmed: isConfirmed), of: tenant, by: caller.actor)
            return try transaction.token(number)!
        }
        return (token, secret)
    }

    /// All tokens ever issued, revoked and expired ones too.
    ///
    /// - Parameter tenantID: nil for everybody's, the operator's among them.
    /// - Throws: `AccessRefusal.notAllowed`; `TenantNotFound`.
    package func tokens(of tenantID: String?, by caller: Caller) throws -> [APIToken] {
        try caller.requireAccess(to: tenantID)
        return try store.read { transaction in
            guard let tenantID else { return try transaction.tokens() }
            let tenant = try transaction.knownTenant(tenantID)
            return try transaction.tokens(of: tenant)
        }
    }

    /// Ends a token for good: here at once, in other processes within a second. Again changes nothing.
    ///
    /// - Throws: `AccessRefusal.tokenNotFound`, also for a token that this caller is not to know of; `.notAllowed`.
    package func revokeToken(_ number: Int64, by caller: Caller) async throws {
        try await store.write { transaction in
            guard let token = try transaction.token(number), caller.tenant == nil || caller.tenant == token.tenant else {
                throw AccessRefusal.tokenNotFound(number)
            }
            try caller.requireAccess(to: token.tenant)
            guard token.revokedAt == nil else { return }
            try transaction.revokeToken(number)
            let tenant = try token.tenant.map { try transaction.knownTenant($0) }
            try transaction.audit(NewAuditEntry(.tokenRevoked, token.name, isConfirmed: false), of: tenant, by: caller.actor)
        }
        liveTokens.forget(number)
    }

    /// Who shows this token; nil for one that is unknown, revoked or expired.
    ///
    /// Made for every request: a token seen within the last second costs a hash and a look into memory. That it was used is written
    /// down once a minute, after this has returned.
    /// - Throws: `StoreRefusal`, `StoreError`.
    package func caller(token text: String) throws -> Caller? {
        guard OpaqueSecret.canBeToken(text) else { return nil }
        let digest = OpaqueSecret.digest(text)
        guard let found = try liveTokens.find(digest) ?? lookUp(digest) else { return nil }
        if let number = found.use {
            // The request does not wait for it. If the write fails, the next verb reports the trouble with the file.
            Task.detached { [store] in try? await store.write { try $0.tokenUsed(number) } }
        }
        return found.caller
    }

    private func lookUp(_ digest: [UInt8]) throws -> TokenCache.Found? {
        do {
            let token = try store.read { transaction in
                try transaction.token(digest: digest).flatMap { $0.isLive(at: transaction.now) ? $0 : nil }
            }
            if let token { return liveTokens.keep(token, digest) }
            liveTokens.forget(digest)
            return nil
        } catch {
            // The file did not answer, so the token is not trusted for another second.
            liveTokens.forget(digest)
            throw error
        }
    }
}
