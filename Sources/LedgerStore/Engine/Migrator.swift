import CSQLite
import Ledger

/// Brings a file up to date, or refuses it without changing a byte.
struct Migrator {
    let connection: Connection
    let migrations: [Migration]
    let clock: Clock

    /// "SOL1", at bytes 68...71 of the file: how to tell a ledger from another program's database.
    static let applicationID: Int64 = 0x534F_4C31
    /// "SOFR": ledgers of early versions, which were never released. Their tables are others.
    private static let earlyApplicationID: Int64 = 0x534F_4652

    /// - Returns: Why a file that says so of itself is not ours; `nil` if it is.
    static func accident(ofApplication id: Int64) -> StoreRefusal.Accident? {
        switch id {
        case applicationID: nil
        case earlyApplicationID: .unreleasedVersion
        default: .anotherProgramsFile
        }
    }

    /// - Throws: `StoreRefusal` unless the migrations are numbered 1, 2, 3 …
    static func check(_ migrations: [Migration], for file: String) throws {
        for (migration, number) in zip(migrations, 1...) where migration.number != number {
            throw StoreRefusal(.missingMigration(number: number), file)
        }
    }

    /// - Throws: `StoreRefusal` for a file that does not fit the migrations; `StoreError` if a migration fails, and then those
    ///   before it stay applied.
    /// - Returns: How many migrations the file had before.
    func run() throws -> Int {
        let found = try inTransaction("BEGIN") { try check() }
        try useWriteAheadLog()
        if found == migrations.count { return found }
        // A table is changed by building a new one; references are off while it happens and checked before each COMMIT.
        try connection.execute("PRAGMA foreign_keys = OFF")
        while try applyNext() {}
        try connection.execute("PRAGMA foreign_keys = ON")
        return found
    }

    /// - Returns: Whether there was one to apply. Another process may have been first.
    private func applyNext() throws -> Bool {
        try inTransaction("BEGIN IMMEDIATE") {
            let done = try check()
            guard done < migrations.count else { return false }
            try apply(migrations[done])
            return true
        }
    }

    private func inTransaction<Value>(_ begin: String, _ body: () throws -> Value) throws -> Value {
        try connection.execute(begin)
        do {
            let value = try body()
            try connection.execute("COMMIT")
            return value
        } catch {
            connection.rollBack()
            throw StoreRefusal.told(error, file: connection.file)
        }
    }

    private func apply(_ migration: Migration) throws {
        if migration.number == 1 {
            try connection.execute(
                """
                PRAGMA application_id = \(Self.applicationID);
                CREATE TABLE migration (
                    number     INTEGER NOT NULL PRIMARY KEY,
                    name       TEXT    NOT NULL,
                    sha256     TEXT    NOT NULL,
                    applied_at INTEGER NOT NULL
                ) STRICT;
                """)
        }
        let transaction = Transaction(now: clock(), connection: connection)
        try connection.execute(migration.sql, named: "\(migration.number)_\(migration.name)")
        precondition(connection.inTransaction, "migration \(migration.number) ends its transaction")
        try transaction.run(
            """
            INSERT INTO migration (number, name, sha256, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.sha256), \(transaction.now))
            """)
        try connection.execute("PRAGMA user_version = \(migration.number)")
        if let table = try transaction.one("PRAGMA foreign_key_check", { try $0.string(0) }) {
            throw StoreError(
                code: SQLITE_CONSTRAINT, extendedCode: StoreError.foreignKey, message: "FOREIGN KEY constraint failed in \(table)",
                sql: "\(migration.number)_\(migration.name)")
        }
    }

    /// - Returns: How many migrations the file has.
    private func check() throws -> Int {
        let transaction = Transaction(now: clock(), connection: connection)
        let application = try transaction.one("PRAGMA application_id") { try $0.int64(0) } ?? 0
        let version = try transaction.one("PRAGMA user_version") { try $0.int(0) } ?? 0
        if let accident = Self.accident(ofApplication: application) {
            let tables = try transaction.one("SELECT count(*) FROM sqlite_schema") { try $0.int(0) }
            if application == 0, version == 0, tables == 0 { return 0 }
            throw StoreRefusal(accident, connection.file)
        }
        if version > migrations.count { throw StoreRefusal(.newerVersion(file: version, program: migrations.count), connection.file) }
        let applied = try transaction.all("SELECT number, name, sha256 FROM migration ORDER BY number") { row in
            (number: try row.int(0), name: try row.string(1), sha256: try row.string(2))
        }
        for (found, number) in zip(applied, 1...) where found.number != number {
            throw StoreRefusal(.missingMigration(number: number), connection.file)
        }
        if applied.count < version { throw StoreRefusal(.missingMigration(number: applied.count + 1), connection.file) }
        for (found, migration) in zip(applied, migrations) where found.name != migration.name || found.sha256 != migration.sha256 {
            throw StoreRefusal(.editedMigration(number: migration.number, name: migration.name), connection.file)
        }
        return version
    }

    /// Two processes that change the journal mode of a new file at once can collide in a way in which SQLite does not wait.
    private func useWriteAheadLog() throws {
        let deadline = ContinuousClock.now + Connection.busyTimeout
        while true {
            do { return try connection.execute("PRAGMA journal_mode = WAL") } catch let refusal as StoreRefusal
                where refusal.accident == .locked
            {
                if ContinuousClock.now >= deadline { throw refusal }
                sqlite3_sleep(10)
            }
        }
    }
}
