import Ledger
import TestSupport
import Testing

@testable import LedgerStore

/// `verify` names the first entry that is not what was posted.
@Suite struct `Verifying the books` {
    /// An attack on entry 3 of the first tenant, with the triggers out of the way.
    static let changes = [
        "kind = 'allowance'", "debit = (SELECT max(id) FROM account WHERE tenant = 1)",
        "credit = (SELECT max(id) FROM account WHERE tenant = 1)",
        "amount = amount + 1", "folio = 1", "folio = NULL", "occurred_on = '2026-11-19'", "occurred_on = '2026-1x-18'",
        "posted_at = posted_at + 1", "actor = 'Test'", "stripe_object = 'x'", "hash = zeroblob(32)",
        "hash = cast('changed, but 32 bytes long as ever' AS BLOB)",
    ]

    @Test(arguments: changes)
    func `names an entry of which anything was changed`(change: String) async throws {
        let hotels = try await TwoHotels()
        let set = change.hasPrefix("hash = cast") ? "hash = substr(cast('changed, but 32 bytes long as ever' AS BLOB), 1, 32)" : change
        try hotels.attack(
            "DROP TRIGGER journal_entry_unchanged; UPDATE journal_entry SET \(set) WHERE tenant = 1 AND number = 3")
        let check = try hotels.store.read(of: hotels.seeblick) { try $0.verify() }
        #expect(check.defects.map(\.entry) == [3])
        let other = try hotels.store.read(of: hotels.bergblick) { try $0.verify() }
        #expect(other.defects.isEmpty, "one tenant's damage is not another's")
    }

    @Test(arguments: [
        ("DELETE FROM journal_entry WHERE tenant = 1 AND number = 3", Int64(3)),
        ("DELETE FROM journal_entry WHERE tenant = 1 AND number = (SELECT max(number) FROM journal_entry WHERE tenant = 1)", 5),
        (
            "UPDATE journal_entry SET number = 1000 WHERE tenant = 1 AND number = 2; UPDATE journal_entry SET number = 2 WHERE tenant = 1 AND number = 3; UPDATE journal_entry SET number = 3 WHERE tenant = 1 AND number = 1000",
            2
        ),
    ])
    func `names where an entry was taken out or moved`(sql: String, entry: Int64) async throws {
        let hotels = try await TwoHotels()
        try hotels.attack("DROP TRIGGER journal_entry_unchanged; DROP TRIGGER journal_entry_kept; \(sql)")
        let defects = try hotels.store.read(of: hotels.seeblick) { try $0.verify() }.defects
        #expect(defects.contains { $0.entry == entry }, "\(defects)")
    }

    @Test func `names a balance that its entries do not sum to, and a line that differs from its entry`() async throws {
        let hotels = try await TwoHotels()
        try hotels.attack(
            "DROP TRIGGER account_moved; UPDATE account SET debits = debits + 1 WHERE tenant = 1 AND name = 'folio:R-1'")
        let balance = try hotels.store.read(of: hotels.seeblick) { try $0.verify() }.defects
        #expect(balance.contains { $0.problem.contains("folio:R-1") } && balance.contains { $0.problem.contains("debits are") })
        try hotels.attack(
            "DROP TRIGGER line_item_unchanged; UPDATE line_item SET unit_amount = 999, gross = 1998 WHERE tenant = 2 AND folio = 1 AND number = 1"
        )
        let line = try hotels.store.read(of: hotels.bergblick) { try $0.verify() }.defects
        #expect(line.map(\.entry) == [1] && line.first?.problem == "line 1 of folio R-1 differs from entry 1")
    }

    /// Thousands of random facts over two tenants at once: numbers without gaps, chains of their own, balances as a replay gives them.
    @Test(arguments: UInt64(1)...4)
    func `finds nothing in books that only the program wrote`(seed: UInt64) async throws {
        let hotels = try await TwoHotels()
        let tenants = [hotels.seeblick, hotels.bergblick]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in UInt64(0)..<800 {
                let store = hotels.store
                group.addTask {
                    try await store.write(of: tenants[Int(index % 2)]) { book in
                        let amount = Money(minorUnits: Int64(1 + (index &* 7919 &* seed) % 100_000), currency: .eur)
                        let day = Day("2026-11-18")!
                        let facts: [Posting?] = [
                            .payout(amount, on: day, balanceTransaction: "txn_\(index)"),
                            .stripeFee(try amount.negated(), on: day, balanceTransaction: "txn_\(index)"),
                            .stripeFee(amount, on: day, balanceTransaction: "txn_\(index)"),
                            .payout(try amount.negated(), on: day, balanceTransaction: "txn_\(index)"),
                            .payoutArrived(amount, on: day, payout: "po_\(index)"),
                        ]
                        let posting = facts[Int(index % 5)]!
                        _ = try book.post(posting, by: "test")
                    }
                }
            }
            try await group.waitForAll()
        }
        for tenant in tenants {
            try hotels.store.read(of: tenant) { book in
                let check = try book.verify()
                #expect(check.defects.isEmpty && check.entries > 300 && check.debits == check.credits)
                var numbers: [Int64] = []
                var balance: Int64 = 0
                try book.eachEntry() { entry, _ in
                    numbers.append(entry.number)
                    if entry.debit == "stripe" { balance += entry.amount }
                    if entry.credit == "stripe" { balance -= entry.amount }
                }
                #expect(numbers == Array(1...Int64(numbers.count)))
                #expect(try book.balance(of: .stripe).minorUnits == balance)
            }
        }
    }
}
