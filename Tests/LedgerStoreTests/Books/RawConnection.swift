import CSQLite
import Ledger

/// A connection like that of any other program: without the engine, its settings or its manners.
final class RawConnection {
    private let handle: OpaquePointer
    private var dumping: OpaquePointer?

    init(_ file: String, foreignKeys: Bool = false, recursiveTriggers: Bool = false) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(file, &handle) == SQLITE_OK, let handle else { throw RawFailure(message: "cannot open \(file)") }
        self.handle = handle
        sqlite3_busy_timeout(handle, 10_000)
        try run("PRAGMA foreign_keys = \(foreignKeys ? "ON" : "OFF")")
        try run("PRAGMA recursive_triggers = \(recursiveTriggers ? "ON" : "OFF")")
    }

    /// A copy of the file, in memory.
    convenience init(copyOf file: String, foreignKeys: Bool, recursiveTriggers: Bool) throws {
        try self.init(":memory:", foreignKeys: foreignKeys, recursiveTriggers: recursiveTriggers)
        let original = try RawConnection(file)
        let copying = sqlite3_backup_init(handle, "main", original.handle, "main")
        guard sqlite3_backup_step(copying, -1) == SQLITE_DONE, sqlite3_backup_finish(copying) == SQLITE_OK else {
            throw RawFailure(message: "cannot copy \(file)")
        }
    }

    deinit {
        sqlite3_finalize(dumping)
        sqlite3_close_v2(handle)
    }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw RawFailure(message: String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// The rows, each as the text that SQLite itself makes of it.
    func rows(_ sql: String) throws -> [String] {
        let statement = try prepare(sql)
        defer { sqlite3_finalize(statement) }
        return try rows(of: statement)
    }

    private func prepare(_ sql: String) throws -> OpaquePointer? {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
            throw RawFailure(message: "\(String(cString: sqlite3_errmsg(handle))) in: \(sql)")
        }
        return statement
    }

    private func rows(of statement: OpaquePointer?) throws -> [String] {
        var rows: [String] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { column in
                        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
                    }.joined(separator: "|"))
            case SQLITE_DONE: return rows
            default:
                throw RawFailure(message: "\(String(cString: sqlite3_errmsg(handle))) in: \(String(cString: sqlite3_sql(statement)))")
            }
        }
    }

    /// Every row of every table, with the kind of each value: two dumps are equal only if nothing has changed.
    func dump() throws -> [String] {
        if dumping == nil { dumping = try prepareDump() }
        defer { sqlite3_reset(dumping) }
        return try rows(of: dumping)
    }

    /// One question for all tables as they are now, of which SQLite makes the text. It costs as much as a dump, and is made once.
    private func prepareDump() throws -> OpaquePointer? {
        let tables = try tables().map { table in
            let columns = try columns(of: table).map { "quote(\"\($0)\")" }.joined(separator: " || '|' || ")
            return "SELECT '\(table): ' || \(columns) FROM \"\(table)\""
        }
        return try prepare(tables.joined(separator: " UNION ALL ") + " ORDER BY 1")
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

    /// Ends a disarming that is rolled back: what is no part of the file is not.
    func checkConstraints() throws { try run("PRAGMA ignore_check_constraints = OFF") }

    /// Undoes the transaction, unless a trigger has done so.
    func rollBack() throws { if sqlite3_get_autocommit(handle) == 0 { try run("ROLLBACK") } }
}

struct RawFailure: Error {
    let message: String
}
