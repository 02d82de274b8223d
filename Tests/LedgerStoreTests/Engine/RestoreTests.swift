import Foundation
import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Restoring` {
    let folder = try! TemporaryFolder()
    private var backup: String { folder.file("backup.db") }
    private var ledger: String { folder.file() }

    /// A backup of the attacked book: two tenants, with something in every table.
    private func makeBackup() async throws {
        try await AttackedBook.bytes.value.write(to: URL(fileURLWithPath: folder.file("source.db")))
        let source = try folder.open("source.db", migrations: Migration.released)
        try source.backup(to: backup)
        source.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.file("source.db") + suffix) }
    }

    @discardableResult
    private func restore(_ from: String? = nil, replace: Bool = false) async throws -> Restored {
        try await Database.restore(from ?? backup, to: ledger, replace: replace, clock: { .noon })
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

    private func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: file)) }

    /// Nothing is put in place, and nothing is left behind.
    private func refused(_ code: String, _ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = try names()
        await #expect(sourceLocation: sourceLocation) { try await body() } throws: { ($0 as? any Refusal)?.code == code }
        #expect(try names() == before, sourceLocation: sourceLocation)
    }

    @Test func `gives back what was in the backup, and only reads it`() async throws {
        try await makeBackup()
        let before = try bytes(backup)
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: backup)
        let restored = try await restore()
        #expect(restored.books.map(\.tenant.id) == ["mine", "other"] && restored.books.map(\.check.entries) == [13, 60])
        #expect(restored.aside == nil && restored.migrationsFound == Migration.released.count)
        #expect(try bytes(backup) == before)
        #expect(try names() == ["backup.db", "ledger.db"])
        let rights = try FileManager.default.attributesOfItem(atPath: ledger)[.posixPermissions] as? NSNumber
        #expect(rights?.intValue == 0o600)
        let (was, now) = (try RawConnection(backup).dump(), try RawConnection(ledger).dump())
        // Everybody is logged out, and nothing is taken before Stripe has been read.
        let changed = ["web_session", "restoration"]
        func kept(_ rows: [String]) -> [String] { rows.filter { row in !changed.contains { row.hasPrefix($0) } } }
        #expect(kept(now) == kept(was))
        #expect(
            try RawConnection(ledger).rows("SELECT tenant || ' ' || (read_at IS NULL) FROM restoration ORDER BY tenant") == ["1 1", "2 1"],
            "noted by the backup, and not once more")
        let database = try folder.open(migrations: Migration.released, create: false)
        #expect(
            try database.read(of: "mine") { try $0.lastEntry().hash } == restored.books[0].check.head)
    }

    @Test func `logs everybody out`() async throws {
        try await makeBackup()
        #expect(try RawConnection(backup).rows("SELECT count(*) FROM web_session WHERE ended_at IS NULL") == ["1"])
        try await restore()
        #expect(try RawConnection(ledger).rows("SELECT count(*) FROM web_session WHERE ended_at IS NULL") == ["0"])
    }

    @Test func `never overwrites a ledger, and moves it aside when told to`() async throws {
        try await makeBackup()
        let old = try folder.open(migrations: Migration.released)
        _ = try await old.write { try $0.addHotel("old") }
        old.close()
        let before = try bytes(ledger)
        try await refused("file_exists") { try await restore() }
        #expect(try bytes(ledger) == before)
        let aside = try #require(try await restore(replace: true).aside)
        #expect(aside == ledger + ".replaced-\(Instant.noon.description.replacing(":", with: ""))")
        #expect(try bytes(aside) == before)
        #expect(try RawConnection(ledger).rows("SELECT id FROM tenant ORDER BY id") == ["mine", "other"])
        // Once more at the same moment: neither is lost.
        let again = try #require(try await restore(replace: true).aside)
        #expect(again == aside + "-2")
        #expect(try bytes(aside) == before)
    }

    @Test func `takes the write-ahead log of the old ledger along`() async throws {
        try await makeBackup()
        // A process that died: its log was never written back.
        let live = try folder.open("live.db", migrations: Migration.released)
        _ = try await live.write { try $0.addHotel("old") }
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: folder.file("live.db") + suffix, toPath: ledger + suffix) }
        let aside = try #require(try await restore(replace: true).aside)
        #expect(!FileManager.default.fileExists(atPath: ledger + "-wal"))
        #expect(try RawConnection(aside).rows("SELECT id FROM tenant") == ["old"])
        #expect(try RawConnection(ledger).rows("SELECT id FROM tenant ORDER BY id") == ["mine", "other"])
    }

    @Test func `puts nothing beside a log that another ledger left behind`() async throws {
        try await makeBackup()
        try Data("log".utf8).write(to: URL(fileURLWithPath: ledger + "-wal"))
        try await refused("file_exists") { try await restore() }
        let aside = try #require(try await restore(replace: true).aside)
        #expect(try bytes(aside + "-wal") == Data("log".utf8))
        #expect(!FileManager.default.fileExists(atPath: ledger + "-wal"))
    }

    @Test func `leaves a ledger alone that is in use`() async throws {
        try await makeBackup()
        let old = try folder.open(migrations: Migration.released)
        _ = try await old.write { try $0.addHotel("old") }
        let held = try names()
        await #expect { try await restore(replace: true) } throws: { ($0 as? any Refusal)?.code == "file_in_use" }
        #expect(try names() == held)
        #expect(try old.read { try $0.tenants().map(\.id) } == ["old"])
    }

    @Test func `replaces a ledger that nobody can read any more`() async throws {
        try await makeBackup()
        let rubbish = Data(repeating: 0x5A, count: 20_000)
        try rubbish.write(to: URL(fileURLWithPath: ledger))
        let aside = try #require(try await restore(replace: true).aside)
        #expect(try bytes(aside) == rubbish)
    }

    @Test func `refuses the ledger as its own backup`() async throws {
        try await makeBackup()
        try await restore()
        try await refused("same_file") { try await restore(ledger, replace: true) }
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.db"), withDestinationPath: ledger)
        try await refused("same_file") { try await restore(folder.file("link.db"), replace: true) }
    }

    @Test func `refuses what is no ledger, and what is not there`() async throws {
        try await refused("file_missing") { try await restore(folder.file("nowhere.db")) }
        for content in [Data(), Data("a text\n".utf8), Data(repeating: 0, count: 100_000)] {
            try content.write(to: URL(fileURLWithPath: backup))
            try await refused("not_a_database") { try await restore() }
        }
        try FileManager.default.removeItem(atPath: backup)
        let other = try RawConnection(backup)
        try other.run("CREATE TABLE note (text TEXT)")
        try await refused("not_a_database") { try await restore() }
    }

    @Test func `refuses a backup from a newer or an edited program`() async throws {
        try await makeBackup()
        try RawConnection(backup).run("PRAGMA user_version = 99; INSERT INTO migration VALUES (99, 'later', 'x', 0)")
        await #expect { try await restore() } throws: { error in
            let code = (error as? any Refusal)?.code
            return code == "file_from_newer_version" || code == "migration_edited" || code == "not_a_database"
        }
    }

    /// One byte after the other, all over the file, is changed. Either it is found, or it changed nothing that anybody reads.
    @Test func `finds damage in any page`() async throws {
        try await makeBackup()
        let whole = try bytes(backup)
        let pages = whole.count / 4096
        let good = try RawConnection(backup).dump()
        var noise: UInt64 = 4711
        var found = 0
        for page in 0..<pages where page % 3 == 0 {
            var damaged = whole
            let start = page * 4096
            for offset in start..<min(start + 4096, whole.count) {
                noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                damaged[offset] = UInt8(truncatingIfNeeded: noise >> 56)
            }
            try damaged.write(to: URL(fileURLWithPath: backup))
            do {
                try await restore()
                #expect(
                    try RawConnection(ledger).dump().filter { !$0.hasPrefix("web_session") }
                        == good.filter { !$0.hasPrefix("web_session") }, "page \(page) was damaged, and nobody saw it")
                try FileManager.default.removeItem(atPath: ledger)
            } catch is any Refusal { found += 1 }
            #expect(try names() == ["backup.db"])
        }
        #expect(found > 0)
    }

    @Test func `finds a forged amount that SQLite has nothing against`() async throws {
        try await makeBackup()
        let forger = try RawConnection(backup)
        for name in try forger.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") { try forger.run("DROP TRIGGER \"\(name)\"") }
        try forger.run("UPDATE journal_entry SET amount = amount + 1 WHERE tenant = 2 AND number = 7")
        try forger.run("PRAGMA wal_checkpoint(TRUNCATE)")
        let before = try names()
        await #expect { try await restore() } throws: { error in
            guard case .booksDamaged(_, let defect)? = error as? RestoreRefusal else { return false }
            return defect.tenant == "other" && defect.entry == 7
        }
        #expect(try names() == before)
    }

    @Test func `brings a backup of an earlier version up to date`() async throws {
        let count = Migration.released.count
        let earlier = try folder.open("earlier.db", migrations: Array(Migration.released.dropLast()))
        try await earlier.write { try $0.run("INSERT INTO lease (one, process, term, expires_at) VALUES (1, 'x', 1, 0)") }
        earlier.close()
        try FileManager.default.copyItem(atPath: folder.file("earlier.db"), toPath: backup)
        let restored = try await restore()
        #expect(restored.migrationsFound == count - 1)
        #expect(try RawConnection(ledger).rows("PRAGMA user_version") == ["\(count)"])
        #expect(try RawConnection(backup).rows("PRAGMA user_version") == ["\(count - 1)"])
    }

    @Test func `reads a copied ledger with its write-ahead log as a whole`() async throws {
        let live = try folder.open("live.db", migrations: Migration.released)
        _ = try await live.write { try $0.addHotel("logged") }
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: folder.file("live.db") + suffix, toPath: backup + suffix) }
        #expect(try await restore().books.map(\.tenant.id) == ["logged"])
    }
}
