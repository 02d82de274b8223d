import CSQLite
import Ledger

/// The right to use a connection, lent for the length of one closure.
///
/// It cannot be copied, so it cannot be kept; and the closure is synchronous, so nothing is awaited between
/// BEGIN and COMMIT. `now` is read once: one transaction has one time.
package struct Transaction: ~Copyable {
    /// Read once, when the transaction began. It never goes back from one write to the next.
    package let now: Instant
    let connection: Connection
}

extension Transaction {
    /// Runs a statement. Rows, if it has any, are skipped.
    ///
    /// - Throws: `StoreError`, for example with a `constraint`; `StoreRefusal` for an accident with the file.
    package func run(_ sql: SQL) throws {
        try connection.with(sql) { statement in
            while try statement.step(on: connection) {}
        }
    }

    /// - Returns: What `row` makes of the first row; `nil` if there is none. A statement that writes is run to its end.
    package func one<Value>(_ sql: SQL, _ row: (borrowing Row) throws -> Value) throws -> Value? {
        try connection.with(sql) { statement in
            guard try statement.step(on: connection) else { return nil }
            let value = try row(Row(statement: statement))
            if statement.writes { while try statement.step(on: connection) {} }
            return value
        }
    }

    /// In the order of the statement.
    ///
    /// - Throws: As `run`, and what `row` throws.
    package func all<Value>(_ sql: SQL, _ row: (borrowing Row) throws -> Value) throws -> [Value] {
        try connection.with(sql) { statement in
            var values: [Value] = []
            while try statement.step(on: connection) { values.append(try row(Row(statement: statement))) }
            return values
        }
    }

    /// Hands over row after row without keeping any. `row` may run further statements; an error of its own ends the loop.
    package func each(_ sql: SQL, _ row: (borrowing Row) throws -> Void) throws {
        try connection.with(sql) { statement in
            while try statement.step(on: connection) { try row(Row(statement: statement)) }
        }
    }

    /// Rows that the last INSERT, UPDATE or DELETE changed, those of triggers not counted.
    package var changes: Int { Int(sqlite3_changes64(connection.handle)) }
}
