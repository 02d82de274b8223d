import CSQLite

/// SQLite's C API on one file, with the ledger's own settings. Anything that fails ends the program.
final class RawFile {
    private let handle: OpaquePointer
    private var statements: [OpaquePointer] = []

    init(_ file: String) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(file, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else { fatalError("cannot open \(file)") }
        handle = opened
        sqlite3_busy_timeout(handle, 60_000)
        run(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384; PRAGMA cache_size = -16384;
            PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON;
            """)
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
        sqlite3_close(handle)
    }

    func run(_ script: String) { check(sqlite3_exec(handle, script, nil, nil, nil)) }

    /// The statement lives as long as the file is open.
    func prepare(_ sql: String) -> RawStatement {
        var statement: OpaquePointer?
        check(sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
        statements.append(statement!)
        return RawStatement(statement: statement!, file: self)
    }

    /// The steps of SQLite's machine that all statements have taken, those of triggers among them.
    var steps: Int { statements.reduce(0) { $0 + Int(sqlite3_stmt_status($1, SQLITE_STMTSTATUS_VM_STEP, 0)) } }

    fileprivate func check(_ code: Int32) {
        guard [SQLITE_OK, SQLITE_DONE, SQLITE_ROW].contains(code) else { fatalError(String(cString: sqlite3_errmsg(handle))) }
    }
}

struct RawStatement {
    fileprivate let statement: OpaquePointer
    fileprivate unowned let file: RawFile

    enum Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
        case null, integer(Int64), text(StaticString), name(String), zeros(Int32)
        init(stringLiteral text: StaticString) { self = .text(text) }
        init(integerLiteral number: Int64) { self = .integer(number) }
        init(nilLiteral: ()) { self = .null }
    }

    /// Runs it to its end.
    func run(_ values: Value...) {
        bind(values)
        file.check(sqlite3_step(statement))
        sqlite3_reset(statement)
    }

    /// The first column of the one row.
    func number(_ values: Value...) -> Int64 {
        bind(values)
        precondition(sqlite3_step(statement) == SQLITE_ROW)
        defer { sqlite3_reset(statement) }
        return sqlite3_column_int64(statement, 0)
    }

    private func bind(_ values: [Value]) {
        for (position, value) in zip(Int32(1)..., values) {
            switch value {
            case .null: sqlite3_bind_null(statement, position)
            case .integer(let number): sqlite3_bind_int64(statement, position, number)
            // A literal lives as long as the program: nothing is copied.
            case .text(let text):
                let start = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
                sqlite3_bind_text(statement, position, start, Int32(text.utf8CodeUnitCount), nil)
            case .name(let name): sqlite3_bind_text(statement, position, name, -1, ledger_sqlite_transient())
            case .zeros(let count): sqlite3_bind_zeroblob(statement, position, count)
            }
        }
    }
}
