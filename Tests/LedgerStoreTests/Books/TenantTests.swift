import Foundation
import Ledger
import TestStore
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Tenants in the file` {
    let books = try! LedgerFile(clock: .noon)

    @Test func `a tenant comes back with every setting it was added with`() async throws {
        var settings = Tenant.Settings()
        settings.holdDaysBeforeArrival = 3
        settings.legacyMethods = [.sofort, .giropay]
        let wanted = settings
        let added = try await books.store.write {
            try $0.addTenant(
                id: "alpenhof", name: "Alpenhof Zürich", currency: Currency("chf")!, timeZone: TimeZone(identifier: "Europe/Zurich")!,
                settings: wanted, feeNet: 2100, taxes: .germany, booksID: booksID("alpenhof"))
        }
        let (found, missing) = try books.store.read { (try $0.tenant("alpenhof"), try $0.tenant("Alpenhof")) }
        #expect(found == added)
        #expect(found?.settings == wanted)
        #expect(found?.timeZone.identifier == "Europe/Zurich")
        #expect(missing == nil)
    }

    @Test func `tenants are listed by id, and an id is taken once`() async throws {
        let second = try await books.tenant("b")
        let first = try await books.tenant("a")
        #expect(try books.store.read { try $0.tenants() } == [first, second])
        let error = await #expect(throws: StoreError.self) { _ = try await books.tenant("a") }
        #expect(error?.constraint != nil)
        #expect(try books.store.read { try $0.tenants() }.count == 2)
    }

    @Test func `each has books with an id of its own`() async throws {
        let ids = [try await books.tenant("a"), try await books.tenant("b")].map(\.booksID)
        #expect(Set(ids).count == 2 && ids.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil }, "\(ids)")
        let error = await #expect(throws: StoreError.self) {
            _ = try await books.store.write { transaction in
                try transaction.addTenant(
                    id: "c", name: "C", currency: .eur, timeZone: TimeZone(identifier: "Europe/Berlin")!, settings: Tenant.Settings(),
                    feeNet: 0, taxes: .germany, booksID: ids[0])
            }
        }
        #expect(error?.constraint != nil, "no two share one")
    }

    @Test func `the tax schedule comes back whole, or one category of it`() async throws {
        let tenant = try await books.tenant()
        let (whole, food) = try books.store.read(of: tenant) {
            (try $0.taxSchedule(), try $0.taxSchedule(category: .food))
        }
        #expect(Set(whole.rows) == Set(TaxSchedule.germany.rows))
        for day in ["2019-12-31", "2020-07-01", "2023-12-31", "2024-01-01", "2026-01-01"].map({ Day($0)! }) {
            #expect(food.rate(of: .food, on: day) == TaxSchedule.germany.rate(of: .food, on: day))
        }
        #expect(food.rows.allSatisfy { $0.category == .food })
    }

    @Test func `the price holds from the month in which the tenant was added, in the tenant's own time zone`() async throws {
        // 23:30 UTC on the last of October is November in Berlin.
        let late = try LedgerFile(clock: SettableClock(Instant("2025-10-31T23:30:00Z")!))
        let tenant = try await late.tenant(feeNet: 2500)
        let price = try late.store.read(of: tenant) { (book: borrowing Book) throws in
            try ["2025-10", "2025-11", "2031-01"].map { try book.platformFeePrice(in: Month($0)!)?.minorUnits }
        }
        #expect(price == [nil, 2500, 2500])
    }

    @Test func `the access to Stripe is replaced, and so is a webhook secret, a day later`() async throws {
        let time = SettableClock.noon
        let books = try LedgerFile(clock: time)
        let tenant = try await books.tenant()
        #expect(try books.store.read(of: tenant) { try $0.sealedStripeAccount() == nil })
        try await books.store.write(of: tenant) { book in
            try book.setSealedStripeKey([1])
            try book.addSealedWebhookSecret([10], named: "desk")
            try book.addSealedWebhookSecret([90], named: "shop")
        }
        time.advance(seconds: 60)
        try await books.store.write(of: tenant) { book in
            try book.setSealedStripeKey([2])
            try book.endWebhookSecrets(named: "desk", after: 86_400)
            try book.addSealedWebhookSecret([20], named: "desk")
            try book.resealWebhookSecret(1, [11])
        }
        func good() throws -> [[UInt8]] {
            let account = try #require(try books.store.read(of: tenant) { try $0.sealedStripeAccount() })
            #expect(account.secretKey == [2])
            return account.webhookSecrets.map(\.sealed)
        }
        #expect(try good() == [[20], [90], [11]])
        time.advance(seconds: 86_399)
        #expect(try good() == [[20], [90], [11]])
        time.advance(seconds: 1)
        #expect(try good() == [[20], [90]])
        try await books.store.write(of: tenant) { book in
            try book.endWebhookSecrets(named: "desk", after: 86_400)
            try book.addSealedWebhookSecret([30], named: "desk")
            try book.endWebhookSecrets(named: "desk", after: 0)
        }
        #expect(try good() == [[90]])
    }

    @Test func `a catalogue item is added, changed, and listed by its name`() async throws {
        let tenant = try await books.tenant()
        let other = try await books.tenant("other")
        let beer = CatalogueItem(sku: "beer", LineTerms(.drinks, "Bier 0,5 l", tenant.money(350)), taxRate: TaxRate("19"))
        let apple = CatalogueItem(sku: "apple", LineTerms(.food, "Apfel", tenant.money(50)), taxRate: nil)
        let dearer = CatalogueItem(sku: "beer", LineTerms(.minibar, "Bier", tenant.money(420)), taxRate: TaxRate("7.5"))
        try await books.store.write(of: tenant) { book in
            for item in [beer, apple] { try book.setCatalogueItem(item) }
        }
        #expect(try books.store.read(of: tenant) { try $0.catalogueItem("beer") } == beer)
        try await books.store.write(of: tenant) { try $0.setCatalogueItem(dearer) }
        #expect(try books.store.read(of: tenant) { try $0.catalogue() } == [apple, dearer])
        #expect(try books.store.read(of: other) { try $0.catalogueItem("beer") } == nil)
        #expect(try books.store.read(of: other) { try $0.catalogue() } == [])
    }
}
