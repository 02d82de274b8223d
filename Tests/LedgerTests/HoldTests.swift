import TestSupport
import Testing

@testable import Ledger

@Suite struct `Holds and the news about them` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let noon = Instant(unixSeconds: 1_790_000_000)
    private static let card = Hold.CardDetails(brand: "visa", last4: "4242")

    private static func hold() -> Hold { Hold(number: 1, origin: .page, method: .card, amount: eur(30000)) }

    private static let waiting = IntentObservation(id: "pi_1", status: .waiting, amount: 30000)
    private static let declined = IntentObservation(id: "pi_1", status: .waiting, amount: 30000, failure: .declined("generic_decline"))
    private static let held = IntentObservation(
        id: "pi_1", status: .requiresCapture, amount: 30000, capturable: 30000, captureBefore: noon, card: card, method: .card)
    private static let raised = IntentObservation(
        id: "pi_1", status: .requiresCapture, amount: 34330, capturable: 34330, captureBefore: noon, card: card, method: .card)
    private static let taken = IntentObservation(
        id: "pi_1", status: .succeeded, amount: 34330, received: 25000, captureBefore: noon, card: card, method: .card)
    private static let released = IntentObservation(id: "pi_1", status: .canceled, amount: 30000, captureBefore: noon, card: card)
    private static let given = IntentObservation(id: "pi_1", status: .canceled, amount: 30000)
    private static let expired = IntentObservation(
        id: "pi_1", status: .canceled, amount: 30000, expired: true, captureBefore: noon, card: card)
    private static let processing = IntentObservation(id: "pi_1", status: .processing, amount: 30000)
    private static let unknown = IntentObservation(id: "pi_1", status: .unknown, amount: 999, capturable: 999, received: 999)
    private static let all = [waiting, declined, held, raised, taken, released, given, expired, processing, unknown]

    @Test func `a hold of 300.00 is authorised, then captured to 250.00, and that is 250.00 taken`() {
        var hold = Self.hold()
        #expect(hold.observe(Self.held).isZero)
        #expect(hold.state == .authorised && hold.authorised == Self.eur(30000) && hold.captured.isZero && hold.captureBefore == Self.noon)
        #expect(hold.intent == "pi_1" && hold.card == Self.card)
        let part = IntentObservation(id: "pi_1", status: .succeeded, amount: 30000, received: 25000)
        #expect(hold.observe(part) == Self.eur(25000))
        #expect(hold.state == .captured && hold.captured == Self.eur(25000) && hold.authorised == Self.eur(30000))
        #expect(hold.observe(part).isZero)
    }

    @Test func `one that came to nothing was refused only if somebody refused it`() {
        var left = Self.hold()
        for facts in [Self.waiting, Self.given] { _ = left.observe(facts) }
        #expect(left.state == .failed && left.failure == .notPaid)
        var refused = Self.hold()
        for facts in [Self.declined, Self.given] { _ = refused.observe(facts) }
        #expect(refused.state == .failed && refused.failure == Self.declined.failure)
        var released = Self.hold()
        for facts in [Self.held, Self.released] { _ = released.observe(facts) }
        #expect(released.state == .released && released.failure == nil)
    }

    @Test(arguments: Hold.State.allCases)
    func `each state meets each news as the table says`(state: Hold.State) {
        for facts in Self.all {
            var hold = Self.hold()
            hold.state = state
            let before = hold
            let money = hold.observe(facts)
            // Money that was taken counts, whatever was concluded here without it.
            guard !state.isFinal || (state != .captured && facts.status == .succeeded) else {
                #expect(hold == before && money.isZero, "a final hold changed")
                continue
            }
            let expected: Hold.State =
                switch facts.status {
                // What another hold took the place of never covers again.
                case .requiresCapture: state == .replaced ? .replaced : .authorised
                case .succeeded: .captured
                case .canceled where facts.expired: .expired
                case .canceled: state == .authorised || state == .replaced || facts.captureBefore != nil ? .released : .failed
                case .waiting, .processing, .unknown: state
                }
            #expect(hold.state == expected)
            #expect(money.minorUnits == (expected == .captured ? facts.received : 0))
            #expect(hold.captured == money)
            #expect(hold.captured.minorUnits <= hold.authorised.minorUnits)
        }
    }

    /// The stories that Stripe can tell of one hold; each ends where its last fact says, however the news arrives.
    private static let stories: [(facts: [IntentObservation], end: Hold.State, taken: Int64)] = [
        ([waiting, declined, held], .authorised, 0),
        ([waiting, held, raised], .authorised, 0),
        ([waiting, declined, held, taken], .captured, 25000),
        ([waiting, held, raised, taken], .captured, 25000),
        ([waiting, held, released], .released, 0),
        ([waiting, declined, held, raised, expired], .expired, 0),
        ([waiting, declined, given], .failed, 0),
    ]

    @Test(arguments: 0..<7)
    func `late, repeated and reordered news leads to the same end, and money is counted once`(story: Int) {
        let (facts, end, taken) = Self.stories[story]
        var random = Noise(seed: UInt64(story))
        var inOrder = Self.hold()
        for fact in facts { _ = inOrder.observe(fact) }
        for _ in 0..<1000 {
            var news = facts + [Self.unknown, Self.processing]
            for _ in 0..<Int.random(in: 0...6, using: &random) { news.append(facts.randomElement(using: &random)!) }
            news.shuffle(using: &random)
            var hold = Self.hold()
            let money = news.reduce(0) { $0 + hold.observe($1).minorUnits }
            #expect(hold.state == end && inOrder.state == end)
            #expect(money == taken && hold.captured == Self.eur(taken))
            guard end == .authorised || end == .captured else { continue }
            #expect(hold.authorised == inOrder.authorised && hold.card == inOrder.card && hold.captureBefore == inOrder.captureBefore)
            #expect(end != .authorised || hold.failure == nil)
        }
    }

    @Test func `cover ends with the second that the bank named`() {
        var hold = Self.hold()
        #expect(!hold.isLive(at: Self.noon.adding(seconds: -1)))
        _ = hold.observe(Self.held)
        #expect(hold.isLive(at: Self.noon.adding(seconds: -1)))
        #expect(!hold.isLive(at: Self.noon))
        hold.captureBefore = nil
        #expect(hold.isLive(at: Self.noon))
        for state in Hold.State.allCases where state != .authorised {
            hold.state = state
            #expect(!hold.isLive(at: Self.noon))
        }
    }

    @Test func `a hold that something was already taken from covers only the rest`() {
        var hold = Self.hold()
        _ = hold.observe(Self.held)
        #expect(hold.observe(Self.partly(of: 30000, taken: 10000)) == Self.eur(10000))
        #expect(hold.state == .authorised && hold.authorised == Self.eur(30000) && hold.captured == Self.eur(10000))
        #expect(hold.held == Self.eur(20000) && hold.mostCapturable == 20000)
        // News from before that part changes nothing, and the part is counted once.
        let before = hold
        #expect(hold.observe(Self.held).isZero && hold.observe(Self.partly(of: 30000, taken: 10000)).isZero)
        #expect(hold == before)
        #expect(hold.observe(Self.partly(of: 30000, taken: 12000)) == Self.eur(2000))
        #expect(hold.observe(IntentObservation(id: "pi_1", status: .succeeded, amount: 30000, received: 21400)) == Self.eur(9400))
        #expect(hold.state == .captured && hold.captured == Self.eur(21400) && hold.held.isZero && hold.isLetGo)
    }

    @Test func `a hold that was cancelled or expired after a part was taken ends captured with that part`() {
        for end in [
            IntentObservation(id: "pi_1", status: .succeeded, amount: 30000, received: 10000),
            IntentObservation(id: "pi_1", status: .canceled, amount: 30000, received: 10000),
            IntentObservation(id: "pi_1", status: .canceled, amount: 30000, received: 10000, expired: true),
        ] {
            var (known, unknown) = (Self.hold(), Self.hold())
            _ = known.observe(Self.held)
            #expect(known.observe(Self.partly(of: 30000, taken: 10000)) == Self.eur(10000))
            #expect(known.observe(end).isZero)
            #expect(unknown.observe(end) == Self.eur(10000))
            for hold in [known, unknown] {
                #expect(hold.state == .captured && hold.captured == Self.eur(10000) && hold.isLetGo && hold.held.isZero)
            }
        }
    }

    @Test func `a hold that ends without anything taken was let go, whatever Stripe calls it`() {
        var hold = Self.hold()
        _ = hold.observe(Self.held)
        #expect(hold.observe(IntentObservation(id: "pi_1", status: .succeeded, amount: 30000)).isZero)
        #expect(hold.state == .released && hold.isLetGo)
    }

    @Test func `what a card allows beyond the hold is less what was taken, and after that it is not raised`() {
        var hold = Self.hold()
        var facts = Self.held
        facts.card = Hold.CardDetails(brand: "visa", last4: "4242", mayIncrement: true, ceiling: 34500)
        _ = hold.observe(facts)
        #expect(hold.mayBeRaised && hold.mostCapturable == 34500)
        var part = Self.partly(of: 30000, taken: 10000)
        part.card = facts.card
        _ = hold.observe(part)
        #expect(!hold.mayBeRaised && hold.mostCapturable == 24500)
    }

    private static func partly(of total: Int64, taken: Int64) -> IntentObservation {
        IntentObservation(
            id: "pi_1", status: .requiresCapture, amount: total, capturable: total - taken, received: taken, captureBefore: noon,
            card: card,
            method: .card)
    }

    /// A life of a hold by many hands: raised, taken in parts, and ended in one way or another.
    private static func life(_ random: inout Noise) -> [IntentObservation] {
        var (total, taken): (Int64, Int64) = (30000, 0)
        var facts = [waiting, held]
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            if taken == 0, Bool.random(using: &random) {
                total += Int64.random(in: 1...5000, using: &random)
            } else if taken < total {
                taken += Int64.random(in: 1...(total - taken), using: &random)
            }
            facts.append(partly(of: total, taken: taken))
        }
        switch Int.random(in: 0...3, using: &random) {
        case 0: return facts
        case 1:
            let rest = total - taken
            let all = taken + (rest > 0 ? Int64.random(in: (taken == 0 ? 1 : 0)...rest, using: &random) : 0)
            return facts + [
                IntentObservation(id: "pi_1", status: .succeeded, amount: total, received: all, captureBefore: noon, card: card)
            ]
        default:
            let expired = Bool.random(using: &random)
            return facts + [
                IntentObservation(
                    id: "pi_1", status: taken > 0 ? .succeeded : .canceled, amount: total, received: taken, expired: taken == 0 && expired,
                    captureBefore: noon, card: card)
            ]
        }
    }

    @Test(arguments: UInt64(0)..<50)
    func `any order of true news ends in the same state, and each cent is counted once`(seed: UInt64) {
        var random = Noise(seed: seed)
        for _ in 0..<40 {
            let facts = Self.life(&random)
            var inOrder = Self.hold()
            let money = facts.reduce(0) { $0 + inOrder.observe($1).minorUnits }
            #expect(money == facts.map(\.received).max() && inOrder.captured == Self.eur(money))
            for _ in 0..<10 {
                var news = facts
                for _ in 0..<Int.random(in: 0...4, using: &random) { news.append(facts.randomElement(using: &random)!) }
                news.shuffle(using: &random)
                var (hold, sum): (Hold, Int64) = (Self.hold(), 0)
                for fact in news {
                    let before = hold
                    sum += hold.observe(fact).minorUnits
                    #expect(hold.captured.minorUnits >= before.captured.minorUnits)
                    #expect(hold.authorised.minorUnits >= max(before.authorised.minorUnits, hold.captured.minorUnits))
                }
                #expect(hold == inOrder && sum == money, "\(news)")
            }
        }
    }
}

