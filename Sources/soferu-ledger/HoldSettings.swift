import Console
import Ledger
import LedgerService

/// What a tenant decides about holds and late charges, as options of `tenant add` and `tenant set`.
enum HoldSettings {
    private enum Answer: String, CaseIterable, Sendable { case yes, no }

    private static let graceDays = Parameter.option(
        "hold-grace-days", .wholeNumber(Tenant.Settings.holdGrace), "How many days after departure a hold should still live.")
    private static let extras = Parameter.option(
        "extras-per-night", .amount, "What the guests of a booking are expected to consume in a night, gross.")
    private static let ceiling = Parameter.option(
        "ceiling-percent", .wholeNumber(Tenant.Settings.ceilingPercents),
        "The ceiling of holds without the guest, in percent of what the stay is expected to cost.")
    private static let renewsDebit = Parameter.option(
        "renews-debit", .choice(of: Answer.self), "Whether holds on debit and prepaid cards are renewed without the guest.")
    private static let lateDays = Parameter.option(
        "late-charge-days", .wholeNumber(Tenant.Settings.lateDays),
        "Until how many days after departure a saved card may be charged for what is found later; 0: not at all.")
    private static let lateCategories = Parameter.repeatedOption(
        "late-charge-category", .choice("CATEGORY", among: Category.consumption.map(\.name)), "What it may be charged for then.")

    private static let none = "none"
    private static let features = Parameter.repeatedOption(
        "card-feature", .choice("FEATURE", among: CardFeature.allCases.map(\.rawValue) + [none]),
        "What the Stripe account has for holds on cards, usually with interchange-plus pricing only.")

    static let options: [any ParameterDeclaration] = [graceDays, extras, ceiling, renewsDebit, features, lateDays, lateCategories]

    /// - Throws: `MoneyError`, `AmountRefusal` for an amount that cannot be read.
    static func change(_ invocation: Invocation, in currency: Currency) throws -> TenantChange {
        var change = TenantChange()
        change.holdGraceDays = invocation[graceDays].map { Int($0) }
        change.extrasPerNight = try invocation[extras].map { try $0.notNegative(in: currency) }
        change.ceilingPercent = invocation[ceiling].map { Int($0) }
        change.renewsDebit = invocation[renewsDebit].map { $0 == .yes }
        let features = invocation[features]
        change.cardFeatures = features.isEmpty ? nil : Set(features.compactMap(CardFeature.init))
        change.lateChargeDays = invocation[lateDays].map { Int($0) }
        let categories = invocation[lateCategories].compactMap { Category($0) }
        change.lateChargeCategories = categories.isEmpty ? nil : Set(categories)
        return change
    }

    static func fields(_ tenant: Tenant) -> [Record.Field] {
        let settings = tenant.settings
        let late = settings.lateChargeDays == 0 ? [] : settings.lateChargeCategories.inOrder
        return [
            .init("hold_grace_days", "Hold lives, days after departure", .integer(Int64(settings.holdGraceDays))),
            .init(
                "extras_per_night", "Expected extras per night",
                .money(tenant.extrasPerNight)),
            .init("ceiling_percent", "Ceiling of holds, percent", .integer(Int64(settings.ceilingPercent))),
            .init("renews_debit", "Debit cards renewed", .flag(settings.renewsDebit)),
            .init(
                "card_features", "Card features",
                .text(settings.cardFeatures.isEmpty ? none : settings.cardFeatures.inOrder.map(\.rawValue).joined(separator: ", "))),
            .init("late_charge_days", "Late charges, days after departure", .integer(Int64(settings.lateChargeDays))),
            .init("late_charge_categories", "Late charges for", .text(late.isEmpty ? "nothing" : late.map(\.name).joined(separator: ", "))),
        ]
    }
}
