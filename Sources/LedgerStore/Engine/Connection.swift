import CSQLite
import Glibc
import Synchronization

/// One SQLite handle with its prepared statements. Not `Sendable`: one thread at a time.
final class Connection {
    enum Role { case writer(create: Bool), reader }

    let handle: OpaquePointer
    /// The path as it was given.
    let file: String
    private let isReader: Bool
    /// By the literals at the call, which costs next to nothing, and by the text they make.
    private var byLiterals: [SQL.Text: PreparedStatement] = [:]
    private var byText: [String: PreparedStatement] = [:]
    private var lastFailure: (any Error)?

    /// - Parameter busyTimeout: How long to wait for another process that holds the lock.
    /// - Throws: `StoreRefusal` if there is no such file or folder, or this process may not use it.
    init(_ file: String, _ role: Role, busyTimeout: Duration = Connection.busyTimeout) throws {
        _ = Self.isConfigured
        Self.hasTemporaryFolder.withLock { has in
            if !has { ledger_sqlite_temp_directory(Self.folder(of: file)) }
            has = true
        }
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch role {
        case .reader: (isReader, flags) = (true, flags | SQLITE_OPEN_READONLY)
        case .writer(create: true): (isReader, flags) = (false, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        case .writer(create: false): (isReader, flags) = (false, flags | SQLITE_OPEN_READWRITE)
        }
        let isNew = access(file, F_OK) != 0
        var handle: OpaquePointer?
        // "./" keeps names like ":memory:", which mean something else to SQLite, names of files.
        let code = sqlite3_open_v2(file.hasPrefix("/") ? file : "./\(file)", &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            defer { sqlite3_close_v2(handle) }
            let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            let error = StoreError(code: code & 0xFF, extendedCode: code, message: words, sql: nil)
            guard code & 0xFF == SQLITE_CANTOPEN else { throw StoreRefusal(error, file: file, systemError: errno) ?? error }
            let accident = StoreRefusal.cannotOpen(handle.map(sqlite3_system_errno) ?? 0)
            throw StoreRefusal(accident == .noFileHandles ? accident : Self.whyNot(file), file, error)
        }
        self.handle = handle
        self.file = file
        // Stripe's keys will be in it. Its companions, -wal and -shm, take over the permissions.
        if isNew { chmod(file, S_IRUSR | S_IWUSR) }
        sqlite3_busy_timeout(handle, Int32(busyTimeout / .milliseconds(1)))
        // Before the first statement: it would create a -wal and a -shm that belong to a user who may only read the file,
        // and lock out the users who may write.
        if !isReader, sqlite3_db_readonly(handle, "main") != 0 { throw StoreRefusal(.readOnly, file) }
        try setUp()
    }

    deinit {
        byLiterals = [:]
        byText = [:]
        sqlite3_close_v2(handle)
    }

    private func setUp() throws {
        // Refuses what can damage a file by SQL alone, as writing to the schema table does.
        _ = ledger_sqlite_db_config_int(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        // temp_store stays as it is: with MEMORY, what a statement would undo is copied into pieces of 1 KiB, a seventh of an added line's time.
        // recursive_triggers: without it INSERT OR REPLACE deletes rows past their delete trigger.
        // cache_size: 16 MiB of pages, where the usual 2 have the writer read again from the file what it wrote a moment ago.
        // wal_autocheckpoint: 64 MiB instead of 4 between checkpoints cuts the slowest commits to a third.
        try execute(
            """
            PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
            PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;
            PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384;
            """)
        try execute(isReader ? "PRAGMA query_only = ON" : "PRAGMA cache_size = -16384")
    }

    static let busyTimeout = Duration.seconds(10)

    /// SQLite counts its memory under one lock for all threads, and the figure is not used.
    private static let isConfigured = ledger_sqlite_config_int(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK

    /// The undo data of a large statement goes to an unnamed temporary file, guest data included: next to the ledger, and not to a disk that
    /// others look after.
    private static let hasTemporaryFolder = Mutex(false)

    private static func folder(of file: String) -> String { file.lastIndex(of: "/").map { String(file[...$0]) } ?? "." }

    private static func whyNot(_ file: String) -> StoreRefusal.Accident {
        var status = stat()
        if stat(file, &status) == 0 { return .cannotOpen }
        let folder = folder(of: file)
        if stat(folder, &status) != 0 { return .folderMissing }
        return file.isEmpty || access(folder, R_OK | W_OK | X_OK) != 0 ? .cannotOpen : .fileMissing
    }
}

extension Connection {
    /// Lends the prepared statement of `sql`, with its values bound, to `body`, and resets it.
    ///
    /// - Throws: The same error again once SQLite has undone and ended the transaction: what a closure that swallowed it
    ///   wrote next would be kept at once, and alone.
    func with<Value>(_ sql: SQL, _ body: (PreparedStatement) throws -> Value) throws -> Value {
        guard inTransaction else { throw causeOfTheEnd }
        var statement = try prepared(sql.text)
        // Run again from inside its own row closure: a second statement, so that the first keeps its place.
        if statement.busy { statement = try PreparedStatement(statement.sql, on: self) }
        statement.busy = true
        defer {
            sqlite3_reset(statement.handle)
            statement.busy = false
        }
        try statement.bind(sql.values, on: self)
        return try body(statement)
    }

    private func prepared(_ literals: SQL.Text) throws -> PreparedStatement {
        if let statement = byLiterals[literals] { return statement }
        let text = literals.description
        let statement = try byText[text] ?? PreparedStatement(text, on: self)
        precondition(!isReader || !statement.writes, "a read that writes: \(text)")
        precondition(!Self.isControl(text), "transactions are the engine's business: \(text)")
        byText[text] = statement
        byLiterals[literals] = statement
        return statement
    }

    /// A closure that commits would commit its neighbours' unfinished work.
    private static func isControl(_ text: String) -> Bool {
        let word = text.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        return ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH"].contains(word)
    }

    /// Runs a statement that has neither values nor rows.
    func finish(_ statement: PreparedStatement) throws {
        defer { sqlite3_reset(statement.handle) }
        while try statement.step(on: self) {}
    }

    /// Runs the program's own text, of any number of statements: settings and migrations.
    ///
    /// - Parameter name: Stands for the text in an error.
    func execute(_ script: String, named name: String? = nil) throws {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, name ?? script) }
    }

    /// Whether a transaction is open. After a full disk or a failed write SQLite undoes and ends it on its own.
    var inTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Why no transaction is open.
    var causeOfTheEnd: any Error {
        guard let lastFailure else { preconditionFailure("a statement outside a transaction") }
        return lastFailure
    }

    func rollBack() {
        // If this fails, SQLite has already rolled back or will when the file is opened next.
        if inTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    /// Whether a row refers to one that is not there yet and is checked only at COMMIT.
    var hasUnresolvedReferences: Bool {
        var unresolved: Int32 = 0
        var peak: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &peak, 0)
        return unresolved != 0
    }

    /// What the last call on this connection ended with, as a refusal if an operator can mend it.
    func failure(_ code: Int32, _ sql: String?) -> any Error {
        // SQLite forgets to note why a COMMIT could not write; the system still knows.
        let systemError = errno != 0 ? errno : sqlite3_system_errno(handle)
        let error = StoreError(
            code: code & 0xFF, extendedCode: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), sql: sql)
        let failure: any Error = StoreRefusal(error, file: file, systemError: systemError) ?? error
        lastFailure = failure
        return failure
    }
}
