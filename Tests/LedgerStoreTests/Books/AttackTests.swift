import TestSupport
import Testing

/// What must never be is refused by the tables themselves, whoever writes.
@Suite struct `Raw SQL` {
    struct Attack: Sendable, CustomTestStringConvertible {
        let what: String
        let sql: String
        /// The guard without which the attack works; it proves that the test can fail.
        var without: String?

        var testDescription: String { what }
    }

    private static let entry =
        "SELECT tenant, number, kind, debit, credit, amount, currency, folio, service_date, posted_at, actor, stripe_object, hash"

    /// These fail on any connection, also on one that has not set a single pragma.
    static let always: [Attack] = [
        Attack(what: "changes an entry", sql: "UPDATE journal_entry SET amount = 1 WHERE number = 1", without: "journal_entry_unchanged"),
        Attack(
            what: "changes an entry or ignores", sql: "UPDATE OR REPLACE journal_entry SET number = 2 WHERE tenant = 1 AND number = 1",
            without: "journal_entry_unchanged"),
        Attack(what: "deletes an entry", sql: "DELETE FROM journal_entry WHERE tenant = 1 AND number = 3", without: "journal_entry_kept"),
        Attack(
            what: "replaces an entry",
            sql:
                "INSERT OR REPLACE INTO journal_entry \(entry.replacing("amount,", with: "amount + 1,")) FROM journal_entry WHERE tenant = 1 AND number = 1",
            without: "journal_entry_gapless; DROP TRIGGER journal_chain_forward"),
        Attack(
            what: "replaces an entry by REPLACE",
            sql:
                "REPLACE INTO journal_entry \(entry.replacing("amount,", with: "amount + 1,")) FROM journal_entry WHERE tenant = 1 AND number = 1",
            without: "journal_entry_gapless; DROP TRIGGER journal_chain_forward"),
        Attack(
            what: "upserts an entry",
            sql:
                "INSERT INTO journal_entry \(entry) FROM journal_entry WHERE tenant = 1 AND number = 1 ON CONFLICT DO UPDATE SET amount = 1"
        ),
        Attack(
            what: "skips a number",
            sql:
                "INSERT INTO journal_entry \(entry.replacing("number,", with: "number + 1,")) FROM journal_entry WHERE tenant = 1 ORDER BY number DESC LIMIT 1; INSERT INTO journal_entry \(entry.replacing("number,", with: "number + 2,")) FROM journal_entry WHERE tenant = 1 ORDER BY number DESC LIMIT 1",
            without: nil),
        Attack(
            what: "posts nothing",
            sql:
                "INSERT INTO journal_entry \(entry.replacing("number,", with: "number + 1,").replacing("amount,", with: "0,")) FROM journal_entry WHERE tenant = 1 ORDER BY number DESC LIMIT 1"
        ),
        Attack(
            what: "turns a chain back", sql: "UPDATE journal_chain SET last_number = 0 WHERE tenant = 1", without: "journal_chain_forward"),
        Attack(what: "renames an account", sql: "UPDATE account SET name = 'x' WHERE id = 1", without: "account_fixed"),
        Attack(what: "deletes an account", sql: "DELETE FROM account WHERE id = 1", without: "account_kept"),
        Attack(what: "changes a line", sql: "UPDATE line_item SET description = 'x'", without: "line_item_unchanged"),
        Attack(what: "deletes a line", sql: "DELETE FROM line_item WHERE number = 2", without: "line_item_kept"),
        Attack(
            what: "allows more than the line",
            sql:
                "INSERT INTO line_item SELECT tenant, folio, 3, currency, 'allowance', 1, category, description, 1, -2001, -2001, tax_rate, service_date, sku, 'x', entry FROM line_item WHERE tenant = 1 AND folio = 1 AND number = 1",
            without: "line_item_allowance_within"),
        Attack(
            what: "reverses twice",
            sql:
                "INSERT INTO line_item SELECT tenant, folio, 3, currency, 'reversal', 1, category, description, 1, -2000, -2000, tax_rate, service_date, sku, 'x', entry FROM line_item WHERE tenant = 1 AND folio = 1 AND number = 1; INSERT INTO line_item SELECT tenant, folio, 4, currency, 'reversal', 1, category, description, 1, -2000, -2000, tax_rate, service_date, sku, 'x', entry FROM line_item WHERE tenant = 1 AND folio = 1 AND number = 1"
        ),
        Attack(
            what: "charges a closed folio",
            sql:
                "INSERT INTO line_item SELECT tenant, folio, 3, currency, kind, original, category, description, quantity, unit_amount, gross, tax_rate, service_date, sku, reason, entry FROM line_item WHERE tenant = 1 AND folio = 2 AND number = 1",
            without: "line_item_on_open_folio"),
        Attack(
            what: "opens a closed folio", sql: "UPDATE folio SET state = 'open', closed_at = NULL WHERE number = 2",
            without: "folio_closed_stays"),
        Attack(what: "deletes a folio", sql: "DELETE FROM folio WHERE number = 1", without: "folio_kept"),
        Attack(
            what: "replaces a folio",
            sql: "INSERT OR REPLACE INTO folio SELECT * FROM folio WHERE tenant = 1 AND number = 1", without: "folio_once"),
        Attack(
            what: "brings a dead hold to life", sql: "UPDATE hold SET state = 'authorised' WHERE state = 'released'", without: "hold_final"),
        Attack(what: "captures more than is held", sql: "UPDATE hold SET captured = 1 WHERE state = 'requested'"),
        Attack(what: "deletes a hold", sql: "DELETE FROM hold", without: "hold_kept"),
        Attack(what: "marks a payment paid without an entry", sql: "UPDATE payment SET state = 'succeeded', received = 500"),
        Attack(what: "gives back more than came", sql: "UPDATE payment SET refunded = 1"),
        Attack(
            what: "changes a balance transaction", sql: "UPDATE balance_transaction SET fee = 0", without: "balance_transaction_unchanged"),
        Attack(
            what: "adds to a closed month",
            sql:
                "INSERT INTO balance_transaction SELECT tenant, 'txn_2', currency, bucket, type, amount, fee, source, method, created_at, month, late FROM balance_transaction WHERE tenant = 1",
            without: "stripe_month_open"),
        Attack(what: "changes a statement", sql: "UPDATE statement SET fee_net = 0", without: "statement_unchanged"),
        Attack(
            what: "closes a month twice", sql: "INSERT OR REPLACE INTO statement SELECT * FROM statement WHERE tenant = 1",
            without: "statement_once"),
        Attack(
            what: "leaves a gap in the receipts",
            sql: "INSERT INTO receipt VALUES (1, 2026, 3, 1, 'eur', 100, 0)", without: "receipt_gapless"),
        Attack(what: "changes a receipt", sql: "UPDATE receipt SET gross = 1", without: "receipt_unchanged"),
    ]

