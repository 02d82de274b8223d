import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `An object that cannot be read` {
    let books = try! LedgerFile(clock: .noon)
    private static let failure = Failure.unanswered(.unusable, words: "amount has the wrong type")
    private static let dismissal = Dismissal(reason: "compared in the Dashboard", actor: "user:anna")

    @Test func `waits until it is read, and is then forgotten`() async throws {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { (book: borrowing Book) throws in
            try book.noteUnreadable("txn_1", .said("odd"))
            try book.noteUnreadable("txn_1", Self.failure)
            let waiting = UnreadableObject(id: "txn_1", state: .waiting, failure: Self.failure, firstSeen: .noon, dismissal: nil)
            #expect(try book.waitingUnreadableObjects() == [waiting])
            #expect(try book.monthObstacles(Month("2025-11")!).map(\.kind) == [.objectUnreadable])
            try book.forgetUnreadable("txn_1")
            #expect(try book.unreadableObjects().isEmpty)
        }
    }

    @Test func `that is dismissed keeps no month open, stays dismissed when it is listed again, and is kept when it is read`() async throws
    {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { (book: borrowing Book) throws in
            try book.noteUnreadable("txn_1", .said("odd"))
            try book.dismissUnreadable("txn_1", Self.dismissal)
            try book.noteUnreadable("txn_1", Self.failure)
            let known = UnreadableObject(id: "txn_1", state: .dismissed, failure: Self.failure, firstSeen: .noon, dismissal: Self.dismissal)
            #expect(try book.unreadableObjects() == [known])
            #expect(try book.waitingUnreadableObjects().isEmpty && book.monthObstacles(Month("2025-11")!).isEmpty)
            try book.forgetUnreadable("txn_1")
            #expect(try book.unreadableObject("txn_1")?.state == .read)
            try book.noteUnreadable("txn_1", Self.failure)
            #expect(try book.unreadableObject("txn_1")?.state == .dismissed)
        }
    }

    @Test(arguments: [
        "UPDATE unreadable_object SET dismissal_reason = 'other' WHERE id = 'txn_1'",
        "UPDATE unreadable_object SET dismissed_at = NULL, dismissed_by = NULL, dismissal_reason = NULL WHERE id = 'txn_1'",
        "UPDATE unreadable_object SET id = 'txn_9' WHERE id = 'txn_1'", "DELETE FROM unreadable_object WHERE id = 'txn_1'",
        "INSERT OR REPLACE INTO unreadable_object (tenant, id, failure_code, first_seen) VALUES (1, 'txn_1', 'other', 0)",
        "UPDATE unreadable_object SET read_at = 0 WHERE id = 'txn_2'",
        "UPDATE unreadable_object SET dismissed_at = 0, dismissed_by = 'anna', dismissal_reason = ' ' WHERE id = 'txn_2'",
        "UPDATE unreadable_object SET dismissed_at = 0, dismissal_reason = 'why' WHERE id = 'txn_2'",
        "INSERT INTO unreadable_object VALUES (1, 'txn_3', 'other', NULL, NULL, NULL, 0, 0, 'anna', 'why', NULL)",
        "INSERT INTO unreadable_object (tenant, id, failure_code, first_seen) VALUES (1, '', 'other', 0)",
    ])
    func `is dismissed once, by somebody, for a reason, and that is not undone by SQL`(attack: String) async throws {
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            for id in ["txn_1", "txn_2"] { try book.noteUnreadable(id, Self.failure) }
            try book.dismissUnreadable("txn_1", Self.dismissal)
        }
        for foreignKeys in [true, false] {
            let connection = try RawConnection(books.path, foreignKeys: foreignKeys, recursiveTriggers: false)
            #expect(throws: (any Error).self) { try connection.run(attack) }
        }
        #expect(try books.store.read(of: tenant) { try $0.unreadableObjects().map(\.state) } == [.dismissed, .waiting])
    }
}
