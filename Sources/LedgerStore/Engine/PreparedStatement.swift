import CSQLite
import Glibc
import Ledger

/// A prepared statement. It belongs to one connection and is used on one thread at a time.
final class PreparedStatement {
    let handle: OpaquePointer
    /// The text, with `?` where values are bound.
    let sql: String
    let columns: Int
    /// Whether running it can change the file.
    let writes: Bool
    /// Set while it runs: a row closure may run further statements, but this one would lose its place.
    var busy = false

    /// - Precondition: `sql` is one statement. A second one would be ignored in silence, so it traps.
    init(_ sql: String, on connection: Connection) throws {
        var handle: OpaquePointer?
        var rest = 0
        let code = sql.utf8CString.withUnsafeBufferPointer { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(
                connection.handle, text.baseAddress, Int32(text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &tail)
            if let tail { rest = text.baseAddress! + text.count - 1 - tail }
            return code
        }
        guard code == SQLITE_OK else { throw connection.failure(code, sql) }
        guard let handle else { preconditionFailure("an empty statement: \(sql)") }
        precondition(sql.utf8.suffix(rest).allSatisfy { $0 == 0x20 || $0 == 0x0A }, "one statement at a time: \(sql)")
        self.handle = handle
        self.sql = sql
        columns = Int(sqlite3_column_count(handle))
        writes = sqlite3_stmt_readonly(handle) == 0
    }

    deinit { sqlite3_finalize(handle) }

    /// - Throws: `StoreError`; `MoneyError.overflow` for a number that could be written and not be read again.
    func bind(_ values: [SQL.Value], on connection: Connection) throws {
        precondition(values.count == sqlite3_bind_parameter_count(handle), "a ? in the text of: \(sql)")
        var position: Int32 = 0
        for value in values {
            position += 1
            let code =
                switch value {
                case .null: sqlite3_bind_null(handle, position)
                // Asking may name any number.
                case .integer(let number) where writes && !OutsideNumber.range.contains(number): throw MoneyError.overflow
                case .integer(let number): sqlite3_bind_int64(handle, position, number)
                case .text(var text):
                    text.withUTF8 { bytes in
                        bytes.withMemoryRebound(to: CChar.self) {
                            sqlite3_bind_text(handle, position, $0.baseAddress ?? Self.empty, Int32($0.count), Self.copied)
                        }
                    }
                // A blob without bytes must not become NULL, which is what a null pointer means.
                case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(handle, position, 0)
                case .blob(let bytes): sqlite3_bind_blob(handle, position, bytes, Int32(bytes.count), Self.copied)
                }
            guard code == SQLITE_OK else { throw connection.failure(code, sql) }
        }
    }

    /// - Returns: Whether there is a row.
    func step(on connection: Connection) throws -> Bool {
        errno = 0
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw connection.failure(code, sql)
        }
    }

    private static let copied = ledger_sqlite_transient()
    private nonisolated(unsafe) static let empty = UnsafePointer(strdup("")!)
}
