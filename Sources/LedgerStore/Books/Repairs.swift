import Ledger

/// Something that a reconciliation mended.
package struct Repair: Hashable, Sendable {
    /// The object at Stripe.
    package let object: String
    /// What stood here, in words.
    package let ledger: String
    /// What Stripe said, in words.
    package let stripe: String
    /// Why the two differed, in words.
    package let cause: String
    /// Who had it mended.
    package let actor: String

    package init(object: String, ledger: String, stripe: String, cause: String, actor: String) {
        self.object = object
        self.ledger = ledger
        self.stripe = stripe
        self.cause = cause
        self.actor = actor
    }
}

extension Book {
    /// Rows written on this connection until now: whether something changed in between.
    package func rowsWritten() throws -> Int64 { try one("SELECT total_changes()") { try $0.int64(0) }! }

    /// Written in the transaction that mends; it never changes.
    package func add(_ repair: Repair) throws {
        try run(
            """
            INSERT INTO repair (tenant, object, ledger, stripe, cause, actor, repaired_at)
            VALUES (\(tenant.number), \(repair.object), \(repair.ledger), \(repair.stripe), \(repair.cause), \(repair.actor), \(now))
            """)
    }

    /// Oldest first.
    package func repairs() throws -> [Repair] {
        try all("SELECT object, ledger, stripe, cause, actor FROM repair WHERE tenant = \(tenant.number) ORDER BY number") {
            Repair(
                object: try $0.string(0), ledger: try $0.string(1), stripe: try $0.string(2), cause: try $0.string(3),
                actor: try $0.string(4))
        }
    }
}
