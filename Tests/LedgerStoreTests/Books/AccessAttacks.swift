/// Attacks on tokens, users and sessions: bringing back what was ended, and becoming more than one is.
extension Attack {
    static let onAccess: [Attack] = onTokens + onUsers + onSessions + onWebhookSecrets + onWatch

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

extension Attack {
    private static let onWebhookSecrets: [Attack] = [
        Attack("bring back a secret that was replaced", "UPDATE webhook_secret SET replaced_at = NULL, good_until = NULL WHERE number = 1"),
        Attack("lengthen a secret's last day", "UPDATE webhook_secret SET good_until = good_until + 1 WHERE number = 1"),
        Attack(
            "replace a secret for more than a day",
            "UPDATE webhook_secret SET replaced_at = added_at, good_until = added_at + 86400001 WHERE number = 2"),
        Attack("say that a secret was replaced earlier", "UPDATE webhook_secret SET replaced_at = replaced_at - 1 WHERE number = 1"),
        Attack("give a secret another name", "UPDATE webhook_secret SET name = 'shop' WHERE number = 2"),
        Attack("make a secret younger", "UPDATE webhook_secret SET added_at = added_at + 1 WHERE number = 2"),
        Attack("give a secret to another tenant", "UPDATE webhook_secret SET tenant = 2 WHERE number = 2"),
        Attack("forget a secret", "DELETE FROM webhook_secret WHERE number = 1"),
        Attack("two secrets of one name", Piece.webhookSecret(name: "desk")),
        Attack("replace a secret in its row", Piece.webhookSecret("REPLACE", number: "2", name: "desk")),
        Attack("a secret out of the order", Piece.webhookSecret(number: "9", name: "shop")),
        Attack("a secret that is over before it begins", Piece.webhookSecret(name: "shop", replaced: "0")),
        Attack("a secret without an account", Piece.webhookSecret(tenant: 2, number: "1", name: "shop")),
        Attack("a secret whose name nobody can type", Piece.webhookSecret(name: "My Shop")),
    ]

    private static let onWatch: [Attack] = [
        Attack("change who did it", "UPDATE audit_entry SET actor = 'user:anna'"),
        Attack("take a line out of the audit list", "DELETE FROM audit_entry"),
        Attack("replace a line of the audit list", Piece.auditEntry("REPLACE", number: "1")),
        Attack("leave a number of the audit list out", Piece.auditEntry(number: "7")),
        Attack("a line about nothing that is known", Piece.auditEntry(action: "made_coffee")),
        Attack("a line of a tenant that is not there", Piece.auditEntry(tenant: "9")),
        Attack("a line of nobody's", Piece.auditEntry(actor: "")),
        Attack("give back less than was decided", "UPDATE refund_decision SET amount = 1"),
        Attack("forget what was given back today", "DELETE FROM refund_decision"),
        Attack("replace what was given back", Piece.refundDecision("REPLACE", number: "1")),
        Attack("leave a number of refunds out", Piece.refundDecision(number: "7")),
        Attack("give back on a folio that is not there", Piece.refundDecision(folio: "99")),
        Attack("give back less than nothing", Piece.refundDecision(amount: "-100")),
        Attack("late charges for the room", "UPDATE tenant SET late_charge_categories = 'lodging,minibar' WHERE number = 1"),
        Attack("late charges for good", "UPDATE tenant SET late_charge_days = 91 WHERE number = 1"),
        Attack("holds without a ceiling", "UPDATE tenant SET ceiling_percent = 501 WHERE number = 1"),
        Attack("a negative limit for refunds", "UPDATE tenant SET refund_limit = -1 WHERE number = 1"),
        Attack("a place that was seen earlier", "UPDATE known_place SET seen_at = seen_at - 1"),
        Attack("move a known place", "UPDATE known_place SET place = '198.51.100.1'"),
        Attack("replace a known place", "REPLACE INTO known_place VALUES ('192.0.2.1', 0)"),
    ]
}

extension Piece {
    static func webhookSecret(
        _ verb: String = "INSERT", tenant: Int = 1, number: String = "3", name: String, replaced: String = "NULL"
    ) -> String {
        """
        \(verb) INTO webhook_secret (tenant, number, name, secret, added_at, replaced_at, good_until)
        VALUES (\(tenant), \(number), '\(name)', x'00', 0, \(replaced), \(replaced))
        """
    }

    static func auditEntry(
        _ verb: String = "INSERT", number: String = "2", tenant: String = "1", action: String = "user_added", actor: String = "somebody"
    ) -> String {
        "\(verb) INTO audit_entry VALUES (\(number), \(tenant), '\(action)', 'x', NULL, '\(actor)', 0, 0)"
    }

    static func refundDecision(_ verb: String = "INSERT", number: String = "2", folio: String = "1", amount: String = "100") -> String {
        "\(verb) INTO refund_decision VALUES (\(number), 1, \(folio), \(amount), 'somebody', 0)"
    }

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
