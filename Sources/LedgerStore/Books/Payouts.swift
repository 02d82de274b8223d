import Ledger

extension Payout {
    static let columns: StaticString = "id, amount, status, arrival_date, automatic, created_at, reconciliation, itemised_at"
    enum Column: Int, ColumnNames { case id, amount, status, arrivalDate, automatic, createdAt, reconciliation, itemisedAt }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            id: try row.string(Column.id), amount: try row.money(Column.amount, currency), state: try row.string(Column.status),
            arrivalDate: try row.day(Column.arrivalDate), automatic: try row.bool(Column.automatic),
            created: try row.instant(Column.createdAt), reconciliation: try row.optionalString(Column.reconciliation),
            itemised: try row.optionalInstant(Column.itemisedAt))
    }
}

extension Book {
    /// A payout that is known takes the new state, arrival date and what Stripe says of its items; everything else of it is fixed. One in a
    /// currency that these books are not kept in is not theirs.
    package func save(_ payout: Payout) throws {
        guard payout.amount.currency == tenant.currency else { return }
        try run(
            """
            INSERT INTO payout (tenant, id, currency, amount, status, arrival_date, automatic, created_at, reconciliation, is_over)
            SELECT \(tenant.number), \(payout.id), \(tenant.currency.code), \(payout.amount.minorUnits),
                \(payout.state), \(payout.arrivalDate), \(payout.automatic), \(payout.created), \(payout.reconciliation),
                EXISTS (SELECT 1 FROM payout_entry WHERE tenant = \(tenant.number) AND payout = \(payout.id) AND kind <> 'payout')
            WHERE true
            ON CONFLICT DO UPDATE SET status = excluded.status, arrival_date = excluded.arrival_date,
                reconciliation = coalesce(excluded.reconciliation, reconciliation)
            """)
    }

    /// Oldest first.
    package func payouts() throws -> [Payout] {
        try all("SELECT \(raw: Payout.columns) FROM payout WHERE tenant = \(tenant.number) ORDER BY created_at, id") {
            try Payout(from: $0, in: tenant.currency)
        }
    }

    /// Those made within the two instants, oldest first.
    package func payouts(from start: Instant, before end: Instant, _ window: Window) throws -> Part<Payout> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what) FROM payout INDEXED BY payout_created
            WHERE tenant = \(tenant.number) AND created_at >= \(start) AND created_at < \(end)
            ORDER BY created_at, id LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        let found = try all(statement(Payout.columns, window)) { try Payout(from: $0, in: tenant.currency) }
        return Part(found, window, of: try one(statement("count(*)", .one)) { try $0.int(0) } ?? 0)
    }

    /// One of them.
    ///
    /// - Parameter id: `po_…`.
    package func payout(_ id: String) throws -> Payout? {
        try one("SELECT \(raw: Payout.columns) FROM payout WHERE tenant = \(tenant.number) AND id = \(id)") {
            try Payout(from: $0, in: tenant.currency)
        }
    }
}

// MARK: - Where the money is

extension Book {
    /// Posts what a payout moved on the balance: out of it into `bank_transit`, or back from where it is.
    func postPayout(_ movement: BalanceMovement, on day: Day) throws {
        let hasArrived = try movement.source.map { try self.hasArrived($0) } ?? false
        guard let posting = movement.payoutPosting(on: day, hasArrived: hasArrived) else { return }
        let entry = try post(posting, by: "stripe")
        if let payout = movement.source { try addEntry(entry, posting, of: payout, movement: movement.id) }
    }

