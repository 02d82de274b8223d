import TestSupport
import Foundation
import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Group commit` {
    let folder = try! TemporaryFolder()

    @Test func `512 callers share one commit and each gets its own answer`() async throws {
        let database = try folder.open()
        let before = try commits()
        let answers = try await together(
            database,
            (0..<512).map { number in
                { transaction in
                    try transaction.write("note \(number)")
                    return try transaction.count()
                }
            })
        #expect(try answers.map { try $0.get() } == Array(1...512))
        #expect(try commits() == before + 1)
        #expect(try database.read { try $0.count() } == 512)
    }

    @Test func `512 callers that come as they like lose nothing`() async throws {
        let database = try folder.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<512 {
                group.addTask { for turn in 0..<4 { try await database.write { try $0.write("\(caller) \(turn)") } } }
            }
            try await group.waitForAll()
        }
        #expect(try database.read { try $0.count() } == 2048)
    }

    @Test func `a job that throws undoes only itself`() async throws {
        struct Mistake: Error {}
        let database = try folder.open()
        let answers = try await together(
            database,
            [
                { try $0.write("one") },
                {
                    try $0.write("two")
                    throw Mistake()
                },
                { try $0.write("three") },
            ] as [Work])
        #expect(answers[1].error is Mistake)
        #expect(answers[0].error == nil && answers[2].error == nil)
        #expect(try database.read { try $0.texts() } == ["one", "three"])
    }

    @Test func `a refused row can be caught, and the rest of the job is kept`() async throws {
        let database = try folder.open()
        try await database.write { transaction in
            try transaction.write("once")
            let error = #expect(throws: StoreError.self) { try transaction.write("once") }
            #expect(error?.constraint == .unique)
            try transaction.write("twice")
        }
        #expect(try database.read { try $0.texts() } == ["once", "twice"])
    }

    @Test func `a job that leaves a reference open is refused alone, not at the commit of all`() async throws {
        let database = try folder.open()
        let answers = try await together(
            database,
            [
                { try $0.write("one") },
                { try $0.run("INSERT INTO reply VALUES (99)") },
                {
                    try $0.run("INSERT INTO reply VALUES (7)")
                    try $0.run("INSERT INTO note (id, text) VALUES (7, 'seven')")
                },
            ] as [Work])
        #expect((answers[1].error as? StoreError)?.constraint == .foreignKey)
        #expect(answers[0].error == nil && answers[2].error == nil)
        #expect(try database.read { try $0.texts() } == ["one", "seven"])
    }

    @Test func `when the disk is full in one job, nobody in the batch is told that it worked`() async throws {
        let database = try folder.open()
        try await limitPages(of: database)
        let answers = try await together(
            database,
            [
                { try $0.write("before") },
                { transaction in
                    // A job that swallows the error: what it writes afterwards must not be kept either.
                    try? transaction.write(String(repeating: "x", count: 1_000_000))
                    try? transaction.write("after the accident")
                },
                { try $0.write("behind") },
            ] as [Work])
        for answer in answers { #expect((answer.error as? StoreRefusal)?.accident == .diskFull) }
        #expect(try database.read { try $0.count() } == 0)
        try await database.write { try $0.write("small") }
        #expect(try database.read { try $0.texts() } == ["small"])
    }

    @Test func `a task that is cancelled while it waits writes nothing`() async throws {
        let database = try folder.open()
        let writer = try await HeldWriter(database)
        let task = Task { try await database.write { try $0.write("unwanted") } }
        while database.waiting < 1 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await writer.goOn(after: 0)
        // Behind it in the queue: when this is durable, the cancelled one would be.
        try await database.write { try $0.write("wanted") }
        #expect(try database.read { try $0.texts() } == ["wanted"])
    }

    @Test func `a task that was cancelled before it asked writes nothing`() async throws {
        let database = try folder.open()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await database.write { try $0.write("unwanted") }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try database.read { try $0.count() } == 0)
    }

    @Test func `a task that is cancelled once its job runs gets the result all the same`() async throws {
        let database = try folder.open()
        let (started, cancelled) = (Gate(), Gate())
        let task = Task {
            try await database.write { transaction in
                started.open()
                cancelled.block()
                try transaction.write("wanted")
                return "written"
            }
        }
        try await started.pass()
        task.cancel()
        cancelled.open()
        #expect(try await task.value == "written")
        #expect(try database.read { try $0.texts() } == ["wanted"])
    }

    @Test func `a write has one time, and the next is never earlier`() async throws {
        let times = Times([100, 50, 200])
        let database = try folder.open(clock: { times.next() })
        times.restart()
        var seen: [Int64] = []
        for _ in 0..<3 {
            seen.append(
                try await database.write { transaction in
                    let first = transaction.now
                    try transaction.run("SELECT 1")
                    #expect(transaction.now == first)
                    return first.milliseconds
                })
        }
        #expect(seen == [100, 100, 200])
    }

    @Test func `closing finishes what waits and refuses what comes later`() async throws {
        let database = try folder.open()
        let writer = try await HeldWriter(database)
        let task = Task { try await database.write { try $0.write("last order") } }
        while database.waiting < 1 { await Task.yield() }
        let closing = Task.detached { database.close() }
        try await writer.goOn(after: 1)
        try await task.value
        await closing.value
        await #expect(throws: StoreRefusal.self) { try await database.write { try $0.write("too late") } }
        #expect(throws: StoreRefusal.self) { try database.read { try $0.count() } }
        #expect(!FileManager.default.fileExists(atPath: folder.file() + "-wal"))
        #expect(try folder.open().read { try $0.texts() } == ["last order"])
    }

    /// Commits in the write-ahead log: its frames are a page behind 24 bytes, the second word of which is set on the last of a commit.
    /// - Source: https://www.sqlite.org/fileformat2.html#walformat
    private func commits() throws -> Int {
        let log = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.file() + "-wal")))
        return stride(from: 32, to: log.count, by: 24 + 4096).count { log[($0 + 4)..<($0 + 8)].contains { $0 != 0 } }
    }

    private func limitPages(of database: Database) async throws {
        try await database.write { transaction in
            let pages = try transaction.one("PRAGMA page_count") { try $0.int(0) }!
            try transaction.connection.execute("PRAGMA max_page_count = \(pages + 10)")
        }
    }
}

/// A clock that shows the given times one after the other.
private final class Times: @unchecked Sendable {
    private let lock = NSLock()
    private let times: [Int64]
    private var position = 0

    init(_ times: [Int64]) { self.times = times }

    func restart() { lock.withLock { position = 0 } }

    func next() -> Instant {
        lock.withLock {
            defer { position += 1 }
            return Instant(milliseconds: times[position % times.count])
        }
    }
}
