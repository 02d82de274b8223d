import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `Stripe's balance in the file` {
    let books = try! LedgerFile(clock: .noon)

    @Test func `each movement is booked once, and the balance is the sum of all`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let movements: [BalanceMovement] = [
            .of("txn_1", "charge", 34_330, fee: 565, method: .card, intent: "pi_1"),
            .of("txn_2", "stripe_fee", category: "fee", -200),
            .of("txn_3", "adjustment", category: "dispute", -5000, fee: 2000, intent: "pi_1"),
            .of("txn_4", "adjustment", category: "dispute_reversal", 5000, fee: -2000, intent: "pi_1"),
            .of("txn_5", "payout", -20_000),
            .of("txn_6", "payout_failure", 20_000),
        ]
        let (first, again) = try await books.store.write(of: tenant) { book in
            _ = try book.pay(34_330, intent: "pi_1", to: folio)
            return (
                try movements.map { try book.book($0) }, try movements.map { try book.book($0) }
            )
        }
        #expect(first.allSatisfy { $0 })
        #expect(again.allSatisfy { !$0 })
        try books.store.read(of: tenant) { (book: borrowing Book) throws in
            #expect(try book.stripeBalance() == tenant.money(34_330 - 565 - 200))
            #expect(try book.balance(of: .stripe) == tenant.money(34_330 - 565 - 200))
            #expect(try book.balance(of: .stripeFees) == tenant.money(765))
            #expect(try book.balance(of: .disputes) == .zero(.eur))
            #expect(try book.balance(of: .bank) == .zero(.eur) && book.balance(of: .bankTransit) == .zero(.eur))
            let (debits, credits) = try book.trialBalance()
            #expect(debits == credits)
            #expect(try book.verify().defects == [])
        }
    }

    @Test func `a movement in another currency is refused`() async throws {
        let tenant = try await books.tenant()
        let movement = BalanceMovement.of("txn_1", "charge", 100, in: Currency("chf")!)
        await #expect(throws: MoneyError.self) { try await books.store.write(of: tenant) { _ = try $0.book(movement) } }
    }

    @Test func `a payout moves on, and comes back by day of creation`() async throws {
        let tenant = try await books.tenant()
        func payout(_ id: String, _ state: String, day: Day, created: Int64) -> Payout {
            Payout(
                id: id, amount: tenant.money(20_000), state: state, arrivalDate: day, automatic: created == 1,
                created: Instant(unixSeconds: created))
        }
        let second = payout("po_2", "pending", day: .arrival, created: 2)
        let first = payout("po_1", "pending", day: .arrival, created: 1)
        let paid = payout("po_1", "paid", day: .arrival.adding(days: 1), created: 1)
        try await books.store.write(of: tenant) { book in
            for payout in [second, first, paid] { try book.save(payout) }
        }
        #expect(try books.store.read(of: tenant) { try $0.payouts() } == [paid, second])
    }

    @Test func `a dispute is kept with the payment it contests`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        @Sendable func dispute(_ id: String, _ state: String, _ intent: String?) -> Dispute {
            Dispute(
                id: id, amount: tenant.money(5000), reason: "fraudulent", state: state, created: .noon, intent: intent)
        }
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(5000, intent: "pi_1", to: folio)
            try book.save(dispute("dp_1", "needs_response", "pi_1"))
            try book.save(dispute("dp_2", "needs_response", "pi_unknown"))
            try book.save(dispute("dp_1", "won", "pi_1"))
        }
        let kept = try books.store.read {
            try $0.all("SELECT id, status, folio, payment FROM dispute ORDER BY id") { row in
                "\(try row.string(0)) \(try row.string(1)) \(try row.optionalInt64(2) ?? 0) \(try row.optionalInt64(3) ?? 0)"
            }
        }
        #expect(kept == ["dp_1 won 1 1", "dp_2 needs_response 0 0"])
    }
}
