import TestSupport
import Testing

@testable import Ledger

@Suite struct `Tax per rate and day` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let seven = TaxRate("7")!
    private static let nineteen = TaxRate("19")!

    @Test func `the worked stay of 343.30 has 15.83 at 7 % and 15.22 at 19 %`() throws {
        let day = try #require(Day("2026-11-20"))
        var lines: [LineItem] = []
        for (category, quantity, unit) in [
            (Category.lodging, 2, 10700), (.food, 1, 2800), (.drinks, 1, 1200), (.minibar, 1, 2380), (.massage, 1, 5950),
            (.visitorsTax, 2, 300),
        ] as [(Category, Int64, Int64)] {
            lines.append(
                try LineItem.charge(
                    number: lines.nextNumber, LineTerms(category, "\(category)", Self.eur(unit)), quantity: quantity, taxRate: nil,
                    serviceDate: day, schedule: .germany))
        }
        #expect(try Money.sum(lines.map(\.gross), in: .eur) == Self.eur(34330))
        let totals = try TaxTotal.perRate(lines.map { ($0.taxRate, $0.gross) }, in: .eur)
        #expect(totals.map(\.rate) == [Self.seven, Self.nineteen, .none])
        #expect(totals.map(\.gross.minorUnits) == [24200, 9530, 600])
        #expect(totals.map(\.tax.minorUnits) == [1583, 1522, 0])
        #expect(totals.map(\.net.minorUnits) == [22617, 8008, 600])
    }

    @Test func `six minibar lines of 3.10 are taxed once, 2.97`() throws {
        let totals = try TaxTotal.perRate(Array(repeating: (rate: Self.nineteen, gross: Self.eur(310)), count: 6), in: .eur)
        #expect(totals.map(\.tax) == [Self.eur(297)])
        #expect(Self.nineteen.tax(in: Self.eur(310)) == Self.eur(49))
    }

    @Test(arguments: [
        ("19", 2380, 380), ("7", 2800, 183), ("7", 17120, 1120), ("19", 2250, 359), ("7", 12750, 834), ("7", 10000, 654), ("none", 600, 0),
        ("0", 600, 0),
        ("100", 1, 1),  // half a cent goes up
    ])
    func `published examples come out to the cent`(rate: String, gross: Int64, tax: Int64) throws {
        #expect(try #require(TaxRate(rate)).tax(in: Self.eur(gross)) == Self.eur(tax))
        #expect(try #require(TaxRate(rate)).tax(in: Self.eur(-gross)) == Self.eur(-tax))
    }

    @Test(arguments: UInt64(0)..<10)
    func `the tax is within half a cent of the exact share, and net and tax are the gross`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        for _ in 0..<500 {
            let points = Int.random(in: 0...10_000, using: &random)
            let rate = try #require(TaxRate(basisPoints: points))
            let limit: Int64 = random.one(in: 3) ? .max : 1_000_000
            let gross = Self.eur(Int64.random(in: -limit...limit, using: &random))
            let tax = rate.tax(in: gross)
            let denominator = Int128(10_000 + points)
            let error = Int128(tax.minorUnits) * denominator - Int128(gross.minorUnits) * Int128(points)
            #expect(2 * error.magnitude <= denominator.magnitude)
            if 2 * error.magnitude == denominator.magnitude { #expect((error > 0) == gross.isPositive) }
            #expect(try rate.tax(in: gross.negated()) == tax.negated())
            #expect(TaxRate(rate.description) == rate)
        }
    }

    @Test func `the sums per rate are the sum of the document, and a cancelled rate is not shown`() throws {
        var random = Noise(seed: 7)
        let rates = [Self.seven, Self.nineteen, TaxRate("7.5")!, TaxRate("0")!, .none]
        for _ in 0..<1000 {
            let amounts = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                (rate: rates.randomElement(using: &random)!, gross: Self.eur(Int64.random(in: -50...50, using: &random)))
            }
            let totals = try TaxTotal.perRate(amounts, in: .eur)
            #expect(try Money.sum(totals.map(\.gross), in: .eur) == Money.sum(amounts.map(\.gross), in: .eur))
            #expect(Set(totals.map(\.rate)).count == totals.count)
            #expect(totals.allSatisfy { !$0.gross.isZero && $0.net.minorUnits + $0.tax.minorUnits == $0.gross.minorUnits })
            #expect(try TaxTotal.perRate(amounts + amounts.map { ($0.rate, try $0.gross.negated()) }, in: .eur).isEmpty)
        }
    }

    @Test(arguments: [
        ("food", "2019-12-31", "19"), ("food", "2020-07-01", "5"), ("food", "2020-12-31", "5"), ("food", "2021-01-01", "7"),
        ("food", "2023-12-31", "7"), ("food", "2024-01-01", "19"), ("food", "2025-12-31", "19"), ("food", "2026-01-01", "7"),
        ("lodging", "2010-01-01", "7"), ("lodging", "2020-12-31", "5"), ("lodging", "2026-12-31", "7"),
        ("minibar", "2020-06-30", "19"), ("minibar", "2020-07-01", "16"), ("minibar", "2021-01-01", "19"),
        ("no_show", "2026-05-05", "7"), ("cancellation", "2026-05-05", "none"), ("visitors_tax", "2026-05-05", "none"),
    ])
    func `the service date decides the rate`(category: String, day: String, rate: String) throws {
        let found = TaxSchedule.germany.rate(of: try #require(Category(category)), on: try #require(Day(day)))
        #expect(found == TaxRate(rate))
    }

    @Test func `a category without a rate on that day has none`() throws {
        #expect(TaxSchedule.germany.rate(of: .lodging, on: try #require(Day("2009-12-31"))) == nil)
        #expect(TaxSchedule.germany.rate(of: try #require(Category("sauna")), on: try #require(Day("2026-01-01"))) == nil)
    }

    @Test func `every given category has a German rate today`() throws {
        let today = try #require(Day("2026-11-24"))
        for category: Category in [
            .lodging, .food, .drinks, .minibar, .massage, .wellness, .parking, .shop, .cancellation, .noShow, .visitorsTax, .other,
        ] { #expect(TaxSchedule.germany.rate(of: category, on: today) != nil, "\(category)") }
    }

    @Test(arguments: ["", "-1", "100.01", "7.123", "sieben", "None", "7 %"])
    func `what is no rate is refused`(text: String) { #expect(TaxRate(text) == nil) }

    @Test func `no tax at all is not the same as 0 %`() {
        #expect(TaxRate("none") != TaxRate("0"))
        #expect(TaxRate("7.05")?.description == "7.05")
        #expect(TaxRate("7.50")?.description == "7.5")
    }
}
