/// Attacks on what was posted: entries, balances, the chain, and the lines that belong to them.
extension Attack {
    static let onJournal: [Attack] = [
        Attack("change an amount", "UPDATE journal_entry SET amount = amount + 1 WHERE tenant = 1 AND number = 3"),
        Attack("change an actor", "UPDATE journal_entry SET actor = 'somebody else' WHERE tenant = 1 AND number = 3"),
        Attack("change an entry's number", "UPDATE journal_entry SET number = 1000 WHERE tenant = 1 AND number = 3"),
        Attack("move an entry onto another's number", "UPDATE OR REPLACE journal_entry SET number = 4 WHERE tenant = 1 AND number = 3"),
        Attack("delete an entry", "DELETE FROM journal_entry WHERE tenant = 1 AND number = 3"),
        Attack("delete the last entry", "DELETE FROM journal_entry WHERE tenant = 1 AND number = \(Piece.last)"),
        Attack("empty the journal", "DELETE FROM journal_entry"),
        Attack("insert or replace an entry", Piece.entry("INSERT OR REPLACE", number: "3")),
        Attack("replace an entry", Piece.entry("REPLACE", number: "3")),
        Attack("replace the last entry", Piece.entry("REPLACE", number: Piece.last)),
        Attack("upsert an entry", Piece.entry(number: "3") + " ON CONFLICT (tenant, number) DO UPDATE SET amount = excluded.amount"),
        Attack("take a number twice", Piece.entry("INSERT OR REPLACE", number: "1")),
        Attack("skip a number", Piece.entry(number: "\(Piece.next) + 1")),
        Attack("number zero", Piece.entry(number: "0")),
        Attack("debit an account of another tenant", Piece.entry(debit: Piece.account("folio:B-20", tenant: 2))),
        Attack("credit an account of another tenant", Piece.entry(credit: Piece.account("folio:B-20", tenant: 2))),
        Attack("an entry of a tenant that is not there", Piece.entry(tenant: 9, number: "1")),
        Attack("an entry in another currency", Piece.entry(currency: "chf")),
        Attack("an entry on the folio of another tenant", Piece.entry(folio: "20")),
        Attack("a negative amount", Piece.entry(amount: "-100")),
        Attack("an amount of zero", Piece.entry(amount: "0")),
        Attack(
            "an amount that overflows a balance", first: [Piece.entry(amount: "9223372036854775807 - 100000")],
            Piece.entry(amount: "9223372036854775807")),
        Attack("both sides on one account", Piece.entry(credit: Piece.account("folio:R-1"))),
        Attack("a hash that is too short", Piece.entry(hash: "randomblob(31)")),

        Attack("change a balance", "UPDATE account SET debits = debits + 1 WHERE tenant = 1 AND name = 'stripe'"),
        Attack("change both sides of a balance", "UPDATE account SET debits = debits + 1, credits = credits + 1 WHERE tenant = 1"),
        Attack("rename an account", "UPDATE account SET name = 'mine' WHERE tenant = 1 AND name = 'stripe'"),
        Attack("delete an account", "DELETE FROM account WHERE tenant = 1 AND name = 'stripe'"),
        Attack("replace an account", "REPLACE INTO account (tenant, currency, id, name) SELECT 1, 'eur', 99, 'stripe'"),
        Attack("open an account that is not empty", Piece.openAccount(debits: 5)),
        Attack("open an account in another currency", Piece.openAccount(currency: "chf")),
        Attack("open an account that an entry has moved", Piece.openAccount(lastEntry: 5)),
        Attack("change an account's number", "UPDATE account SET id = 99 WHERE tenant = 1 AND name = 'stripe'"),
        Attack("say that a later entry moved an account", "UPDATE account SET last_entry = last_entry + 1 WHERE tenant = 1"),
        Attack("say that an earlier entry moved an account last", "UPDATE account SET last_entry = last_entry - 1 WHERE tenant = 1"),
        Attack("say that the last entry moved an account that it does not name", Piece.move("stripe", by: "0", at: Piece.last)),
        Attack(
            "move an account by an entry that does not name it",
            Piece.move("stripe_fees", by: "(SELECT amount FROM journal_entry WHERE tenant = 1 AND number = \(Piece.last))", at: Piece.last)),
        Attack(
            "repeat the last movement of an account",
            Piece.move(
                "folio:R-1", by: "(SELECT amount FROM journal_entry e WHERE e.tenant = 1 AND e.number = last_entry)", at: "last_entry")),
        Attack(
            "repeat an earlier movement of an account",
            Piece.move("folio:R-1", by: "(SELECT amount FROM journal_entry WHERE tenant = 1 AND number = 3)", at: "3")),
        Attack(
            "repeat a movement as that of a later entry",
            Piece.move("folio:R-1", by: "(SELECT amount FROM journal_entry WHERE tenant = 1 AND number = 3)", at: Piece.last)),
        Attack("cut the journal's tail", "DELETE FROM journal_entry WHERE tenant = 1 AND number > \(Piece.last) - 3"),
        Attack(
            "replace a tenant",
            "REPLACE INTO tenant (number, id, name, currency, time_zone, created_at, books_id) "
                + "SELECT number, id, 'Mine', currency, time_zone, created_at, books_id FROM tenant WHERE number = 1"),
        Attack("delete a tenant", "DELETE FROM tenant WHERE number = 1"),
        Attack("renumber a tenant", "UPDATE tenant SET rowid = 99 WHERE number = 1"),
        Attack("change a tenant's currency", "UPDATE tenant SET currency = 'usd' WHERE number = 1"),
    ]

