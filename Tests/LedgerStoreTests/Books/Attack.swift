import Testing

/// A statement that must never work, whoever sends it.
struct Attack: CustomTestStringConvertible, Sendable {
    let name: String
    /// What is allowed, and makes the attack possible.
    var first: [String] = []
    let sql: String

    var testDescription: String { name }

    init(_ name: String, first: [String] = [], _ sql: String) {
        self.name = name
        self.first = first
        self.sql = sql
    }

    /// The settings that another program may have chosen.
    struct Settings: CustomTestStringConvertible, Hashable, Sendable {
        let foreignKeys: Bool
        let recursiveTriggers: Bool

        var testDescription: String { "foreign_keys \(foreignKeys), recursive_triggers \(recursiveTriggers)" }

        static let weakest = Settings(foreignKeys: false, recursiveTriggers: false)
        static let all = [true, false].flatMap { keys in [true, false].map { Settings(foreignKeys: keys, recursiveTriggers: $0) } }
    }
}

/// The pieces that the attacks are made of; what is not given is right.
enum Piece {
    static let next = "(SELECT max(number) + 1 FROM journal_entry WHERE tenant = 1)"
    static let last = "(SELECT max(number) FROM journal_entry WHERE tenant = 1)"
    static func account(_ name: String, tenant: Int = 1) -> String {
        "(SELECT id FROM account WHERE tenant = \(tenant) AND name = '\(name)')"
    }

    static func entry(
        _ verb: String = "INSERT", tenant: Int = 1, number: String = next, kind: String = "charge", debit: String = account("folio:R-1"),
        credit: String = account("revenue:lodging:7"), amount: String = "100", currency: String = "eur", folio: String = "1",
        hash: String = "randomblob(32)"
    ) -> String {
        """
        \(verb) INTO journal_entry (tenant, number, kind, debit, credit, amount, currency, folio, occurred_on, posted_at, actor,
            stripe_object, hash)
        VALUES (\(tenant), \(number), '\(kind)', \(debit), \(credit), \(amount), '\(currency)', \(folio),
            '2025-11-20', 0, 'somebody', NULL, \(hash))
        """
    }

    static func openAccount(currency: String = "eur", debits: Int = 0, lastEntry: Int = 0) -> String {
        """
        INSERT INTO account (tenant, currency, id, name, debits, credits, last_entry)
        VALUES (1, '\(currency)', 99, 'mine', \(debits), 0, \(lastEntry))
        """
    }

    /// A debit of tenant 1 without an entry.
    static func move(_ account: String, by amount: String, at entry: String) -> String {
        "UPDATE account SET debits = debits + \(amount), last_entry = \(entry) WHERE tenant = 1 AND name = '\(account)'"
    }

    static func line(
        _ verb: String = "INSERT", tenant: Int = 1, folio: Int = 1, number: Int = 6, currency: String = "eur", kind: String = "charge",
        original: String = "NULL", category: String = "lodging", gross: Int = 100, rate: String = "7", entry: String = last
    ) -> String {
        """
        \(verb) INTO line_item (tenant, folio, number, currency, kind, original, category, description, quantity, unit_amount, gross,
            tax_rate, service_date, sku, reason, entry)
        VALUES (\(tenant), \(folio), \(number), '\(currency)', '\(kind)', \(original), '\(category)', 'x', 1, \(gross), \(gross),
            '\(rate)', '2025-11-20', NULL, \(original == "NULL" ? "NULL" : "'why'"), \(entry))
        """
    }

    /// A folio like another one.
    static func folio(_ verb: String = "INSERT", currency: String, reference: String, like number: Int) -> String {
        """
        \(verb) INTO folio (tenant, number, currency, reference, source, guest_name, guest_language, arrival, departure, mode, method,
            opened_at)
        SELECT 1, 9, \(currency), \(reference), source, guest_name, guest_language, arrival, departure, mode, method, opened_at
        FROM folio WHERE tenant = 1 AND number = \(number)
        """
    }

    /// What was found after a stay: folio 9 of tenant 1, like its stay.
    static func lateCharge(
        stay: String = "2", source: String = "late_charge", mode: String = "direct", way: String? = nil, reference: String = "R-2-L1",
        number: Int = 9
    ) -> String {
        """
        INSERT INTO folio (tenant, number, currency, reference, source, guest_name, guest_language, arrival, departure, mode, method,
            stay, late_way, opened_at)
        SELECT 1, \(number), currency, '\(reference)', '\(source)', guest_name, guest_language, arrival, departure, '\(mode)', 'card',
            \(stay), \(way ?? (stay == "NULL" ? "NULL" : "'card'")), opened_at
        FROM folio WHERE tenant = 1 AND number = 2
        """
    }

    static func hold(
        _ verb: String = "INSERT", folio: Int = 1, number: Int, replaces: String = "NULL", chain: String? = nil, currency: String = "eur",
        amount: Int = 100
    ) -> String {
        """
        \(verb) INTO hold (tenant, folio, number, replaces, chain, currency, origin, method, amount, state, created_at)
        VALUES (1, \(folio), \(number), \(replaces), \(chain ?? "\(number)"), '\(currency)', 'page', 'card', \(amount), 'requested', 0)
        """
    }

    static func payment(
        _ verb: String = "INSERT", folio: Int = 1, number: Int, currency: String = "eur", origin: String = "page", hold: String = "NULL",
        amount: Int = 100
    ) -> String {
        """
        \(verb) INTO payment (tenant, folio, number, currency, origin, method, amount, state, hold, created_at)
        VALUES (1, \(folio), \(number), '\(currency)', '\(origin)', 'card', \(amount), 'requested', \(hold), 0)
        """
    }

    static func refund(
        _ verb: String = "INSERT", folio: Int = 1, number: Int = 2, payment: Int = 2, amount: Int = 100, bill: String = "'unchanged'",
        line: String = "NULL",
        decidedBy: String = "NULL"
    ) -> String {
        """
        \(verb) INTO refund (tenant, folio, number, currency, payment, amount, state, reason, created_at, bill, bill_line, decided_by,
            decided_at)
        VALUES (1, \(folio), \(number), 'eur', \(payment), \(amount), 'requested', 'why', 0, \(bill), \(line), \(decidedBy),
            \(decidedBy == "NULL" ? "NULL" : "0"))
        """
    }

    static func movement(_ verb: String = "INSERT", id: String = "txn_9", currency: String = "eur", month: String = "2025-11") -> String {
        "\(verb) INTO balance_transaction VALUES (1, '\(id)', '\(currency)', 'charge', 'charge', 'charge', 'payments', 1, 0, NULL, NULL, NULL, 0, '\(month)', 0)"
    }

    static func checkOut(_ verb: String = "INSERT", folio: Int, number: Int) -> String {
        """
        \(verb) INTO check_out (tenant, folio, number, outcome, plan, due, state, actor, started_at)
        VALUES (1, \(folio), \(number), 'checked_out', 'x', 0, 'running', 'somebody', 0)
        """
    }
}
