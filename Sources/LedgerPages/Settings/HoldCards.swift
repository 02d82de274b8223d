import Ledger
import LedgerService
import WebServer

/// What is held, with which methods, and what a saved card may be charged for afterwards.
extension TenantVisit {
    private var mayChange: Bool { may(.changeSettings) }
    private var locked: HTML { mayChange ? .none : " disabled" }
    private var saveButton: HTML { mayChange ? "<button>\(self(.save))</button>" : .none }

    // MARK: - Holds and methods

    func holdCard() -> HTML {
        let settings = tenant.settings
        let ended = PaymentMethod.offered.filter { $0.endedOn != nil }
        return card(
            "holds", .holdPolicy,
            form(
                link("settings", "holds"), class: "stack",
                """
                \(number(.holdDays, "days", settings.holdDaysBeforeArrival, Tenant.Settings.holdDays, .holdDaysHint))
                \(number(.holdGrace, "grace", settings.holdGraceDays, Tenant.Settings.holdGrace, .holdGraceHint))
                \(input(
                    .extrasPerNight, "extras",
                    value: language.plain(tenant.extrasPerNight),
                    hint: .extrasPerNightHint, attributes: "\(HTML.amount)\(locked)"))
                \(number(.ceiling, "ceiling", settings.ceilingPercent, Tenant.Settings.ceilingPercents, .ceilingHint))
                \(checkbox("debit", "\(self(.renewsDebit))", isOn: settings.renewsDebit, attributes: locked))
                <fieldset><legend>\(self(.cardFeatures))</legend>\
                <p class="hint">\(self(.cardFeaturesHint))</p>\(CardFeature.allCases.html { feature in
                checkbox(
                    "feature", "\(self(feature.phrase))", value: feature.rawValue,
                    isOn: settings.cardFeatures.contains(feature), attributes: locked)
                })</fieldset>
                <fieldset><legend>\(self(.methods))</legend>\
                <p class="hint">\(self(.methodsHint))</p>\(ended.html { method in
                checkbox(
                    "method",
                    "\(self(method.phrase.capitalised)) \(remark(method.endedOn.map { self(.endedOn(day($0))) }))",
                    value: method.rawValue, isOn: settings.legacyMethods.contains(method), attributes: locked)
                })</fieldset>
                \(saveButton)
                """))
    }

    func setHoldPolicy() async throws -> HTTPResponse {
        try await onSettings {
            var change = TenantChange()
            change.holdDaysBeforeArrival = try typedNumber("days", Tenant.Settings.holdDays)
            change.holdGraceDays = try typedNumber("grace", Tenant.Settings.holdGrace)
            change.extrasPerNight = try Money(reading: field("extras") ?? "", in: tenant.currency)
            change.ceilingPercent = try typedNumber("ceiling", Tenant.Settings.ceilingPercents)
            change.renewsDebit = field("debit") != nil
            change.cardFeatures = Set(allFields("feature").compactMap(CardFeature.init))
            change.legacyMethods = Set(
                allFields("method").map { PaymentMethod(rawValue: $0) }.filter { $0.endedOn != nil })
            _ = try await ledger.change(change, of: tenant.id)
        }
    }

    // MARK: - Late charges

    func lateChargeCard() -> HTML {
        let settings = tenant.settings
        return card(
            "late-charges", .lateCharges, hint: .lateChargesHint,
            form(
                link("settings", "late-charges"), class: "stack",
                """
                \(number(.lateDays, "late_days", settings.lateChargeDays, Tenant.Settings.lateDays, .lateDaysHint))
                <fieldset><legend>\(self(.lateCategories))</legend>\(Category.consumption.html { category in
                checkbox(
                    "late_category", "\(self(category.phrase.capitalised))", value: category.name,
                    isOn: settings.lateChargeCategories.contains(category), attributes: locked)
                })</fieldset>
                \(saveButton)
                """))
    }

    func setLateCharges() async throws -> HTTPResponse {
        try await onSettings {
            var change = TenantChange()
            change.lateChargeDays = try typedNumber("late_days", Tenant.Settings.lateDays)
            let names = allFields("late_category")
            change.lateChargeCategories = Set(Category.consumption.filter { names.contains($0.name) })
            _ = try await ledger.change(change, of: tenant.id)
        }
    }

    // MARK: - Whole numbers

    private func number(
        _ label: Phrase, _ name: String, _ value: Int, _ range: ClosedRange<Int64>, _ hint: Phrase
    ) -> HTML {
        input(
            label, name, type: "number", value: String(value), hint: hint, attributes: "\(limits(range))\(locked)")
    }

    /// - Throws: `SettingsRefusal.unreadableNumber`.
    private func typedNumber(_ name: String, _ range: ClosedRange<Int64>) throws -> Int {
        let text = field(name) ?? ""
        guard let number = Int64(text), range.contains(number) else {
            throw SettingsRefusal.unreadableNumber(text, range)
        }
        return Int(number)
    }
}
