import Ledger

/// What posting reads of a tenant's journal, kept from one entry to the next where a transaction posts many.
///
/// Nothing else may post to the tenant while it is used; the schema would refuse the result.
package struct KnownJournal {
    /// The number and hash of the last entry.
    fileprivate var last: (number: Int64, hash: [UInt8])?
    /// Ids of accounts, by the bytes of their names: Swift takes two ways of writing "é" for one text, and they are two accounts.
    fileprivate var accounts: [[UInt8]: Int64] = [:]

    package init() {}
}

extension Book {
    /// Posts a fact to the tenant's journal. Balances, numbering and the hash chain follow in the same statement.
    ///
    /// - Parameters:
    ///   - folio: The folio that `posting.folio` names.
    ///   - actor: Who did it: a person's name, `service`, `guest`.
    /// - Returns: The entry's number.
    package func post(_ posting: Posting, folio: Folio? = nil, by actor: String) throws -> Int64 {
        var known = KnownJournal()
        return try post(posting, folio: folio, by: actor, &known)
    }

    /// The same for one of many in a transaction.
    ///
    /// - Parameter known: Of the tenant, from the entries before.
    func post(_ posting: Posting, folio: Folio?, by actor: String, _ known: inout KnownJournal) throws -> Int64 {
        precondition(posting.folio == folio?.reference, "the posting names another folio")
        guard posting.amount.currency == tenant.currency else {
            throw MoneyError.currencyMismatch(tenant.currency, posting.amount.currency)
        }
        let debit = try account(posting.debit.name, &known)
        let credit = try account(posting.credit.name, &known)
        let last = try known.last ?? lastEntry()
        let entry = JournalEntry(
            number: last.number + 1, kind: posting.kind.rawValue, debit: posting.debit.name, credit: posting.credit.name,
            amount: posting.amount.minorUnits, currency: tenant.currency.code, folio: posting.folio, occurredOn: posting.occurredOn,
            postedAt: now, actor: actor, stripeObject: posting.stripeObject, previousHash: last.hash)
        let hash = entry.hash(tenant: tenant.id)
        try run(
            """
            INSERT INTO journal_entry (tenant, number, kind, debit, credit, amount, currency, folio, occurred_on, posted_at, actor,
                stripe_object, hash)
            VALUES (\(tenant.number), \(entry.number), \(entry.kind), \(debit), \(credit), \(entry.amount),
                \(entry.currency), \(folio?.number), \(entry.occurredOn), \(now), \(actor), \(entry.stripeObject),
                \(hash))
            """)
        known.last = (entry.number, hash)
        return entry.number
    }

    /// The number and hash of the tenant's last entry; 0 and the genesis hash before the first. Two ledgers with equal hashes have equal
    /// journals.
    package func lastEntry() throws -> (number: Int64, hash: [UInt8]) {
        try one("SELECT number, hash FROM journal_entry WHERE tenant = \(tenant.number) ORDER BY number DESC LIMIT 1") {
            (number: try $0.int64(0), hash: try $0.bytes(1))
        } ?? (0, JournalEntry.genesisHash)
    }

    private func account(_ name: String, _ known: inout KnownJournal) throws -> Int64 {
        let bytes = Array(name.utf8)
        if let id = known.accounts[bytes] { return id }
        let id = try account(name)
        known.accounts[bytes] = id
        return id
    }

    /// The account's id; opened with a zero balance when it is new.
    private func account(_ name: String) throws -> Int64 {
        if let id = try one("SELECT id FROM account WHERE tenant = \(tenant.number) AND name = \(name)", { try $0.int64(0) }) {
            return id
        }
        return try one(
            """
            INSERT INTO account (tenant, currency, id, name)
            SELECT \(tenant.number), \(tenant.currency.code),
                (SELECT coalesce(max(id), 0) + 1 FROM account WHERE tenant = \(tenant.number)),
                \(name)
            RETURNING id
            """
        ) { try $0.int64(0) }!
    }

    /// Debits minus credits; zero for an account that was never used.
    package func balance(of account: Account) throws -> Money {
        let units = try one(
            "SELECT debits - credits FROM account WHERE tenant = \(tenant.number) AND name = \(account.name)"
        ) { try $0.int64(0) }
        return Money(minorUnits: units ?? 0, currency: tenant.currency)
    }

