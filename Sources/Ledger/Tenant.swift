import Foundation

/// One business (Mandant) with its own Stripe account, books, numbering and monthly fee.
package struct Tenant: Hashable, Sendable {
    /// The store's key, in order of arrival. Never shown.
    package let number: Int64
    /// How people and programs name it: see `TextRule.tenantID`.
    package let id: String
    /// As guests see it: see `TextRule.tenantName`.
    package let name: String
    /// What the books are kept in; it never changes.
    package let currency: Currency
    /// Decides which day and which month an instant belongs to.
    package let timeZone: TimeZone
    /// What the tenant has decided for itself.
    package let settings: Settings
    /// Identifies the tenant's books at Stripe, wherever their file goes: see `TextRule.booksID`. Random, never changes.
    package let booksID: String
    /// Whether the books hold live objects or test objects; `nil` before the first key.
    package var isLive: Bool?

    /// How much one user may refund in a day before the password is asked for again.
    package var refundLimit: Money { Money(minorUnits: settings.refundLimit, currency: currency) }
    /// What the guests of a booking are expected to consume in a night, gross.
    package var extrasPerNight: Money { Money(minorUnits: settings.extrasPerNight, currency: currency) }

    /// What a tenant may decide for itself.
    package struct Settings: Hashable, Sendable {
        /// Days before arrival on which a saved card is held.
        package var holdDaysBeforeArrival = 1
        /// What `holdDaysBeforeArrival` may be.
        package static let holdDays: ClosedRange<Int64> = 0...30

        /// Methods offered although Stripe has ended them, for accounts that still have them.
        package var legacyMethods: Set<PaymentMethod> = []

        /// What the Stripe account has, usually with interchange-plus pricing only.
        package var cardFeatures: Set<CardFeature> = []

        /// How much one user may refund in a day before the password is asked for again; minor units of the tenant's currency.
        package var refundLimit: Int64 = 50_000
        /// What `refundLimit` may be: up to 999,999.99 in a currency with cents.
        package static let refundLimits: ClosedRange<Int64> = 0...99_999_999

        /// So many days after departure a hold should still live.
        package var holdGraceDays = 1
        /// What `holdGraceDays` may be.
        package static let holdGrace: ClosedRange<Int64> = 0...7

        /// What the guests of a booking are expected to consume in a night, gross; minor units of the tenant's currency.
        package var extrasPerNight: Int64 = 0
        /// What `extrasPerNight` may be: up to 999,999.99 in a currency with cents.
        package static let extras: ClosedRange<Int64> = 0...99_999_999

        /// The ceiling of holds without the guest, in percent of what the stay is expected to cost in all.
        package var ceilingPercent = 200
        /// What `ceilingPercent` may be.
        package static let ceilingPercents: ClosedRange<Int64> = 100...500

        /// Whether holds on debit and prepaid cards are renewed without the guest. There a hold is money that the guest cannot use.
        package var renewsDebit = false

        /// Until how many days after departure a late charge may be made; 0 for no late charges.
        package var lateChargeDays = 14
        /// What `lateChargeDays` may be.
        package static let lateDays: ClosedRange<Int64> = 0...90

        /// For what late charges may be made, among `Category.consumption`; empty for no late charges.
        package var lateChargeCategories: Set<Category> = [.drinks, .minibar, .wellness, .parking]

        package init() {}
    }

    package init(
        number: Int64, id: String, name: String, currency: Currency, timeZone: TimeZone, settings: Settings, booksID: String,
        isLive: Bool? = nil
    ) {
        self.number = number
        self.id = id
        self.name = name
        self.currency = currency
        self.timeZone = timeZone
        self.settings = settings
        self.booksID = booksID
        self.isLive = isLive
    }
}

extension Tenant {
    /// Methods that a guest may be asked to pay with, in the order in which they are shown. One that Stripe has ended is among them only as
    /// long as the tenant offers it. Whether it is active at the account, Stripe alone knows.
    ///
    /// - Parameter day: In the tenant's time zone.
    package func methods(on day: Day) -> [PaymentMethod] {
        PaymentMethod.offered.filter { method in
            method.endedOn.map { day <= $0 || settings.legacyMethods.contains(method) } ?? true
        }
    }
}

/// How a guest pays, as Stripe names it.
package struct PaymentMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let card = PaymentMethod(rawValue: "card")
    package static let klarna = PaymentMethod(rawValue: "klarna")
    package static let sofort = PaymentMethod(rawValue: "sofort")
    package static let giropay = PaymentMethod(rawValue: "giropay")
    /// In the order in which they are shown. Whether a tenant still may use one, `endedOn` and `Settings.legacyMethods` say.
    package static let offered: [PaymentMethod] = [.card, .klarna, .sofort, .giropay]

    /// Whether money can be reserved with it and taken later.
    package var canHold: Bool { self == .card || self == .klarna }

    /// Whether the guest's money is taken when the charge is made; otherwise, as with Sofort, days may lie between. Of a method that is not
    /// known here nothing is promised.
    package var settlesAtOnce: Bool { self == .card || self == .klarna || self == .giropay }

    /// The last day on which Stripe took new payments with it; `nil` while it still does.
    package var endedOn: Day? {
        switch self {
        case .giropay: Day(year: 2024, month: 6, day: 30)
        case .sofort: Day(year: 2025, month: 3, day: 31)
        default: nil
        }
    }

    package var description: String { rawValue }
}
