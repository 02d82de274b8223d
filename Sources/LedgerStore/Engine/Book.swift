import Ledger

/// One tenant's books inside one transaction: what is asked of it and written to it is this tenant's, in this tenant's currency.
///
/// It is lent for the length of one closure, as a transaction is: it cannot be copied, and so not kept. What belongs to no tenant, such as
/// users, tokens and the list of tenants, stays on the transaction.
package struct Book: ~Copyable {
    /// As the caller has read it: a later change of its settings does not show here.
    package let tenant: Tenant
    /// For what belongs to no tenant.
    package let transaction: Transaction

    /// The time of the transaction.
    package var now: Instant { transaction.now }
}

extension Transaction {
    /// Lends the books of a tenant.
    package func withBook<Output>(of tenant: Tenant, _ body: (borrowing Book) throws -> Output) throws -> Output {
        try body(Book(tenant: tenant, transaction: Transaction(now: now, connection: connection)))
    }
}

extension Database {
    /// A `write` in the books of one tenant.
    package func write<Output: Sendable>(
        of tenant: Tenant, _ body: @escaping @Sendable (borrowing Book) throws -> Output
    ) async throws -> Output {
        try await write { try $0.withBook(of: tenant, body) }
    }

    /// A `read` in the books of one tenant.
    package func read<Output>(of tenant: Tenant, _ body: (borrowing Book) throws -> Output) throws -> Output {
        try read { try $0.withBook(of: tenant, body) }
    }
}

/// Statements, as on the transaction.
extension Book {
    func run(_ sql: SQL) throws { try transaction.run(sql) }

    func one<Value>(_ sql: SQL, _ row: (borrowing Row) throws -> Value) throws -> Value? { try transaction.one(sql, row) }

    func all<Value>(_ sql: SQL, _ row: (borrowing Row) throws -> Value) throws -> [Value] { try transaction.all(sql, row) }

    func each(_ sql: SQL, _ row: (borrowing Row) throws -> Void) throws { try transaction.each(sql, row) }

    /// Rows that the last INSERT, UPDATE or DELETE changed, those of triggers not counted.
    var changes: Int { transaction.changes }
}
