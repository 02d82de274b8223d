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

    /// 1 November in Berlin begins at 23:00 UTC on 31 October.
    @Test func `a month has its refunds by method, its late items one by one, and the same sums as Stripe cuts them`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        func at(_ id: String, _ type: String, _ amount: Int64, fee: Int64 = 0, method: PaymentMethod? = nil, _ time: String)
            -> BalanceMovement
        {
            BalanceMovement(
                id: id, type: type, reportingCategory: type, amount: tenant.money(amount), fee: tenant.money(fee), source: "ch_1",
                intent: "pi_1", method: method, created: Instant(time)!)
        }
        let night = at("txn_1", "charge", 10_000, fee: 175, method: .card, "2025-10-31T23:30:00Z")
        let (refund, late) = (
            at("txn_2", "refund", -1000, "2025-11-03T10:00:00Z"), at("txn_3", "charge", 500, fee: 33, method: .card, "2025-10-20T10:00:00Z")
        )
        try await books.store.write(of: tenant) { book in
            _ = try book.pay(10_500, intent: "pi_1", to: folio)
            _ = try book.book(night)
            try book.setStripeFeeNote(
                StripeFeeNote(from: Month("2025-10")!, treatment: .reverseCharge, words: nil), by: "anna")
        }
        time.advance(seconds: 40 * 86_400)
        let october = try await close("2025-10", tenant, books)
        #expect(october.stripe.rows.isEmpty && october.utc.map(\.fee) == [tenant.money(175)] && october.utcFees == tenant.money(175))
        #expect(october.feeNote?.phrase.german == "Stripe-Gebühren: Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG).")
        try await books.store.write(of: tenant) { book in
            for movement in [refund, late] { _ = try book.book(movement) }
            try book.setStripeFeeNote(StripeFeeNote(from: Month("2025-11")!, treatment: .exempt, words: "nach § 4 Nr. 8"), by: "anna")
        }
        await #expect(throws: StoreError.self, "October is closed") {
            try await books.store.write(of: tenant) {
                try $0.setStripeFeeNote(StripeFeeNote(from: Month("2025-10")!, treatment: .exempt, words: nil), by: "anna")
            }
        }
        let november = try #require(try statement("2025-11", tenant, books))
        #expect(
            november.stripe.rows.map { "\($0.kind.rawValue) \($0.method?.rawValue ?? "") \($0.count) \($0.late)" } == [
                "charge card 2 1", "refund card 1 0",
            ])
        #expect(
            november.lateItems.map { "\($0.day) \($0.movement.amount.minorUnits) \($0.movement.fee.minorUnits) \($0.folio ?? "")" } == [
                "2025-10-20 500 33 R-4711"
            ])
        #expect(november.utc.map(\.kind) == [.refund] && november.feeNote?.phrase.english == "nach § 4 Nr. 8")
        #expect(try statement("2025-10", tenant, books) == october, "a closed month never changes")
        #expect(
            november.items.map(\.name) == [
                "platform_fee", "opening_balance", "charge", "refund", "total_fees", "closing_balance", "late_item", "refund",
                "total_fees_utc",
            ])
        #expect(try books.store.read(of: tenant) { try $0.verify().defects } == [])
    }

    @Test func `disputes are counted once, in the months in which they were opened and decided`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        @Sendable func dispute(_ id: String, _ state: String) -> Dispute {
            Dispute(
                id: id, amount: tenant.money(5000), reason: "fraudulent", state: state, created: Instant("2025-10-05T10:00:00Z")!,
                intent: nil)
        }
        func counts(_ month: String) throws -> [String]? {
            try statement(month, tenant, books)?.disputes.counts.map { "\($0.turn.rawValue) \($0.count) \($0.amount.minorUnits)" }
        }
        try await books.store.write(of: tenant) { book in
            for (id, state) in [("du_1", "needs_response"), ("du_2", "warning_needs_response"), ("du_1", "under_review")] {
                try book.save(dispute(id, state))
            }
        }
        time.advance(seconds: 40 * 86_400)
        _ = try await close("2025-10", tenant, books)
        try await books.store.write(of: tenant) { book in
            for (id, state) in [("du_1", "won"), ("du_2", "needs_response"), ("du_2", "lost"), ("du_3", "lost")] {
                try book.save(dispute(id, state))
            }
        }
        #expect(try counts("2025-10") == ["opened 1 5000", "won 0 0", "lost 0 0"])
        // One that was only asked about became a dispute, and one of October is heard of now.
        #expect(try counts("2025-11") == ["opened 2 10000", "won 1 5000", "lost 2 10000"])
        #expect(throws: (any Error).self) { try RawConnection(books.path).run("UPDATE dispute SET won_month = '2025-12'") }
    }

    @Test func `disputes are counted in the months in which they happened at Stripe, whenever they are heard of`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        time.advance(seconds: 70 * 86_400)
        try await books.store.write(of: tenant) { book in
            for (id, state, opened, decided) in [
                // Each around midnight in Berlin.
                ("du_1", "won", "2025-10-20T10:00:00Z", "2025-11-30T22:59:59Z"),
                ("du_2", "lost", "2025-10-31T23:00:00Z", "2025-11-30T23:00:00Z"),
            ] {
                try book.save(
                    Dispute(
                        id: id, amount: tenant.money(5000), reason: "fraudulent", state: state, created: Instant("2025-10-05T10:00:00Z")!,
                        intent: nil, opened: Instant(opened), decided: Instant(decided)))
            }
        }
        func counts(_ month: String) throws -> [Int64]? { try statement(month, tenant, books)?.disputes.counts.map(\.count) }
        #expect(try counts("2025-10") == [1, 0, 0] && counts("2025-11") == [1, 1, 0] && counts("2025-12") == [0, 0, 1])
    }

    @Test func `a month without a price and without movements closes with no rows`() async throws {
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant(feeNet: 0)
        let closed = try await close("2025-10", tenant, books)
        #expect(closed.platformFee.gross == .zero(.eur) && closed.stripe.rows.isEmpty)
        #expect(try books.store.read(of: tenant) { try $0.trialBalance().debits } == 0)
    }
}
