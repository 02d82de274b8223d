import Foundation
import Ledger
internal import LedgerStore

/// What a new tenant is opened with.
package struct NewTenant: Sendable {
    /// See `TextRule.tenantID`; it never changes.
    package var id: String
    /// See `TextRule.tenantName`.
    package var name: String
    /// What the books are kept in; it never changes.
    package var currency: Currency = .eur
    /// Decides the day and the month of an instant; it never changes.
    package var timeZone = TimeZone(identifier: "Europe/Berlin")!
    /// What the tenant may decide for itself, and change later.
    package var settings = Tenant.Settings()
    /// The contract that it begins with.
    package var contract = ContractStart()
    /// The rates to begin with.
    package var taxes = TaxSchedule.germany
    /// The id that its books had at Stripe before they were lost; `nil` for new books.
    package var booksID: String?

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

extension LedgerService {
    /// Opens a tenant's books.
    ///
    /// Books that have their id back may have made something at Stripe: that is read before anything is taken.
    ///
    /// - Throws: `ServiceRefusal.tenantExists`, `.tenantIDInvalid`, `.tenantNameMissing`, `.feeInvalid`, `.booksTaken`, `.booksInvalid`;
    ///   `FeeRefusal.countryUnknown`, `.beginTooEarly`.
    package func addTenant<Answer>(
        _ new: NewTenant, by actor: String = "service", once: Once<Tenant, Answer> = Once<Tenant, Tenant>.unkeyed
    ) async throws -> Answer {
        guard TextRule.tenantID.takes(new.id) else { throw ServiceRefusal.tenantIDInvalid(new.id) }
        try checkTenantName(new.name)
        let contract = try new.contract.checked(in: new.timeZone)
        if let books = new.booksID, !TextRule.booksID.takes(books) { throw ServiceRefusal.booksInvalid(books) }
        let booksID = new.booksID ?? random.key()
        return try await perform(once) { transaction in
            guard try transaction.tenant(new.id) == nil else { throw ServiceRefusal.tenantExists(new.id) }
            if let other = try transaction.tenant(booksID: booksID) { throw ServiceRefusal.booksTaken(by: other) }
            let tenant = try transaction.addTenant(
                id: new.id, name: new.name, currency: new.currency, timeZone: new.timeZone, settings: new.settings,
                contract: contract, taxes: new.taxes, booksID: booksID, by: actor)
            if new.booksID != nil { try transaction.withBook(of: tenant) { try $0.noteCopy() } }
            return tenant
        }
    }

    /// By id.
    package func tenants() throws -> [Tenant] { try store.read { try $0.tenants() } }

    /// Those of which Stripe can still be asked, or could be: all but those whose keys were removed after their end. By id.
    package func tenantsToAsk() throws -> [Tenant] {
        try store.read { transaction in
            try transaction.tenants().filter { tenant in try !transaction.withBook(of: tenant) { try $0.areKeysRemoved() } }
        }
    }
}

extension ContractStart {
    /// With the country that the time zone tells of, where none is given.
    fileprivate func checked(in zone: TimeZone) throws -> ContractStart {
        try checkPrice(net)
        if let from, from < ContractStart.firstDay { throw FeeRefusal.beginTooEarly(ContractStart.firstDay) }
        if let country, !Countries.codes.contains(country) { throw FeeRefusal.countryUnknown(country) }
        if let recipient { try TextRule.recipient.check(recipient) }
        var start = self
        if country == nil, ["Europe/Berlin", "Europe/Busingen"].contains(zone.identifier) { start.country = EuropeanUnion.home }
        return start
    }
}

/// A tenant, and what can be told of its access to Stripe.
package struct TenantView: Sendable {
    /// As it is now.
    package let tenant: Tenant
    /// Whether a Stripe key was ever set.
    package let hasStripeAccount: Bool
    /// `nil` without an account.
    package let standing: AccountStanding?
    /// What the operator should know about account and books; empty when there is nothing.
    package let notices: [TenantNotice]
    /// Events of Stripe's that its books cannot use.
    package let dropped: [DroppedEvents]

    /// - Parameter standing: `nil` for a new tenant, which has no account.
    package init(
        tenant: Tenant, standing: AccountStanding? = nil, notices: [TenantNotice] = [], dropped: [DroppedEvents] = []
    ) {
        self.tenant = tenant
        hasStripeAccount = standing != nil
        self.standing = standing
        self.notices = notices
        self.dropped = dropped
    }
}

/// What is to be different about a tenant. What is nil stays.
package struct TenantChange: Sendable {
    /// See `TextRule.tenantName`.
    package var name: String?
    /// Within `Tenant.Settings.holdDays`.
    package var holdDaysBeforeArrival: Int?
    /// Within `Tenant.Settings.holdGrace`.
    package var holdGraceDays: Int?
    /// All of them, among the methods that Stripe has ended.
    package var legacyMethods: Set<PaymentMethod>?
    /// All that the Stripe account has.
    package var cardFeatures: Set<CardFeature>?
    /// What the guests of a booking are expected to consume in a night; within `Tenant.Settings.extras`.
    package var extrasPerNight: Money?
    /// Within `Tenant.Settings.ceilingPercents`.
    package var ceilingPercent: Int?
    /// Whether holds on debit and prepaid cards are renewed without the guest.
    package var renewsDebit: Bool?
    /// Within `Tenant.Settings.lateDays`.
    package var lateChargeDays: Int?
    /// All of them, among `Category.consumption`.
    package var lateChargeCategories: Set<Category>?

    package init() {}

    /// - Throws: `MoneyError.currencyMismatch`; `ServiceRefusal.extrasInvalid`.
    package func apply(to settings: inout Tenant.Settings, in currency: Currency) throws {
        if let extras = extrasPerNight {
            guard extras.currency == currency else { throw MoneyError.currencyMismatch(currency, extras.currency) }
            guard Tenant.Settings.extras.contains(extras.minorUnits) else {
                throw ServiceRefusal.extrasInvalid(most: Money(minorUnits: Tenant.Settings.extras.upperBound, currency: currency))
            }
            settings.extrasPerNight = extras.minorUnits
        }
        if let days = holdDaysBeforeArrival { settings.holdDaysBeforeArrival = days }
        if let days = holdGraceDays { settings.holdGraceDays = days }
        if let methods = legacyMethods { settings.legacyMethods = methods }
        if let features = cardFeatures { settings.cardFeatures = features }
        if let percent = ceilingPercent { settings.ceilingPercent = percent }
        if let renews = renewsDebit { settings.renewsDebit = renews }
        if let days = lateChargeDays { settings.lateChargeDays = days }
        if let categories = lateChargeCategories { settings.lateChargeCategories = categories }
    }
}

extension LedgerService {
    /// - Throws: `TenantNotFound`.
    package func tenantView(_ id: String) throws -> TenantView {
        try store.read(of: id) { book in
            try book.view()
        }
    }

    /// All tenants, by id.
    package func tenantViews() throws -> [TenantView] {
        try store.read { transaction in
            try transaction.tenants().map { try transaction.withBook(of: $0) { try $0.view() } }
        }
    }

    /// Changes what a tenant may decide for itself; what was done before stays as it was.
    ///
    /// - Throws: `TenantNotFound`; `ServiceRefusal.tenantNameMissing`, `.textTooLong`, `.textInvalid`, `.extrasInvalid`.
    package func change(_ change: TenantChange, of tenantID: String) async throws -> TenantView {
        if let name = change.name { try checkTenantName(name) }
        try await store.write(of: tenantID) { book in
            var settings = book.tenant.settings
            try change.apply(to: &settings, in: book.tenant.currency)
            try book.setTenant(name: change.name ?? book.tenant.name, settings: settings)
        }
        return try tenantView(tenantID)
    }
}

extension Book {
    fileprivate func view() throws -> TenantView {
        TenantView(
            tenant: tenant, standing: try standing(), notices: try tenantNotices(),
            dropped: try droppedEvents())
    }
}
