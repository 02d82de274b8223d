import CSQLite
import Ledger

/// A connection like that of any other program: without the engine, its settings or its manners.
final class RawConnection {
    private let handle: OpaquePointer

    init(_ file: String, foreignKeys: Bool = false, recursiveTriggers: Bool = false) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(file, &handle) == SQLITE_OK, let handle else { throw RawFailure(message: "cannot open \(file)") }
        self.handle = handle
        sqlite3_busy_timeout(handle, 10_000)
        try run("PRAGMA foreign_keys = \(foreignKeys ? "ON" : "OFF")")
        try run("PRAGMA recursive_triggers = \(recursiveTriggers ? "ON" : "OFF")")
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw RawFailure(message: String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// The rows, each as the text that SQLite itself makes of it.
    func rows(_ sql: String) throws -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
            throw RawFailure(message: "\(String(cString: sqlite3_errmsg(handle))) in: \(sql)")
        }
        defer { sqlite3_finalize(statement) }
        var rows: [String] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { column in
                        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
                    }.joined(separator: "|"))
            case SQLITE_DONE: return rows
            default: throw RawFailure(message: "\(String(cString: sqlite3_errmsg(handle))) in: \(sql)")
            }
        }
    }

    /// Every row of every table, with the kind of each value: two dumps are equal only if nothing has changed.
    func dump() throws -> [String] {
        try tables().flatMap { table in
            let columns = try columns(of: table).map { "quote(\"\($0)\")" }.joined(separator: ", ")
            return try rows("SELECT \(columns) FROM \"\(table)\" ORDER BY \(columns)").map { "\(table): \($0)" }
        }
    }

    func tables() throws -> [String] {
        try rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    }

    func columns(of table: String) throws -> [String] { try rows("SELECT name FROM pragma_table_info('\(table)')") }

    /// Leaves the CHECKs to themselves.
    func dropTriggers() throws {
        for name in try rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") { try run("DROP TRIGGER \"\(name)\"") }
    }

    /// Takes away everything that the schema defends itself with: triggers, CHECKs and the indexes that keep things unique.
    func disarm() throws {
        try dropTriggers()
        for name in try rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'") {
            try run("DROP INDEX \"\(name)\"")
        }
        try run("PRAGMA ignore_check_constraints = ON")
    }
}

struct RawFailure: Error {
    let message: String
}
