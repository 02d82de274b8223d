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
        settings.cardFeatures = [.overcapture, .extendedAuthorization]
        settings.refundLimit = 70_000
        settings.holdGraceDays = 2
        settings.extrasPerNight = 1500
        settings.ceilingPercent = 150
        settings.renewsDebit = true
        settings.lateChargeDays = 30
        settings.lateChargeCategories = [.shop, .food]
        let wanted = settings
        var start = ContractStart()
        (start.net, start.country) = (Money(minorUnits: 2100, currency: .eur), "CH")
        let contract = start
        let added = try await books.store.write {
            try $0.addTenant(
                id: "alpenhof", name: "Alpenhof Zürich", currency: Currency("chf")!, timeZone: TimeZone(identifier: "Europe/Zurich")!,
                settings: wanted, contract: contract, taxes: .germany, booksID: booksID("alpenhof"))
        }
        let (found, missing) = try books.store.read { (try $0.tenant("alpenhof"), try $0.tenant("Alpenhof")) }
        #expect(found == added)
        #expect(found?.settings == wanted)
        #expect(found?.timeZone.identifier == "Europe/Zurich")
        #expect(missing == nil)
    }

    @Test func `a tenant's settings are changed, each of them, and those of another tenant stay`() async throws {
        let (tenant, other) = (try await books.tenant("a"), try await books.tenant("b"))
        var changed = Tenant.Settings()
        (changed.holdDaysBeforeArrival, changed.legacyMethods, changed.refundLimit) = (0, [.sofort], 1)
        changed.cardFeatures = [.multicapture]
        (changed.holdGraceDays, changed.extrasPerNight, changed.ceilingPercent) = (7, 99_999_999, 500)
        (changed.renewsDebit, changed.lateChargeDays, changed.lateChargeCategories) = (true, 0, [])
        for settings in [changed, Tenant.Settings()] {
            try await books.store.write(of: tenant) { try $0.setTenant(name: "A", settings: settings) }
            #expect(try books.store.read { try $0.tenant("a")?.settings } == settings)
            #expect(try books.store.read { try $0.tenant("b") } == other)
        }
    }

    @Test func `the schema's defaults are the domain's`() async throws {
        try await books.store.write {
            try $0.run(
                """
                INSERT INTO tenant (id, name, currency, time_zone, books_id, created_at)
                VALUES ('adler', 'Adler', 'eur', 'Europe/Berlin', '00112233445566778899aabbccddeeff', 0)
                """)
        }
        #expect(try books.store.read { try $0.tenant("adler")?.settings } == Tenant.Settings())
    }

    @Test func `the categories of late charges are what guests consume, each once and in one order`() async throws {
        _ = try await books.tenant()
        func takes(_ list: String) async throws -> Bool {
            do {
                try await books.store.write { try $0.run("UPDATE tenant SET late_charge_categories = \(list)") }
                return true
            } catch let error as StoreError where error.constraint != nil { return false }
        }
        let all = Category.consumption.map(\.name)
        for list in [[], ["minibar"], ["food", "shop"], all] as [[String]] {
            #expect(try await takes(list.joined(separator: ",")), "\(list)")
        }
        for category in Category.standard where !Category.consumption.contains(category) {
            for list in [category.name, "minibar,\(category)"] { #expect(try await !takes(list), "\(list)") }
        }
        for list in [
            "minibar,minibar", "food,minibar,food", "shop,food", "food,minibar,", ",minibar", "food,,minibar", ",", "food, minibar",
            "damage", "Minibar", "mini",
        ] {
            #expect(try await !takes(list), "\(list)")
        }
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
                    contract: ContractStart(), taxes: .germany, booksID: ids[0])
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

    @Test func `the contract holds from the day on which the tenant was added, in the tenant's own time zone`() async throws {
        // 23:30 UTC on the last of October is November in Berlin.
        let late = try LedgerFile(clock: SettableClock(Instant("2025-10-31T23:30:00Z")!))
        let tenant = try await late.tenant(feeNet: 2500)
        let contract = try late.store.read(of: tenant) { try $0.contract() }
        #expect(contract.from == Day("2025-11-01") && contract.until == nil && contract.terms.taxCase == .domestic)
        #expect(["2025-10", "2025-11", "2031-01"].map { contract.price(in: Month($0)!)?.net.minorUnits } == [nil, 2500, 2500])
        #expect(try late.store.read { try $0.contracts() } == [contract])
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
