/// Attacks on tokens, users and sessions: bringing back what was ended, and becoming more than one is.
extension Attack {
    static let onAccess: [Attack] = onTokens + onUsers + onSessions

    private static let onTokens: [Attack] = [
        Attack("un-revoke a token", "UPDATE api_token SET revoked_at = NULL WHERE name = 'old'"),
        Attack("revoke a token at another time", "UPDATE api_token SET revoked_at = revoked_at + 1 WHERE name = 'old'"),
        Attack("give a token another role", "UPDATE api_token SET role = 'admin' WHERE name = 'shop'"),
        Attack("make a tenant's token an operator's", "UPDATE api_token SET role = 'operator', tenant = NULL WHERE name = 'shop'"),
        Attack("give a token to another tenant", "UPDATE api_token SET tenant = 2 WHERE name = 'shop'"),
        Attack("give a token another secret", "UPDATE api_token SET digest = zeroblob(32) WHERE name = 'shop'"),
        Attack("rename a token", "UPDATE api_token SET name = 'somebody' WHERE name = 'shop'"),
        Attack("renumber a token", "UPDATE api_token SET rowid = 99 WHERE name = 'shop'"),
        Attack("lengthen a token's life", "UPDATE api_token SET expires_at = NULL WHERE name = 'shop'"),
        Attack("hide a token's use", "UPDATE api_token SET last_used_at = NULL WHERE name = 'shop'"),
        Attack("set a token's use back", "UPDATE api_token SET last_used_at = last_used_at - 1 WHERE name = 'shop'"),
        Attack("delete a token", "DELETE FROM api_token WHERE name = 'old'"),
        Attack("replace a token by its number", Piece.token("REPLACE", number: "1", name: "new")),
        Attack(
            "replace a token by its secret", Piece.token("REPLACE", name: "new", digest: "(SELECT digest FROM api_token WHERE number = 2)")),
        Attack("two live tokens of one name", Piece.token("REPLACE", name: "shop")),
        Attack(
            "two live tokens of the operator's of one name", Piece.token("REPLACE", tenant: "NULL", role: "operator", name: "monitoring")),
        Attack("an operator's token at a tenant", Piece.token(role: "operator", name: "new")),
        Attack("a token of no tenant that is no operator's", Piece.token(tenant: "NULL", name: "new")),
        Attack("a token of a tenant that is not there", Piece.token(tenant: "9", name: "new")),
        Attack("a token of an unknown role", Piece.token(role: "root", name: "new")),
        Attack("a token that has expired already", Piece.token(name: "new", expires: "0")),
        Attack("a token with its secret in the open", Piece.token(name: "new", digest: "CAST('slt_secret' AS BLOB)")),
    ]

    private static let onUsers: [Attack] = [
        Attack("enable a disabled user", "UPDATE app_user SET disabled_at = NULL WHERE name = 'gone'"),
        Attack(
            "give a disabled user a password",
            "UPDATE app_user SET password_hash = '$y$new', password_changed_at = password_changed_at + 1 WHERE name = 'gone'"),
        Attack("give a user another role", "UPDATE app_user SET role = 'admin' WHERE name = 'anna'"),
        Attack("make a tenant's user an operator", "UPDATE app_user SET role = 'operator', tenant = NULL WHERE name = 'anna'"),
        Attack("move a user to another tenant", "UPDATE app_user SET tenant = 2 WHERE name = 'anna'"),
        Attack("rename a user", "UPDATE app_user SET name = 'eve' WHERE name = 'anna'"),
        Attack("renumber a user", "UPDATE app_user SET rowid = 99 WHERE name = 'gone'"),
        Attack(
            "hide a change of password", "UPDATE app_user SET password_hash = '$y$new', password_changed_at = 0 WHERE name = 'anna'"),
        Attack("a weaker kind of hash", "UPDATE app_user SET password_hash = '$1$abc' WHERE name = 'anna'"),
        Attack("delete a user", "DELETE FROM app_user WHERE name = 'gone'"),
        Attack("replace a user by the number", Piece.user("REPLACE", number: "2", name: "new")),
        Attack("take a disabled user's name", Piece.user("REPLACE", name: "gone")),
        Attack("take an operator's name", Piece.user("REPLACE", tenant: "NULL", name: "otto", role: "operator")),
        Attack("an operator at a tenant", Piece.user(name: "new", role: "operator")),
        Attack("a user of no tenant who is no operator", Piece.user(tenant: "NULL", name: "new")),
        Attack("a user of a tenant that is not there", Piece.user(tenant: "9", name: "new")),
        Attack("a name in capital letters", Piece.user(name: "ANNA")),
    ]

    private static let onSessions: [Attack] = [
        Attack("take up a session that ended", "UPDATE web_session SET ended_at = NULL WHERE number = 2"),
        Attack("lengthen a session", "UPDATE web_session SET expires_at = expires_at + 1 WHERE number = 1"),
        Attack("give a session to another user", "UPDATE web_session SET user = 3 WHERE number = 1"),
        Attack("change what forms carry", "UPDATE web_session SET csrf = 'known-to-somebody-else' WHERE number = 1"),
        Attack("renumber a session", "UPDATE web_session SET rowid = 99 WHERE number = 1"),
        Attack("set a session's use back", "UPDATE web_session SET last_seen_at = 0 WHERE number = 1"),
        Attack(
            "take another session's secret",
            "UPDATE OR REPLACE web_session SET digest = (SELECT digest FROM web_session WHERE number = 2) WHERE number = 1"),
        Attack("a session of a disabled user", Piece.session(user: 2)),
        Attack("a session of nobody", Piece.session(user: 99)),
        Attack("a session of more than a week", Piece.session(expires: "604800001")),
        Attack("a session with its secret in the open", Piece.session(digest: "CAST('secret' AS BLOB)")),
        Attack("replace a session", Piece.session("REPLACE", number: "2")),
        Attack("move a failed try elsewhere", "UPDATE login_failure SET address = '192.0.2.9'"),
        Attack(
            "replace a failed try", "REPLACE INTO login_failure VALUES ((SELECT min(number) FROM login_failure), zeroblob(32), '::1', 0)"),
    ]
}

extension Piece {
    static func token(
        _ verb: String = "INSERT", number: String = "NULL", tenant: String = "1", role: String = "reception", name: String,
        digest: String = "randomblob(32)", expires: String = "NULL"
    ) -> String {
        """
        \(verb) INTO api_token (number, tenant, role, name, digest, created_by, created_at, expires_at)
        VALUES (\(number), \(tenant), '\(role)', '\(name)', \(digest), 'somebody', 0, \(expires))
        """
    }

    static func user(
        _ verb: String = "INSERT", number: String = "NULL", tenant: String = "1", name: String, role: String = "reception"
    ) -> String {
        """
        \(verb) INTO app_user (number, tenant, name, role, password_hash, created_by, created_at, password_changed_at)
        VALUES (\(number), \(tenant), '\(name)', '\(role)', '$y$x', 'somebody', 0, 0)
        """
    }

    static func session(
        _ verb: String = "INSERT", number: String = "NULL", user: Int = 1, digest: String = "randomblob(32)", expires: String = "604800000"
    ) -> String {
        """
        \(verb) INTO web_session (number, user, digest, rotated_at, csrf, created_at, last_seen_at, expires_at)
        VALUES (\(number), \(user), \(digest), 0, '01234567890123456789', 0, 0, \(expires))
        """
    }
}
