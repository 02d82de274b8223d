import Foundation
import Ledger

/// The languages of the pages. German is the first one: it is what somebody gets who asks for neither.
package enum Language: String, CaseIterable, Sendable {
    case german = "de"
    case english = "en"

    /// What the person chose here before, or else what the browser asks for.
    ///
    /// - Parameter accepted: The header `Accept-Language`, such as `en-GB,en;q=0.9,de;q=0.8`.
    /// - Source: RFC 9110, section 12.5.4.
    static func chosen(cookie: String?, accepted: String?) -> Language {
        if let cookie, let language = Language(rawValue: cookie) { return language }
        let wishes = (accepted ?? "").split(separator: ",").compactMap { wish -> (Language, Double)? in
            let parts = wish.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = parts.first, let language = Language(rawValue: String(tag.lowercased().prefix(2))) else { return nil }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (language, quality)
        }
        // The first of those wished for most.
        return wishes.max { $0.1 < $1.1 }.map { best in wishes.first { $0.1 == best.1 }!.0 } ?? .german
    }
}

/// One text in both languages. That none is missing in either is the compiler's business.
package struct Text: Sendable {
    let german: String
    let english: String

    init(_ german: String, _ english: String) {
        self.german = german
        self.english = english
    }

    package func `in`(_ language: Language) -> String {
        switch language {
        case .german: german
        case .english: english
        }
    }
}

/// How amounts and dates are written.
extension Language {
    /// `1.234,56 €` or `€1,234.56`; other currencies by their code. The blank does not break.
    package func money(_ money: Money) -> String {
        let digits = String(money.minorUnits.magnitude)
        let exponent = money.currency.exponent
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        let whole = grouped(String(padded.dropLast(exponent)))
        let number = exponent == 0 ? whole : whole + decimalMark + padded.suffix(exponent)
        // A true minus sign: a hyphen is too short beside figures, and screen readers skip it.
        let sign = money.isNegative ? "\u{2212}" : ""
        switch self {
        case .german: return "\(sign)\(number)\u{A0}\(money.currency == .eur ? "€" : money.currency.description)"
        case .english:
            return money.currency == .eur ? "\(sign)€\(number)" : "\(sign)\(money.currency)\u{A0}\(number)"
        }
    }

    /// As an input shows it: `1234,56`, without a currency, readable by `Money(reading:)`.
    func plain(_ money: Money) -> String { self == .german ? money.plain.replacing(".", with: ",") : money.plain }

    func number(_ value: some BinaryInteger) -> String { grouped(String(value)) }

    /// `7 %`, `7,5 %`; "–" where there is no tax.
    func rate(_ rate: TaxRate) -> String {
        guard rate.basisPoints != nil else { return "–" }
        return rate.description.replacing(".", with: decimalMark) + "\u{A0}%"
    }

    /// `24.11.2026` or `24 Nov 2026`.
    package func day(_ day: Day) -> String {
        let (year, month, number) = day.components
        switch self {
        case .german: return "\(two(number)).\(two(month)).\(year)"
        case .english: return "\(number) \(Self.englishMonths[month - 1].prefix(3)) \(year)"
        }
    }

    /// `Di., 24.11.` or `Tue, 24 Nov`.
    func shortDay(_ day: Day) -> String {
        let (_, month, number) = day.components
        let weekday = ((day.number + 3) % 7 + 7) % 7
        switch self {
        case .german: return "\(["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"][weekday])., \(two(number)).\(two(month))."
        case .english:
            return "\(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday]), \(number) \(Self.englishMonths[month - 1].prefix(3))"
        }
    }

    /// `24.11.2026, 09:30`, as clocks of that zone show it.
    package func instant(_ instant: Instant, in zone: TimeZone) -> String { "\(day(instant.day(in: zone))), \(time(instant, in: zone))" }

    func time(_ instant: Instant, in zone: TimeZone) -> String {
        let seconds = Int(instant.unixSeconds) + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.unixSeconds)))
        let ofDay = (seconds % 86_400 + 86_400) % 86_400
        return "\(two(ofDay / 3600)):\(two(ofDay / 60 % 60))"
    }

    /// `November 2026`.
    package func month(_ month: Month) -> String { "\(months[month.month - 1]) \(month.year)" }

    /// `Nov`.
    func shortMonth(_ month: Month) -> String { String(months[month.month - 1].prefix(3)) }

    private var months: [String] { self == .german ? Self.germanMonths : Self.englishMonths }
    private var decimalMark: String { self == .german ? "," : "." }

    private static let germanMonths = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func grouped(_ digits: String) -> String {
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, digit != "-", (digits.count - index) % 3 == 0, grouped != "-" { grouped += self == .german ? "." : "," }
            grouped.append(digit)
        }
        return grouped
    }
}
