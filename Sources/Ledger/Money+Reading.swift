/// How people and spreadsheets write amounts.
extension Money {
    /// Reads `300`, `300.5`, `300,00`, `1.200,00`, `1,200.00`, `1 200,00`, `1\u{2019}200.00`, the same with a minus sign in front, and with the
    /// currency before or behind it: `300,00 €`, `EUR 300.00`.
    ///
    /// What can be read in two ways is refused: `1.200` is no amount in euros. In a currency without decimals it is 1200, and in one of three
    /// decimals 1.200, as amounts in it are printed.
    /// - Throws: `.unreadable`, `.tooManyDecimals`; `.currencyMismatch` for an amount in another currency; `.overflow` beyond `largest`.
    package init(reading text: String, in currency: Currency) throws(MoneyError) {
        var rest = Substring(text).withoutBlanks
        // `5,-` and `5.–`: no cents.
        if [",-", ".-", ",\u{2013}", ".\u{2013}", ",\u{2014}"].contains(where: rest.hasSuffix) { rest = rest.dropLast(2) }
        var isNegative = rest.takeMinus()
        try rest.takeCurrency(currency)
        if !isNegative { isNegative = rest.takeMinus() }
        guard let number = WrittenNumber(rest, mayGroupOnce: currency.exponent == 0) else { throw .unreadable(text, currency) }
        guard number.decimals.count <= currency.exponent else { throw .tooManyDecimals(text, currency) }
        let digits = number.whole + number.decimals + String(repeating: "0", count: currency.exponent - number.decimals.count)
        guard let units = Int64((isNegative ? "-" : "") + digits), (-Self.largest...Self.largest).contains(units) else { throw .overflow }
        self.init(minorUnits: units, currency: currency)
    }

    /// So many whole units of the currency, as an example in a hint.
    static func example(_ units: Int64, _ currency: Currency) -> Money {
        Money(minorUnits: (0..<currency.exponent).reduce(units) { units, _ in units * 10 }, currency: currency)
    }
}

/// The digits of a number as it was written, before and after its decimal mark.
private struct WrittenNumber {
    let whole: String
    let decimals: String

    /// - Parameter mayGroupOnce: Whether a single mark with three digits behind it sets thousands apart.
    /// - Returns: `nil` for what is no number, or has groups of other than three digits.
    init?(_ text: Substring, mayGroupOnce: Bool) {
        let marks = text.filter { !$0.isDigit }
        guard let last = marks.last else {
            guard !text.isEmpty else { return nil }
            (whole, decimals) = (String(text), "")
            return
        }
        let others = marks.dropLast()
        // The last point or comma is the decimal mark, unless the same mark stands before it as well.
        let isDecimal = (last == "." || last == ",") && !others.contains(last)
        let parts = text.split(separator: last, omittingEmptySubsequences: false)
        if isDecimal, parts.count == 2, !parts[1].isEmpty, !(mayGroupOnce && others.isEmpty && Self.areGroups(parts)) {
            guard let whole = Self.joined(parts[0], by: others) else { return nil }
            (self.whole, decimals) = (whole, String(parts[1]))
        } else {
            guard !isDecimal || mayGroupOnce, let whole = Self.joined(text, by: marks) else { return nil }
            (self.whole, decimals) = (whole, "")
        }
    }

    /// - Parameter marks: All that is no digit.
    private static func joined(_ text: Substring, by marks: some StringProtocol) -> String? {
        guard let mark = marks.first else { return text.isEmpty ? nil : String(text) }
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        guard "., '\u{2019}\u{A0}\u{202F}\u{2009}".contains(mark), marks.allSatisfy({ $0 == mark }), areGroups(groups) else { return nil }
        return groups.joined()
    }

    private static func areGroups(_ groups: [Substring]) -> Bool {
        (1...3).contains(groups[0].count) && groups[0].first != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
    }
}

extension Substring {
    fileprivate var withoutBlanks: Substring {
        let start = drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }

    fileprivate mutating func takeMinus() -> Bool {
        guard let first, first == "-" || first == "\u{2212}" else { return false }
        self = dropFirst().withoutBlanks
        return true
    }

    /// Takes the currency's code or sign away from either end.
    ///
    /// - Throws: `.currencyMismatch` for the code or sign of another one.
    fileprivate mutating func takeCurrency(_ currency: Currency) throws(MoneyError) {
        let isNumeric: (Character) -> Bool = { $0.isDigit || $0 == "-" || $0 == "\u{2212}" }
        guard let first = firstIndex(where: isNumeric), let last = lastIndex(where: isNumeric) else { return }
        let (before, behind) = (self[..<first].withoutBlanks, self[index(after: last)...].withoutBlanks)
        guard before.isEmpty != behind.isEmpty else { return }
        let word = before.isEmpty ? behind : before
        let meant = Currency.meant(by: String(word))
        guard let given = meant.first else { return }
        guard meant.contains(currency) else { throw .currencyMismatch(currency, given) }
        self = self[first...last]
    }
}

extension Character {
    fileprivate var isDigit: Bool { asciiValue.map { (48...57).contains($0) } ?? false }
}

extension Currency {
    /// What a code, a name or a sign stands for, the likeliest first; a sign can stand for several currencies.
    package static func meant(by word: String) -> [Currency] {
        if let currency = Currency(word) { return [currency] }
        return (signs[word.lowercased()] ?? "").split(separator: " ").compactMap { Currency(String($0)) }
    }

    private static let signs = [
        "€": "eur", "euro": "eur", "$": "usd aud cad nzd hkd sgd mxn", "us$": "usd", "a$": "aud", "c$": "cad", "£": "gbp", "¥": "jpy",
        "円": "jpy", "fr.": "chf", "fr": "chf", "sfr.": "chf", "kr": "sek nok dkk", "kr.": "dkk nok sek", "zł": "pln", "kč": "czk",
        "ft": "huf", "lei": "ron", "₹": "inr", "₺": "try", "₩": "krw", "₪": "ils", "r$": "brl",
    ]
}
