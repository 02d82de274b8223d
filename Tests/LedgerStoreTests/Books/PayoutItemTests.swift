import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `What is in a payout` {
    let books = try! LedgerFile(clock: .noon)

    private func payout(_ tenant: Tenant, _ amount: Int64, state: String = "in_transit") -> Payout {
        Payout(
            id: "po_1", amount: tenant.money(amount), state: state, arrivalDate: Day("2025-11-20")!, automatic: true, created: .noon,
            reconciliation: "completed")
    }

    /// 100.00 less 1.75, of which 98.25 went to the bank.
    private func paidOut() async throws -> Tenant {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let payout = payout(tenant, 9825)
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(10_000, intent: "pi_1", to: folio)
            _ = try book.book(.of("txn_1", "charge", 10_000, fee: 175, method: .card, source: "ch_1", intent: "pi_1"))
            _ = try book.book(.of("txn_2", "payout", -9825, source: "po_1"))
            try book.save(payout)
        }
        return tenant
    }

    @Test func `is kept once it is known and adds up, with the folio of each`() async throws {
        let tenant = try await paidOut()
        let payout = payout(tenant, 9825)
        let kept = try await books.store.write(of: tenant) { book in
            [
                try book.itemise(payout, with: ["txn_1", "txn_9"]), try book.itemise(payout, with: []),
                try book.itemise(payout, with: ["txn_2"]), try book.itemise(payout, with: ["txn_1"]),
            ]
        }
        #expect(kept == [false, false, false, true])
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.items(ofPayout: "po_1").map { "\($0.movement.id) \($0.folio ?? "")" } == ["txn_1 R-4711"])
            #expect(try book.payoutsToItemise().isEmpty && book.payout("po_1")?.breakdown == .itemised)
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `is at the bank on its day, once`() async throws {
        let tenant = try await paidOut()
        func balances() throws -> [Int64] {
            try books.store.read(of: tenant) { book in try [.bankTransit, Account.bank].map { try book.balance(of: $0).minorUnits } }
        }
        try await books.store.write(of: tenant) { try $0.bookArrivals() }
        #expect(try balances() == [9825, 0], "Stripe does not count it as paid")
        let paid = payout(tenant, 9825, state: "paid")
        try await books.store.write(of: tenant) { book in
            try book.save(paid)
            try book.bookArrivals()
            try book.bookArrivals()
        }
        #expect(try balances() == [0, 9825])
        #expect(try books.store.read(of: tenant) { try $0.entries(ofPayout: "po_1").map(\.on) }.last == Day("2025-11-20"))
        try await books.store.write(of: tenant) { _ = try $0.book(.of("txn_3", "payout_failure", 9825, source: "po_1")) }
        #expect(try balances() == [0, 0])
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test(arguments: Attack.Settings.all, PayoutForgery.attacks)
    func `cannot be changed, forgotten or made up by SQL`(settings: Attack.Settings, attack: String) async throws {
        let tenant = try await paidOut()
        let connection = try RawConnection(
            books.path, foreignKeys: settings.foreignKeys, recursiveTriggers: settings.recursiveTriggers)
        if attack.contains("payout_item SET") || attack.contains("FROM payout_item") || attack.contains("'po_2'") {
            let payout = payout(tenant, 9825)
            _ = try await books.store.write(of: tenant) { try $0.itemise(payout, with: ["txn_1"]) }
        }
        try connection.run("BEGIN")
        #expect(throws: (any Error).self) { try connection.run(attack) }
        try? connection.run("ROLLBACK")
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }
}

/// Rows that nothing but the program may write, and what they would change.
private enum PayoutForgery {
    static let attacks = [
        // It does not add up, or was read before.
        "UPDATE payout SET itemised_at = 1", "INSERT INTO payout_item VALUES (1, 'txn_2', 'po_1'); UPDATE payout SET itemised_at = 1",
        "UPDATE payout SET amount = 1", "UPDATE payout SET automatic = 0", "DELETE FROM payout",
        "INSERT INTO payout SELECT tenant, 'po_3', currency, amount, status, arrival_date, 1, 0, NULL, 1, 0 FROM payout",
        // A movement that is not known, a payout that is not, and a movement that is in another.
        "INSERT INTO payout_item VALUES (1, 'txn_9', 'po_1')", "INSERT INTO payout_item VALUES (1, 'txn_1', 'po_9')",
        """
        INSERT INTO payout SELECT tenant, 'po_2', currency, amount, status, arrival_date, 1, 0, NULL, NULL, 0 FROM payout;
        INSERT INTO payout_item VALUES (1, 'txn_1', 'po_2')
        """,
        "UPDATE payout_item SET payout = 'po_9'", "DELETE FROM payout_item",
        "UPDATE payout_entry SET amount = 1", "DELETE FROM payout_entry",
        // Without an entry of its own, and an arrival without one.
        "INSERT INTO payout_entry SELECT tenant, 'po_2', entry, kind, amount, movement FROM payout_entry",
        "INSERT INTO payout_entry SELECT tenant, payout, 1, 'payout_arrived', amount, NULL FROM payout_entry",
        // It arrives with less than has left.
        """
        INSERT INTO journal_entry (tenant, number, kind, debit, credit, amount, currency, folio, occurred_on, posted_at, actor, stripe_object,
            hash)
        SELECT 1, max(number) + 1, 'payout_arrived', (SELECT id FROM account WHERE name = 'stripe_fees'),
            (SELECT id FROM account WHERE name = 'bank_transit'), 100, 'eur', NULL, '2025-11-20', 0, 'me', 'po_1', randomblob(32)
        FROM journal_entry;
        INSERT INTO payout_entry SELECT 1, 'po_1', max(number), 'payout_arrived', 100, NULL FROM journal_entry
        """,
    ]
}
