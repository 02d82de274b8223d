import TestSupport
import Testing

@testable import Ledger

@Suite struct `The plan of a check-out` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let now = Instant(unixSeconds: 1_790_000_000)

    private static func hold(
        _ units: Int64, number: Int64 = 1, state: Hold.State = .authorised, until: Int64 = 3600, mayIncrement: Bool = false,
        ceiling: Int64? = nil
    ) -> Hold {
        var hold = Hold(number: number, origin: .page, method: .card, amount: eur(units), state: state)
        hold.authorised = eur(units)
        hold.captureBefore = now.adding(seconds: until)
        hold.intent = "pi_\(number)"
        hold.card = Hold.CardDetails(brand: "visa", last4: "4242", mayIncrement: mayIncrement, ceiling: ceiling)
        return hold
    }

    private static func payment(_ units: Int64, number: Int64 = 1, state: Payment.State = .succeeded, refunded: Int64 = 0) -> Payment {
        var payment = Payment(number: number, origin: .page, method: .card, amount: eur(units), state: state)
        if state == .succeeded { payment.received = eur(units) }
        payment.refunded = eur(refunded)
        return payment
    }

    private static func facts(
        _ charged: Int64, holds: [Hold] = [], payments: [Payment] = [], refunds: [Refund] = [], savedCard: String? = "pm_1",
        minimum: Int64 = 50,
        lines: Int = 6, reference: String = "R-4711", now: Instant = now
    ) -> CheckOutInput {
        CheckOutInput(
            reference: reference, currency: .eur, charged: eur(charged), lineCount: lines, holds: holds, payments: payments,
            refunds: refunds,
            savedCard: savedCard, minimum: minimum, now: now)
    }

    @Test func `is the same before and after Stripe tells the end of a hold that has expired by the clock`() throws {
        let expired = try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000, until: -1)]))
        let told = try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000, state: .expired, until: -1)]))
        #expect(expired.id == told.id && expired.steps == told.steps && expired.warnings == told.warnings)
        #expect(try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000)])).id != told.id)
    }

    @Test func `warns of a folio on which nothing is charged, unless the stay is called off, and is the same plan`() throws {
        let held = [Self.hold(30000)]
        let empty = Self.facts(0, holds: held, lines: 0)
        let plan = try CheckOutPlan(empty)
        #expect(plan.warnings == [.nothingCharged] && plan.steps == [.release(hold: 1, amount: 30000)])
        let cancelled = try CheckOutPlan(Self.facts(0, holds: held, lines: 2))
        #expect(cancelled.warnings == [.nothingCharged] && cancelled.id != plan.id, "two lines that cancel each other charge nothing")
        let calledOff = CheckOutInput(
            reference: empty.reference, currency: empty.currency, charged: empty.charged, lineCount: 0, isCalledOff: true, holds: held,
            payments: [], refunds: [], savedCard: empty.savedCard, minimum: empty.minimum, now: empty.now)
        #expect(try CheckOutPlan(calledOff).warnings.isEmpty && CheckOutPlan(calledOff).id == plan.id)
    }

    // MARK: - The table

    @Test func `343.30 due, 300.00 held: capture, charge the saved card, and if it refuses a payment page`() throws {
        let plan = try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000)]))
        #expect(plan.due == 34330 && plan.rest == 0 && plan.warnings.isEmpty)
        #expect(plan.steps == [.capture(hold: 1, amount: 30000), .chargeSavedCard(amount: 4330)])
        let after = CheckOutPlan.afterRefusal(of: plan.steps[1], following: [], savedCard: true, minimum: 50)
        #expect(after == [.paymentPage(amount: 4330)], "a card that has just refused is not asked again")
    }

    @Test(arguments: [true, false]) func `a hold on a lost card is neither raised nor captured beyond what is held`(mayIncrement: Bool)
        throws
    {
        var hold = Self.hold(30000, mayIncrement: mayIncrement, ceiling: 34500)
        hold.cardIsRemoved = true
        let plan = try CheckOutPlan(Self.facts(34330, holds: [hold], savedCard: nil))
        #expect(plan.steps == [.capture(hold: 1, amount: 30000), .paymentPage(amount: 4330)])
    }

    @Test func `250.00 due, 300.00 held: capture 250.00`() throws {
        let plan = try CheckOutPlan(Self.facts(25000, holds: [Self.hold(30000)]))
        #expect(plan.steps == [.capture(hold: 1, amount: 25000)] && plan.rest == 0)
    }

    @Test func `nothing due, 300.00 held: release`() throws {
        let plan = try CheckOutPlan(Self.facts(0, holds: [Self.hold(30000)]))
        #expect(plan.steps == [.release(hold: 1, amount: 30000)] && plan.due == 0 && plan.rest == 0)
    }

    @Test func `120.00 due, 150.00 paid: refund 30.00`() throws {
        let plan = try CheckOutPlan(Self.facts(12000, payments: [Self.payment(15000)]))
        #expect(plan.steps == [.refund(payment: 1, amount: 3000)] && plan.due == -3000 && plan.rest == 0)
    }

    @Test func `343.30 due, the hold expired: charge all of it to the saved card`() throws {
        for hold in [Self.hold(30000, state: .expired), Self.hold(30000, until: 0)] {
            let plan = try CheckOutPlan(Self.facts(34330, holds: [hold]))
            #expect(plan.steps == [.chargeSavedCard(amount: 34330)] && plan.rest == 0)
            #expect(plan.warnings == [.holdExpired(hold: 1)])
        }
        #expect(try CheckOutPlan(Self.facts(34330, savedCard: nil)).steps == [.paymentPage(amount: 34330)])
    }

    @Test func `0.30 due is below the least amount: nothing is taken, the rest is shown`() throws {
        let plan = try CheckOutPlan(Self.facts(30))
        #expect(plan.steps.isEmpty && plan.rest == 30 && plan.warnings == [.belowMinimum(30)])
        let held = try CheckOutPlan(Self.facts(30, holds: [Self.hold(30000)]))
        #expect(held.steps == [.release(hold: 1, amount: 30000)] && held.rest == 30)
    }

    // MARK: - More than the table

    @Test func `a hold that may be raised is raised; if the bank refuses, the old amount and the card remain`() throws {
        let plan = try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000, mayIncrement: true)]))
        #expect(plan.steps == [.increment(hold: 1, from: 30000, to: 34330), .capture(hold: 1, amount: 34330)])
        let after = CheckOutPlan.afterRefusal(of: plan.steps[0], following: Array(plan.steps[1...]), savedCard: true, minimum: 50)
        #expect(after == [.capture(hold: 1, amount: 30000), .chargeSavedCard(amount: 4330)])
    }

    @Test func `a few cents too small for a payment of their own are still taken by raising the hold`() throws {
        let plan = try CheckOutPlan(Self.facts(30030, holds: [Self.hold(30000, mayIncrement: true)]))
        #expect(plan.steps == [.increment(hold: 1, from: 30000, to: 30030), .capture(hold: 1, amount: 30030)] && plan.rest == 0)
        let after = CheckOutPlan.afterRefusal(of: plan.steps[0], following: [plan.steps[1]], savedCard: true, minimum: 50)
        #expect(after == [.capture(hold: 1, amount: 30000)])
    }

    @Test func `a ceiling is used up to the last cent, and not beyond`() throws {
        #expect(try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000, ceiling: 34500)])).steps == [.capture(hold: 1, amount: 34330)])
        #expect(
            try CheckOutPlan(Self.facts(40000, holds: [Self.hold(30000, ceiling: 34500)])).steps
                == [.capture(hold: 1, amount: 34500), .chargeSavedCard(amount: 5500)])
    }

    @Test func `one capture is better than two, the largest hold comes first, and what is not needed is let go`() throws {
        let holds = [Self.hold(10000), Self.hold(30000, number: 2), Self.hold(20000, number: 3)]
        #expect(
            try CheckOutPlan(Self.facts(15000, holds: holds)).steps
                == [.capture(hold: 3, amount: 15000), .release(hold: 2, amount: 30000), .release(hold: 1, amount: 10000)])
        #expect(
            try CheckOutPlan(Self.facts(45000, holds: holds)).steps
                == [.capture(hold: 2, amount: 30000), .capture(hold: 3, amount: 15000), .release(hold: 1, amount: 10000)])
    }

    @Test func `a capture that is refused lets go before anything else is asked of the guest`() {
        let after = CheckOutPlan.afterRefusal(
            of: .capture(hold: 1, amount: 30000), following: [.chargeSavedCard(amount: 4330)], savedCard: true, minimum: 50)
        #expect(after == [.release(hold: 1, amount: 30000), .chargeSavedCard(amount: 30000), .chargeSavedCard(amount: 4330)])
    }

    @Test func `what is on its way counts as paid, and is not given back before it came`() throws {
        let on = Self.payment(15000, number: 2, state: .processing)
        let plan = try CheckOutPlan(Self.facts(20000, payments: [on]))
        #expect(plan.due == 5000 && plan.steps == [.chargeSavedCard(amount: 5000)] && plan.warnings == [.paymentProcessing(15000)])
        let twice = try CheckOutPlan(Self.facts(15000, payments: [Self.payment(15000), on]))
        #expect(twice.steps.isEmpty && twice.rest == -15000)
        #expect(twice.warnings == [.paymentProcessing(15000), .notRefundable(15000, why: nil)])
    }

    @Test func `a refund that is asked for is not asked for again`() throws {
        let asked = Refund(number: 1, payment: 1, amount: Self.eur(3000), reason: "Kulanz")
        let plan = try CheckOutPlan(Self.facts(12000, payments: [Self.payment(15000, refunded: 3000)], refunds: [asked]))
        #expect(plan.steps.isEmpty && plan.due == 0 && plan.rest == 0)
        // A refund asked for too much is not a reason to take money before it went.
        let settled = try CheckOutPlan(Self.facts(15000, payments: [Self.payment(15000, refunded: 3000)], refunds: [asked]))
        #expect(settled.steps.isEmpty && settled.due == 0)
    }

    private static func back(
        _ units: Int64, number: Int64 = 1, of payment: Int64 = 1, _ state: Refund.State = .succeeded, bill: Refund.Bill?
    ) -> Refund {
        Refund(number: number, payment: payment, amount: eur(units), state: state, reason: "noise", bill: bill)
    }

    @Test func `107.00 paid and billed, 50.00 given back and the bill unchanged: nothing is taken until somebody decides`() throws {
        func plan(_ bill: Refund.Bill?, charged: Int64 = 10700, _ state: Refund.State = .succeeded) throws -> CheckOutPlan {
            try CheckOutPlan(
                Self.facts(
                    charged, payments: [Self.payment(10700, refunded: state == .failed ? 0 : 5000)],
                    refunds: [Self.back(5000, state, bill: bill)]))
        }
        for state: Refund.State in [.pending, .succeeded] {
            let aside = try plan(.unchanged, state)
            #expect(aside.due == 0 && aside.steps.isEmpty && aside.rest == 0 && aside.setAside == 5000)
            #expect(aside.warnings == [.refundSetAside(5000)])
            #expect(try plan(.chargeAgain, state).steps == [.chargeSavedCard(amount: 5000)])
            #expect(try plan(.lowered, charged: 5700, state).steps == [] && plan(.lowered, charged: 5700, state).due == 0)
            let more = try plan(.unchanged, charged: 16650, state)
            #expect(more.due == 5950 && more.setAside == 5000 && more.steps == [.chargeSavedCard(amount: 5950)])
            let less = try plan(.unchanged, charged: 7700, state)
            #expect(less.due == 0 && less.setAside == 2000 && less.steps.isEmpty)
            let nothing = try plan(.unchanged, charged: 0, state)
            #expect(nothing.due == -5700 && nothing.setAside == 0 && nothing.steps == [.refund(payment: 1, amount: 5700)])
        }
        // What is only asked for has not left yet, and what failed has come back.
        #expect(try plan(.unchanged, charged: 20700, .requested).due == 10000)
        #expect(try plan(.lowered, charged: 5700, .requested).due == 0)
        let failed = try plan(.unchanged, .failed)
        #expect(failed.due == 0 && failed.setAside == 0 && failed.warnings.isEmpty)
        #expect(try plan(.lowered, charged: 5700, .failed).steps == [.refund(payment: 1, amount: 5000)])
        #expect(try plan(.unchanged).id != plan(.chargeAgain).id)
    }

    @Test func `what is set aside and a payment on its way are not taken from each other`() throws {
        let payments = [Self.payment(10700, refunded: 5000), Self.payment(3000, number: 2, state: .processing)]
        let plan = try CheckOutPlan(Self.facts(10700, payments: payments, refunds: [Self.back(5000, bill: .unchanged)]))
        #expect(plan.due == 0 && plan.setAside == 2000 && plan.steps.isEmpty)
    }

    @Test func `a payment that cannot be given back is passed over, and what is left is an open credit with its reason`() throws {
        var contested = Self.payment(15000, number: 2)
        contested.refundRefusal = .contested
        let others = try CheckOutPlan(Self.facts(22000, payments: [Self.payment(10000), contested]))
        #expect(others.steps == [.refund(payment: 1, amount: 3000)] && others.rest == 0 && others.warnings.isEmpty)
        let alone = try CheckOutPlan(Self.facts(12000, payments: [contested]))
        #expect(alone.due == -3000 && alone.steps.isEmpty && alone.rest == -3000)
        #expect(alone.warnings == [.notRefundable(3000, why: .contested)])
        var closed = contested
        closed.refundRefusal = .notRefundable("expired_or_canceled_card")
        #expect(try CheckOutPlan(Self.facts(12000, payments: [closed])).id != alone.id)
    }

    @Test func `a refund that is refused goes back over the payments that are left, each asked once`() {
        let payments = [Self.payment(5000), Self.payment(6000, number: 2)]
        let after = CheckOutPlan.afterRefusal(
            of: .refund(payment: 3, amount: 3000), following: [.refund(payment: 2, amount: 4000)], savedCard: true, minimum: 50,
            payments: payments)
        #expect(after == [.refund(payment: 2, amount: 6000), .refund(payment: 1, amount: 1000)])
        #expect(CheckOutPlan.afterRefusal(of: .refund(payment: 3, amount: 3000), following: [], savedCard: true, minimum: 50) == [])
    }

    @Test func `without a least amount nothing is taken in steps of nothing`() throws {
        let holds = [Self.hold(10000), Self.hold(30000, number: 2)]
        #expect(
            try CheckOutPlan(Self.facts(40000, holds: holds + [Self.hold(0, number: 3)], minimum: 0)).steps
                == [.capture(hold: 2, amount: 30000), .capture(hold: 1, amount: 10000), .release(hold: 3, amount: 0)])
    }

    // MARK: - The id

    @Test func `the id changes with everything the plan depends on`() throws {
        let holds = [Self.hold(30000)]
        let payments = [Self.payment(5000)]
        let paid = { (change: (inout Payment) -> Void) in
            var payment = Self.payment(5000)
            change(&payment)
            return [payment]
        }
        var other = Self.hold(30000)
        other.intent = "pi_9"
        let changed = [
            Self.facts(39330, holds: [other], payments: payments),
            Self.facts(39331, holds: holds, payments: payments), Self.facts(39330, holds: holds, payments: payments, lines: 8),
            Self.facts(39330, holds: [Self.hold(30001)], payments: payments),
            Self.facts(39330, holds: [Self.hold(30000, number: 2)], payments: payments),
            Self.facts(39330, holds: [Self.hold(30000, mayIncrement: true)], payments: payments),
            Self.facts(39330, holds: [Self.hold(30000, ceiling: 30100)], payments: payments),
            Self.facts(39330, holds: [], payments: payments),
            Self.facts(39330, holds: holds), Self.facts(39330, holds: holds, payments: payments, savedCard: nil),
            Self.facts(39330, holds: holds, payments: payments, savedCard: "pm_2"),
            Self.facts(39330, holds: holds, payments: payments, minimum: 60),
            Self.facts(39330, holds: holds, payments: payments, reference: "R-4712"),
            Self.facts(39330, holds: holds, payments: payments, now: Self.now.adding(seconds: 3600)),
            Self.facts(39330, holds: holds, payments: paid { $0.refunded = Self.eur(1) }),
            Self.facts(39330, holds: holds, payments: paid { $0.received = Self.eur(4999) }),
            Self.facts(39330, holds: holds, payments: payments + [Self.payment(100, number: 2, state: .processing)]),
        ]
        let ids = try ([Self.facts(39330, holds: holds, payments: payments)] + changed).map { try CheckOutPlan($0).id }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.count == 16 })
        // A payment that failed is none.
        let failed = Self.facts(39330, holds: holds, payments: paid { $0.state = .failed })
        #expect(try CheckOutPlan(failed).id == CheckOutPlan(Self.facts(39330, holds: holds)).id)
    }

    @Test func `the id stays while nothing changes, however much time passes`() throws {
        let first = try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000)]))
        #expect(try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000)], now: Self.now.adding(seconds: 3599))) == first)
    }

    @Test func `a page that nobody has used and a hold that is over leave the id as it is`() throws {
        let before = try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000)]))
        for state: Hold.State in [.requested, .captured, .released, .failed] {
            #expect(
                try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000), Self.hold(100, number: 2, state: state)])).id == before.id)
        }
        for state: Payment.State in [.requested, .failed] {
            let payments = [Self.payment(100, state: state)]
            #expect(try CheckOutPlan(Self.facts(34330, holds: [Self.hold(30000)], payments: payments)).id == before.id)
        }
    }

    // MARK: - The law

    /// For random folios and every outcome that chance brings.
    @Test(arguments: UInt64(0)..<100)
    func `captured + charged + linked - refunded + rest = due, whatever is refused`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        for _ in 0..<100 {
            let facts = Self.randomInput(&random)
            let plan = try CheckOutPlan(facts)
            let again = try CheckOutPlan(facts)
            #expect(plan == again)
            #expect(plan.due - plan.steps.reduce(0) { $0 + $1.moves } == plan.rest)
            let totals = try FolioTotals(
                charged: facts.charged, holds: facts.holds, payments: facts.payments, refunds: facts.refunds, now: facts.now)
            let undecided = facts.refunds.filter(\.isUndecided).reduce(0) { $0 + $1.amount.minorUnits }
            #expect(plan.setAside >= 0 && plan.setAside <= undecided)
            #expect(plan.setAside == 0 || max(0, plan.due) + plan.setAside == totals.open.minorUnits - totals.processing.minorUnits)
            #expect(plan.due <= max(0, totals.open.minorUnits - totals.processing.minorUnits - plan.setAside), "takes what is set aside")
            #expect(plan.rest < facts.minimum || facts.minimum == 0 && plan.rest <= 0, "\(plan.rest) could be collected")
            let odds = Int.random(in: 1...6, using: &random)
            var bank = Bank(facts, due: plan.due)
            bank.run(plan.steps) { _ in random.one(in: odds) }
            #expect(bank.complaints.isEmpty, "\(bank.complaints) \(facts)")
        }
        var everything = Noise(seed: seed)
        let facts = Self.randomInput(&everything)
        let plan = try CheckOutPlan(facts)
        var refusing = Bank(facts, due: plan.due)
        refusing.run(plan.steps) { _ in true }
        #expect(refusing.complaints.isEmpty && refusing.taken == 0 && refusing.refunded == 0)
        var agreeing = Bank(facts, due: plan.due)
        agreeing.run(plan.steps) { _ in false }
        #expect(agreeing.complaints.isEmpty && agreeing.taken - agreeing.refunded + plan.rest == plan.due)
    }

    private static func randomInput(_ random: inout Noise) -> CheckOutInput {
        let amounts: [ClosedRange<Int64>] = [0...0, 1...99, 100...60000, 100...60000]
        func amount() -> Int64 { Int64.random(in: amounts.randomElement(using: &random)!, using: &random) }
        let holds = (0..<Int64.random(in: 0...4, using: &random)).map { index in
            let units = amount()
            let state = random.one(in: 3) ? Hold.State.allCases.randomElement(using: &random)! : .authorised
            return hold(
                units, number: index + 1, state: state, until: random.one(in: 4) ? -1 : 60, mayIncrement: random.one(in: 2),
                ceiling: random.one(in: 2) ? units + Int64.random(in: 0...9000, using: &random) : nil)
        }
        var refunds: [Refund] = []
        let payments = (0..<Int64.random(in: 0...3, using: &random)).map { index in
            var payment = payment(amount(), number: index + 1, state: Payment.State.allCases.randomElement(using: &random)!)
            if payment.received.isPositive, random.one(in: 2) {
                let back = Int64.random(in: 1...payment.received.minorUnits, using: &random)
                let state = Refund.State.allCases.randomElement(using: &random)!
                let bill = random.one(in: 2) ? nil : Refund.Bill.allCases.randomElement(using: &random)
                refunds.append(Refund(number: index + 1, payment: index + 1, amount: eur(back), state: state, reason: "x", bill: bill))
                if state != .failed { payment.refunded = eur(back) }
            }
            if random.one(in: 4) { payment.refundRefusal = random.one(in: 2) ? .contested : .said("the window is over") }
            return payment
        }
        return facts(
            amount() + (random.one(in: 2) ? amount() : 0), holds: holds, payments: payments, refunds: refunds,
            savedCard: random.one(in: 2) ? "pm_1" : nil,
            minimum: [0, 1, 50, 50, 50, 1500].randomElement(using: &random)!)
    }
}
