/// A language that callers and staff are spoken to in.
package enum Language: String, CaseIterable, Sendable {
    case german = "de"
    case english = "en"

    /// Chooses by the header `Accept-Language`. Never fails: what cannot be read counts as not said.
    ///
    /// - Parameter acceptLanguage: The field's value, for example `de-AT, en;q=0.8`. A region counts as its language.
    /// - Returns: The language with the higher quality, of two with the same the one named first; `nil` without a preference.
    /// - Source: RFC 9110, sections 12.4.2 and 12.5.4.
    package static func preferred(by acceptLanguage: String?) -> Language? {
        var named: [(language: Language, quality: Int)] = []
        var others = 0
        for item in (acceptLanguage ?? "").split(separator: ",") {
            let parts = item.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
            guard let quality = quality(parts.dropFirst()), let range = parts.first else { continue }
            if range == "*" {
                others = max(others, quality)
            } else if let language = Language(range: range) {
                if let known = named.firstIndex(where: { $0.language == language }) {
                    named[known].quality = max(named[known].quality, quality)
                } else {
                    named.append((language, quality))
                }
            }
        }
        // `*` stands for every language that is not named.
        let unnamed = [Language.english, .german].filter { language in !named.contains { $0.language == language } }
        let all = named + unnamed.map { ($0, others) }
        let best = all.map(\.quality).max() ?? 0
        return best > 0 ? all.first { $0.quality == best }?.language : nil
    }

    /// - Returns: `nil` for another language than these two.
    private init?(range: Substring) {
        let primary = range.prefix { $0 != "-" }
        self.init(rawValue: primary.lowercased())
    }

    /// Thousandths; 1000 when nothing is said, `nil` when it cannot be read.
    private static func quality(_ parameters: ArraySlice<Substring>) -> Int? {
        var quality = 1000
        for parameter in parameters {
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed }
            guard pair.count == 2, pair[0].lowercased() == "q" else { return nil }
            let digits = Array(pair[1].utf8)
            guard (1...5).contains(digits.count), digits[0] == 48 || digits[0] == 49, digits.count < 2 || digits[1] == 46 else {
                return nil
            }
            quality = Int(digits[0] - 48) * 1000
            var scale = 100
            for digit in digits.dropFirst(2) {
                guard (48...57).contains(digit) else { return nil }
                quality += Int(digit - 48) * scale
                scale /= 10
            }
            guard quality <= 1000 else { return nil }
        }
        return quality
    }
}

extension Substring {
    /// Without the blanks and tabs around it.
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return start[...last]
    }
}

/// A piece of a sentence, in both languages. In German it stands in the nominative with its article.
package struct Phrase: Hashable, Sendable {
    /// British spelling.
    package let english: String
    /// A noun with its article in the nominative, where it is one.
    package let german: String

    package init(_ english: String, _ german: String) {
        self.english = english
        self.german = german
    }

    /// One of the two, unchanged.
    package func text(in language: Language) -> String { language == .german ? german : english }

    /// With a capital in front, to stand alone: in a table, on a badge.
    package var capitalised: Phrase {
        Phrase(english.prefix(1).uppercased() + english.dropFirst(), german.prefix(1).uppercased() + german.dropFirst())
    }
}

// MARK: - Amounts, days and rates

/// Keeps a number and its unit on one line.
private let noBreak = "\u{A0}"

extension Money {
    /// `1.234,56 €` or `€1,234.56`; other currencies by their code: `1.234 JPY`, `JPY 1,234`. The blank is U+00A0.
    package func text(in language: Language) -> String {
        let number = language.number(self)
        // A true minus sign: a hyphen is too short beside figures, and screen readers skip it.
        let sign = isNegative ? "\u{2212}" : ""
        return switch (language, currency == .eur) {
        case (.german, let isEuro): "\(sign)\(number)\(noBreak)\(isEuro ? "€" : currency.description)"
        case (.english, true): "\(sign)€\(number)"
        case (.english, false): "\(sign)\(currency)\(noBreak)\(number)"
        }
    }
}

extension Day {
    /// `24.11.2026` or `24 Nov 2026`.
    package func text(in language: Language) -> String {
        guard language == .english else { return description.split(separator: "-").reversed().joined(separator: ".") }
        return "\(components.day) \(language.months[components.month - 1].prefix(3)) \(components.year)"
    }
}

extension Month {
    /// `November 2026` in both.
    package func text(in language: Language) -> String { "\(language.months[month - 1]) \(year)" }
}

extension TaxRate {
    /// `7 %`, `7,5 %`, `ohne Steuer`, or `7%`, `7.5%`, `no tax`. The blank is U+00A0.
    package func text(in language: Language) -> String {
        guard basisPoints != nil else { return language == .german ? "ohne Steuer" : "no tax" }
        return description.replacing(".", with: language.decimalMark) + (language == .german ? "\(noBreak)%" : "%")
    }
}

extension Language {
    /// Between the whole units and their parts.
    package var decimalMark: String { self == .german ? "," : "." }

    /// The months' names, January first.
    package var months: [String] {
        self == .german
            ? [
                "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
            ]
            : [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
            ]
    }

    /// An amount without sign and currency: `1.234,56` or `1,234.56`.
    package func number(_ money: Money) -> String {
        let parts = money.plain.drop { $0 == "-" }.split(separator: ".")
        return ([grouped(String(parts[0]))] + parts.dropFirst().map(String.init)).joined(separator: decimalMark)
    }

    /// Thousands apart: `1.234.567` or `1,234,567`.
    ///
    /// - Parameter digits: Nothing but digits.
    package func grouped(_ digits: String) -> String {
        digits.enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text += self == .german ? "." : "," }
            text.append(digit.element)
        }
    }
}
