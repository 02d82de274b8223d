import TestSupport
import Foundation
import Testing

@testable import LedgerStore

@Suite struct `Backing up` {
    let folder = try! TemporaryFolder()

    /// A ledger that also takes notes.
    private func open(_ name: String = "ledger.db", create: Bool = true) throws -> Database {
        let notes = Migration(number: Migration.released.count + 1, name: "notes", sql: Migration.notes.sql)
        return try folder.open(name, migrations: Migration.released + [notes], create: create)
    }

    @Test func `a backup is a ledger of its own, and is one state of the file`() async throws {
        let database = try open()
        // Each write adds two notes: a state with an odd number never was.
        let writing = Task {
            var number = 0
            while !Task.isCancelled {
                number += 2
                let even = number
                try await database.write { transaction in
                    try transaction.write("note \(even)")
                    try transaction.write("note \(even + 1)")
                }
            }
        }
        while try database.read({ try $0.count() }) < 100 { await Task.yield() }
        let before = try database.read { try $0.count() }
        try database.backup(to: folder.file("backup.db"))
        let after = try database.read { try $0.count() }
        writing.cancel()
        _ = await writing.result
        let backup = try open("backup.db", create: false)
        let count = try backup.read { try $0.count() }
        #expect((before...after).contains(count) && count % 2 == 0)
        #expect(try backup.read { try $0.one("PRAGMA integrity_check") { try $0.string(0) } } == "ok")
    }

    @Test func `a backup is one file that only its owner can read`() async throws {
        let database = try open()
        try await database.write { try $0.write("one") }
        try database.backup(to: folder.file("backup.db"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["backup.db", "ledger.db", "ledger.db-shm", "ledger.db-wal"])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("backup.db"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `an existing file is not overwritten`() throws {
        let database = try open()
        try Data("precious".utf8).write(to: URL(fileURLWithPath: folder.file("backup.db")))
        let refusal = #expect(throws: StoreRefusal.self) { try database.backup(to: folder.file("backup.db")) }
        #expect(refusal?.accident == .exists)
        #expect(try String(contentsOfFile: folder.file("backup.db"), encoding: .utf8) == "precious")
    }

    @Test func `a backup into a folder that is not there leaves nothing behind`() throws {
        let database = try open()
        let refusal = #expect(throws: StoreRefusal.self) { try database.backup(to: folder.file("nowhere/backup.db")) }
        #expect(refusal?.accident == .folderMissing)
        #expect(refusal?.file == folder.file("nowhere/backup.db"))
    }
}
