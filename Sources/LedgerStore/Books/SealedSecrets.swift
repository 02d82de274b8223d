import Ledger

/// A tenant's access to its own Stripe account as stored: encrypted, and useless to somebody who has only the file.
package struct SealedStripeAccount: Equatable, Sendable {
    /// The secret or restricted key, encrypted by `KeyRing`.
    package let secretKey: [UInt8]
    /// The valid ones, newest first.
    package let webhookSecrets: [SealedWebhookSecret]
}

/// What an endpoint's webhooks are signed with.
package struct SealedWebhookSecret: Equatable, Sendable {
    /// Counts from 1 within the tenant. It is part of nothing at Stripe.
    package let number: Int64
    /// As `TextRule.webhookName`: it tells the secrets of two endpoints apart.
    package let name: String
    /// The `whsec_…`, encrypted by `KeyRing`.
    package let sealed: [UInt8]
    /// By the books' clock.
    package let addedAt: Instant
    /// Until when a replaced secret is valid; `nil` for the name's current one.
    package let goodUntil: Instant?
}

extension Book {
    /// - Returns: `nil` before a key was set, and when it was removed.
    package func sealedStripeAccount() throws -> SealedStripeAccount? {
        guard let key = try one("SELECT secret_key FROM stripe_account WHERE tenant = \(tenant.number)", { try $0.bytes(0) }), !key.isEmpty
        else {
            return nil
        }
        return SealedStripeAccount(secretKey: key, webhookSecrets: try webhookSecrets())
    }

    /// Whether there is a key: one that was set is taken away only after the end of the contract.
    package func hasStripeAccount() throws -> Bool {
        try one("SELECT 1 FROM stripe_account WHERE tenant = \(tenant.number) AND length(secret_key) > 0") { _ in true } ?? false
    }

    /// Sets a key, or seals the same one under another key of the ring; `noteConnected` notes a new account.
    package func setSealedStripeKey(_ sealed: [UInt8]) throws {
        try run(
            """
            INSERT INTO stripe_account (tenant, secret_key, updated_at, connection)
            SELECT \(tenant.number), \(sealed), \(now), (SELECT coalesce(max(connection), 0) + 1 FROM stripe_account) WHERE true
            ON CONFLICT DO UPDATE SET secret_key = excluded.secret_key, updated_at = excluded.updated_at
            """)
    }

    /// What the key may not do, by Stripe's answers when it was set.
    package func setMissingPermissions(_ rights: [String]) throws {
        try run("UPDATE stripe_account SET missing_permissions = \(rights.joined(separator: " ")) WHERE tenant = \(tenant.number)")
    }

    /// Raw values of `StripePermission`; empty before a key was checked, too.
    package func missingPermissions() throws -> [String] {
        let rights =
            try one("SELECT missing_permissions FROM stripe_account WHERE tenant = \(tenant.number)") { try $0.optionalString(0) } ?? nil
        return (rights ?? "").split(separator: " ").map(String.init)
    }

    /// Keeps whether the account is known to settle in the currency of the books: from its balance, when the key was set.
    package func setSettlementKnown(_ isKnown: Bool) throws {
        try run("UPDATE stripe_account SET is_settlement_known = \(isKnown) WHERE tenant = \(tenant.number)")
    }

    /// Whether an account was connected of which neither its balance nor any movement has shown the currency yet.
    package func isSettlementUnknown() throws -> Bool {
        try one(
            """
            SELECT 1 FROM stripe_account WHERE tenant = \(tenant.number) AND is_settlement_known = 0
                AND NOT EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = \(tenant.number))
                AND NOT EXISTS (SELECT 1 FROM other_currency_movement WHERE tenant = \(tenant.number))
            """
        ) { _ in true } ?? false
    }

    /// When a webhook with a good signature came last, in the system's time; `nil` before the first.
    package func lastWebhook() throws -> Instant? {
        try one("SELECT webhook_at FROM stripe_account WHERE tenant = \(tenant.number)") { try $0.optionalInstant(0) } ?? nil
    }

    /// - Parameter time: The system's time.
    package func noteWebhook(at time: Instant) throws {
        try run("UPDATE stripe_account SET webhook_at = \(time) WHERE tenant = \(tenant.number)")
    }

    /// The valid secrets, newest first.
    package func webhookSecrets() throws -> [SealedWebhookSecret] {
        try all(
            """
            SELECT number, name, secret, added_at, good_until FROM webhook_secret
            WHERE tenant = \(tenant.number) AND (good_until IS NULL OR good_until > \(now)) AND length(secret) > 0 ORDER BY number DESC
            """
        ) {
            SealedWebhookSecret(
                number: try $0.int64(0), name: try $0.string(1), sealed: try $0.bytes(2), addedAt: try $0.instant(3),
                goodUntil: try $0.optionalInstant(4))
        }
    }

    /// - Throws: `StoreError` while the name has one.
    package func addSealedWebhookSecret(_ sealed: [UInt8], named name: String) throws {
        try run(
            """
            INSERT INTO webhook_secret (tenant, number, name, secret, added_at)
            SELECT \(tenant.number), coalesce(max(number), 0) + 1, \(name), \(sealed), \(now) FROM webhook_secret
            WHERE tenant = \(tenant.number)
            """)
    }

    /// Replaces a name's current secret, which stays valid for `seconds` more; earlier ones end no later.
    package func endWebhookSecrets(named name: String, after seconds: Int64) throws {
        let end = now.adding(seconds: seconds)
        try run(
            """
            UPDATE webhook_secret SET good_until = max(replaced_at, min(good_until, \(end)))
            WHERE tenant = \(tenant.number) AND name = \(name) AND replaced_at IS NOT NULL AND good_until > \(now)
            """)
        try run(
            """
            UPDATE webhook_secret SET replaced_at = \(now), good_until = \(end)
            WHERE tenant = \(tenant.number) AND name = \(name) AND replaced_at IS NULL
            """)
    }

    /// The same secret under another key.
    package func resealWebhookSecret(_ number: Int64, _ sealed: [UInt8]) throws {
        try run("UPDATE webhook_secret SET secret = \(sealed) WHERE tenant = \(tenant.number) AND number = \(number)")
    }
}
