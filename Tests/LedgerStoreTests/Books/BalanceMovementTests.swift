import Ledger
import Testing

@testable import LedgerStore

@Suite struct `Stripe's balance in the file` {
    let books = try! Books()

    @Test func `each movement is booked once, and the balance is the sum of all`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let movements: [BalanceMovement] = [
            .of("txn_1", "charge", 34_330, fee: 565, method: .card),
            .of("txn_2", "stripe_fee", category: "fee", -200),
            .of("txn_3", "adjustment", category: "dispute", -5000, fee: 2000),
            .of("txn_4", "adjustment", category: "dispute_reversal", 5000, fee: -2000),
            .of("txn_5", "payout", -20_000),
            .of("txn_6", "payout_failure", 20_000),
        ]
        let (first, again) = try await books.database.write { transaction in
            _ = try transaction.pay(34_330, intent: "pi_1", to: folio, of: tenant)
            return (
                try movements.map { try transaction.book($0, to: tenant) }, try movements.map { try transaction.book($0, to: tenant) }
            )
        }
        #expect(first.allSatisfy { $0 })
        #expect(again.allSatisfy { !$0 })
        try books.database.read { (transaction: borrowing Transaction) throws in
            #expect(try transaction.stripeBalance(of: tenant) == tenant.money(34_330 - 565 - 200))
            #expect(try transaction.balance(of: .stripe, of: tenant) == tenant.money(34_330 - 565 - 200))
            #expect(try transaction.balance(of: .stripeFees, of: tenant) == tenant.money(765))
            #expect(try transaction.balance(of: .disputes, of: tenant) == .zero(.eur))
            #expect(try transaction.balance(of: .bank, of: tenant) == .zero(.eur))
            let (debits, credits) = try transaction.trialBalance(of: tenant)
            #expect(debits == credits)
            #expect(try transaction.verify(tenant).defects == [])
        }
    }

    @Test func `a movement in another currency is refused`() async throws {
        let tenant = try await books.tenant()
        let movement = BalanceMovement.of("txn_1", "charge", 100, in: Currency("chf")!)
        await #expect(throws: MoneyError.self) { try await books.database.write { _ = try $0.book(movement, to: tenant) } }
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
        try await books.database.write { transaction in
            for payout in [second, first, paid] { try transaction.save(payout, of: tenant) }
        }
        #expect(try books.database.read { try $0.payouts(of: tenant) } == [paid, second])
    }

    @Test func `a dispute is kept with the payment it contests`() async throws {
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        @Sendable func dispute(_ id: String, _ state: String, _ intent: String?) -> Dispute {
            Dispute(
                id: id, amount: tenant.money(5000), reason: "fraudulent", state: state, created: .noon, intent: intent)
        }
        try await books.database.write { transaction in
            _ = try transaction.pay(5000, intent: "pi_1", to: folio, of: tenant)
            try transaction.save(dispute("dp_1", "needs_response", "pi_1"), of: tenant)
            try transaction.save(dispute("dp_2", "needs_response", "pi_unknown"), of: tenant)
            try transaction.save(dispute("dp_1", "won", "pi_1"), of: tenant)
        }
        let kept = try books.database.read {
            try $0.all("SELECT id, status, folio, payment FROM dispute ORDER BY id") { row in
                "\(try row.string(0)) \(try row.string(1)) \(try row.optionalInt64(2) ?? 0) \(try row.optionalInt64(3) ?? 0)"
            }
        }
        #expect(kept == ["dp_1 won 1 1", "dp_2 needs_response 0 0"])
    }
}