    private static let allowance = Piece.entry(
        kind: "allowance", debit: Piece.account("revenue:lodging:7"), credit: Piece.account("folio:R-1"))
    private static func entry(_ amount: Int, kind: String = "charge", account: String = "revenue:lodging:7") -> String {
        Piece.entry(kind: kind, debit: Piece.account(account), credit: Piece.account("folio:R-1"), amount: "\(amount)")
    }

    static let onLines: [Attack] = [
        Attack("change a line's amount", "UPDATE line_item SET gross = 1, unit_amount = 1 WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack("change a line's words", "UPDATE line_item SET description = 'x' WHERE tenant = 1 AND folio = 1 AND number = 1"),
        Attack("move a line to another folio", "UPDATE line_item SET folio = 3, number = 9 WHERE tenant = 1 AND folio = 1 AND number = 5"),
        Attack("move a line onto another", "UPDATE OR REPLACE line_item SET number = 3 WHERE tenant = 1 AND folio = 1 AND number = 5"),
        Attack("delete a line", "DELETE FROM line_item WHERE tenant = 1 AND folio = 1 AND number = 5"),
        Attack("replace a line", first: [Piece.entry()], Piece.line("REPLACE", number: 5)),
        Attack("skip a line's number", first: [Piece.entry()], Piece.line(number: 7)),
        Attack("a line with an entry that is not there", Piece.line(entry: "1000")),
        Attack("a line with an entry that only another tenant has", Piece.line(entry: "60")),
        Attack(
            "a line with the entry of another line",
            Piece.line(gross: 1000, entry: "(SELECT entry FROM line_item WHERE tenant = 1 AND folio = 1 AND number = 1)")),
        Attack("two lines with one entry", first: [Piece.entry(), Piece.line()], Piece.line(number: 7)),
        Attack("a line of another amount than its entry", first: [Piece.entry()], Piece.line(gross: 99)),
        Attack("a line with an entry of another folio", first: [Piece.entry(folio: "3")], Piece.line()),
        Attack("a line on the folio of another tenant", first: [Piece.entry(folio: "NULL")], Piece.line(folio: 20, number: 1)),
        Attack("a line in another currency", first: [Piece.entry()], Piece.line(currency: "chf")),
        Attack("a line on a closed folio", first: [Piece.entry(folio: "2")], Piece.line(folio: 2, number: 2)),
        Attack("a charge below zero", first: [Piece.entry()], Piece.line(gross: -100)),
        Attack("an allowance above zero", first: [allowance], Piece.line(kind: "allowance", original: "1", gross: 100)),
        Attack(
            "an allowance above its line", first: [entry(801, kind: "allowance")], Piece.line(kind: "allowance", original: "1", gross: -801)
        ),
        Attack("an allowance on nothing", first: [allowance], Piece.line(kind: "allowance", original: "NULL", gross: -100)),
        Attack("an allowance on a line that is not there", first: [allowance], Piece.line(kind: "allowance", original: "0", gross: -100)),
        Attack("an allowance on an allowance", first: [allowance], Piece.line(kind: "allowance", original: "2", gross: -100)),
        Attack(
            "an allowance on a reversed line", first: [entry(100, kind: "allowance")],
            Piece.line(kind: "allowance", original: "3", category: "minibar", gross: -100, rate: "19")),
        Attack(
            "an allowance at another tax rate", first: [allowance], Piece.line(kind: "allowance", original: "1", gross: -100, rate: "19")),
        Attack(
            "an allowance of another category", first: [allowance],
            Piece.line(kind: "allowance", original: "1", category: "food", gross: -100)),
        Attack(
            "reverse a line twice", first: [entry(350, kind: "reversal")],
            Piece.line(kind: "reversal", original: "3", category: "minibar", gross: -350, rate: "19")),
        Attack(
            "reverse a reversal", first: [entry(350, kind: "reversal")],
            Piece.line(kind: "reversal", original: "4", category: "minibar", gross: 350, rate: "19")),
        Attack(
            "reverse more than is left", first: [entry(1000, kind: "reversal")], Piece.line(kind: "reversal", original: "1", gross: -1000)),
        Attack(
            "reverse less than is left", first: [entry(799, kind: "reversal")], Piece.line(kind: "reversal", original: "1", gross: -799)),
        Attack(
            "reverse an allowance whose line was reversed",
            first: [entry(800, kind: "reversal"), Piece.line(kind: "reversal", original: "1", gross: -800), entry(200, kind: "reversal")],
            Piece.line(number: 7, kind: "reversal", original: "2", gross: 200)),
    ]
}
