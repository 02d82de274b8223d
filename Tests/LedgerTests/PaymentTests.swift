import TestSupport
import Testing

@testable import Ledger

@Suite struct `Payments and the news about them` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static func payment(_ origin: Payment.Origin = .page, _ state: Payment.State = .requested) -> Payment {
        Payment(number: 1, origin: origin, method: .card, amount: eur(4330), state: state)
    }

    private static let waiting = IntentObservation(id: "pi_2", status: .waiting, amount: 4330)
    private static let declined = IntentObservation(id: "pi_2", status: .waiting, amount: 4330, failure: .declined("generic_decline"))
    private static let processing = IntentObservation(id: "pi_2", status: .processing, amount: 4330, method: .sofort)
    private static let paid = IntentObservation(id: "pi_2", status: .succeeded, amount: 4330, received: 4330)
    private static let canceled = IntentObservation(id: "pi_2", status: .canceled, amount: 4330)
    private static let held = IntentObservation(id: "pi_2", status: .requiresCapture, amount: 4330, capturable: 4330)
    private static let unknown = IntentObservation(id: "pi_2", status: .unknown, amount: 4330, received: 4330)

    @Test(arguments: Payment.State.allCases, [Payment.Origin.page, .savedCard])
    func `each state meets each news as the table says`(state: Payment.State, origin: Payment.Origin) {
        for facts in [Self.waiting, Self.declined, Self.processing, Self.paid, Self.canceled, Self.held, Self.unknown] {
            var payment = Self.payment(origin, state)
            let before = payment
            let money = payment.observe(facts)
            let expected: Payment.State =
                switch (state, facts.status) {
                case (.succeeded, _): .succeeded
                case (_, .succeeded): .succeeded
                case (.failed, _), (_, .canceled): .failed
                case (_, .processing): .processing
                case (_, .waiting) where facts.failure != nil: origin == .page && state == .requested ? .requested : .failed
                default: state
                }
            #expect(payment.state == expected)
            #expect(money.minorUnits == (expected == .succeeded && state != .succeeded ? 4330 : 0))
            if state == .succeeded { #expect(payment == before) }
            #expect(payment.received == money)
        }
    }

    @Test func `Sofort is not paid until it settles`() {
        var payment = Self.payment()
        #expect(payment.observe(Self.processing).isZero)
        #expect(payment.state == .processing && payment.received.isZero && payment.method == .sofort)
        #expect(payment.observe(Self.waiting).isZero)
        #expect(payment.state == .processing, "older news took a payment off its way")
        #expect(payment.observe(Self.paid) == Self.eur(4330))
        #expect(payment.state == .succeeded && payment.received == Self.eur(4330) && payment.refundable == 4330)
    }

    @Test func `a refused attempt without the guest is over; on the page the guest may try again`() {
        var alone = Self.payment(.savedCard)
        _ = alone.observe(Self.waiting)
        #expect(alone.state == .requested)
        _ = alone.observe(Self.declined)
        #expect(alone.state == .failed && alone.failure == Self.declined.failure)
        var page = Self.payment(.page)
        _ = page.observe(Self.declined)
        #expect(page.state == .requested && page.failure == Self.declined.failure)
        _ = page.observe(Self.paid)
        #expect(page.state == .succeeded && page.failure == nil)
    }

    @Test func `what had succeeded can fail, once and for good, and counts nothing then`() {
        var payment = Self.payment()
        #expect(payment.fail(.notPaid).isZero && payment.state == .requested, "what never came does not go")
        _ = payment.observe(Self.paid)
        #expect(payment.taken == Self.eur(4330) && !payment.failedLater)
        #expect(payment.fail(.notPaid) == Self.eur(4330))
        #expect(payment.state == .failed && payment.failedLater && payment.failure == .notPaid)
        #expect(payment.received == Self.eur(4330) && payment.taken.isZero && payment.refundable == 0)
        let failed = payment
        for facts in [Self.paid, Self.waiting, Self.declined, Self.processing, Self.canceled] {
            #expect(payment.observe(facts).isZero && payment == failed, "its intent may say succeeded for good")
        }
        #expect(payment.fail(.notPaid).isZero)
    }

    @Test(arguments: [Payment.Origin.page, .savedCard])
    func `one that is cancelled was refused only if somebody refused it`(origin: Payment.Origin) {
        var left = Self.payment(origin)
        for facts in [Self.waiting, Self.canceled] { _ = left.observe(facts) }
        #expect(left.state == .failed && left.failure == .notPaid)
        #expect(left.statePhrase == Phrase("not made", "nicht zustande gekommen"))
        var refused = Self.payment(origin)
        for facts in [Self.declined, Self.canceled] { _ = refused.observe(facts) }
        #expect(refused.failure == Self.declined.failure && refused.statePhrase == Phrase("refused", "abgelehnt"))
    }

    @Test func `money that comes after a failure is still counted`() {
        var payment = Self.payment(.savedCard, .failed)
        #expect(payment.observe(Self.paid) == Self.eur(4330))
        #expect(payment.state == .succeeded)
    }

    private static let stories: [(facts: [IntentObservation], end: Payment.State, taken: Int64)] = [
        ([waiting, declined, paid], .succeeded, 4330),
        ([waiting, processing, paid], .succeeded, 4330),
        ([waiting, processing], .processing, 0),
        ([waiting, declined, canceled], .failed, 0),
        ([waiting, processing, canceled], .failed, 0),
    ]

    @Test(arguments: 0..<5, [Payment.Origin.page, .savedCard])
    func `late, repeated and reordered news leads to the same end, and money is counted once`(story: Int, origin: Payment.Origin) {
        let (facts, end, taken) = Self.stories[story]
        var random = Noise(seed: UInt64(story))
        for _ in 0..<1000 {
            var news = facts + [Self.unknown, Self.held]
            for _ in 0..<Int.random(in: 0...6, using: &random) { news.append(facts.randomElement(using: &random)!) }
            news.shuffle(using: &random)
            var payment = Self.payment(origin)
            let money = news.reduce(0) { $0 + payment.observe($1).minorUnits }
            #expect(payment.state == end)
            #expect(money == taken && payment.received == Self.eur(taken))
        }
    }
}
