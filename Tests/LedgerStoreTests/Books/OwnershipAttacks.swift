/// Attacks on whose an object is: other books, found objects forgotten or taken twice, a restore passed over, another's account.
extension Attack {
    private static let found = Piece.found(id: "pi_9")
    private static let unread = "INSERT INTO restoration (tenant, restored_at) VALUES (1, 0)"
    private static let shared = "INSERT INTO account_check VALUES (1, 2, 'same', 0)"

    static let onOwnership: [Attack] = [
        Attack("give books another id", "UPDATE tenant SET books_id = '0123456789abcdef0123456789abcdef' WHERE number = 1"),
        Attack("take away books' id", "UPDATE tenant SET books_id = '' WHERE number = 1"),
        Attack("a tenant without books", Piece.tenant(books: "''")),
        Attack("a tenant with another's books", Piece.tenant(books: "(SELECT books_id FROM tenant WHERE number = 1)")),
        Attack("a tenant with an id of books that is none", Piece.tenant(books: "'0123456789ABCDEF0123456789ABCDEF'")),
        Attack(
            "live books become test books", first: ["UPDATE tenant SET livemode = 1 WHERE number = 1"], "UPDATE tenant SET livemode = 0"),
        Attack("a mode that is none", "UPDATE tenant SET livemode = 2 WHERE number = 1"),
        Attack("forget what was found", first: [found], "DELETE FROM found_object"),
        Attack("find it for another folio", first: [found], "UPDATE found_object SET reference = 'R-2'"),
        Attack("find it in another currency", first: [found], "UPDATE found_object SET currency = 'usd'"),
        Attack("find what is a payment already", Piece.found(id: "pi_2")),
        Attack("find what is a hold already", Piece.found(id: "pi_3")),
        Attack("find it anew", first: [found], Piece.found("REPLACE", id: "pi_9", state: "closed")),
        Attack("a found object that fell from the sky", Piece.found(id: "pi_9", state: "lost")),
        Attack("take in what became nothing", first: [found], "UPDATE found_object SET taken_in_at = 0, taken_in_by = 'otto'"),
        Attack(
            "find what is decided already",
            Piece.found(id: "pi_9").replacing("first_seen_at)", with: "first_seen_at, decision, decided_at, decided_by, decision_reason)")
                .replacing("0)", with: "0, 'dismissed', 0, 'otto', 'x')")),
        Attack("decide about what was found in a word that is none", first: [found], Piece.decision("perhaps")),
        Attack("decide about it without a reason", first: [found], Piece.decision("dismissed", why: "''")),
        Attack("decide about it without saying who", first: [found], "UPDATE found_object SET decision = 'dismissed'"),
        Attack("decide about it twice", first: [found, Piece.decision("dismissed")], Piece.decision("accepted")),
        Attack(
            "decide about what is over", first: [found, "UPDATE found_object SET state = 'closed'"], Piece.decision("accepted")),
        Attack("charge beside what was accepted", first: [found, Piece.decision("accepted")], Piece.operation("charge_saved_card")),
        Attack(
            "take in what was dismissed",
            first: [found, Piece.decision("dismissed"), "UPDATE payment SET payment_intent = 'pi_9' WHERE tenant = 1 AND number = 3"],
            "UPDATE found_object SET taken_in_at = 0, taken_in_by = 'otto'"),
        Attack("charge beside what was found", first: [found], Piece.operation("charge_saved_card")),
        Attack("capture beside what was found", first: [found], Piece.operation("capture")),
        Attack("ask for a payment beside what was found", first: [found], Piece.operation("payment_page")),
        Attack("hold beside what was found", first: [found], Piece.operation("place_hold")),
        Attack("raise a hold beside what was found", first: [found], Piece.operation("increment")),
        Attack("ask for a card beside what was found", first: [found], Piece.operation("setup_page")),
        Attack("charge before Stripe was read", first: [unread], Piece.operation("charge_saved_card")),
        Attack("ask for a hold before Stripe was read", first: [unread], Piece.operation("hold_page")),
        Attack("charge on another tenant's account", first: [shared], Piece.operation("charge_saved_card")),
        Attack("forget a restore", first: [unread], "DELETE FROM restoration"),
        Attack("a restore after which Stripe was read before", "INSERT INTO restoration (tenant, restored_at, read_at) VALUES (1, 0, 0)"),
        Attack(
            "read Stripe again after a restore", first: [unread, "UPDATE restoration SET read_at = 1"], "UPDATE restoration SET read_at = 2"
        ),
        Attack("a restore of another time", first: [unread], "UPDATE restoration SET restored_at = 1, read_at = 2"),
        Attack("forget other books", first: [Piece.books], "DELETE FROM foreign_books"),
        Attack("date other books", first: [Piece.books], "UPDATE foreign_books SET first_seen_at = 1"),
        Attack(
            "see other books twice", first: [Piece.books], Piece.books.replacing("INSERT", with: "REPLACE").replacing("pi_9", with: "pi_8")),
        Attack("see the tenant's own books", Piece.books.replacing("'other'", with: "(SELECT books_id FROM tenant WHERE number = 1)")),
        Attack("an account beside itself", "INSERT INTO account_check VALUES (1, 1, 'same', 0)"),
        Attack("an account that is half another's", "INSERT INTO account_check VALUES (1, 2, 'half', 0)"),
    ]
}

extension Piece {
    static let books = "INSERT INTO foreign_books VALUES (1, 'other', 'pi_9', 0)"

    static func found(_ verb: String = "INSERT", id: String, state: String = "captured") -> String {
        """
        \(verb) INTO found_object (tenant, id, kind, reference, amount, currency, state, status, first_seen_at)
        VALUES (1, '\(id)', 'payment_intent', 'R-1', 100, 'eur', '\(state)', 'succeeded', 0)
        """
    }

    static func decision(_ word: String, why: String = "'all lines are there'") -> String {
        "UPDATE found_object SET decision = '\(word)', decided_at = 0, decided_by = 'otto', decision_reason = \(why) WHERE id = 'pi_9'"
    }

    static func operation(_ kind: String) -> String {
        """
        INSERT INTO operation (tenant, folio, kind, method, path, idempotency_key, created_at)
        VALUES (1, 1, '\(kind)', 'POST', '/', 'k', 0)
        """
    }

    static func tenant(books: String) -> String {
        """
        INSERT INTO tenant (number, id, name, currency, time_zone, books_id, created_at)
        VALUES (9, 'third', 'Third', 'eur', 'Europe/Berlin', \(books), 0)
        """
    }
}
