import CSQLite
import Ledger

/// The row a statement stands on, lent for the length of one closure.
///
/// A column is given by its number, from 0, or by its name in a list of columns. One of another kind than asked for, NULL included, throws
/// instead of becoming 0 or "": SQLite itself would convert in silence. So does a number beyond `OutsideNumber.range`, and a time beyond
/// the calendar: somebody has changed the file, and reckoning with it would end the process.
package struct Row: ~Copyable {
    let statement: PreparedStatement

    /// - Throws: `StoreError` unless an integer within `OutsideNumber.range` stands there.
    package func int(_ column: some RowColumn) throws -> Int { Int(try int64(column)) }
    /// - Throws: `StoreError` unless an integer within `OutsideNumber.range` stands there.
    package func int64(_ column: some RowColumn) throws -> Int64 { try present(optionalInt64(column), "an integer", column) }
    /// Whatever integer stands there. Only for those who compare with it, and add without trapping.
    package func anyInt64(_ column: some RowColumn) throws -> Int64 {
        guard kind(column) == SQLITE_INTEGER else { throw mismatch("an integer", column) }
        return sqlite3_column_int64(statement.handle, Int32(column.index))
    }

    /// - Throws: `StoreError` unless 0 or 1 stands there.
    package func bool(_ column: some RowColumn) throws -> Bool { try present(optionalBool(column), "0 or 1", column) }
    /// - Throws: `StoreError` unless text in valid UTF-8 stands there.
    package func string(_ column: some RowColumn) throws -> String { try present(optionalString(column), "text", column) }
    /// - Throws: `StoreError` unless a blob stands there.
    package func bytes(_ column: some RowColumn) throws -> [UInt8] { try present(optionalBytes(column), "a blob", column) }
    /// Stored as milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// - Throws: `StoreError` unless they are within `Instant.range`.
    package func instant(_ column: some RowColumn) throws -> Instant { try present(optionalInstant(column), "a time", column) }

    /// A text that names a case, for example of an enumeration.
    package func value<Name: RawRepresentable<String>>(_ column: some RowColumn, as: Name.Type = Name.self) throws -> Name {
        try present(optionalValue(column), "text", column)
    }

    /// As `int`, with `nil` for NULL.
    package func optionalInt(_ column: some RowColumn) throws -> Int? { try optionalInt64(column).map { Int($0) } }

    /// As `int64`, with `nil` for NULL.
    package func optionalInt64(_ column: some RowColumn) throws -> Int64? {
        switch kind(column) {
        case SQLITE_INTEGER: try checked(sqlite3_column_int64(statement.handle, Int32(column.index)), OutsideNumber.range, column)
        case SQLITE_NULL: nil
        default: throw mismatch("an integer", column)
        }
    }

    /// As `bool`, with `nil` for NULL.
    package func optionalBool(_ column: some RowColumn) throws -> Bool? {
        switch try optionalInt64(column) {
        case 0: false
        case 1: true
        case nil: nil
        default: throw mismatch("0 or 1", column)
        }
    }

    /// As `string`, with `nil` for NULL.
    package func optionalString(_ column: some RowColumn) throws -> String? {
        switch kind(column) {
        case SQLITE_TEXT:
            // The text first, then its length: the order in which SQLite promises that both belong together.
            let start = sqlite3_column_text(statement.handle, Int32(column.index))
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement.handle, Int32(column.index))))
            guard let string = String(validating: bytes, as: UTF8.self) else { throw mismatch("UTF-8", column) }
            return string
        case SQLITE_NULL: return nil
        default: throw mismatch("text", column)
        }
    }

    /// As `bytes`, with `nil` for NULL.
    package func optionalBytes(_ column: some RowColumn) throws -> [UInt8]? {
        switch kind(column) {
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement.handle, Int32(column.index))
            return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement.handle, Int32(column.index)))))
        case SQLITE_NULL: return nil
        default: throw mismatch("a blob", column)
        }
    }

    /// As `instant`, with `nil` for NULL.
    package func optionalInstant(_ column: some RowColumn) throws -> Instant? {
        try optionalInt64(column).map { Instant(milliseconds: try checked($0, Instant.range, column)) }
    }

    /// - Throws: `StoreError` for a text that names no case.
    package func optionalValue<Name: RawRepresentable<String>>(_ column: some RowColumn, as: Name.Type = Name.self) throws -> Name? {
        guard let text = try optionalString(column) else { return nil }
        guard let name = Name(rawValue: text) else { throw mismatch("a name of \(Name.self)", column) }
        return name
    }

    private func checked(_ number: Int64, _ range: ClosedRange<Int64>, _ column: some RowColumn) throws -> Int64 {
        guard range.contains(number) else { throw mismatch("a number up to \(range.upperBound)", column) }
        return number
    }

    private func kind(_ column: some RowColumn) -> Int32 {
        precondition((0..<statement.columns).contains(column.index), "column \(column.index) of \(statement.columns): \(statement.sql)")
        return sqlite3_column_type(statement.handle, Int32(column.index))
    }

    private func present<Value>(_ value: Value?, _ expected: String, _ column: some RowColumn) throws -> Value {
        guard let value else { throw mismatch(expected, column) }
        return value
    }

    private func mismatch(_ expected: String, _ column: some RowColumn) -> StoreError {
        let found = ["", "an integer", "a floating-point number", "text", "a blob", "NULL"][Int(kind(column))]
        return StoreError(
            code: SQLITE_MISMATCH, extendedCode: SQLITE_MISMATCH,
            message: "column \(name(of: column)): expected \(expected), found \(found)",
            sql: statement.sql)
    }

    /// As the statement calls it.
    func name(of column: some RowColumn) -> String {
        sqlite3_column_name(statement.handle, Int32(column.index)).map { String(cString: $0) } ?? "\(column.index)"
    }
}

/// Which column of a row, counted from 0: a number, or a case of `ColumnNames`.
package protocol RowColumn { var index: Int { get } }

extension Int: RowColumn { package var index: Int { self } }

/// The names of a list of columns, in the same order as the list. Each is the column's name in camel case.
protocol ColumnNames: RowColumn, CaseIterable, RawRepresentable<Int> {}

extension ColumnNames { var index: Int { rawValue } }
