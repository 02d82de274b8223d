import Foundation
import Ledger

/// What only pages need of a language. German is the first one: it is what somebody gets who asks for neither.
extension Language {
    /// What the person chose here before, or else what the browser asks for.
    static func chosen(cookie: String?, accepted: String?) -> Language {
        cookie.flatMap { Language(rawValue: $0) } ?? .preferred(by: accepted) ?? .german
    }

    /// As an input shows it: `1234,56`, without a currency, readable by `Money(reading:)`.
    func plain(_ money: Money) -> String { money.plain.replacing(".", with: decimalMark) }

    /// - Parameter value: Not negative.
    func number(_ value: some BinaryInteger) -> String { grouped(String(value)) }

    /// "–" where there is no tax.
    func rate(_ rate: TaxRate) -> String { rate.basisPoints == nil ? "–" : rate.text(in: self) }

    /// `Di., 24.11.` or `Tue, 24 Nov`.
    func shortDay(_ day: Day) -> String {
        let (_, month, number) = day.components
        let weekday = ((day.number + 3) % 7 + 7) % 7
        switch self {
        case .german: return "\(["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"][weekday])., \(two(number)).\(two(month))."
        case .english:
            let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday]
            return "\(name), \(number) \(months[month - 1].prefix(3))"
        }
    }

    /// `Nov`.
    func shortMonth(_ month: Month) -> String { String(months[month.month - 1].prefix(3)) }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