@Suite struct `A hold that has ended` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let end = Instant("2026-11-25T08:00:00Z")!
    private static let before = end.adding(seconds: -86_400)
    private static let after = end.adding(seconds: 3600)

    private static func hold(
        _ number: Int64, _ state: Hold.State = .authorised, asked: Instant = before, until end: Instant = end
    ) -> Hold {
        var hold = Hold(number: number, origin: .page, method: .card, amount: eur(30000), state: state)
        hold.authorised = state == .requested || state == .failed ? eur(0) : hold.amount
        hold.captureBefore = end
        hold.createdAt = asked
        return hold
    }

    private static func isGap(_ others: Hold..., uncovered: Int64 = 0, at now: Instant = after, state: Hold.State = .authorised) -> Bool {
        let first = hold(1, state)
        return ([first] + others).isGap(after: first, uncovered: eur(uncovered), now: now)
    }

    @Test func `leaves a gap from its end on, by the clock or by Stripe's news`() {
        #expect(!Self.isGap(at: Self.end.adding(seconds: -1)) && Self.isGap(at: Self.end))
        #expect(Self.isGap(state: .expired) && !Self.isGap(state: .released) && !Self.isGap(state: .captured))
    }

    @Test func `is made up for by one that was asked for after it and agreed to, whatever became of that`() {
        let later = Self.end.adding(seconds: 60)
        #expect(!Self.isGap(Self.hold(2, asked: later, until: later), uncovered: 5000))
        #expect(Self.isGap(Self.hold(2, .requested, asked: later)) && Self.isGap(Self.hold(2, .failed, asked: later)))
    }

    @Test func `is made up for by one beside it only while that covers all that is open`() {
        let beside = Self.hold(2, until: Self.end.adding(seconds: 86_400))
        #expect(!Self.isGap(beside) && Self.isGap(beside, uncovered: 1))
        #expect(Self.isGap(beside, at: Self.end.adding(seconds: 86_400)))
    }
}
