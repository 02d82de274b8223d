import Testing

@testable import Ledger

@Suite struct `A bill that is lowered by what goes back` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    private static func bill(_ charges: [(Category, Int64)]) throws -> [LineItem] {
        try charges.enumerated().map { index, charge in
            try LineItem(
                number: Int64(index + 1), kind: .charge, LineTerms(charge.0, charge.0.name, eur(charge.1)), quantity: 1,
                taxRate: TaxRate.none, serviceDate: Day("2026-11-20")!)
        }
    }

    private static let stay: [(Category, Int64)] = [(.drinks, 3000), (.lodging, 10700), (.visitorsTax, 20000), (.massage, 5950)]

    @Test func `is lowered on the line with the largest rest, then on the next, and on what is passed through last`() throws {
        let lines = try Self.bill(Self.stay)
        func allowed(_ units: Int64) throws -> [[Int64]] {
            try lines.allowances(of: Self.eur(units), reason: "noise").map { [$0.kind.original!, $0.gross.minorUnits] }
        }
        #expect(try allowed(5000) == [[2, -5000]])
        #expect(try allowed(10701) == [[2, -10700], [4, -1]])
        #expect(try allowed(20000) == [[2, -10700], [4, -5950], [1, -3000], [3, -350]])
        #expect(try lines.allowances(of: Self.eur(20000), reason: "noise").map(\.number) == [5, 6, 7, 8])
        #expect(try lines.allowances(of: Self.eur(1), reason: "noise").first?.reason == "noise")
    }

    @Test func `is lowered where something is left`() throws {
        var lines = try Self.bill([(.lodging, 10700), (.massage, 5950), (.drinks, 5950)])
        lines.append(try lines.allowance(of: 1, amount: Self.eur(10000), reason: "x"))
        lines.append(try lines.reversal(of: 2, reason: "x"))
        #expect(try lines.allowances(of: Self.eur(6000), reason: "y").map(\.kind) == [.allowance(of: 3), .allowance(of: 1)])
        #expect(throws: LineRefusal.billTooSmall(Self.eur(6650))) { try lines.allowances(of: Self.eur(6651), reason: "y") }
        #expect(throws: LineRefusal.billTooSmall(Self.eur(0))) { try [LineItem]().allowances(of: Self.eur(1), reason: "y") }
    }

    @Test func `is lowered on the line that is named, and on no other`() throws {
        let lines = try Self.bill(Self.stay)
        #expect(try lines.allowances(of: Self.eur(3000), reason: "x", on: 1).map(\.kind) == [.allowance(of: 1)])
        #expect(throws: LineRefusal.allowanceTooLarge(line: 1, left: Self.eur(3000))) {
            try lines.allowances(of: Self.eur(3001), reason: "x", on: 1)
        }
        #expect(throws: LineRefusal.noSuchLine(9)) { try lines.allowances(of: Self.eur(1), reason: "x", on: 9) }
    }

    @Test(arguments: ["won", "warning_needs_response", "warning_under_review", "warning_closed"])
    func `a payment can be given back while a bank only asks, and after a dispute is won`(state: String) {
        #expect(!DisputeState.barsRefunds(state))
    }

    @Test(arguments: ["needs_response", "under_review", "lost", "prevented", "some_new_state"])
    func `a payment cannot be given back while it is contested`(state: String) {
        #expect(DisputeState.barsRefunds(state))
    }
}
