import TestSupport
import Testing

@testable import Ledger

@Suite struct `Line items` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let day = Day("2026-11-20")!

    private static func charge(_ unit: Int64, quantity: Int64 = 1, after lines: [LineItem] = []) throws -> LineItem {
        try LineItem.charge(
            number: lines.nextNumber, LineTerms(.minibar, "Bier", eur(unit)), quantity: quantity, taxRate: nil, serviceDate: day,
            schedule: .germany)
    }

    @Test func `a charge takes the rate of its category on its service date, or the one given`() throws {
        let line = try Self.charge(350, quantity: 2)
        #expect(line.number == 1 && line.gross == Self.eur(700) && line.taxRate == TaxRate("19") && line.kind == .charge)
        let given = try LineItem.charge(
            number: [line].nextNumber, LineTerms(.minibar, "Nüsse", Self.eur(300)), quantity: 1, taxRate: TaxRate("7"),
            serviceDate: Self.day, schedule: .germany)
        #expect(given.number == 2 && given.taxRate == TaxRate("7"))
    }

    @Test func `a line takes from its item what it does not say itself`() throws {
        let beer = LineTerms(.minibar, "Bier", Self.eur(350))
        #expect(try PartialTerms().completed(by: beer, in: .eur) == beer)
        var said = PartialTerms()
        said.description = "Bier vom Fass"
        #expect(try said.completed(by: beer, in: .eur) == LineTerms(.minibar, "Bier vom Fass", Self.eur(350)))
        #expect(throws: LineRefusal.categoryMissing) { try said.completed(in: .eur) }
        said.category = .drinks
        #expect(try said.completed(in: .eur) == LineTerms(.drinks, "Bier vom Fass", Self.eur(0)))
    }

    @Test func `a charge is refused for what a slip of the finger gives`() throws {
        func charge(
            _ quantity: Int64 = 1, _ unit: Int64 = 100, _ text: String = "Bier", _ category: Category = .minibar, _ day: Day = Self.day
        ) throws -> LineItem {
            try LineItem.charge(
                number: 1, LineTerms(category, text, Self.eur(unit)), quantity: quantity, taxRate: nil, serviceDate: day,
                schedule: .germany)
        }
        for quantity: Int64 in [0, -1, 100_001] { #expect(throws: LineRefusal.quantityOutOfRange(quantity)) { try charge(quantity) } }
        for unit: Int64 in [0, -1, .min] { #expect(throws: LineRefusal.amountNotPositive(Self.eur(unit))) { try charge(1, unit) } }
        for text in ["", "  \n"] { #expect(throws: LineRefusal.emptyDescription) { try charge(1, 1, text) } }
        #expect(throws: LineRefusal.amountTooLarge(Self.eur(1_000_000_000_000))) { try charge(1, 1_000_000_000_000) }
        #expect(try charge(1, 999_999_999_999).gross == Self.eur(999_999_999_999))
        #expect(throws: MoneyError.overflow) { try charge(100_000, .max) }
        let early = try #require(Day("2006-12-31"))
        #expect(throws: LineRefusal.noTaxRate(.minibar, early)) { try charge(1, 100, "Bier", .minibar, early) }
    }

    @Test func `an allowance lowers a charge by no more than is left of it`() throws {
        var lines = [try Self.charge(1000)]
        lines.append(try lines.allowance(of: 1, amount: Self.eur(400), reason: "kalt"))
        #expect(lines[1].gross == Self.eur(-400) && lines[1].taxRate == lines[0].taxRate && lines[1].kind == .allowance(of: 1))
        #expect(throws: LineRefusal.allowanceTooLarge(line: 1, left: Self.eur(600))) {
            try lines.allowance(of: 1, amount: Self.eur(601), reason: "kalt")
        }
        // The allowance is taken back: the whole charge counts again.
        lines.append(try lines.reversal(of: 2, reason: "doch warm"))
        #expect(lines[2].gross == Self.eur(400))
        #expect(try lines.allowance(of: 1, amount: Self.eur(1000), reason: "Kulanz").gross == Self.eur(-1000))
    }

    @Test func `a reversal takes back what its allowances left, once`() throws {
        var lines = [try Self.charge(1000)]
        lines.append(try lines.allowance(of: 1, amount: Self.eur(400), reason: "kalt"))
        lines.append(try lines.reversal(of: 1, reason: "nicht bestellt"))
        #expect(lines[2].gross == Self.eur(-600))
        #expect(try Money.sum(lines.map(\.gross), in: .eur).isZero)
        #expect(throws: LineRefusal.alreadyReversed(1)) { try lines.reversal(of: 1, reason: "noch einmal") }
        // The allowance went with the charge.
        #expect(throws: LineRefusal.alreadyReversed(1)) { try lines.reversal(of: 2, reason: "auch das") }
        #expect(throws: LineRefusal.alreadyReversed(1)) { try lines.allowance(of: 1, amount: Self.eur(1), reason: "mehr") }
        #expect(throws: LineRefusal.notReversible(3)) { try lines.reversal(of: 3, reason: "zurück") }
    }

    @Test func `lowering and cancelling need a reason, a charge, and something left`() throws {
        var lines = [try Self.charge(1000)]
        #expect(throws: LineRefusal.reasonMissing) { try lines.allowance(of: 1, amount: Self.eur(1), reason: " ") }
        #expect(throws: LineRefusal.reasonMissing) { try lines.reversal(of: 1, reason: "") }
        #expect(throws: LineRefusal.noSuchLine(9)) { try lines.reversal(of: 9, reason: "x") }
        #expect(throws: LineRefusal.amountNotPositive(Self.eur(0))) { try lines.allowance(of: 1, amount: Self.eur(0), reason: "x") }
        let yen = try #require(Currency("jpy"))
        #expect(throws: MoneyError.currencyMismatch(.eur, yen)) {
            try lines.allowance(of: 1, amount: Money(minorUnits: 1, currency: yen), reason: "x")
        }
        lines.append(try lines.allowance(of: 1, amount: Self.eur(1000), reason: "Kulanz"))
        #expect(throws: LineRefusal.notACharge(2)) { try lines.allowance(of: 2, amount: Self.eur(1), reason: "x") }
        #expect(throws: LineRefusal.nothingLeft(1)) { try lines.reversal(of: 1, reason: "x") }
    }

    /// Whatever reception tries, each charge with what belongs to it stays between nothing and its price.
    @Test(arguments: UInt64(0)..<40)
    func `no sequence of allowances and reversals takes a charge below zero`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        for _ in 0..<20 {
            var lines: [LineItem] = []
            var reversed: Set<Int64> = []
            for _ in 0..<30 {
                let target = Int64.random(in: 1...max(1, lines.nextNumber), using: &random)
                let line: LineItem?
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    line = try Self.charge(
                        Int64.random(in: 1...500, using: &random), quantity: Int64.random(in: 1...3, using: &random), after: lines)
                case 1: line = try? lines.allowance(of: target, amount: Self.eur(Int64.random(in: 1...400, using: &random)), reason: "x")
                default:
                    line = try? lines.reversal(of: target, reason: "x")
                    if line != nil { #expect(reversed.insert(target).inserted, "line \(target) was reversed twice") }
                }
                guard let line else { continue }
                #expect(line.number == Int64(lines.count) + 1)
                lines.append(line)
            }
            for charge in lines where charge.kind == .charge {
                let left = Self.family(of: charge, in: lines).reduce(0) { $0 + $1.gross.minorUnits }
                #expect((0...charge.gross.minorUnits).contains(left))
                if reversed.contains(charge.number) { #expect(left == 0, "a reversed charge counts \(left)") }
                #expect(Set(Self.family(of: charge, in: lines).map { "\($0.category)\($0.taxRate)\($0.serviceDate)" }).count == 1)
            }
            #expect(lines.allSatisfy { !$0.gross.isZero })
        }
    }

    /// A charge, its allowances, and the reversals of any of them.
    private static func family(of charge: LineItem, in lines: [LineItem]) -> [LineItem] {
        var numbers: Set = [charge.number]
        return lines.filter { line in
            switch line.kind {
            case .charge: break
            case .allowance(let of), .reversal(let of): if numbers.contains(of) { numbers.insert(line.number) }
            }
            return numbers.contains(line.number)
        }
    }
}
