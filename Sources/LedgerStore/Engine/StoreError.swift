import CSQLite

/// What SQLite said, for the operator. It is a defect, or a constraint that the caller may want to know about;
/// accidents that an operator can mend are a `StoreRefusal`.
package struct StoreError: Error, Equatable, CustomStringConvertible {
    /// SQLite's primary result code, for example 19 (`SQLITE_CONSTRAINT`).
    package let code: Int32
    /// SQLite's extended result code, for example 2067 (`SQLITE_CONSTRAINT_UNIQUE`).
    package let extendedCode: Int32
    /// SQLite's own words, or those of the `RAISE` in a trigger.
    package let message: String
    /// The statement with `?` for its values, which may be a guest's data and are never kept.
    package let sql: String?

    /// The kind of constraint that refused a row, `nil` for any other error.
    package var constraint: Constraint? {
        switch extendedCode {
        case Self.unique, Self.primaryKey, Self.rowID: .unique
        case Self.foreignKey: .foreignKey
        case Self.check, Self.dataType: .check
        case Self.notNull: .notNull
        case Self.trigger: .trigger
        default: nil
        }
    }

    /// `check` is also a value of a wrong type, `trigger` a trigger's `RAISE`, `unique` also a primary key.
    package enum Constraint: Sendable { case unique, foreignKey, check, notNull, trigger }

    package var description: String { "SQLite \(extendedCode): \(message)\(sql.map { " in: \($0)" } ?? "")" }

    // The C macros are expressions, which Swift does not import.
    static let check = SQLITE_CONSTRAINT | 1 << 8
    static let foreignKey = SQLITE_CONSTRAINT | 3 << 8
    static let notNull = SQLITE_CONSTRAINT | 5 << 8
    static let primaryKey = SQLITE_CONSTRAINT | 6 << 8
    static let trigger = SQLITE_CONSTRAINT | 7 << 8
    static let unique = SQLITE_CONSTRAINT | 8 << 8
    static let rowID = SQLITE_CONSTRAINT | 10 << 8
    static let dataType = SQLITE_CONSTRAINT | 12 << 8
}
