import Ledger
internal import LedgerStore

/// How many failed logins are allowed.
///
/// They are counted per address, never per user alone: otherwise a stranger could lock a user out on purpose. Guesses from many addresses
/// at once fail because of the length of passwords: each one costs a hash of 20 milliseconds on one thread. Addresses take turns on that
/// thread (`Turns`), so that many strangers do not keep users out.
enum LoginLimits {
    static let minutes: Int64 = 15
    /// One user from one address.
    static let perLogin = 5
    /// Any users from one address: a whole hotel may sit behind it.
    static let perAddress = 50
    /// What tries are counted by: a user, whether there is one or not.
    ///
    /// - Parameter name: In lower case.
    static func login(_ name: String, tenant: String?) -> [UInt8] { SHA256.digest("\(tenant ?? "")\0\(name)".utf8) }

    /// So long a place is known from which somebody has logged in.
    static let knownSeconds: Int64 = 30 * 86_400
}

extension LedgerAccess {
    /// Logs a person in.
    ///
    /// Unknown tenants and users, disabled users and wrong passwords get the same answer after the same work.
    /// - Parameters:
    ///   - tenantID: nil for the operator's people.
    ///   - place: Where the try is counted: the client's address, of IPv6 its network.
    ///   - old: The secret of a session that this browser may still have; it ends.
    /// - Throws: `AccessRefusal.loginFailed`, `.tooManyTries`, `.busy`.
    package func logIn(
        tenant tenantID: String?, name: String, password: String, from place: String, replacing old: String? = nil
    ) async throws -> NewSession {
        let (user, hash) = try await recognised(
            tenant: tenantID, name: name, password: password, from: place, waiting: try waitingPlace(of: old, at: place))
        let secret = OpaqueSecret.make(from: random)
        let csrf = OpaqueSecret.make(from: random).revealed
        return try await store.write { transaction in
            // In the meantime the user may have been disabled, or the password changed.
            guard let now = try transaction.user(user.number), now.disabledAt == nil, try transaction.passwordHash(of: now) == hash else {
                throw AccessRefusal.loginFailed
            }
            try transaction.noteKnown(place)
            if let old, let session = try transaction.session(digest: OpaqueSecret.digest(old)) { try transaction.endSession(session) }
            try transaction.addSession(
                of: now, digest: OpaqueSecret.digest(secret.revealed), csrf: csrf,
                expires: transaction.now.adding(seconds: SessionLimits.absoluteSeconds))
            guard let session = try transaction.session(digest: OpaqueSecret.digest(secret.revealed)) else {
                preconditionFailure("a session that was written a moment ago")
            }
            return NewSession(secret: secret, session: Session(session, replacement: nil))
        }
    }

    /// Sets one's own password, and ends all other sessions.
    ///
    /// - Parameter secret: The session's.
    /// - Throws: `AccessRefusal.notLoggedIn`; `.loginFailed`, `.tooManyTries` for the current password; those of the password rule.
    package func changePassword(session secret: String, from current: String, to new: String, at place: String) async throws {
        guard let session = try await session(secret) else { throw AccessRefusal.notLoggedIn }
        let password = try PasswordRule.checked(new, of: session.user.name)
        let (user, _) = try await recognised(
            tenant: session.tenant, name: session.user.name, password: current, from: place, waiting: .of(session.caller))
        let hash = try await passwords.hash(password, at: .of(session.caller))
        try await store.write { transaction in
            guard let known = try transaction.session(digest: OpaqueSecret.digest(secret)), known.endedAt == nil,
                known.user.disabledAt == nil
            else { throw AccessRefusal.notLoggedIn }
            try transaction.setPasswordHash(hash, of: user)
            try transaction.endSessions(of: user, except: known)
        }
    }

