import Ledger
internal import LedgerStore

/// How long people stay logged in.
enum SessionLimits {
    /// Longer than a shift at reception with its breaks, shorter than a night: the next shift logs in itself.
    static let idleSeconds: Int64 = 12 * 3600
    /// The schema allows no more either.
    static let absoluteSeconds: Int64 = 7 * 86_400
    /// The secret changes every hour, so that one that got away is soon worth nothing.
    static let rotationSeconds: Int64 = 3600
    /// Requests that were under way with the secret before.
    static let overlapSeconds: Int64 = 60
    static let seenEverySeconds: Int64 = 60
    /// How long ended sessions are kept, so that one can find out who was logged in.
    static let rememberedSeconds: Int64 = 30 * 86_400
}

/// Somebody logged in with a browser.
package struct Session: Sendable {
    /// What the person may do, and as whom the journal names them.
    package let caller: Caller
    /// As the user was when the request came.
    package let user: AppUser
    /// The tenant's id; nil for the operator's people.
    package let tenant: String?
    /// Stands in every form of this session, and comes back with it.
    package let csrf: String
    /// The session's new secret, when it was time for one: give it to the browser with this answer.
    package let replacement: Secret?
    /// When the session ends even if it is used, by the books' clock.
    package let expiresAt: Instant

    init(_ stored: WebSession, replacement: Secret?) {
        caller = Caller(stored.user)
        user = stored.user
        tenant = stored.user.tenant
        csrf = stored.csrf
        self.replacement = replacement
        expiresAt = stored.expiresAt
    }

    /// Whether a form comes from a page of this session.
    package func accepts(csrf text: String) -> Bool { OpaqueSecret.areEqual(text, csrf) }
}

/// A session that has just begun.
package struct NewSession: Sendable {
    /// For the browser's cookie; never shown or stored.
    package let secret: Secret
    /// It carries no `replacement`: `secret` is new.
    package let session: Session
}

extension LedgerAccess {
    /// The session with this secret; nil if it is over.
    ///
    /// A request writes at most once a minute. The secret changes every hour. The previous secret stays valid until the new one has arrived
    /// and requests in progress are done, so that a lost answer does not log the user out.
    package func session(_ secret: String) async throws -> Session? {
        let digest = OpaqueSecret.digest(secret)
        let (found, due) = try store.read { transaction in
            let found = try transaction.liveSession(digest)
            return (found, found.map { $0.isDue(at: transaction.now) } ?? false)
        }
        guard let found else { return nil }
        guard due else { return Session(found, replacement: nil) }
        let next = OpaqueSecret.make(from: random)
        return try await store.write { transaction in
            guard let session = try transaction.liveSession(digest) else { return nil }
            guard session.needsRotation(at: transaction.now) else {
                try transaction.sessionSeen(session)
                return Session(session, replacement: nil)
            }
            try transaction.rotateSession(session, from: digest, to: OpaqueSecret.digest(next.revealed))
            return Session(session, replacement: next)
        }
    }

    /// Ends a session for good. One that is over already, or never was, is no error.
    package func logOut(_ secret: String) async throws {
        try await store.write { transaction in
            guard let session = try transaction.session(digest: OpaqueSecret.digest(secret)) else { return }
            try transaction.endSession(session)
        }
    }
}

extension Transaction {
    fileprivate func liveSession(_ digest: [UInt8]) throws -> WebSession? {
        try session(digest: digest).flatMap { $0.isLive(at: now) ? $0 : nil }
    }
}

extension WebSession {
    fileprivate func isLive(at now: Instant) -> Bool {
        guard endedAt == nil, user.disabledAt == nil, now < expiresAt else { return false }
        guard now < lastSeenAt.adding(seconds: SessionLimits.idleSeconds) else { return false }
        guard byPrevious, let confirmedAt else { return true }
        return now < confirmedAt.adding(seconds: SessionLimits.overlapSeconds)
    }

    /// Whether this request has something to write.
    fileprivate func isDue(at now: Instant) -> Bool {
        (!byPrevious && confirmedAt == nil) || now >= lastSeenAt.adding(seconds: SessionLimits.seenEverySeconds)
            || needsRotation(at: now)
    }

    /// By the secret before: when the new one did not arrive, another is tried.
    fileprivate func needsRotation(at now: Instant) -> Bool {
        let age = byPrevious ? SessionLimits.overlapSeconds : SessionLimits.rotationSeconds
        return (!byPrevious || confirmedAt == nil) && now >= rotatedAt.adding(seconds: age)
    }
}
