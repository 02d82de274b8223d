/// A tax rate in hundredths of a percent (700 is 7 %), or none at all.
///
/// "None" is for what is not taxed, such as a visitor's tax or a cancellation fee; it is not the same as 0 %.
package struct TaxRate: Hashable, Codable, Sendable, CustomStringConvertible {
    /// 0...10,000; `nil` when no tax applies.
    package let basisPoints: Int?

    /// No tax applies; written `none`.
    package static let none = TaxRate(basisPoints: nil)!

    /// - Returns: `nil` outside 0...10,000.
    package init?(basisPoints: Int?) {
        guard basisPoints.map((0...10_000).contains) ?? true else { return nil }
        self.basisPoints = basisPoints
    }

    /// Reads `7`, `19`, `7.5`, `7,5`, `none`: exactly what fits `pattern`.
    package init?(_ text: String) {
        switch text {
        case "none": self.init(basisPoints: nil)
        case "100": self.init(basisPoints: 10_000)
        default:
            let parts = text.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) {
                $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
            }
            let isWritten = parts.allSatisfy {
                (1...2).contains($0.count) && $0.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
            }
            guard isWritten, let percent = Int(Substring(parts[0])) else { return nil }
            let fraction = parts.count == 2 ? (Substring(parts[1]) + (parts[1].count == 1 ? "0" : "")) : "0"
            guard let hundredths = Int(fraction) else { return nil }
            self.init(basisPoints: percent * 100 + hundredths)
        }
    }

    /// How a rate is written, for JSON Schema.
    package static let pattern = #"^(none|100|[0-9]{1,2}([.,][0-9]{1,2})?)$"#

    /// `7`, `19`, `7.5` or `none`, as in account names.
    package var description: String {
        guard let basisPoints else { return "none" }
        guard basisPoints % 100 != 0 else { return String(basisPoints / 100) }
        let hundredths = basisPoints % 100
        return "\(basisPoints / 100)."
            + (hundredths % 10 == 0 ? String(hundredths / 10) : hundredths < 10 ? "0\(hundredths)" : "\(hundredths)")
    }

    /// The tax contained in a gross amount: `gross × r / (100 + r)`, half a unit rounded away from zero.
    ///
    /// - Source: German commercial rounding. Away from zero, so that the
    ///   tax of a reversed document is exactly the opposite of the original's.
    package func tax(in gross: Money) -> Money {
        guard let basisPoints else { return .zero(gross.currency) }
        let numerator = Int128(gross.minorUnits.magnitude) * Int128(basisPoints)
        let denominator = Int128(10_000 + basisPoints)
        let tax = Int64((2 * numerator + denominator) / (2 * denominator))
        return Money(minorUnits: gross.minorUnits < 0 ? -tax : tax, currency: gross.currency)
    }
}

extension TaxRate {
    /// The tax on a net amount: `net × r / 100`, half a unit rounded away from zero.
    ///
    /// - Throws: `MoneyError.overflow`.
    /// - Source: German commercial rounding, as `tax(in:)`.
    package func tax(on net: Money) throws(MoneyError) -> Money {
        guard let basisPoints else { return .zero(net.currency) }
        let tax = (Int128(net.minorUnits.magnitude) * Int128(basisPoints) + 5000) / 10_000
        guard let units = Int64(exactly: tax) else { throw .overflow }
        return Money(minorUnits: net.isNegative ? -units : units, currency: net.currency)
    }
}

/// One rate's share of a document: `gross = net + tax`.
package struct TaxTotal: Hashable, Sendable {
    /// Each rate occurs once in a document.
    package let rate: TaxRate
    /// What was charged at this rate, tax included.
    package let gross: Money
    /// Contained in `gross`, computed once from the rate's sum.
    package let tax: Money
    /// `gross` without its tax: rounded only through the tax.
    package var net: Money { Money(minorUnits: gross.minorUnits - tax.minorUnits, currency: gross.currency) }

    package init(rate: TaxRate, gross: Money, tax: Money) {
        self.rate = rate
        self.gross = gross
        self.tax = tax
    }
}

extension TaxTotal {
    /// Sums the gross per rate first and computes the tax once per rate, as EN 16931 (BR-CO-17) does for e-invoices.
    ///
    /// - Returns: One total per rate that occurs, lowest rate first, "none" last; rates that sum to zero are left out.
    /// - Throws: `MoneyError`.
    package static func perRate(_ amounts: [(rate: TaxRate, gross: Money)], in currency: Currency) throws(MoneyError) -> [TaxTotal] {
        var sums: [TaxRate: Money] = [:]
        for (rate, gross) in amounts { sums[rate] = try (sums[rate] ?? .zero(currency)).adding(gross) }
        return sums.filter { !$0.value.isZero }
            .map { TaxTotal(rate: $0.key, gross: $0.value, tax: $0.key.tax(in: $0.value)) }
            .sorted { ($0.rate.basisPoints ?? .max) < ($1.rate.basisPoints ?? .max) }
    }
}

/// Which rate a category has from which service date on. A tenant's setting.
package struct TaxSchedule: Equatable, Sendable {
    /// One row of the schedule: from that day on, that category has that rate.
    package struct Row: Hashable, Sendable {
        /// Any category, also one that the tenant has added.
        package let category: Category
        /// The first service date with this rate; it holds until the category's next row.
        package let from: Day
        /// `none` where the category is not taxed.
        package let rate: TaxRate

        package init(category: Category, from: Day, rate: TaxRate) {
            self.category = category
            self.from = from
            self.rate = rate
        }
    }

    /// By `from`, the earliest first. An earlier row is never changed.
    package private(set) var rows: [Row]

    package init(rows: [Row]) { self.rows = rows.sorted { $0.from < $1.from } }

    /// The rate for a service rendered that day; `nil` when the category has none yet.
    package func rate(of category: Category, on day: Day) -> TaxRate? {
        rows.last { $0.category == category && $0.from <= day }?.rate
    }

    /// Germany: § 12 UStG with its changes since 2010.
    ///
    /// - Source: lodging § 12(2) no. 11 (since 2010-01-01); food eaten in the house no. 15 (7 % since 2026-01-01, and
    ///   from 2020-07-01 to 2023-12-31 by the pandemic laws); both rates lowered to 16 % and 5 % for the second half of 2020.
    package static let germany: TaxSchedule = {
        func day(_ text: String) -> Day { Day(text)! }
        func rate(_ text: String) -> TaxRate { TaxRate(text)! }
        let standard = [("2007-01-01", "19"), ("2020-07-01", "16"), ("2021-01-01", "19")]
        let reduced = [("2010-01-01", "7"), ("2020-07-01", "5"), ("2021-01-01", "7")]
        let food = [("2007-01-01", "19"), ("2020-07-01", "5"), ("2021-01-01", "7"), ("2024-01-01", "19"), ("2026-01-01", "7")]
        let untaxed = [("2007-01-01", "none")]
        let table: [(Category, [(String, String)])] = [
            (.lodging, reduced), (.noShow, reduced), (.food, food), (.drinks, standard), (.minibar, standard), (.massage, standard),
            (.wellness, standard), (.parking, standard), (.shop, standard), (.other, standard),
            (.cancellation, untaxed), (.visitorsTax, untaxed),
        ]
        return TaxSchedule(
            rows: table.flatMap { category, rates in
                rates.map { Row(category: category, from: day($0.0), rate: rate($0.1)) }
            })
    }()
}
