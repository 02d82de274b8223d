import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `What disputes move on a folio` {
    let books = try! LedgerFile(clock: .noon)

    private static let withdrawn = BalanceMovement.of(
        "txn_1", "adjustment", category: "dispute", -5000, fee: 2000, source: "du_1", intent: "pi_1")

    /// A payment of 50.00 that is contested, of which 40.00 are written off.
    private func lost() async throws -> (Tenant, Folio) {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            _ = try book.book(Self.withdrawn)
            try book.save(
                Dispute(
                    id: "du_1", amount: tenant.money(5000), reason: "fraudulent", state: "lost", created: .noon, intent: "pi_1"))
            try book.writeOff(tenant.money(4000), of: try book.dispute("du_1")!, on: folio, reason: "gone", by: "anna")
        }
        return (tenant, folio)
    }

    private func balances(_ tenant: Tenant) throws -> [Int64] {
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            try [.folio(reference: "R-4711"), Account.disputes, .stripe].map { try book.balance(of: $0).minorUnits }
        }
    }

    @Test func `is what the bank took, less what is written off, and what comes back takes back the write-off`() async throws {
        let (tenant, folio) = try await lost()
        // Paid 50.00 without a charge, withdrawn 50.00, written off 40.00.
        #expect(try balances(tenant) == [-4000, 4000, 5000 - 5000 - 2000])
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            let payment = try book.payments(of: folio)[0]
            #expect(payment.withdrawn == tenant.money(5000) && payment.writtenOff == tenant.money(4000))
            #expect(try book.verify().defects == [])
        }
        try await books.store.write(of: tenant) { book in
            _ = try book.book(.of("txn_2", "adjustment", category: "dispute_reversal", 5000, source: "du_1", intent: "pi_1"))
        }
        #expect(try balances(tenant) == [-5000, 0, 5000 - 2000])
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            let known = try #require(try book.dispute("du_1"))
            #expect(known.withdrawn.isZero && known.writtenOff.isZero && known.folio == "R-4711")
            #expect(
                try book.entries(ofDispute: "du_1").map(\.kind) == [
                    .dispute, .disputeWrittenOff, .disputeReinstated, .disputeWriteOffReversed,
                ])
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `cannot be written off beyond what was withdrawn`() async throws {
        let (tenant, folio) = try await lost()
        await #expect(throws: StoreError.self) {
            try await books.store.write(of: tenant) { book in
                try book.writeOff(tenant.money(1001), of: try book.dispute("du_1")!, on: folio, reason: "more", by: "anna")
            }
        }
        #expect(try balances(tenant) == [-4000, 4000, -2000])
    }

    @Test(arguments: Attack.Settings.all, Forged.attacks)
    func `cannot be changed, forgotten or made up by SQL`(settings: Attack.Settings, attack: String) async throws {
        let (tenant, _) = try await lost()
        let connection = try RawConnection(
            books.path, foreignKeys: settings.foreignKeys, recursiveTriggers: settings.recursiveTriggers)
        try connection.run("BEGIN")
        #expect(throws: (any Error).self) { try connection.run(attack) }
        try? connection.run("ROLLBACK")
        #expect(try balances(tenant) == [-4000, 4000, -2000])
    }

    @Test func `is missed by verify where it was taken away`() async throws {
        let (tenant, _) = try await lost()
        try RawConnection(books.path).run("DROP TRIGGER dispute_entry_kept; DELETE FROM dispute_entry WHERE movement IS NULL")
        let defects = try books.store.read(of: tenant) { try $0.verify().defects.map(\.problem) }
        #expect(defects.contains { $0.contains("belongs to nothing on a folio") }, "\(defects)")
    }
}

/// Rows that nothing but the program may write, and what they would change.
private enum Forged {
    private static let another = """
        INSERT INTO journal_entry (tenant, number, kind, debit, credit, amount, currency, folio, occurred_on, posted_at, actor, stripe_object,
            hash)
        SELECT 1, max(number) + 1, 'KIND', (SELECT id FROM account WHERE name = 'disputes'),
            (SELECT id FROM account WHERE name = 'folio:R-4711'), AMOUNT, 'eur', 1, '2026-11-18', 0, 'me', 'OBJECT', randomblob(32)
        FROM journal_entry;
        """
    static func entry(_ kind: String, _ amount: Int, _ object: String) -> String {
        another.replacing("KIND", with: kind).replacing("AMOUNT", with: String(amount)).replacing("OBJECT", with: object)
    }
    static func row(_ kind: String, _ amount: Int, intent: String = "pi_1", movement: String = "NULL", reason: String = "'why'") -> String {
        """
        INSERT INTO dispute_entry SELECT 1, '\(intent)', max(number), 1, 'du_1', '\(kind)', \(amount), \(movement), \(reason),
            CASE WHEN \(reason) IS NULL THEN NULL ELSE 'me' END FROM journal_entry
        """
    }

    static let attacks = [
        "UPDATE dispute_entry SET amount = 1", "DELETE FROM dispute_entry",
        // Without an entry of its own, of another amount, and of an entry that is taken.
        row("dispute_written_off", 500), entry("dispute_written_off", 400, "du_1") + row("dispute_written_off", 500),
        row("dispute_written_off", 4000),
        // More than is left, and more than is written off.
        entry("dispute_written_off", 1001, "du_1") + row("dispute_written_off", 1001),
        entry("dispute_write_off_reversed", 4001, "du_1") + row("dispute_write_off_reversed", 4001, reason: "NULL"),
        // Without a reason, of an intent that is not there, and of a movement that is none or taken.
        entry("dispute_written_off", 500, "du_1") + row("dispute_written_off", 500, reason: "NULL"),
        entry("dispute_written_off", 500, "du_1") + row("dispute_written_off", 500, intent: "pi_9"),
        entry("dispute", 5000, "txn_9") + row("dispute", 5000, movement: "'txn_9'", reason: "NULL"),
        entry("dispute", 5000, "txn_1") + row("dispute", 5000, movement: "'txn_1'", reason: "NULL"),
        entry("dispute_reinstated", 5000, "txn_1") + row("dispute_reinstated", 5000, movement: "'txn_1'", reason: "NULL"),
        "INSERT OR REPLACE INTO dispute_entry SELECT tenant, intent, entry, folio, dispute, kind, 1, movement, reason, actor FROM dispute_entry",
    ]
}
