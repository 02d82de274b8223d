import CSV
import Ledger

/// What stands in the fields of a table file, as spreadsheets show numbers, days and truth values in German and in English.
extension TableRow {
    /// An amount as `Money(reading:in:)` reads it.
    ///
    /// - Returns: `nil` for an empty field.
    /// - Throws: `MoneyError`; `TableFieldRefusal` where a comma separates the fields and may be the amount's decimal comma: `3,50`.
    package func money(_ column: String, in currency: Currency) throws -> Money? {
        guard let text = optional(column) else { return nil }
        if isSeparatedByComma, let next = field(behind: column), currency.exponent > 0, (1...currency.exponent).contains(next.utf8.count),
            (text + next).utf8.allSatisfy({ (48...57).contains($0) })
        {
            throw TableFieldRefusal.twoReadings(name(of: column), text, next)
        }
        return try Money(reading: text, in: currency)
    }

    /// `2`, also `2,0` and `2.00`: a spreadsheet may give every number decimals.
    ///
    /// - Throws: `TableFieldRefusal`, also for `1.000`, which is 1000 in one country and 1 in the other.
    package func wholeNumber(_ column: String, within range: ClosedRange<Int64>) throws -> Int64? {
        let expected = Phrase(
            "a whole number from \(range.lowerBound) to \(range.upperBound)",
            "eine ganze Zahl von \(range.lowerBound) bis \(range.upperBound)")
        return try value(column, expected) { text in
            let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
            let isWhole = parts.count == 1 || ["0", "00"].contains(parts[1])
            guard isWhole, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(parts[0]),
                range.contains(number)
            else { return nil }
            return number
        }
    }

    /// A day as `2026-11-20` or `20.11.2026`, also with a time of midnight behind it.
    ///
    /// - Throws: `TableFieldRefusal`, also for `11/12/2026`, which is two days in two countries.
    package func day(_ column: String) throws -> Day? {
        try value(column, Phrase("a day such as 2026-11-20 or 20.11.2026", "einen Tag wie 20.11.2026 oder 2026-11-20")) { text in
            let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == " " || $0 == "T" }
            guard parts.count == 1 || ["00:00", "00:00:00", "0:00", "0:00:00"].contains(parts[1]) else { return nil }
            if let day = Day(String(parts[0])) { return day }
            let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
            guard numbers.count == 3, numbers[2].utf8.count == 4, numbers[0].utf8.count <= 2, numbers[1].utf8.count <= 2,
                numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
            else { return nil }
            return Day(year: Int(numbers[2])!, month: Int(numbers[1])!, day: Int(numbers[0])!)
        }
    }

    /// A month as `2026-11`.
    ///
    /// - Throws: `TableFieldRefusal`, also for `11.26`, which a spreadsheet may take for a day.
    package func month(_ column: String) throws -> Month? { try value(column, TextRule.month.expected) { Month($0) } }

    /// `true`, `yes`, `ja`, `WAHR`, `1`, `x` and their opposites.
    ///
    /// - Throws: `TableFieldRefusal`.
    package func flag(_ column: String) throws -> Bool? {
        try value(column, Phrase("true or false", "ja oder nein")) { text in
            switch text.lowercased() {
            case "true", "yes", "ja", "wahr", "1", "x": true
            case "false", "no", "nein", "falsch", "0": false
            default: nil
            }
        }
    }

    /// `19`, `7,5`, `19 %`, `none` or `ohne`.
    ///
    /// - Throws: `TableFieldRefusal`, also for a rate that the books do not know: `0,19`, which a spreadsheet means by 19 %, or `50`, which is
    ///   the rest of a price of 3,50 whose comma separated two fields.
    package func taxRate(_ column: String, _ known: KnownRates) throws -> TaxRate? {
        let all = known.rates.map { $0.text(in: .english) }.joined(separator: ", ")
        let german = known.rates.map { $0.text(in: .german) }.joined(separator: ", ")
        return try value(column, Phrase("a tax rate of these books (\(all))", "einen Steuersatz dieser Bücher (\(german))")) { text in
            TaxRate(reading: text).flatMap { known.rates.contains($0) ? $0 : nil }
        }
    }

    /// A category's key or one of the words that pages show for it: `minibar`, `Getränke`.
    ///
    /// - Throws: `TableFieldRefusal`, also for one that the books do not know.
    package func category(_ column: String, _ known: KnownRates) throws -> Category? {
        let all = known.categories.map(\.name).joined(separator: ", ")
        return try value(column, Phrase("a category of these books (\(all))", "eine Kategorie dieser Bücher (\(all))")) { text in
            let word = text.lowercased()
            return known.categories.first { [$0.name, $0.phrase.english.lowercased(), $0.phrase.german.lowercased()].contains(word) }
        }
    }

    /// The text under a column that every row needs.
    ///
    /// - Throws: `TableFieldRefusal.missing`.
    package func required(_ column: String) throws -> String {
        guard let text = optional(column) else { throw TableFieldRefusal.missing(name(of: column)) }
        return text
    }

    /// A value that every row needs.
    ///
    /// - Throws: `TableFieldRefusal.missing`.
    package func required<Value>(_ column: String, _ value: Value?) throws -> Value {
        guard let value else { throw TableFieldRefusal.missing(name(of: column)) }
        return value
    }

    private func value<Value>(_ column: String, _ expected: Phrase, _ read: (String) -> Value?) throws -> Value? {
        guard let text = optional(column) else { return nil }
        guard text.utf8.count <= 200, let value = read(text) else { throw TableFieldRefusal.unreadable(name(of: column), text, expected) }
        return value
    }
}

/// What is wrong with one field of a table file.
package enum TableFieldRefusal: Refusal, Equatable {
    case missing(String)
    /// The column, what stands in it, and what should; completes "needs …".
    case unreadable(String, String, Phrase)
    /// The column, and the two fields that may be one amount.
    case twoReadings(String, String, String)

    /// `table_field_invalid`.
    package var code: String { "table_field_invalid" }

    package var message: String {
        switch self {
        case .missing(let column): "The field \(column) is empty."
        case .unreadable(let column, let text, let expected): "\(column) needs \(expected.english), not \"\(text.prefix(100))\"."
        case .twoReadings(let column, let whole, let rest): "\(column) may be \(whole) or \(whole),\(rest)."
        }
    }

    package var hint: String? {
        if case .twoReadings(_, let whole, _) = self { return "Write \(whole).00, or put quotation marks around the amount." }
        return "Correct the row, and send the whole file again."
    }

    package var german: RefusalWords {
        let hint = "Berichtigen Sie die Zeile, und senden Sie die ganze Datei noch einmal."
        return switch self {
        case .missing(let column): RefusalWords("Das Feld \(column) ist leer.", hint: hint)
        case .unreadable(let column, let text, let expected):
            RefusalWords("\(column) braucht \(expected.german), nicht „\(text.prefix(100))“.", hint: hint)
        case .twoReadings(let column, let whole, let rest):
            RefusalWords(
                "\(column) kann \(whole) oder \(whole),\(rest) sein.",
                hint: "Schreiben Sie \(whole).00, oder setzen Sie den Betrag in Anführungszeichen.")
        }
    }
}
