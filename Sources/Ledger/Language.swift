/// A language that callers and staff are spoken to in.
package enum Language: String, CaseIterable, Sendable {
    case german = "de"
    case english = "en"

    /// Chooses by the header `Accept-Language`. Never fails: what cannot be read counts as not said.
    ///
    /// - Parameter acceptLanguage: The field's value, for example `de-AT, en;q=0.8`. A region counts as its language.
    /// - Returns: The language with the higher quality, of two with the same the one named first; English without a preference.
    /// - Source: RFC 9110, sections 12.4.2 and 12.5.4.
    package init(acceptLanguage: String?) {
        var named: [(language: Language, quality: Int)] = []
        var others = 0
        for item in (acceptLanguage ?? "").split(separator: ",") {
            let parts = item.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
            guard let quality = Self.quality(parts.dropFirst()), let range = parts.first else { continue }
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
        self = best > 0 ? all.first { $0.quality == best }?.language ?? .english : .english
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
    package let english: String
    package let german: String

    package init(_ english: String, _ german: String) {
        self.english = english
        self.german = german
    }

    package func text(in language: Language) -> String { language == .german ? german : english }
}

// MARK: - Amounts, days and rates

/// Keeps a number and its unit on one line.
private let noBreak = "\u{A0}"

extension Money {
    /// German: `1.234,56 €`, `1.234 JPY`, with U+00A0 before the unit. English: as `description`.
    package func text(in language: Language) -> String {
        guard language == .german else { return description }
        let parts = plain.drop { $0 == "-" }.split(separator: ".")
        let grouped = parts[0].reversed().enumerated().reduce(into: "") { text, digit in
            text = String(digit.element) + (digit.offset > 0 && digit.offset % 3 == 0 ? "." : "") + text
        }
        return (isNegative ? "-" : "") + ([grouped] + parts.dropFirst().map(String.init)).joined(separator: ",") + noBreak
            + (currency == .eur ? "€" : currency.description)
    }
}

extension Day {
    /// German: `24.11.2026`. English: as `description`.
    package func text(in language: Language) -> String {
        guard language == .german else { return description }
        return description.split(separator: "-").reversed().joined(separator: ".")
    }
}

extension Month {
    /// German: `November 2026`. English: as `description`.
    package func text(in language: Language) -> String {
        guard language == .german else { return description }
        let names = [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
        ]
        return "\(names[month - 1]) \(year)"
    }
}

extension TaxRate {
    /// German: `7 %`, `7,5 %` with U+00A0, `ohne Steuer`. English: `7%`, `7.5%`, `no tax`.
    package func text(in language: Language) -> String {
        guard basisPoints != nil else { return language == .german ? "ohne Steuer" : "no tax" }
        guard language == .german else { return "\(description)%" }
        return description.split(separator: ".").joined(separator: ",") + noBreak + "%"
    }
}
