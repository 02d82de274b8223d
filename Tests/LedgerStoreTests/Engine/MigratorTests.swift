import TestSupport
import Foundation
import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Bringing a file up to date` {
    let folder = try! TemporaryFolder()

    @Test func `the released migrations make a ledger`() throws {
        let database = try folder.open(migrations: Migration.released)
        let applied = try database.read { try $0.all("SELECT number FROM migration ORDER BY number") { try $0.int(0) } }
        #expect(applied == Array(1...Migration.released.count))
    }

    @Test func `the program holds exactly the files of the folder`() throws {
        let migrations = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: migrations.path).filter { $0.hasSuffix(".sql") }.sorted()
        let texts = try files.map { try String(contentsOf: migrations.appendingPathComponent($0), encoding: .utf8) }
        #expect(Migration.released.map(\.sql) == texts)
        #expect(Migration.released.map { String(format: "%04d_\($0.name).sql", $0.number) } == files)
    }

    @Test func `each migration runs once and leaves its mark`() async throws {
        let first = try folder.open(migrations: [.notes], clock: { Instant(milliseconds: 1000) })
        try await first.write { try $0.write("kept") }
        first.close()
        let second = try folder.open(migrations: [.notes, .authors], clock: { Instant(milliseconds: 2000) })
        second.close()
        let third = try folder.open(migrations: [.notes, .authors], clock: { Instant(milliseconds: 3000) })
        try third.read { transaction in
            #expect(try transaction.texts() == ["kept"])
            #expect(try transaction.all("SELECT applied_at FROM migration ORDER BY number") { try $0.int(0) } == [1000, 2000])
            let hashes = try transaction.all("SELECT sha256 FROM migration ORDER BY number") { try $0.string(0) }
            #expect(hashes == [Migration.notes.sha256, Migration.authors.sha256])
            #expect(try transaction.one("PRAGMA user_version") { try $0.int(0) } == 2)
            #expect(try transaction.one("PRAGMA application_id") { try $0.int(0) } == 0x534F_4C31)
        }
    }

    @Test func `eight that start at once all succeed`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let database = try folder.open(migrations: [.notes, .authors])
                    try await database.write { try $0.write("\(number)") }
                }
            }
            try await group.waitForAll()
        }
        #expect(try folder.open(migrations: [.notes, .authors]).read { try $0.count() } == 8)
    }

    @Test func `a file of a newer version is refused`() throws {
        try folder.open(migrations: [.notes, .authors]).close()
        let refusal = #expect(throws: StoreRefusal.self) { try folder.open(migrations: [.notes]) }
        #expect(refusal?.accident == .newerVersion(file: 2, program: 1))
        #expect(try folder.open(migrations: [.notes, .authors]).read { try $0.count() } == 0)
    }

    @Test func `a file of an early version that was never released is refused`() async throws {
        let database = try folder.open(migrations: [.notes])
        try await database.write { try $0.run("PRAGMA application_id = 1397704274") }
        database.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        let refusal = #expect(throws: StoreRefusal.self) { try folder.open(migrations: [.notes]) }
        #expect(refusal?.accident == .unreleasedVersion)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
    }

    @Test func `an edited migration is refused, even by a comment`() throws {
        try folder.open(migrations: [.notes]).close()
        let edited = Migration(number: 1, name: "notes", sql: Migration.notes.sql + " -- nothing")
        let refusal = #expect(throws: StoreRefusal.self) { try folder.open(migrations: [edited, .authors]) }
        #expect(refusal?.accident == .editedMigration(number: 1, name: "notes"))
    }

    @Test func `a gap in the program's migrations is refused before there is a file`() {
        let third = Migration(number: 3, name: "third", sql: "CREATE TABLE third (id INTEGER) STRICT")
        let refusal = #expect(throws: StoreRefusal.self) { try folder.open(migrations: [.notes, third]) }
        #expect(refusal?.accident == .missingMigration(number: 2))
        #expect(!FileManager.default.fileExists(atPath: folder.file()))
    }

    @Test func `a gap in the file's migrations is refused`() async throws {
        let database = try folder.open(migrations: [.notes, .authors])
        try await database.write { try $0.run("DELETE FROM migration WHERE number = 1") }
        database.close()
        let refusal = #expect(throws: StoreRefusal.self) { try folder.open(migrations: [.notes, .authors]) }
        #expect(refusal?.accident == .missingMigration(number: 1))
    }

    @Test func `a migration that fails leaves those before it and nothing of its own`() throws {
        let broken = Migration(
            number: 2, name: "broken", sql: "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE note (id INTEGER) STRICT;")
        let error = #expect(throws: StoreError.self) { try folder.open(migrations: [.notes, broken]) }
        #expect(error?.sql == "2_broken")
        let tables = try folder.open(migrations: [.notes]).read { transaction in
            try transaction.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") { try $0.string(0) }
        }
        #expect(tables == ["migration", "note", "reply"])
    }

    @Test func `a migration may build a table anew, and its references hold`() async throws {
        let database = try folder.open()
        try await database.write { transaction in
            try transaction.run("INSERT INTO note (id, text) VALUES (1, 'one')")
            try transaction.run("INSERT INTO reply VALUES (1)")
        }
        database.close()
        let rebuilt = Migration(
            number: 2, name: "rebuilt",
            sql: """
                CREATE TABLE note_new (id INTEGER PRIMARY KEY, text TEXT NOT NULL, written_at INTEGER, starred INTEGER NOT NULL) STRICT;
                INSERT INTO note_new SELECT id, text, written_at, 0 FROM note;
                DROP TABLE note;
                ALTER TABLE note_new RENAME TO note;
                """)
        let again = try folder.open(migrations: [.notes, rebuilt])
        #expect(try again.read { try $0.one("SELECT note FROM reply JOIN note ON note.id = reply.note") { try $0.int(0) } } == 1)
        await #expect(throws: StoreError.self) { try await again.write { try $0.run("DELETE FROM note") } }
    }

    @Test func `a migration that breaks a reference is refused`() async throws {
        let database = try folder.open()
        try await database.write { transaction in
            try transaction.run("INSERT INTO note (id, text) VALUES (1, 'one')")
            try transaction.run("INSERT INTO reply VALUES (1)")
        }
        database.close()
        let forgetful = Migration(number: 2, name: "forgetful", sql: "DELETE FROM note;")
        let error = #expect(throws: StoreError.self) { try folder.open(migrations: [.notes, forgetful]) }
        #expect(error?.constraint == .foreignKey)
        #expect(try folder.open(migrations: [.notes]).read { try $0.texts() } == ["one"])
    }
}
