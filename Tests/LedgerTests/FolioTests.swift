import Testing

@testable import Ledger

@Suite struct `Totals of a folio` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let now = Instant(unixSeconds: 1_790_000_000)

    private static func hold(_ units: Int64, _ state: Hold.State = .authorised, until: Int64 = 1) -> Hold {
        var hold = Hold(number: 1, origin: .page, method: .card, amount: eur(units), state: state)
        hold.authorised = eur(units)
        hold.captureBefore = now.adding(seconds: until)
        return hold
    }

    private static func payment(_ units: Int64, _ state: Payment.State = .succeeded) -> Payment {
        var payment = Payment(number: 1, origin: .page, method: .card, amount: eur(units), state: state)
        if state == .succeeded { payment.received = eur(units) }
        return payment
    }

    @Test func `a stay of 343.30 with a hold of 300.00 has 43.30 uncovered`() throws {
        let totals = try FolioTotals(charged: Self.eur(34330), holds: [Self.hold(30000)], payments: [], refunds: [], now: Self.now)
        #expect(totals.held == Self.eur(30000) && totals.captured.isZero && totals.open == Self.eur(34330))
        #expect(totals.uncovered == Self.eur(4330))
    }

    @Test(arguments: Hold.State.allCases)
    func `only an authorised hold is cover`(state: Hold.State) throws {
        let totals = try FolioTotals(charged: Self.eur(34330), holds: [Self.hold(30000, state)], payments: [], refunds: [], now: Self.now)
        #expect(totals.held == Self.eur(state == .authorised ? 30000 : 0))
        let late = try FolioTotals(
            charged: Self.eur(34330), holds: [Self.hold(30000, state, until: 0)], payments: [], refunds: [], now: Self.now)
        #expect(late.held.isZero && late.uncovered == Self.eur(34330), "a dead hold is shown as cover")
    }

    @Test func `a payment on its way covers but is not money, a refund counts when it is on its way, not when it failed`() throws {
        let refunds = Refund.State.allCases.map { Refund(number: 1, payment: 1, amount: Self.eur(10), state: $0, reason: "x") }
        let payments = Payment.State.allCases.map { Self.payment(100, $0) }
        let totals = try FolioTotals(charged: Self.eur(1000), holds: [], payments: payments, refunds: refunds, now: Self.now)
        #expect(totals.captured == Self.eur(100) && totals.pending == Self.eur(100) && totals.refunded == Self.eur(20))
        #expect(totals.open == Self.eur(920) && totals.uncovered == Self.eur(820))
    }

    @Test func `a credit leaves nothing uncovered`() throws {
        let totals = try FolioTotals(
            charged: Self.eur(12000), holds: [Self.hold(100)], payments: [Self.payment(15000)], refunds: [], now: Self.now)
        #expect(totals.open == Self.eur(-3000) && totals.uncovered.isZero)
    }
}