    /// Posts the arrival of payouts that Stripe counts as paid, and whose day has come: each on its arrival day, once.
    package func bookArrivals() throws {
        let today = now.day(in: tenant.timeZone)
        let arrived = try all(
            """
            SELECT \(raw: Payout.columns) FROM payout p INDEXED BY payout_under_way
            WHERE tenant = \(tenant.number) AND is_over = 0 AND arrival_date <= \(today) AND status = 'paid'
                AND amount = (SELECT sum(amount) FROM payout_entry WHERE tenant = p.tenant AND payout = p.id AND kind = 'payout')
            ORDER BY arrival_date, id
            """
        ) { try Payout(from: $0, in: tenant.currency) }
        for payout in arrived {
            guard let posting = Posting.payoutArrived(payout.amount, on: payout.arrivalDate, payout: payout.id) else { continue }
            try addEntry(try post(posting, by: "stripe"), posting, of: payout.id, movement: nil)
        }
    }

    private func hasArrived(_ payout: String) throws -> Bool {
        try one(
            "SELECT 1 FROM payout_entry WHERE tenant = \(tenant.number) AND payout = \(payout) AND kind = 'payout_arrived'"
        ) { _ in true } ?? false
    }

    private func addEntry(_ entry: Int64, _ posting: Posting, of payout: String, movement: String?) throws {
        try run(
            """
            INSERT INTO payout_entry (tenant, payout, entry, kind, amount, movement)
            VALUES (\(tenant.number), \(payout), \(entry), \(posting.kind), \(posting.amount.minorUnits), \(movement))
            """)
    }

    /// What a payout brought about in the journal, in order: the kind and the day.
    ///
    /// - Parameter id: `po_…`.
    package func entries(ofPayout id: String) throws -> [(kind: EntryKind, on: Day)] {
        try all(
            """
            SELECT p.kind, e.occurred_on FROM payout_entry p JOIN journal_entry e ON e.tenant = p.tenant AND e.number = p.entry
            WHERE p.tenant = \(tenant.number) AND p.payout = \(id) ORDER BY p.entry
            """
        ) { (kind: try $0.word(0, of: "an entry of payout \(id)"), on: try $0.day(1)) }
    }
}

// MARK: - What is in it

extension BookedMovement {
    static let columns: StaticString = """
        b.id, b.type, b.reporting_category, b.balance, b.amount, b.fee, b.source, coalesce(b.intent, u.intent) AS intent, b.method,
        b.created_at, f.reference, f.guest_name, p.number AS payment, p.last4, i.payout, b.month, b.late
        """
    enum Column: Int, ColumnNames {
        case id, type, reportingCategory, balance, amount, fee, source, intent, method, createdAt
        case reference, guestName, payment, last4, payout, month, late
    }
    /// What the columns are read from, after the movements `b`.
    static let joins: StaticString = """
        LEFT JOIN unexplained_movement u ON u.tenant = b.tenant AND u.id = b.id
        LEFT JOIN payment p ON p.tenant = b.tenant AND p.payment_intent = coalesce(b.intent, u.intent)
        LEFT JOIN hold h ON h.tenant = b.tenant AND h.payment_intent = coalesce(b.intent, u.intent)
        LEFT JOIN folio f ON f.tenant = b.tenant AND f.number = coalesce(p.folio, h.folio)
        LEFT JOIN payout_item i ON i.tenant = b.tenant AND i.movement = b.id
        """

    init(from row: borrowing Row, of tenant: Tenant) throws {
        // Its first columns are those of the movement.
        let movement = try BalanceMovement(from: row, in: tenant.currency)
        self.init(
            movement: movement, folio: try row.optionalString(Column.reference),
            guest: try row.optionalString(Column.guestName), payment: try row.optionalInt64(Column.payment),
            last4: try row.optionalString(Column.last4), payout: try row.optionalString(Column.payout),
            month: try row.month(Column.month), isLate: try row.bool(Column.late),
            day: movement.created.day(in: tenant.timeZone))
    }
}

extension Book {
    /// Automatic payouts of which Stripe lists what is in them, and that has not been read, oldest first.
    package func payoutsToItemise() throws -> [Payout] {
        try all(
            """
            SELECT \(raw: Payout.columns) FROM payout INDEXED BY payout_to_itemise
            WHERE tenant = \(tenant.number) AND automatic = 1 AND itemised_at IS NULL AND reconciliation = 'completed' ORDER BY created_at, id
            """
        ) { try Payout(from: $0, in: tenant.currency) }
    }

