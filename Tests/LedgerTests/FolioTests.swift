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
        #expect(totals.captured == Self.eur(100) && totals.processing == Self.eur(100) && totals.refunded == Self.eur(20))
        #expect(totals.open == Self.eur(920) && totals.uncovered == Self.eur(820))
    }

    @Test func `what a bank withdrew is owed again, and neither needs cover nor is planned for`() throws {
        var payment = Self.payment(10700)
        (payment.withdrawn, payment.lost) = (Self.eur(10700), Self.eur(10700))
        func totals(_ charged: Int64) throws -> FolioTotals {
            try FolioTotals(charged: Self.eur(charged), holds: [], payments: [payment], refunds: [], now: Self.now)
        }
        #expect(try totals(10700).open == Self.eur(10700) && totals(10700).unpaid.isZero && totals(10700).uncovered.isZero)
        #expect(try totals(8000).open == Self.eur(8000) && totals(8000).openCredit.isZero, "the bank has given back more than was owed")
        #expect(try totals(11700).uncovered == Self.eur(1000))
        payment.writtenOff = Self.eur(10000)
        #expect(try totals(10700).open == Self.eur(700) && totals(10700).writtenOff == Self.eur(10000))
    }

    @Test func `what went back while the bill stayed as it was is set aside, and needs no cover`() throws {
        let refunds = [
            Refund(number: 1, payment: 1, amount: Self.eur(5000), state: .succeeded, reason: "x", bill: .unchanged),
            Refund(number: 2, payment: 1, amount: Self.eur(700), state: .pending, reason: "x", bill: .unchanged),
            Refund(number: 3, payment: 1, amount: Self.eur(1000), state: .succeeded, reason: "x", bill: .chargeAgain),
            Refund(number: 4, payment: 1, amount: Self.eur(1000), state: .failed, reason: "x", bill: .unchanged),
        ]
        func totals(_ charged: Int64) throws -> FolioTotals {
            try FolioTotals(charged: Self.eur(charged), holds: [], payments: [Self.payment(10700)], refunds: refunds, now: Self.now)
        }
        #expect(try totals(10700).open == Self.eur(6700) && totals(10700).setAside == Self.eur(5700))
        #expect(try totals(10700).uncovered == Self.eur(1000))
        #expect(try totals(6000).setAside == Self.eur(2000) && totals(6000).uncovered.isZero, "never more than is open")
        #expect(try totals(0).setAside.isZero)
    }

    @Test func `an allowance settles what is set aside as far as it is open`() throws {
        let refunds = [Refund(number: 1, payment: 1, amount: Self.eur(2000), state: .succeeded, reason: "x", bill: .unchanged)]
        func aside(_ movements: [FolioMovement], charged: Int64) throws -> Money {
            try FolioTotals(
                charged: Self.eur(charged), holds: [], payments: [Self.payment(10000)], refunds: refunds, movements: movements,
                now: Self.now
            ).setAside
        }
        let paidAhead: [FolioMovement] = [.payment(10000), .charge(500), .refund(number: 1), .allowance(500)]
        #expect(try aside(paidAhead + [.charge(10900)], charged: 10900) == Self.eur(2000), "nothing was open yet")
        let billed: [FolioMovement] = [.payment(10000), .charge(10000), .refund(number: 1), .allowance(500)]
        #expect(try aside(billed, charged: 9500) == Self.eur(1500))
        #expect(try aside(billed + [.charge(3000)], charged: 12500) == Self.eur(1500))
    }

    @Test func `a payment that was found settles what is due, and nothing that is set aside`() throws {
        func refund(_ number: Int64, _ payment: Int64, _ units: Int64) -> Refund {
            Refund(number: number, payment: payment, amount: Self.eur(units), state: .succeeded, reason: "x", bill: .unchanged)
        }
        func aside(_ second: FolioMovement) throws -> Money {
            // A line of 7.00 was there before the second payment, and was entered again after it was found.
            try FolioTotals(
                charged: Self.eur(11400), holds: [], payments: [Self.payment(500), Self.payment(10900)],
                refunds: [refund(1, 1, 500), refund(2, 2, 10900)],
                movements: [
                    .charge(10700), .payment(500), .refund(number: 1), second, .refund(number: 2), .charge(700),
                ], now: Self.now
            ).setAside
        }
        #expect(try aside(.foundPayment(10900)) == Self.eur(11400), "all of it was given back, so nothing is due")
        #expect(try aside(.payment(10900)) == Self.eur(10900), "one that came after the refund pays what went back")
    }

    @Test func `a credit is open when no payment can be given back`() throws {
        var contested = Self.payment(15000)
        contested.refundRefusal = .contested
        func totals(_ payments: [Payment], _ refunds: [Refund] = []) throws -> FolioTotals {
            try FolioTotals(charged: Self.eur(12000), holds: [], payments: payments, refunds: refunds, now: Self.now)
        }
        #expect(try totals([Self.payment(15000)]).openCredit.isZero)
        #expect(try totals([contested]).openCredit == Self.eur(3000) && totals([contested]).openCreditReason == .contested)
        #expect(try totals([contested, Self.payment(1000)]).openCredit == Self.eur(3000))
        let asked = Refund(number: 1, payment: 1, amount: Self.eur(2000), reason: "x")
        #expect(try totals([contested], [asked]).openCredit == Self.eur(1000), "what is asked for is on its way")
    }

    @Test func `a credit leaves nothing uncovered`() throws {
        let totals = try FolioTotals(
            charged: Self.eur(12000), holds: [Self.hold(100)], payments: [Self.payment(15000)], refunds: [], now: Self.now)
        #expect(totals.open == Self.eur(-3000) && totals.uncovered.isZero)
    }
}
