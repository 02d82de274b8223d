import Foundation
import Ledger

extension Book {
    /// When the tenant's books were opened.
    package func added() throws -> Instant {
        try one("SELECT created_at FROM tenant WHERE number = \(tenant.number)") { try $0.instant(0) }!
    }

    /// All rates the tenant ever had, by the first service date of each.
    package func taxSchedule() throws -> TaxSchedule {
        TaxSchedule(
            rows: try all("SELECT category, from_day, rate FROM tax_rate WHERE tenant = \(tenant.number)") {
                TaxSchedule.Row(category: try $0.category(0), from: try $0.day(1), rate: try $0.taxRate(2))
            })
    }

    /// One category's rates only: what adding a line needs.
    package func taxSchedule(category: Category) throws -> TaxSchedule {
        TaxSchedule(
            rows: try all(
                "SELECT from_day, rate FROM tax_rate WHERE tenant = \(tenant.number) AND category = \(category.name) ORDER BY from_day"
            ) { TaxSchedule.Row(category: category, from: try $0.day(0), rate: try $0.taxRate(1)) })
    }
}

extension Tenant {
    static let columns: StaticString = """
        number, id, name, currency, time_zone, hold_days_before_arrival, legacy_methods, card_features, books_id, livemode, refund_limit,
        hold_grace_days, extras_per_night, ceiling_percent, renews_debit, late_charge_days, late_charge_categories
        """
    enum Column: Int, ColumnNames {
        case number, id, name, currency, timeZone, holdDaysBeforeArrival, legacyMethods, cardFeatures, booksId, livemode, refundLimit
        case holdGraceDays, extrasPerNight, ceilingPercent, renewsDebit, lateChargeDays, lateChargeCategories
    }

    init(from row: borrowing Row) throws {
        let id = try row.string(Column.id)
        guard let currency = Currency(try row.string(Column.currency)) else { throw row.unreadable(Column.currency, of: "tenant \(id)") }
        guard let zone = TimeZone(identifier: try row.string(Column.timeZone)) else {
            throw row.unreadable(Column.timeZone, of: "tenant \(id)")
        }
        var settings = Settings()
        settings.holdDaysBeforeArrival = try row.int(Column.holdDaysBeforeArrival)
        settings.legacyMethods = Set(
            try row.string(Column.legacyMethods).split(separator: ",").map { PaymentMethod(rawValue: String($0)) })
        settings.cardFeatures = Set(
            try row.string(Column.cardFeatures).split(separator: ",").compactMap { CardFeature(rawValue: String($0)) })
        settings.refundLimit = try row.int64(Column.refundLimit)
        settings.holdGraceDays = try row.int(Column.holdGraceDays)
        settings.extrasPerNight = try row.int64(Column.extrasPerNight)
        settings.ceilingPercent = try row.int(Column.ceilingPercent)
        settings.renewsDebit = try row.bool(Column.renewsDebit)
        settings.lateChargeDays = try row.int(Column.lateChargeDays)
        settings.lateChargeCategories = try row.categories(Column.lateChargeCategories)
        self.init(
            number: try row.int64(Column.number), id: id, name: try row.string(Column.name), currency: currency, timeZone: zone,
            settings: settings, booksID: try row.string(Column.booksId), isLive: try row.optionalInt64(Column.livemode).map { $0 != 0 })
    }
}

extension Transaction {
    /// - Parameter id: As `Tenant.id`.
    package func tenant(_ id: String) throws -> Tenant? {
        try one("SELECT \(raw: Tenant.columns) FROM tenant WHERE id = \(id)") { try Tenant(from: $0) }
    }

    /// All tenants, by id.
    package func tenants() throws -> [Tenant] {
        try all("SELECT \(raw: Tenant.columns) FROM tenant ORDER BY id") { try Tenant(from: $0) }
    }

    /// Opens a tenant's books: its contract, and its tax rates.
    ///
    /// - Parameter booksID: 32 hexadecimal digits that no other books have.
    /// - Returns: The tenant with its number.
    /// - Throws: `StoreError` when the id is taken.
    package func addTenant(
        id: String, name: String, currency: Currency, timeZone: TimeZone, settings: Tenant.Settings, contract: ContractStart,
        taxes: TaxSchedule, booksID: String, by actor: String = "service"
    ) throws -> Tenant {
        let number = try one(
            """
            INSERT INTO tenant (id, name, currency, time_zone, hold_days_before_arrival, legacy_methods, card_features, books_id, refund_limit,
                hold_grace_days, extras_per_night, ceiling_percent, renews_debit, late_charge_days, late_charge_categories, created_at)
            VALUES (\(id), \(name), \(currency.code), \(timeZone.identifier), \(settings.holdDaysBeforeArrival),
                    \(settings.legacyMethods.map(\.rawValue).sorted().joined(separator: ",")), \(settings.cardFeatures.inOrder.map(\.rawValue).joined(separator: ",")), \(booksID),
                    \(settings.refundLimit), \(settings.holdGraceDays), \(settings.extrasPerNight), \(settings.ceilingPercent),
                    \(settings.renewsDebit), \(settings.lateChargeDays), \(settings.lateChargeCategories), \(now))
            RETURNING number
            """
        ) { try $0.int64(0) }
        let tenant = Tenant(
            number: number!, id: id, name: name, currency: currency, timeZone: timeZone, settings: settings, booksID: booksID)
        try addContract(contract, of: tenant, by: actor)
        for row in taxes.rows {
            try run(
                """
                INSERT INTO tax_rate (tenant, category, from_day, rate)
                VALUES (\(tenant.number), \(row.category.name), \(row.from), \(row.rate.description))
                """)
        }
        return tenant
    }
}

extension Book {
    /// Replaces the name and all settings.
    package func setTenant(name: String, settings: Tenant.Settings) throws {
        try run(
            """
            UPDATE tenant SET name = \(name), hold_days_before_arrival = \(settings.holdDaysBeforeArrival),
                legacy_methods = \(settings.legacyMethods.map(\.rawValue).sorted().joined(separator: ",")),
                card_features = \(settings.cardFeatures.inOrder.map(\.rawValue).joined(separator: ",")), refund_limit = \(settings.refundLimit),
                hold_grace_days = \(settings.holdGraceDays), extras_per_night = \(settings.extrasPerNight),
                ceiling_percent = \(settings.ceilingPercent), renews_debit = \(settings.renewsDebit),
                late_charge_days = \(settings.lateChargeDays), late_charge_categories = \(settings.lateChargeCategories)
            WHERE number = \(tenant.number)
            """)
    }

    /// A rate that holds for services from that day on.
    ///
    /// - Throws: `StoreError` when the category has a rate from that very day already: a rate once set is never overwritten.
    package func addTaxRate(_ row: TaxSchedule.Row) throws {
        try run(
            """
            INSERT INTO tax_rate (tenant, category, from_day, rate)
            VALUES (\(tenant.number), \(row.category.name), \(row.from), \(row.rate.description))
            """)
    }
}