    /// Keeps what is in a payout, as Stripe lists it.
    ///
    /// - Parameter movements: `txn_…`; the payout's own is not among them.
    /// - Returns: Whether all of them are known here, in no other payout, and add up to it; otherwise nothing is kept.
    package func itemise(_ payout: Payout, with movements: [String]) throws -> Bool {
        guard try self.payout(payout.id)?.itemised == nil else { return true }
        var sum = Money.zero(tenant.currency)
        for id in movements {
            guard let known = try balanceMovement(id), known.isOfPayments else { return false }
            let taken = try one("SELECT 1 FROM payout_item WHERE tenant = \(tenant.number) AND movement = \(id)") { _ in true }
            guard taken == nil else { return false }
            sum = try sum.adding(known.amount).subtracting(known.fee)
        }
        guard sum == payout.amount, !movements.isEmpty else { return false }
        for id in movements {
            try run(
                "INSERT INTO payout_item (tenant, movement, payout) VALUES (\(tenant.number), \(id), \(payout.id))")
        }
        try run("UPDATE payout SET itemised_at = \(now) WHERE tenant = \(tenant.number) AND id = \(payout.id)")
        return true
    }

    /// What is in an automatic payout, oldest first.
    ///
    /// - Parameter id: `po_…`.
    package func items(ofPayout id: String) throws -> [BookedMovement] {
        try all(
            """
            SELECT \(raw: BookedMovement.columns) FROM payout_item w INDEXED BY payout_item_payout
            JOIN balance_transaction b ON b.tenant = w.tenant AND b.id = w.movement \(raw: BookedMovement.joins)
            WHERE w.tenant = \(tenant.number) AND w.payout = \(id) ORDER BY b.created_at, b.id
            """
        ) { try BookedMovement(from: $0, of: tenant) }
    }

    /// What moved the payments balance and belongs to a month's statement, oldest first: late items too. It costs what the tenant ever moved.
    ///
    /// - Parameter isLate: Only late items, which an index finds.
    package func bookedMovements(_ month: Month, isLate: Bool = false) throws -> [BookedMovement] {
        if isLate {
            return try all(
                """
                SELECT \(raw: BookedMovement.columns) FROM balance_transaction b INDEXED BY balance_transaction_late \(raw: BookedMovement.joins)
                WHERE b.tenant = \(tenant.number) AND b.month = \(month) AND b.late = 1 AND b.balance = 'payments' ORDER BY b.created_at, b.id
                """
            ) { try BookedMovement(from: $0, of: tenant) }
        }
        return try all(
            """
            SELECT \(raw: BookedMovement.columns) FROM balance_transaction b \(raw: BookedMovement.joins)
            WHERE b.tenant = \(tenant.number) AND b.month = \(month) AND b.balance = 'payments' ORDER BY b.created_at, b.id
            """
        ) { try BookedMovement(from: $0, of: tenant) }
    }

    /// The balance right before a payout left it, and right after: what Stripe had moved until then. It costs what the tenant ever moved.
    ///
    /// - Parameter id: `po_…`.
    /// - Returns: `nil` while its movement is not booked.
    package func balances(aroundPayout id: String) throws -> (before: Money, after: Money)? {
        let own = try one("SELECT movement FROM payout_entry WHERE tenant = \(tenant.number) AND payout = \(id) AND kind = 'payout'") {
            try $0.string(0)
        }
        guard let own, let movement = try balanceMovement(own) else { return nil }
        let before = try one(
            """
            SELECT coalesce(sum(amount - fee), 0) FROM balance_transaction
            WHERE tenant = \(tenant.number) AND balance = 'payments' AND created_at <= \(movement.created) AND id <> \(own)
            """
        ) { try $0.money(0, tenant.currency) }!
        return (before, try before.adding(movement.amount).subtracting(movement.fee))
    }
}
