import Ledger

/// What the settings' forms cannot read.
enum SettingsRefusal: Refusal {
    case unreadableRate(String)
    case unreadableDay(String)
    case unreadableDays(String)

    private var days: ClosedRange<Int64> { Tenant.Settings.holdDays }

    var code: String {
        switch self {
        case .unreadableRate: "unreadable_rate"
        case .unreadableDay: "unreadable_day"
        case .unreadableDays: "unreadable_days"
        }
    }

    var message: String {
        switch self {
        case .unreadableRate(let text): "“\(text)” is not a tax rate."
        case .unreadableDay(let text): "“\(text)” is not a date."
        case .unreadableDays(let text):
            "“\(text)” is not a number of days from \(days.lowerBound) to \(days.upperBound)."
        }
    }

    var hint: String? {
        switch self {
        case .unreadableRate: "Write a number such as 7 or 19, or “none”."
        case .unreadableDay: "Choose the first day of the rate."
        case .unreadableDays: nil
        }
    }

    var german: RefusalWords {
        switch self {
        case .unreadableRate(let text):
            RefusalWords(
                "„\(text)“ ist kein Steuersatz.", hint: "Schreiben Sie eine Zahl wie 7 oder 19, oder „ohne“.")
        case .unreadableDay(let text):
            RefusalWords("„\(text)“ ist kein Tag.", hint: "Wählen Sie den ersten Tag, an dem der Satz gilt.")
        case .unreadableDays(let text):
            RefusalWords(
                "„\(text)“ ist keine Zahl von Tagen zwischen \(days.lowerBound) und \(days.upperBound).", hint: nil)
        }
    }
}

extension TaxRate {
    /// As people write it: `7`, `7,0 %`, `ohne`.
    ///
    /// - Throws: `SettingsRefusal.unreadableRate`.
    init(typed text: String) throws {
        let plain = text.replacing("%", with: "").replacing(",", with: ".").trimmingCharacters(in: .whitespaces)
        if ["-", "–", "ohne", "none"].contains(plain.lowercased()) {
            self = .none
        } else if let rate = TaxRate(plain) {
            self = rate
        } else {
            throw SettingsRefusal.unreadableRate(text)
        }
    }
}
