import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Months in the file` {
    let time = SettableClock(Instant("2025-10-01T10:00:00Z")!)

    private func statement(_ month: String, _ tenant: Tenant, _ books: LedgerFile) throws -> Statement? {
        try books.store.read(of: tenant) { try $0.statement(month: Month(month)!) }
    }

    private func close(_ month: String, _ tenant: Tenant, _ books: LedgerFile) async throws -> Statement {
        try await books.store.write(of: tenant) { book in
            try book.close(try book.statement(month: Month(month)!)!)
        }
    }

    @Test func `a month shows its movements per kind and method, and leads from the opening to the closing balance`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) { book in
            for movement: BalanceMovement in [
                .of("txn_1", "charge", 34_330, fee: 565, method: .card, on: "2025-10-10"),
                .of("txn_2", "charge", 10_000, fee: 175, method: .card, on: "2025-10-11"),
                .of("txn_3", "charge", 5000, fee: 150, method: .klarna, on: "2025-10-12"),
                .of("txn_4", "refund", -1000, on: "2025-10-13"),
                .of("txn_5", "payout", -40_000, on: "2025-11-02"),
            ] { _ = try book.book(movement) }
        }
        #expect(try statement("2025-09", tenant, books) == nil)
        let october = try #require(try statement("2025-10", tenant, books))
        #expect(october.closedAt == nil && october.tenant == "seehotel" && october.tenantName == "Hotel seehotel")
        #expect(october.platformFee.net == tenant.money(1900) && october.platformFee.gross == tenant.money(2261))
        let cards = october.stripe.rows.first { $0.method == .card }
        #expect(cards?.count == 2 && cards?.amount == tenant.money(44_330) && cards?.fee == tenant.money(740) && cards?.late == 0)
        #expect(october.stripe.rows.map(\.kind) == [.charge, .charge, .refund])
        #expect(october.stripe.opening == .zero(.eur))
        #expect(october.stripe.closing == tenant.money(47_440))
        let november = try #require(try statement("2025-11", tenant, books))
        #expect(november.stripe.opening == october.stripe.closing)
        #expect(november.stripe.closing == tenant.money(7440))
        #expect(try books.store.read(of: tenant) { try $0.stripeBalance() } == tenant.money(7440))
    }

    @Test func `a closed month stays as it was, posts nothing, and what comes late is in the next`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        try await books.store.write(of: tenant) {
            _ = try $0.book(.of("txn_1", "charge", 10_000, fee: 175, method: .card, on: "2025-10-10"))
        }
        time.advance(seconds: 40 * 86_400)
        let open = try #require(try statement("2025-10", tenant, books))
        #expect(try !books.store.read(of: tenant) { try $0.isClosed(Month("2025-10")!) })
        let closed = try await close("2025-10", tenant, books)
        #expect(closed.stripe == open.stripe && closed.platformFee == open.platformFee && closed.closedAt != nil)
        #expect(try books.store.read(of: tenant) { try $0.isClosed(Month("2025-10")!) })
        #expect(try books.store.read(of: tenant) { try $0.trialBalance().debits } == 175, "Stripe's fee alone")
        try await books.store.write(of: tenant) {
            _ = try $0.book(.of("txn_2", "charge", 500, fee: 30, method: .card, on: "2025-10-31"))
        }
        #expect(try statement("2025-10", tenant, books) == closed)
        let november = try #require(try statement("2025-11", tenant, books))
        #expect(november.stripe.rows.map(\.late) == [1])
        #expect(november.stripe.opening == closed.stripe.closing)
        #expect(november.stripe.closing == tenant.money(10_000 - 175 + 500 - 30))
        await #expect(throws: StoreError.self) { _ = try await close("2025-10", tenant, books) }
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `a month without a price and without movements closes with no rows`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant(feeNet: 0)
        let closed = try await close("2025-10", tenant, books)
        #expect(closed.platformFee.gross == .zero(.eur) && closed.stripe.rows.isEmpty)
        #expect(try books.store.read(of: tenant) { try $0.trialBalance().debits } == 0)
    }
}
