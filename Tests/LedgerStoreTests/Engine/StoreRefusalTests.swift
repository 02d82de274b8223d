import TestSupport
import CSQLite
import Foundation
import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Accidents with the file` {
    let folder = try! TemporaryFolder()

    @Test func `a text file is not a ledger and stays as it is`() throws {
        let text = Data(String(repeating: "date;amount\n", count: 500).utf8)
        try text.write(to: URL(fileURLWithPath: folder.file()))
        #expect(try refusal().code == "not_a_database")
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == text)
    }

    @Test func `another program's database is refused and stays as it is`() throws {
        try raw("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('cake')")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        #expect(try refusal().code == "file_of_another_program")
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ledger.db"])
    }

    @Test func `an empty file becomes a ledger`() throws {
        try Data().write(to: URL(fileURLWithPath: folder.file()))
        #expect(try folder.open().read { try $0.count() } == 0)
    }

    @Test func `damage is told when a read comes across it`() async throws {
        let database = try folder.open()
        try await database.write { transaction in
            for number in 0..<2000 { try transaction.write("note \(number) \(String(repeating: ".", count: 200))") }
        }
        database.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file()))
        for page in 8..<40 {
            try file.seek(toOffset: UInt64(page * 4096))
            try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        }
        try file.close()
        let damaged = try folder.open()
        let refusal = #expect(throws: StoreRefusal.self) { try damaged.read { try $0.texts() } }
        #expect(refusal?.accident == .damaged)
        #expect(refusal?.facts?.code == SQLITE_CORRUPT)
    }

    @Test func `a row in which bytes were changed is told by whoever comes across it, reading or writing`() async throws {
        let database = try folder.open()
        try await database.write { try $0.write("one") }
        try raw("UPDATE note SET text = CAST(x'FF' AS TEXT)")
        #expect(throws: StoreRefusal.self) { try database.read { try $0.texts() } }
        let refusal = await #expect(throws: StoreRefusal.self) { try await database.write { _ = try $0.texts() } }
        #expect(refusal?.accident == .unreadable && refusal?.facts?.sql?.contains("note") == true)
    }

    @Test func `a damaged first page is told at the start`() throws {
        try folder.open().close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file()))
        try file.seek(toOffset: 100)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 3996))
        try file.close()
        #expect(try refusal().code == "file_damaged")
    }

    @Test func `a missing folder, a missing file and a folder in its place are told apart`() throws {
        #expect(refusal(at: folder.file("nowhere/ledger.db"))?.code == "folder_missing")
        #expect(refusal(at: folder.file("ledger.db"), create: false)?.code == "file_missing")
        #expect(!FileManager.default.fileExists(atPath: folder.file()))
        #expect(refusal(at: folder.path)?.code == "file_cannot_be_opened")
    }

    @Test func `names that mean something else to SQLite are files`() async throws {
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            chdir(path)
            for name in [":memory:", "file:ledger.db?mode=memory"] {
                try Database(path: name, migrations: [.notes], clock: { .noon }).close()
                #expect(access("./\(name)", F_OK) == 0)
            }
        }
    }

    @Test func `a file that may only be read is refused`() async throws {
        try folder.open().close()
        chmod(folder.file(), 0o444)
        // Whoever may write to the folder could leave files there that keep others out.
        chmod(folder.path, 0o777)
        await #expect(processExitsWith: .success) { [path = folder.file() as String] in
            // Nothing is read-only for root.
            if geteuid() == 0 { try #require(seteuid(65534) == 0) }
            let refusal = #expect(throws: StoreRefusal.self) { try Database(path: path, migrations: [.notes], clock: { .noon }) }
            #expect(refusal?.code == "file_read_only")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ledger.db"])
    }

    @Test func `a lock that another process does not give back is told after a while, and passes`() async throws {
        let database = try Database(path: folder.file(), migrations: [.notes], clock: { .noon }, busyTimeout: .milliseconds(50))
        try await database.write { try $0.write("one") }
        var other: OpaquePointer?
        #expect(sqlite3_open(folder.file(), &other) == SQLITE_OK)
        defer { sqlite3_close(other) }
        #expect(sqlite3_exec(other, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
        let refusal = await #expect(throws: StoreRefusal.self) { try await database.write { try $0.write("two") } }
        #expect(refusal?.code == "file_locked")
        #expect(try database.read { try $0.count() } == 1)
        #expect(sqlite3_exec(other, "ROLLBACK", nil, nil, nil) == SQLITE_OK)
        try await database.write { try $0.write("three") }
        #expect(try database.read { try $0.texts() } == ["one", "three"])
    }

    /// A page that no longer fits the cache is written in the middle of a job, all others at COMMIT.
    @Test(arguments: [10, 5000])
    func `on a full disk each write is refused or kept, and it goes on when there is room`(pagesCached: Int) async throws {
        await #expect(processExitsWith: .success) { [path = folder.file() as String, pagesCached = pagesCached as Int] in
            let database = try Database(path: path, migrations: [.notes], clock: { .noon })
            try await database.write { try $0.connection.execute("PRAGMA cache_size = \(pagesCached)") }
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let room = limit.rlim_cur
            limit.rlim_cur = 400_000
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let kept = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<400 {
                    group.addTask {
                        do {
                            try await database.write { try $0.write("\(number) \(String(repeating: ".", count: 3000))") }
                            return 1
                        } catch let refusal as StoreRefusal where refusal.code == "disk_full" { return 0 }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(kept < 400)
            #expect(try database.read { try $0.count() } == kept)
            limit.rlim_cur = room
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try await database.write { try $0.write("there is room again") }
            database.close()
            let again = try Database(path: path, migrations: [.notes], clock: { .noon })
            #expect(try again.read { try $0.count() } == kept + 1)
            #expect(try again.read { try $0.one("PRAGMA integrity_check") { try $0.string(0) } } == "ok")
        }
    }

    @Test(arguments: [(ENOSPC, "disk_full"), (EDQUOT, "disk_full"), (EFBIG, "disk_full"), (EIO, nil)])
    func `a write that the system refused for want of room is a full disk, any other is told as it is`(
        systemError: Int32, code: String?
    ) {
        let error = StoreError(code: SQLITE_IOERR, extendedCode: SQLITE_IOERR | 3 << 8, message: "disk I/O error", sql: "COMMIT")
        #expect(StoreRefusal(error, file: "ledger.db", systemError: systemError)?.code == code)
    }

    @Test func `every refusal is one sentence with a hint and a code of its own`() {
        let accidents: [StoreRefusal.Accident] = [
            .notADatabase, .damaged, .unreadable, .anotherProgramsFile, .newerVersion(file: 9, program: 8),
            .unreleasedVersion, .editedMigration(number: 1, name: "tenant"),
            .missingMigration(number: 2), .diskFull, .readOnly, .fileMissing, .folderMissing, .cannotOpen, .noFileHandles, .locked, .exists,
            .closed,
        ]
        let refusals = accidents.map { StoreRefusal($0, "ledger.db") }
        #expect(Set(refusals.map(\.code)).count == accidents.count)
        for refusal in refusals {
            #expect(refusal.message.hasSuffix(".") && !refusal.message.contains("SQL"))
            #expect(refusal.hint?.hasSuffix(".") == true)
        }
    }

    private func refusal() throws -> StoreRefusal { try #require(refusal(at: folder.file())) }

    private func refusal(at path: String, create: Bool = true) -> StoreRefusal? {
        #expect(throws: StoreRefusal.self) { try Database(path: path, migrations: [.notes], clock: { .noon }, create: create) }
    }

    /// Without our engine, as another program would.
    private func raw(_ script: String) throws {
        var handle: OpaquePointer?
        #expect(sqlite3_open(folder.file(), &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
    }
}
