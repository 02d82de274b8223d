import Ledger

extension FoundObject {
    static let columns: StaticString = """
        id, kind, reference, customer, amount, currency, state, status, first_seen_at, taken_in_at, taken_in_by, decision
        """
    enum Column: Int, ColumnNames {
        case id, kind, reference, customer, amount, currency, state, status, firstSeenAt, takenInAt, takenInBy, decision
    }

    init(from row: borrowing Row) throws {
        let takenIn = try row.optionalInstant(Column.takenInAt).map { TakenIn(at: $0, by: try row.string(Column.takenInBy)) }
        let id = try row.string(Column.id)
        let what = "found object \(id)"
        self.init(
            id: id, kind: try row.word(Column.kind, of: what), reference: try row.optionalString(Column.reference),
            customer: try row.optionalString(Column.customer), amount: try row.int64(Column.amount),
            currency: try row.string(Column.currency), state: try row.word(Column.state, of: what), status: try row.string(Column.status),
            firstSeen: try row.instant(Column.firstSeenAt), takenIn: takenIn, decision: try row.optionalWord(Column.decision, of: what))
    }
}

/// An object that carries these books' id but belongs to no operation here.
extension Book {
    /// - Parameter id: Stripe's `pi_…` or `cs_…`.
    package func foundObject(_ id: String) throws -> FoundObject? {
        try one("SELECT \(raw: FoundObject.columns) FROM found_object WHERE tenant = \(tenant.number) AND id = \(id)") {
            try FoundObject(from: $0)
        }
    }

    /// Those that wait to be taken in, oldest first.
    package func waitingFoundObjects() throws -> [FoundObject] {
        try all(
            """
            SELECT \(raw: FoundObject.columns) FROM found_object INDEXED BY found_object_waiting
            WHERE tenant = \(tenant.number) AND taken_in_at IS NULL AND state <> 'closed' AND decision IS NOT 'dismissed'
            ORDER BY first_seen_at, id
            """
        ) { try FoundObject(from: $0) }
    }

    /// Those that a folio waits for, oldest first.
    package func waitingFoundObjects(reference: String) throws -> [FoundObject] {
        try all(
            """
            SELECT \(raw: FoundObject.columns) FROM found_object INDEXED BY found_object_waiting
            WHERE tenant = \(tenant.number) AND reference = \(reference) AND taken_in_at IS NULL AND state <> 'closed'
                AND decision IS NOT 'dismissed'
            ORDER BY first_seen_at, id
            """
        ) { try FoundObject(from: $0) }
    }

    /// Keeps what Stripe says of a found object now.
    ///
    /// - Returns: Whether it says something new.
    @discardableResult
    package func save(_ found: FoundObject) throws -> Bool {
        guard let known = try foundObject(found.id) else {
            try run(
                """
                INSERT INTO found_object (tenant, id, kind, reference, customer, amount, currency, state, status, first_seen_at)
                VALUES (\(tenant.number), \(found.id), \(found.kind), \(found.reference), \(found.customer), \(found.amount),
                    \(found.currency), \(found.state), \(found.status), \(now))
                """)
            return true
        }
        guard known.takenIn == nil,
            (known.state, known.amount, known.status) != (found.state, found.amount, found.status) || known.customer != found.customer
        else { return false }
        try run(
            """
            UPDATE found_object SET customer = \(found.customer), amount = \(found.amount), state = \(found.state), status = \(found.status)
            WHERE tenant = \(tenant.number) AND id = \(found.id)
            """)
        return true
    }

    /// Notes that an object has become a hold or a payment; the schema refuses it before.
    package func setTakenIn(_ found: FoundObject, by actor: String) throws {
        try run(
            """
            UPDATE found_object SET taken_in_at = \(now), taken_in_by = \(actor) WHERE tenant = \(tenant.number) AND id = \(found.id)
            """)
    }

    /// Keeps what somebody decided about an object that waits; the schema refuses it for any other.
    package func decide(_ decision: FoundObject.Decision, about found: FoundObject, reason: String, by actor: String) throws {
        try run(
            """
            UPDATE found_object SET decision = \(decision), decided_at = \(now), decided_by = \(actor), decision_reason = \(reason)
            WHERE tenant = \(tenant.number) AND id = \(found.id)
            """)
    }
}

extension Book {
    /// Keeps that other books' objects are on the tenant's account, once.
    package func noteForeignBooks(_ id: String, object: String) throws {
        // Stripe takes up to 500 characters, and somebody else wrote them.
        let id = String(id.prefix(500))
        guard !id.isEmpty,
            try one("SELECT 1 FROM foreign_books WHERE tenant = \(tenant.number) AND books_id = \(id)", { _ in true }) == nil
        else { return }
        try run("INSERT INTO foreign_books (tenant, books_id, object, first_seen_at) VALUES (\(tenant.number), \(id), \(object), \(now))")
    }

    /// Oldest first.
    package func foreignBooks() throws -> [ForeignBooks] {
        try all(
            """
            SELECT books_id, object, first_seen_at FROM foreign_books WHERE tenant = \(tenant.number) ORDER BY first_seen_at, books_id
            """
        ) { ForeignBooks(booksID: try $0.string(0), object: try $0.string(1), firstSeen: try $0.instant(2)) }
    }
}

extension Transaction {
    /// The tenant of this file whose books these are.
    package func tenant(booksID: String) throws -> String? {
        try one("SELECT id FROM tenant WHERE books_id = \(booksID)") { try $0.string(0) }
    }
}

// MARK: - In a copy

extension Book {
    /// The same for one tenant, whose books have their id back.
    package func noteCopy() throws {
        try run("INSERT INTO restoration (tenant, restored_at) VALUES (\(tenant.number), \(now))")
    }

    /// Whether Stripe has not been read since the file was copied or restored.
    package func awaitsReading() throws -> Bool {
        try one("SELECT 1 FROM restoration WHERE tenant = \(tenant.number) AND read_at IS NULL") { _ in true } ?? false
    }

    /// When the file was last copied, or restored from a backup.
    package func restored() throws -> Instant? {
        try one("SELECT restored_at FROM restoration WHERE tenant = \(tenant.number) ORDER BY number DESC LIMIT 1") { try $0.instant(0) }
    }

    /// Stripe has been read since the file was copied or restored: money may be taken again.
    package func noteReading() throws {
        try run("UPDATE restoration SET read_at = \(now) WHERE tenant = \(tenant.number) AND read_at IS NULL")
    }
}

extension Transaction {
    /// Notes for every tenant that this file is a copy: no money is taken before Stripe has been read. While a tenant waits for that already,
    /// nothing is decided, so that one note is enough.
    func noteCopy() throws {
        try run(
            """
            INSERT INTO restoration (tenant, restored_at)
            SELECT number, \(now) FROM tenant t
            WHERE NOT EXISTS (SELECT 1 FROM restoration r WHERE r.tenant = t.number AND r.read_at IS NULL) ORDER BY number
            """)
    }
}
