import Ledger
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `A part of a transaction` {
    private struct Mistake: Error {}

    let folder = try! TemporaryFolder()

    @Test func `that fails is undone alone, and what comes before and after it is kept`() async throws {
        let database = try folder.open()
        let outcome = try await database.write { (transaction: borrowing Transaction) throws -> (Bool, Bool) in
            try transaction.write("before")
            let failed = try transaction.attempt { (part: borrowing Transaction) -> Void in
                try part.write("undone")
                throw Mistake()
            }
            let kept = try transaction.attempt { try $0.write("kept") }
            try transaction.write("after")
            return (failed.isMistake, (try? kept.get()) != nil)
        }
        #expect(outcome == (true, true))
        #expect(try database.read { try $0.texts() } == ["before", "kept", "after"])
    }

    @Test func `that a constraint refuses, or that meets a row it cannot read, is its own trouble`() async throws {
        let database = try folder.open()
        try await database.write { (transaction: borrowing Transaction) throws in
            try transaction.write("once")
            let twice = try transaction.attempt { try $0.write("once") }
            #expect(throws: StoreError.self) { try twice.get() }
            let misread = try transaction.attempt { part in try part.one("SELECT text FROM note") { try $0.int(0) } }
            #expect { _ = try misread.get() } throws: { ($0 as? StoreRefusal)?.code == "row_unreadable" }
            try transaction.write("more")
        }
        #expect(try database.read { try $0.texts() } == ["once", "more"])
    }

    @Test func `that meets trouble with the whole file takes the transaction along`() async throws {
        let database = try folder.open()
        let refusal = await #expect(throws: StoreRefusal.self) {
            try await database.write { transaction in
                try transaction.write("before")
                _ = try transaction.attempt { (_: borrowing Transaction) -> Void in throw StoreRefusal(.diskFull, "ledger.db") }
            }
        }
        #expect(refusal?.accident == .diskFull)
        #expect(try database.read { try $0.texts() }.isEmpty)
    }

    @Test func `of a reading is attempted as well`() async throws {
        let database = try folder.open()
        try await database.write { try $0.write("one") }
        try database.read { (transaction: borrowing Transaction) throws in
            let failed = try transaction.attempt { (_: borrowing Transaction) -> Void in throw Mistake() }
            #expect(failed.isMistake)
            #expect(try transaction.texts() == ["one"])
        }
    }
}

extension Result where Failure == any Error {
    /// Whether it failed at all.
    fileprivate var isMistake: Bool { if case .failure = self { true } else { false } }
}
