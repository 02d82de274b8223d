import TestSupport
import Testing

@testable import Ledger

@Suite struct `Amounts of money` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    @Test func `adding refuses another currency and what does not fit`() throws {
        let yen = try #require(Currency("jpy"))
        #expect(throws: MoneyError.currencyMismatch(.eur, yen)) { try Self.eur(1).adding(.zero(yen)) }
        #expect(throws: MoneyError.currencyMismatch(.eur, yen)) { try Self.eur(1).subtracting(Money(minorUnits: .min, currency: yen)) }
        #expect(throws: MoneyError.overflow) { try Self.eur(.max).adding(Self.eur(1)) }
        #expect(throws: MoneyError.overflow) { try Self.eur(.min).subtracting(Self.eur(1)) }
        #expect(throws: MoneyError.overflow) { try Self.eur(.min).negated() }
        #expect(throws: MoneyError.overflow) { try Self.eur(.max / 2 + 1).times(2) }
        #expect(throws: MoneyError.overflow) { try Money.sum([Self.eur(.max), Self.eur(1)], in: .eur) }
        #expect(try Self.eur(-1).subtracting(Self.eur(.min)) == Self.eur(.max))
        #expect(try Money.sum([], in: .eur) == .zero(.eur))
    }

    @Test func `a split shows the same parts every time, earlier ones larger`() throws {
        #expect(try Self.eur(100).split(by: [1, 1, 1]).map(\.minorUnits) == [34, 33, 33])
        #expect(try Self.eur(-100).split(by: [1, 1, 1]).map(\.minorUnits) == [-34, -33, -33])
        #expect(try Self.eur(945).split(by: [1, 1]).map(\.minorUnits) == [473, 472])  // a visitor's tax over two nights
        #expect(try Self.eur(.min).split(by: [1_000_000_000, 0]).map(\.minorUnits) == [.min, 0])
        for weights: [Int64] in [[], [0, 0], [-1, 2], [1_000_000_001]] {
            #expect(throws: MoneyError.weightsUnusable) { try Self.eur(100).split(by: weights) }
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func `splitting never loses a cent and stays within one of the exact share`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        for _ in 0..<200 {
            let limit: Int64 = random.one(in: 4) ? .max : 100_000
            let whole = Int64.random(in: -limit...limit, using: &random)
            var weights = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                random.one(in: 3) ? 0 : Int64.random(in: 1...(random.one(in: 3) ? 1_000_000_000 : 9), using: &random)
            }
            if weights.allSatisfy({ $0 == 0 }) { weights[0] = 1 }
            let parts = try Self.eur(whole).split(by: weights)
            let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
            #expect(parts.map { Int128($0.minorUnits) }.reduce(0, +) == Int128(whole))
            #expect(parts.count == weights.count)
            for (part, weight) in zip(parts, weights) {
                // |part - whole × weight / total| < 1, in whole numbers.
                #expect((Int128(part.minorUnits) * total - Int128(whole) * Int128(weight)).magnitude < total.magnitude)
                if weight == 0 { #expect(part.isZero) }
            }
        }
    }

    @Test(arguments: ["eur", "jpy", "kwd"])
    func `what is printed can be read again`(code: String) throws {
        let currency = try #require(Currency(code))
        var random = Noise(seed: UInt64(currency.exponent))
        for _ in 0..<2000 {
            let limit = random.one(in: 2) ? Money.largest : 2000
            let money = Money(minorUnits: Int64.random(in: -limit...limit, using: &random), currency: currency)
            #expect(try Money(reading: money.plain, in: currency) == money)
            #expect(try Money(reading: money.plain.replacing(".", with: ","), in: currency) == money)
            for language in Language.allCases { #expect(try Money(reading: money.text(in: language), in: currency) == money) }
        }
        for money in [-Money.largest, Money.largest, 0, -1].map({ Money(minorUnits: $0, currency: currency) }) {
            #expect(try Money(reading: money.plain, in: currency) == money)
        }
    }

    @Test(arguments: [
        ("300", 30000), ("300.5", 30050), ("300,00", 30000), ("-0.07", -7), ("0", 0), ("007", 700), ("1.200,00", 120_000),
        ("1,200.00", 120_000), ("1 200,00", 120_000), ("1\u{A0}200", 120_000), ("1\u{2019}200.50", 120_050), ("1'200.50", 120_050),
        ("12.345.678,9", 1_234_567_890), ("1.200.300", 120_030_000), ("9.999.999.999,99", 999_999_999_999), (" 3,50 ", 350),
        ("3,50 €", 350), ("€3.50", 350), ("EUR 3.50", 350), ("3.50 eur", 350), ("\u{2212}€3.50", -350), ("€-3.50", -350), ("5,-", 500),
        ("5.–", 500), ("5 Euro", 500),
    ])
    func `an amount is read as people write it`(text: String, units: Int64) throws {
        #expect(try Money(reading: text, in: .eur) == Self.eur(units))
    }

    @Test(arguments: [
        "", "-", ".", "5.", ".5", "+1", "--1", "1e2", "0x10", "٣", "1.5\u{301}", "1\u{301}", "NaN", "€", "3-", "3 EUR EUR",
        "1.2.3", "1..2", "12.00,50", "0.200,00", "1,200,00", "1.200.30", "1 2", "1'200 000", "1.200'000,00", "1,200.000,00",
    ])
    func `what is not plainly an amount is refused`(text: String) {
        #expect(throws: MoneyError.unreadable(text, .eur)) { try Money(reading: text, in: .eur) }
    }

    @Test func `too many decimals and too many digits are refused with their own reason`() throws {
        #expect(throws: MoneyError.tooManyDecimals("1.234", .eur)) { try Money(reading: "1.234", in: .eur) }
        let yen = try #require(Currency("JPY"))
        #expect(throws: MoneyError.tooManyDecimals("1.0", yen)) { try Money(reading: "1.0", in: yen) }
        for text in ["92233720368547758.08", "92233720368547758.07", "10000000000.00", "-10000000000.00"] {
            #expect(throws: MoneyError.overflow) { try Money(reading: text, in: .eur) }
        }
        #expect(Currency("xyz") == nil)
    }

    @Test func `one mark with three digits behind it is read only where it can mean one thing`() throws {
        let (yen, dinar) = (try #require(Currency("jpy")), try #require(Currency("kwd")))
        #expect(throws: MoneyError.tooManyDecimals("1,200", .eur)) { try Money(reading: "1,200", in: .eur) }
        #expect(try Money(reading: "1.200", in: yen).minorUnits == 1200 && Money(reading: "1,200,300", in: yen).minorUnits == 1_200_300)
        #expect(throws: MoneyError.tooManyDecimals("0.200", yen)) { try Money(reading: "0.200", in: yen) }
        #expect(try Money(reading: "1.200", in: dinar).minorUnits == 1200 && Money(reading: "1.200,000", in: dinar).minorUnits == 1_200_000)
    }

    @Test func `an amount in another currency is refused, and a hint shows what can be written`() throws {
        #expect(throws: MoneyError.currencyMismatch(.eur, try #require(Currency("usd")))) { try Money(reading: "3.50 USD", in: .eur) }
        #expect(throws: MoneyError.currencyMismatch(try #require(Currency("jpy")), .eur)) {
            try Money(reading: "3 €", in: Currency("jpy")!)
        }
        let (dollar, franc) = (try #require(Currency("cad")), try #require(Currency("chf")))
        #expect(
            try Money(reading: "$1,200.00", in: dollar).minorUnits == 120_000 && Money(reading: "Fr. 5.50", in: franc).minorUnits == 550)
        #expect(try Money(reading: "¥1,200", in: try #require(Currency("jpy"))).minorUnits == 1200)
        #expect(throws: MoneyError.currencyMismatch(.eur, try #require(Currency("gbp")))) { try Money(reading: "£5.50", in: .eur) }
        #expect(MoneyError.unreadable("x", .eur).hint == "Write it like 300.00 or 1,200.00.")
        #expect(MoneyError.unreadable("x", .eur).german.hint == "Schreiben Sie ihn wie 300,00 oder 1.200,00.")
    }

    @Test func `an amount prints with the decimals of its currency`() throws {
        #expect(Self.eur(34330).description == "343.30 EUR")
        #expect(Self.eur(-5).plain == "-0.05")
        #expect(Money(minorUnits: 1234, currency: try #require(Currency("jpy"))).plain == "1234")
        #expect(Money(minorUnits: 12, currency: try #require(Currency("kwd"))).plain == "0.012")
    }
}