    /// The sums of all debits and of all credits. They are equal, or the file is wrong.
    package func trialBalance() throws -> (debits: Int64, credits: Int64) {
        try one("SELECT coalesce(sum(debits), 0), coalesce(sum(credits), 0) FROM account WHERE tenant = \(tenant.number)") {
            (try $0.int64(0), try $0.int64(1))
        }!
    }

    /// Entries in their order, each with the hash that is stored for it; those posted from `start` to before `end` only, or those that
    /// occurred on `days`, when given, and at most `limit` of those with a number above `number`.
    ///
    /// - Throws: `DamagedEntry` at a row that cannot be read.
    package func eachEntry(
        from start: Instant? = nil, before end: Instant? = nil, on days: ClosedRange<Day>? = nil, after number: Int64 = 0,
        limit: Int = .max, _ body: (JournalEntry, _ storedHash: [UInt8]) throws -> Void
    ) throws {
        var last: (number: Int64, hash: [UInt8]) = (0, JournalEntry.genesisHash)
        let (first, through) = (days?.lowerBound, days?.upperBound)
        try each(
            """
            SELECT \(raw: JournalEntry.columns) FROM journal_entry e
            LEFT JOIN account d ON d.tenant = e.tenant AND d.id = e.debit AND d.currency = e.currency
            LEFT JOIN account c ON c.tenant = e.tenant AND c.id = e.credit AND c.currency = e.currency
            LEFT JOIN folio f ON f.tenant = e.tenant AND f.number = e.folio
            WHERE e.tenant = \(tenant.number) AND (\(start) IS NULL OR e.posted_at >= \(start)) AND (\(end) IS NULL OR e.posted_at < \(end))
                AND (\(first) IS NULL OR e.occurred_on BETWEEN \(first) AND \(through)) AND e.number > \(number)
            ORDER BY e.number LIMIT \(limit)
            """
        ) { row in
            let number = try row.int64(JournalEntry.Column.number)
            let before = try number == last.number + 1 ? last.hash : hash(of: number - 1)
            guard let entry = try? JournalEntry(from: row, after: before), let hash = try? row.bytes(JournalEntry.Column.hash) else {
                throw DamagedEntry(number: number)
            }
            last = (number, hash)
            try body(entry, hash)
        }
    }

    private func hash(of number: Int64) throws -> [UInt8] {
        try one("SELECT hash FROM journal_entry WHERE tenant = \(tenant.number) AND number = \(number)") { try $0.bytes(0) }
            ?? JournalEntry.genesisHash
    }
}

extension JournalEntry {
    static let columns: StaticString = """
        e.number, e.kind, d.name AS debit, c.name AS credit, e.amount, e.currency, f.reference, e.occurred_on, e.posted_at, e.actor,
        e.stripe_object, e.hash, e.folio IS NULL AS is_without_folio
        """
    enum Column: Int, ColumnNames {
        case number, kind, debit, credit, amount, currency, reference, occurredOn, postedAt, actor
        case stripeObject, hash, isWithoutFolio
    }

    fileprivate init(from row: borrowing Row, after previous: [UInt8]) throws {
        self.init(
            number: try row.int64(Column.number), kind: try row.string(Column.kind), debit: try row.optionalString(Column.debit) ?? "",
            credit: try row.optionalString(Column.credit) ?? "", amount: try row.int64(Column.amount),
            currency: try row.string(Column.currency), folio: try row.optionalString(Column.reference),
            occurredOn: try row.day(Column.occurredOn), postedAt: try row.instant(Column.postedAt), actor: try row.string(Column.actor),
            stripeObject: try row.optionalString(Column.stripeObject), previousHash: previous)
        // The hash takes an empty text and none for the same, and a folio that is not there for none.
        guard stripeObject != "" else { throw row.unreadable(Column.stripeObject, of: "journal entry \(number)") }
        guard try (folio == nil) == row.bool(Column.isWithoutFolio) else {
            throw row.unreadable(Column.reference, of: "journal entry \(number)")
        }
    }
}

/// A journal row that cannot even be read: something else wrote into the file.
package struct DamagedEntry: Error, CustomStringConvertible {
    /// The entry's, within its tenant.
    package let number: Int64

    package var description: String { "journal entry \(number) cannot be read" }
}
