import Ledger

/// One person logged in with one browser.
package struct WebSession: Hashable, Sendable {
    /// Counts from 1 over all tenants.
    package let number: Int64
    /// As the user is now: one who was disabled since has `disabledAt`.
    package let user: AppUser
    /// Random; it stands in forms, and is worth nothing without the session's secret.
    package let csrf: String
    /// When the present secret was made; by the books' clock, as all times here.
    package let rotatedAt: Instant
    /// When the present secret was first seen; nil until then.
    package let confirmedAt: Instant?
    /// When the person logged in.
    package let createdAt: Instant
    /// At most a minute behind.
    package let lastSeenAt: Instant
    /// At most seven days after the log-in, however active the session is.
    package let expiresAt: Instant
    /// When the person logged out, or the session was ended for them; `nil` while neither.
    package let endedAt: Instant?
    /// Whether it was found by the secret before the present one.
    package let byPrevious: Bool

    static let columns: StaticString = "number, user, csrf, rotated_at, confirmed_at, created_at, last_seen_at, expires_at, ended_at"
    enum Column: Int, ColumnNames { case number, user, csrf, rotatedAt, confirmedAt, createdAt, lastSeenAt, expiresAt, endedAt }
}

extension Transaction {
    private func session(from row: borrowing Row, byPrevious: Bool) throws -> WebSession {
        typealias Column = WebSession.Column
        let number = try row.int64(Column.number)
        guard let user = try user(try row.int64(Column.user)) else { throw row.unreadable(Column.user, of: "web session \(number)") }
        return WebSession(
            number: number, user: user, csrf: try row.string(Column.csrf), rotatedAt: try row.instant(Column.rotatedAt),
            confirmedAt: try row.optionalInstant(Column.confirmedAt), createdAt: try row.instant(Column.createdAt),
            lastSeenAt: try row.instant(Column.lastSeenAt), expiresAt: try row.instant(Column.expiresAt),
            endedAt: try row.optionalInstant(Column.endedAt), byPrevious: byPrevious)
    }

    /// The session with this secret, or with this secret before its last change; over or not.
    ///
    /// - Parameter digest: SHA-256 of the secret.
    package func session(digest: [UInt8]) throws -> WebSession? {
        let present = try one("SELECT \(raw: WebSession.columns) FROM web_session WHERE digest = \(digest)") {
            try session(from: $0, byPrevious: false)
        }
        if let present { return present }
        return try one("SELECT \(raw: WebSession.columns) FROM web_session WHERE previous_digest = \(digest)") {
            try session(from: $0, byPrevious: true)
        }
    }

    /// - Throws: `StoreError` when the user is disabled.
    package func addSession(of user: AppUser, digest: [UInt8], csrf: String, expires: Instant) throws {
        try run(
            """
            INSERT INTO web_session (user, digest, rotated_at, csrf, created_at, last_seen_at, expires_at)
            VALUES (\(user.number), \(digest), \(now), \(csrf), \(now), \(now), \(expires))
            """)
    }

    /// Keeps that the session was seen, and that its present secret has arrived.
    package func sessionSeen(_ session: WebSession) throws {
        let confirmed = session.byPrevious ? nil : now
        try run(
            """
            UPDATE web_session SET last_seen_at = max(last_seen_at, \(now)), confirmed_at = coalesce(confirmed_at, \(confirmed))
            WHERE number = \(session.number) AND ended_at IS NULL
            """)
    }

    /// Gives the session another secret. The one it was found by stays good until the new one is seen.
    ///
    /// - Parameters:
    ///   - found: SHA-256 of the secret that the session was found by.
    ///   - digest: SHA-256 of the new one.
    package func rotateSession(_ session: WebSession, from found: [UInt8], to digest: [UInt8]) throws {
        try run(
            """
            UPDATE web_session SET digest = \(digest), previous_digest = \(found), rotated_at = \(now), confirmed_at = NULL,
                last_seen_at = max(last_seen_at, \(now))
            WHERE number = \(session.number) AND ended_at IS NULL
            """)
    }

