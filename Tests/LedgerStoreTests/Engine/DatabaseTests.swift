import TestSupport
import Foundation
import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Reading and writing` {
    let folder = try! TemporaryFolder()

    @Test func `what a write returned from is there for the next read, and after opening the file again`() async throws {
        let database = try folder.open()
        try await database.write { try $0.write("breakfast") }
        #expect(try database.read { try $0.texts() } == ["breakfast"])
        database.close()
        let again = try folder.open()
        #expect(try again.read { try $0.texts() } == ["breakfast"])
    }

    @Test func `a read sees one state of the file, whatever is written meanwhile`() async throws {
        let database = try folder.open()
        try await database.write { try $0.write("one") }
        try database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.count() == 1)
            let written = Gate()
            Thread.detachNewThread {
                Task {
                    try await database.write { try $0.write("two") }
                    written.open()
                }
            }
            written.block()
            #expect(try transaction.count() == 1)
            // A read of its own inside sees the new state, on a connection of its own.
            #expect(try database.read { try $0.count() } == 2)
        }
        #expect(try database.read { try $0.count() } == 2)
    }

    @Test func `reads inside reads never wait for a connection`() throws {
        let database = try folder.open()
        func depth(_ levels: Int) throws -> Int { levels == 0 ? 0 : try database.read { _ in 1 + (try depth(levels - 1)) } }
        #expect(try depth(20) == 20)
    }

    @Test func `a read that throws gives its connection back in order`() async throws {
        struct Mistake: Error {}
        let database = try folder.open()
        for _ in 0..<3 {
            #expect(throws: Mistake.self) {
                try database.read { transaction in
                    _ = try transaction.count()
                    throw Mistake()
                }
            }
        }
        try await database.write { try $0.write("one") }
        #expect(try database.read { try $0.count() } == 1)
    }

    @Test func `every connection has the settings that the ledger's rules rely on`() async throws {
        let database = try folder.open()
        #expect(try await database.write { try settings($0) } == "wal 2 1 1 0 1 16384 0 10000 0")
        #expect(try database.read { try settings($0) } == "wal 2 1 1 0 1 16384 0 10000 1")
    }

    @Test func `two databases on one file take turns`() async throws {
        let one = try folder.open()
        let two = try folder.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, database) in [("one", one), ("two", two)] {
                for number in 0..<100 { group.addTask { try await database.write { try $0.write("\(name) \(number)") } } }
            }
            try await group.waitForAll()
        }
        #expect(try one.read { try $0.count() } == 200)
        #expect(try two.read { try $0.count() } == 200)
    }

    @Test func `two processes take turns, and both can make the file`() async throws {
        let path = folder.file()
        async let child: Void = {
            await #expect(processExitsWith: .success) { [path = path as String] in
                let database = try Database(path: path, migrations: [.notes, .authors], clock: { .noon })
                for number in 0..<200 { try await database.write { try $0.write("child \(number)") } }
            }
        }()
        let database = try folder.open(migrations: [.notes, .authors])
        for number in 0..<200 { try await database.write { try $0.write("parent \(number)") } }
        await child
        #expect(try database.read { try $0.count() } == 400)
    }

    @Test func `only the user that runs the ledger can read the file`() async throws {
        let database = try folder.open()
        try await database.write { try $0.write("one") }
        for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `a database that is let go closes its file`() async throws {
        do {
            let database = try folder.open()
            try await database.write { try $0.write("one") }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file() + "-wal"))
    }
}

private func settings(_ transaction: borrowing Transaction) throws -> String {
    let questions: [SQL] = [
        "PRAGMA synchronous", "PRAGMA foreign_keys", "PRAGMA recursive_triggers", "PRAGMA trusted_schema", "PRAGMA cell_size_check",
        "PRAGMA wal_autocheckpoint", "PRAGMA temp_store", "PRAGMA busy_timeout", "PRAGMA query_only",
    ]
    var answers = try transaction.one("SELECT * FROM pragma_journal_mode") { try $0.string(0) }!
    for question in questions { answers += " \(try transaction.one(question) { try $0.int(0) }!)" }
    return answers
}

@Suite struct `Mistakes of the program stop it` {
    let folder = try! TemporaryFolder()

    @Test func `a read that writes`() async {
        await #expect(processExitsWith: .failure) { [path = folder.file() as String] in
            let database = try Database(path: path, migrations: [.notes], clock: { .noon })
            try? database.read { try $0.write("one") }
            exit(0)
        }
    }

    @Test func `a read inside a write`() async {
        await #expect(processExitsWith: .failure) { [path = folder.file() as String] in
            let database = try Database(path: path, migrations: [.notes], clock: { .noon })
            try? await database.write { _ in _ = try database.read { try $0.count() } }
            exit(0)
        }
    }

    @Test func `two statements in one`() async {
        await #expect(processExitsWith: .failure) { [path = folder.file() as String] in
            let database = try Database(path: path, migrations: [.notes], clock: { .noon })
            try? await database.write { try $0.run("DELETE FROM note; DELETE FROM reply") }
            exit(0)
        }
    }

    @Test func `a job that commits`() async {
        await #expect(processExitsWith: .failure) { [path = folder.file() as String] in
            let database = try Database(path: path, migrations: [.notes], clock: { .noon })
            try? await database.write { try $0.run("COMMIT") }
            exit(0)
        }
    }

    @Test func `a question mark in the text`() async {
        await #expect(processExitsWith: .failure) { [path = folder.file() as String] in
            let database = try Database(path: path, migrations: [.notes], clock: { .noon })
            try? await database.write { try $0.run("DELETE FROM note WHERE text = ?") }
            exit(0)
        }
    }
}