    /// These need the pragmas that every connection of ours sets.
    static let withPragmas: [Attack] = [
        Attack(
            what: "posts to another tenant's account",
            sql:
                "INSERT INTO account (tenant, currency, id, name) VALUES (2, 'eur', 99, 'x'); INSERT INTO journal_entry \(entry.replacing("number,", with: "number + 1,").replacing("debit,", with: "99,")) FROM journal_entry WHERE tenant = 1 ORDER BY number DESC LIMIT 1"
        ),
        Attack(
            what: "posts in another currency",
            sql:
                "INSERT INTO journal_entry \(entry.replacing("number,", with: "number + 1,").replacing("currency,", with: "'usd',")) FROM journal_entry WHERE tenant = 1 ORDER BY number DESC LIMIT 1"
        ),
        Attack(
            what: "posts on a folio that the tenant does not have",
            sql:
                "INSERT INTO journal_entry \(entry.replacing("number,", with: "number + 1,").replacing("folio,", with: "7,")) FROM journal_entry WHERE tenant = 1 ORDER BY number DESC LIMIT 1"
        ),
        Attack(
            what: "hangs a line on an entry that the tenant does not have",
            sql:
                "INSERT INTO line_item SELECT tenant, folio, 3, currency, kind, original, category, description, quantity, unit_amount, gross, tax_rate, service_date, sku, reason, 999 FROM line_item WHERE tenant = 1 AND folio = 1 AND number = 1"
        ),
        Attack(
            what: "holds for a folio that the tenant does not have",
            sql:
                "INSERT INTO hold (tenant, folio, number, currency, origin, method, amount, state, created_at) VALUES (1, 9, 1, 'eur', 'page', 'card', 1, 'requested', 0)"
        ),
        Attack(
            what: "pays in another currency",
            sql:
                "INSERT INTO payment (tenant, folio, number, currency, origin, method, amount, state, created_at) VALUES (1, 1, 9, 'usd', 'page', 'card', 1, 'requested', 0)"
        ),
        Attack(
            what: "refunds a payment that the folio does not have",
            sql:
                "INSERT INTO refund (tenant, folio, number, currency, payment, amount, state, reason, created_at) VALUES (1, 1, 1, 'eur', 9, 1, 'requested', 'x', 0)"
        ),
        Attack(
            what: "opens a folio in another currency",
            sql:
                "INSERT INTO folio (tenant, number, currency, reference, source, guest_name, guest_language, arrival, departure, mode, method, opened_at) VALUES (1, 9, 'usd', 'R-9', 'shop', 'A', 'de', '2026-11-18', '2026-11-18', 'direct', 'card', 0)"
        ),
    ]

    @Test(arguments: always, [true, false])
    func `cannot do what must never be`(attack: Attack, pragmas: Bool) async throws {
        let hotels = try await TwoHotels()
        let before = dump(hotels.file)
        #expect(hotels.attack("BEGIN; \(attack.sql); COMMIT", pragmas: pragmas) != nil)
        #expect(dump(hotels.file) == before)
    }

    @Test(arguments: withPragmas)
    func `cannot reach across tenants or currencies`(attack: Attack) async throws {
        let hotels = try await TwoHotels()
        let before = dump(hotels.file)
        #expect(hotels.attack("BEGIN; \(attack.sql); COMMIT", pragmas: true) != nil)
        #expect(dump(hotels.file) == before)
        #expect(hotels.attack(attack.sql, pragmas: false) == nil, "without foreign keys it works, so the test can fail")
    }

    @Test(arguments: always.filter { $0.without != nil })
    func `does it once the guard is gone, so the tests can fail`(attack: Attack) async throws {
        let hotels = try await TwoHotels()
        #expect(hotels.attack("DROP TRIGGER \(attack.without!); \(attack.sql)", pragmas: false) == nil)
    }
}
