import Ledger

/// Another tenant of the file with an account of its own, as far as telling the two accounts apart needs it.
package struct NeighbourAccount: Sendable {
    /// Never the one that is asked about.
    package let tenant: Tenant
    /// `acct_…`; `nil` where its key may not ask.
    package let accountID: String?
    /// Grows with each account that is connected, over all tenants.
    package let connection: Int64
    /// What asking has shown before.
    package let known: AccountOutcome?
    /// The latest intent that it knows: only a key of its account can read it.
    package let intent: String?
}

/// What asking Stripe with both keys has shown: one account behind them, or two.
package enum AccountOutcome: String, Sendable {
    case same, other
}

extension Book {
    /// The account's own id, and which connection over all tenants it is.
    package func accountConnection() throws -> (accountID: String?, connection: Int64)? {
        try one("SELECT account_id, connection FROM stripe_account WHERE tenant = \(tenant.number)") {
            (try $0.optionalString(0), try $0.int64(1))
        }
    }

    /// Keeps the account's own id, unless another account was connected since it was asked for.
    package func setAccountID(_ id: String, connection: Int64) throws {
        try run("UPDATE stripe_account SET account_id = \(id) WHERE tenant = \(tenant.number) AND connection = \(connection)")
    }

    /// Somebody set another key: what was known of its account is forgotten.
    package func noteConnected() throws {
        try run(
            """
            UPDATE stripe_account SET account_id = NULL, webhook_at = NULL, after_operation = (SELECT coalesce(max(number), 0) FROM operation),
                connection = (SELECT max(connection) + 1 FROM stripe_account)
            WHERE tenant = \(tenant.number)
            """)
        try run("DELETE FROM account_check WHERE tenant = \(tenant.number)")
        try run("DELETE FROM account_check WHERE other = \(tenant.number)")
        try run("DELETE FROM sync_cursor WHERE tenant = \(tenant.number) AND list = 'balance_transactions'")
    }

    /// All other tenants that have an account, by number.
    package func neighbours() throws -> [NeighbourAccount] {
        try transaction.tenants().filter { $0.number != tenant.number }.compactMap { other in
            try transaction.withBook(of: other) { their in
                guard let facts = try their.accountConnection() else { return nil }
                return NeighbourAccount(
                    tenant: other, accountID: facts.accountID, connection: facts.connection, known: try accountOutcome(beside: other),
                    intent: try their.latestIntent())
            }
        }
    }

    private func accountOutcome(beside other: Tenant) throws -> AccountOutcome? {
        if let known: AccountOutcome = try one(
            "SELECT outcome FROM account_check WHERE tenant = \(tenant.number) AND other = \(other.number)", { try $0.value(0) })
        {
            return known
        }
        return try one("SELECT outcome FROM account_check WHERE tenant = \(other.number) AND other = \(tenant.number)") { try $0.value(0) }
    }

    /// Whether another tenant has an account that has not been compared with this one yet.
    package func hasUncheckedNeighbour() throws -> Bool {
        guard let facts = try accountConnection() else { return false }
        // Two that tell their ids apart need no check. Those that do not are found by the index.
        if let id = facts.accountID {
            return try one(
                """
                SELECT 1 FROM stripe_account o
                WHERE (o.account_id IS NULL OR o.account_id = \(id)) AND o.tenant <> \(tenant.number)
                    AND NOT EXISTS (SELECT 1 FROM account_check WHERE tenant = \(tenant.number) AND other = o.tenant)
                    AND NOT EXISTS (SELECT 1 FROM account_check WHERE tenant = o.tenant AND other = \(tenant.number))
                LIMIT 1
                """
            ) { _ in true } ?? false
        }
        return try one(
            """
            SELECT 1 FROM stripe_account o
            WHERE o.tenant <> \(tenant.number)
                AND NOT EXISTS (SELECT 1 FROM account_check WHERE tenant = \(tenant.number) AND other = o.tenant)
                AND NOT EXISTS (SELECT 1 FROM account_check WHERE tenant = o.tenant AND other = \(tenant.number))
            LIMIT 1
            """
        ) { _ in true } ?? false
    }

