import TestSupport
import Testing

@testable import Ledger

@Suite struct `The monthly statement` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    private static func row(_ kind: BalanceMovement.Kind, _ amount: Int64, fee: Int64 = 0) -> StripeMonth.Row {
        StripeMonth.Row(
            kind: kind, type: kind.rawValue, method: kind == .charge ? .card : nil, count: 1, amount: eur(amount), fee: eur(fee), late: 0)
    }

    @Test func `December: two charges of 343.30, fees 5.65, payout 337.65, nothing left`() throws {
        let month = try StripeMonth(rows: [Self.row(.charge, 34330, fee: 565), Self.row(.payout, -33765)], opening: .zero(.eur))
        #expect(month.closing.isZero)
        #expect(month.fees == Self.eur(565))
    }

    @Test func `fees of movements and fees that are movements are all of Stripe's fees`() throws {
        let rows = [Self.row(.charge, 34330, fee: 565), Self.row(.fee, -200), Self.row(.dispute, -34330, fee: 2000), Self.row(.fee, 50)]
        let month = try StripeMonth(rows: rows, opening: Self.eur(10_000))
        #expect(month.fees == Self.eur(2715))
        #expect(month.closing == Self.eur(10_000 - 2715))
    }

    @Test(arguments: UInt64(0)..<20)
    func `opening and what happened is closing`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        for _ in 0..<100 {
            var opening = Self.eur(Int64.random(in: -9999...9999, using: &random))
            for _ in 0..<3 {
                let rows = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                    Self.row(
                        BalanceMovement.Kind.allCases.randomElement(using: &random)!, Int64.random(in: -9999...9999, using: &random),
                        fee: Int64.random(in: -99...99, using: &random))
                }
                let month = try StripeMonth(rows: rows, opening: opening)
                // opening + charges + refunds + disputes + other + payouts - all fees = closing
                let moved = rows.filter { $0.kind != .fee }.reduce(0) { $0 + $1.amount.minorUnits }
                #expect(opening.minorUnits + moved - month.fees.minorUnits == month.closing.minorUnits)
                opening = month.closing
            }
        }
    }

    @Test func `a month that cannot be summed is an error`() {
        #expect(throws: MoneyError.overflow) { try StripeMonth(rows: [Self.row(.charge, .max)], opening: Self.eur(1)) }
    }
}