    /// For good; again changes nothing.
    package func endSession(_ session: WebSession) throws {
        try run("UPDATE web_session SET ended_at = \(now) WHERE number = \(session.number) AND ended_at IS NULL")
    }

    /// - Parameter kept: One that goes on.
    package func endSessions(of user: AppUser, except kept: WebSession? = nil) throws {
        try run(
            """
            UPDATE web_session SET ended_at = \(now)
            WHERE user = \(user.number) AND ended_at IS NULL AND number <> \(kept?.number ?? 0)
            """)
    }

    /// Logs everybody out, of all tenants.
    package func endAllSessions() throws { try run("UPDATE web_session SET ended_at = \(now) WHERE ended_at IS NULL") }

    /// Removes sessions that expired before `instant`, however they ended.
    package func forgetSessions(expiredBefore instant: Instant) throws {
        try run("DELETE FROM web_session WHERE expires_at < \(instant)")
    }
}

extension Transaction {
    /// Failed tries since `instant`: of this login from this address, and of anybody from it. Tries still under way count.
    package func loginFailures(of login: [UInt8], from address: String, since instant: Instant) throws -> (login: Int, address: Int) {
        let login = try one(
            "SELECT count(*) FROM login_failure WHERE address = \(address) AND login = \(login) AND failed_at > \(instant)"
        ) { try $0.int(0) }
        let all = try one("SELECT count(*) FROM login_failure WHERE address = \(address) AND failed_at > \(instant)") { try $0.int(0) }
        return (login ?? 0, all ?? 0)
    }

    /// - Returns: Its number, to take it back when it succeeds.
    package func addLoginFailure(of login: [UInt8], from address: String) throws -> Int64 {
        try one("INSERT INTO login_failure (login, address, failed_at) VALUES (\(login), \(address), \(now)) RETURNING number") {
            try $0.int64(0)
        }!
    }

    /// After a success: this login's earlier slips no longer count at this address.
    package func forgetLoginFailures(of login: [UInt8], from address: String) throws {
        try run("DELETE FROM login_failure WHERE address = \(address) AND login = \(login)")
    }

    /// Wherever they came from.
    package func forgetLoginFailures(of login: [UInt8]) throws { try run("DELETE FROM login_failure WHERE login = \(login)") }

    /// - Parameter number: As `addLoginFailure` gave it.
    package func forgetLoginFailure(_ number: Int64) throws { try run("DELETE FROM login_failure WHERE number = \(number)") }

    /// Removes what is too old to count.
    package func forgetLoginFailures(before instant: Instant) throws {
        try run("DELETE FROM login_failure WHERE failed_at < \(instant)")
    }

    /// Whether any try from there has failed since `instant`, or is under way.
    package func hasLoginFailures(from address: String, since instant: Instant) throws -> Bool {
        try one("SELECT 1 FROM login_failure WHERE address = \(address) AND failed_at > \(instant)") { _ in true } ?? false
    }
}

extension Transaction {
    /// Whether somebody has logged in from there lately.
    package func isKnown(_ place: String) throws -> Bool {
        try one("SELECT 1 FROM known_place WHERE place = \(place)") { _ in true } ?? false
    }

    /// A place is an address, for IPv6 its /64 network.
    package func noteKnown(_ place: String) throws {
        if try isKnown(place) {
            try run("UPDATE known_place SET seen_at = max(seen_at, \(now)) WHERE place = \(place)")
        } else {
            try run("INSERT INTO known_place (place, seen_at) VALUES (\(place), \(now))")
        }
    }

    /// Removes places from which nobody has logged in since.
    package func forgetKnownPlaces(before instant: Instant) throws { try run("DELETE FROM known_place WHERE seen_at < \(instant)") }
}
