import Ledger

/// What the settings' forms cannot read.
enum SettingsRefusal: Refusal {
    case unreadableRate(String)
    case unreadableDay(String)
    /// Not a whole number in that range.
    case unreadableNumber(String, ClosedRange<Int64>)
    /// No file was chosen, or it is empty.
    case fileMissing
    case treatmentMissing

    var code: String {
        switch self {
        case .unreadableRate: "unreadable_rate"
        case .unreadableDay: "unreadable_day"
        case .unreadableNumber: "unreadable_number"
        case .fileMissing: "file_missing"
        case .treatmentMissing: "treatment_missing"
        }
    }

    var message: String {
        switch self {
        case .unreadableRate(let text): "“\(text)” is not a tax rate."
        case .unreadableDay(let text): "“\(text)” is not a date."
        case .unreadableNumber(let text, let range):
            "“\(text)” is not a whole number from \(range.lowerBound) to \(range.upperBound)."
        case .fileMissing: "No file was chosen, or it is empty."
        case .treatmentMissing: "Nothing was chosen for the VAT of Stripe's fees."
        }
    }

    var hint: String? {
        switch self {
        case .unreadableRate: "Write a number such as 7 or 19, or “none”."
        case .unreadableDay: "Choose a day in the calendar."
        case .unreadableNumber: nil
        case .fileMissing: "Choose a CSV file."
        case .treatmentMissing: "Choose what your tax adviser says."
        }
    }

    var german: RefusalWords {
        switch self {
        case .unreadableRate(let text):
            RefusalWords(
                "„\(text)“ ist kein Steuersatz.", hint: "Schreiben Sie eine Zahl wie 7 oder 19, oder „ohne“.")
        case .unreadableDay(let text):
            RefusalWords("„\(text)“ ist kein Tag.", hint: "Wählen Sie einen Tag im Kalender.")
        case .unreadableNumber(let text, let range):
            RefusalWords(
                "„\(text)“ ist keine ganze Zahl von \(range.lowerBound) bis \(range.upperBound).", hint: nil)
        case .fileMissing:
            RefusalWords("Es wurde keine Datei gewählt, oder sie ist leer.", hint: "Wählen Sie eine CSV-Datei.")
        case .treatmentMissing:
            RefusalWords(
                "Zur Umsatzsteuer der Stripe-Gebühren wurde nichts gewählt.",
                hint: "Wählen Sie, was Ihre Steuerberatung sagt.")
        }
    }
}

extension TaxRate {
    /// As people write it: `7`, `7,0 %`, `ohne`.
    ///
    /// - Throws: `SettingsRefusal.unreadableRate`.
    init(typed text: String) throws {
        guard let rate = TaxRate(reading: text) else { throw SettingsRefusal.unreadableRate(text) }
        self = rate
    }
}