    /// To be asked of the one that set its key later.
    package func setAccountOutcome(_ outcome: AccountOutcome, beside other: Tenant) throws {
        try run(
            """
            INSERT INTO account_check (tenant, other, outcome, checked_at)
            VALUES (\(tenant.number), \(other.number), \(outcome), \(now))
            ON CONFLICT DO UPDATE SET outcome = excluded.outcome, checked_at = excluded.checked_at
            """)
    }

    /// The tenants that had set a key of the same account before: no money is taken for this one until it has another.
    package func tenantsBefore() throws -> [String] {
        try all(
            """
            SELECT t.id FROM account_check c JOIN tenant t ON t.number = c.other
            WHERE c.tenant = \(tenant.number) AND c.outcome = 'same' ORDER BY t.id
            """
        ) { try $0.string(0) }
    }

    /// The intent of the tenant's newest folio that has one; none from an account that it had before.
    package func latestIntent() throws -> String? {
        let last = try one("SELECT after_operation FROM stripe_account WHERE tenant = \(tenant.number)") { try $0.int64(0) } ?? 0
        let hold = try one(
            """
            SELECT folio, payment_intent FROM hold h
            WHERE tenant = \(tenant.number) AND payment_intent IS NOT NULL AND EXISTS (
                SELECT 1 FROM operation o
                WHERE o.tenant = h.tenant AND o.folio = h.folio AND o.number > \(last) AND o.subject = h.number
                    AND o.kind IN ('hold_page', 'place_hold'))
            ORDER BY folio DESC LIMIT 1
            """
        ) { (try $0.int64(0), try $0.string(1)) }
        let payment = try one(
            """
            SELECT folio, payment_intent FROM payment p
            WHERE tenant = \(tenant.number) AND payment_intent IS NOT NULL AND EXISTS (
                SELECT 1 FROM operation o
                WHERE o.tenant = p.tenant AND o.folio = p.folio AND o.number > \(last) AND o.subject = p.number
                    AND o.kind IN ('payment_page', 'charge_saved_card'))
            ORDER BY folio DESC LIMIT 1
            """
        ) { (try $0.int64(0), try $0.string(1)) }
        guard let hold, let payment else { return hold?.1 ?? payment?.1 }
        return hold.0 > payment.0 ? hold.1 : payment.1
    }

    /// Whether holds, payments or cards of the tenant are still in use at Stripe, so that a change of account would lose them.
    package func hasLiveObjects() throws -> Bool {
        try one(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM hold WHERE tenant = \(tenant.number) AND state IN ('authorised', 'replaced'))
                OR EXISTS (SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND state = 'processing')
                OR EXISTS (SELECT 1 FROM refund WHERE tenant = \(tenant.number) AND state IN ('requested', 'pending'))
                OR EXISTS (SELECT 1 FROM operation WHERE tenant = \(tenant.number) AND state IN ('waiting', 'parked'))
                OR EXISTS (
                    SELECT 1 FROM folio f WHERE f.tenant = \(tenant.number) AND f.closed_at IS NULL AND (
                        f.customer IS NOT NULL OR f.payment_url IS NOT NULL
                        OR EXISTS (SELECT 1 FROM payment p WHERE p.tenant = f.tenant AND p.folio = f.number AND p.state = 'succeeded')))
            """
        ) { _ in true } ?? false
    }

    /// Whether the tenant's books hold anything of Stripe's.
    package func hasStripeObjects() throws -> Bool {
        try one(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM hold WHERE tenant = \(tenant.number) AND payment_intent IS NOT NULL)
                OR EXISTS (SELECT 1 FROM hold WHERE tenant = \(tenant.number) AND checkout_session IS NOT NULL)
                OR EXISTS (SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND payment_intent IS NOT NULL)
                OR EXISTS (SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND checkout_session IS NOT NULL)
                OR EXISTS (SELECT 1 FROM saved_card WHERE tenant = \(tenant.number) AND checkout_session IS NOT NULL)
                OR EXISTS (SELECT 1 FROM balance_transaction WHERE tenant = \(tenant.number))
            """
        ) { _ in true } ?? false
    }

    /// Books hold live objects or test objects; the schema refuses a change once they hold any.
    package func setMode(isLive: Bool) throws {
        try run("UPDATE tenant SET livemode = \(isLive) WHERE number = \(tenant.number)")
    }
}
