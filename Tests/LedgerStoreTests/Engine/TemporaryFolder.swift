import Ledger
import TestSupport

@testable import LedgerStore

extension TemporaryFolder {
    func open(
        _ name: String = "ledger.db", migrations: [Migration] = [.notes], clock: @escaping Clock = { .noon }, create: Bool = true
    ) throws -> Database {
        try Database(path: file(name), migrations: migrations, clock: clock, create: create)
    }
}

extension Instant {
    static let noon = Instant(milliseconds: 1_764_000_000_000)
}

extension Migration {
    static let notes = Migration(
        number: 1, name: "notes",
        sql: """
            CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, written_at INTEGER) STRICT;
            CREATE TABLE reply (note INTEGER NOT NULL REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
            """)
    static let authors = Migration(number: 2, name: "authors", sql: "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT) STRICT;")
}

extension Transaction {
    func write(_ text: String) throws {
        try run("INSERT INTO note (text, written_at) VALUES (\(text), \(now))")
    }

    func texts() throws -> [String] { try all("SELECT text FROM note ORDER BY id") { try $0.string(0) } }
    func count() throws -> Int { try one("SELECT count(*) FROM note") { try $0.int(0) } ?? 0 }
}