    /// Makes sure that it is still the person who logged in: the browser may have been left open, or the session stolen.
    ///
    /// - Throws: `AccessRefusal.passwordWanted` when none was typed; `.loginFailed`, `.tooManyTries`, `.busy` for the one that was.
    package func confirm(_ session: Session, password: String, from place: String) async throws {
        guard !password.isEmpty else { throw AccessRefusal.passwordWanted }
        do {
            _ = try await recognised(
                tenant: session.tenant, name: session.user.name, password: password, from: place, waiting: .of(session.caller))
        } catch AccessRefusal.loginFailed {
            throw AccessRefusal.passwordWrong
        }
    }

    /// Where a try to log in waits for its turn.
    ///
    /// - Parameter secret: Of a session that the browser had, over or not: only this service can have given it.
    private func waitingPlace(of secret: String?, at place: String) throws -> WaitingPlace {
        try store.read { transaction in
            if let secret, let session = try transaction.session(digest: OpaqueSecret.digest(secret)), session.user.disabledAt == nil {
                return WaitingPlace(kind: .known, name: "session \(session.number)")
            }
            if try transaction.isKnown(place) { return WaitingPlace(kind: .known, name: place) }
            let since = transaction.now.adding(seconds: -60 * LoginLimits.minutes)
            let isFailing = try transaction.hasLoginFailures(from: place, since: since)
            return WaitingPlace(kind: isFailing ? .failing : .unknown, name: place)
        }
    }

    /// The user whose password this is, and its hash. A try counts as failed until it has succeeded, so that a thousand at once are
    /// five and no more.
    private func recognised(
        tenant tenantID: String?, name: String, password: String, from place: String, waiting: WaitingPlace
    ) async throws -> (AppUser, hash: String) {
        // No user can have such a name or password, so nothing is compared or normalised.
        guard !TextRule.accessName.isTooLong(name), tenantID.map(TextRule.tenantID.takes) ?? true,
            password.utf8.count <= PasswordRule.mostBytes
        else { throw AccessRefusal.loginFailed }
        // Refused before anything is written, so that many attempts do not fill the file.
        guard passwords.hasRoom(at: waiting) else { throw AccessRefusal.busy }
        let name = name.lowercased()
        let login = LoginLimits.login(name, tenant: tenantID)
        let (tried, user, hash) = try await store.write { transaction in
            let since = transaction.now.adding(seconds: -60 * LoginLimits.minutes)
            let failures = try transaction.loginFailures(of: login, from: place, since: since)
            guard failures.login < LoginLimits.perLogin, failures.address < LoginLimits.perAddress else {
                throw AccessRefusal.tooManyTries
            }
            try transaction.forgetLoginFailures(before: since)
            try transaction.forgetKnownPlaces(before: transaction.now.adding(seconds: -LoginLimits.knownSeconds))
            try transaction.forgetSessions(expiredBefore: transaction.now.adding(seconds: -SessionLimits.rememberedSeconds))
            let tried = try transaction.addLoginFailure(of: login, from: place)
            // The same questions for a tenant that is not there.
            let tenant = try tenantID.flatMap { try transaction.tenant($0) }
            let found = try transaction.user(name, of: tenant)
            let user = found?.tenant == tenantID && found?.disabledAt == nil ? found : nil
            return (tried, user, try user.flatMap { try transaction.passwordHash(of: $0) })
        }
        do {
            guard try await passwords.verify(password, against: hash, at: waiting), let user, let hash else {
                throw AccessRefusal.loginFailed
            }
            try await store.write { try $0.forgetLoginFailures(of: login, from: place) }
            return (user, hash)
        } catch AccessRefusal.busy {
            // The password was not compared, so the attempt does not count.
            try await store.write { try $0.forgetLoginFailure(tried) }
            throw AccessRefusal.busy
        }
    }
}

extension WaitingPlace {
    /// A caller who is already logged in, or who has the file.
    static func of(_ caller: Caller) -> Self { Self(kind: .known, name: "\(caller.tenant ?? "") \(caller.actor)") }
}
