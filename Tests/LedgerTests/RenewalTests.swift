import Foundation
import Testing

@testable import Ledger

@Suite struct `Holds that end before their stay` {
    private static let zone = TimeZone(identifier: "Europe/Berlin")!
    private static let credit = Renewal.Card(bar: nil, funding: .credit)
    /// A hold of 300.00 that ends on 14 May 2027 at 01:00, of a stay that is to be settled by 18 May, noon.
    private static let end = Day(year: 2027, month: 5, day: 14)!.at(hour: 1, in: zone)
    private static let settledBy = Day(year: 2027, month: 5, day: 18)!.at(hour: 12, in: zone)

    private static func at(_ day: Int, _ hour: Int) -> Instant { Day(year: 2027, month: 5, day: day)!.at(hour: hour, in: zone) }

    private static func hold(_ number: Int64 = 1, method: PaymentMethod = .card) -> Hold {
        var hold = Hold(number: number, origin: .savedCard, method: method, amount: Money(minorUnits: 30000, currency: .eur))
        hold.state = .authorised
        hold.authorised = hold.amount
        hold.captureBefore = end
        return hold
    }

    private static func attempt(
        _ number: Int64, _ state: Hold.State, at instant: Instant, origin: Hold.Origin = .savedCard, amount: Int64 = 30000
    )
        -> Hold
    {
        var hold = Hold(
            number: number, replaces: 1, chain: 1, origin: origin, method: .card, amount: Money(minorUnits: amount, currency: .eur),
            state: state)
        hold.createdAt = instant
        return hold
    }

    private static func renewal(
        _ hold: Hold = hold(), after tries: [Hold] = [], card: Renewal.Card? = credit, renewsDebit: Bool = false,
        settledBy: Instant = settledBy,
        now: Instant
    ) -> Renewal {
        Renewal(
            of: hold, among: [hold] + tries, settledBy: settledBy, card: card, renewsDebit: renewsDebit, zone: zone, now: now)
    }

    @Test func `a hold is renewed two days before its end, when the house is open`() {
        #expect(Self.renewal(now: Self.at(10, 12)) == .onCard(at: Self.at(12, 9)))
        #expect(Self.renewal(now: Self.at(12, 2)) == .onCard(at: Self.at(12, 9)))
        #expect(Self.renewal(now: Self.at(12, 17)) == .onCard(at: Self.at(12, 17)))
        #expect(Self.renewal(now: Self.at(12, 18)) == .onCard(at: Self.at(13, 9)))
    }

    @Test func `whatever the hour of its end, there is time for two tries`() {
        for hour in 0..<24 {
            var hold = Self.hold()
            hold.captureBefore = Self.at(14, hour)
            guard case .onCard(let first) = Self.renewal(hold, now: Self.at(10, 12)) else { Issue.record("not renewed at \(hour)"); return }
            let second = Self.renewal(hold, after: [Self.attempt(2, .failed, at: first)], now: first)
            guard case .onCard(let again) = second else { Issue.record("no second try at \(hour)"); return }
            #expect(again >= first.adding(seconds: 24 * 3600) && again < hold.captureBefore!)
            for instant in [first, again] {
                let opens = instant.day(in: Self.zone).at(hour: 9, in: Self.zone)
                #expect(opens <= instant && instant < opens.adding(seconds: 9 * 3600))
            }
        }
    }

    @Test func `a hold that outlives its stay is left alone, and so is one that is over`() {
        #expect(Self.renewal(settledBy: Self.end, now: Self.at(12, 10)) == .notNeeded)
        #expect(Self.renewal(now: Self.end) == .notNeeded)
        var replaced = Self.hold()
        replaced.state = .replaced
        #expect(Self.renewal(replaced, now: Self.at(12, 10)) == .notNeeded)
    }

    @Test func `while a bank or the guest is being asked, nothing else is`() {
        for origin in [Hold.Origin.savedCard, .page] {
            let asked = Self.attempt(2, .requested, at: Self.at(12, 9), origin: origin)
            #expect(Self.renewal(after: [asked], now: Self.at(12, 10)) == .running)
        }
    }

    @Test func `four refusals are enough, and then the guest is asked, once`() {
        var hold = Self.hold()
        hold.captureBefore = Self.at(20, 1)
        let tries = (0..<4).map { Self.attempt(Int64($0) + 2, .failed, at: Self.at(14 + $0, 9)) }
        #expect(
            Self.renewal(hold, after: Array(tries.dropLast()), settledBy: Self.at(24, 12), now: Self.at(18, 10))
                == .onCard(at: Self.at(18, 10)))
        #expect(
            Self.renewal(hold, after: tries, settledBy: Self.at(24, 12), now: Self.at(18, 10))
                == .byGuest(at: Self.at(18, 10), why: .refused))
        let asked = Self.attempt(6, .failed, at: Self.at(18, 10), origin: .page)
        #expect(Self.renewal(hold, after: tries + [asked], settledBy: Self.at(24, 12), now: Self.at(19, 10)) == .byHand(why: .pageUnused))
    }

    @Test func `tries to raise a hold are none to renew it, and keep their distance all the same`() {
        var hold = Self.hold()
        hold.captureBefore = Self.at(20, 1)
        let raises = (0..<4).map { Self.attempt(Int64($0) + 2, .failed, at: Self.at(14 + $0, 9), amount: 40000) }
        func renewal(at now: Instant) -> Renewal { Self.renewal(hold, after: raises, settledBy: Self.at(24, 12), now: now) }
        #expect(raises.allSatisfy { !hold.triesToRenew($0) && !$0.renews(hold) })
        #expect(renewal(at: Self.at(17, 10)) == .onCard(at: Self.at(18, 9)))
        #expect(renewal(at: Self.at(18, 10)) == .onCard(at: Self.at(18, 10)))
    }

    @Test func `a hold has taken another's place when the bank has agreed, unless it was let go while the old one covered`() {
        var (old, new) = (Self.hold(), Self.attempt(2, .requested, at: Self.at(12, 9)))
        #expect([old, new].superseded.isEmpty)
        (new.state, new.authorised) = (.authorised, new.amount)
        #expect([old, new].superseded == [1])
        new.state = .released
        #expect([old, new].superseded.isEmpty)
        for state in [Hold.State.replaced, .released, .expired] {
            old.state = state
            #expect([old, new].superseded == [1], "\(state)")
        }
    }

    @Test func `a hold that somebody released at Stripe is over from then on, and leaves a gap until another is agreed to`() {
        var hold = Self.hold()
        hold.state = .released
        #expect(!hold.isOver(at: Self.at(12, 9)), "these books let it go")
        hold.noteReleasedAtStripe(at: Self.at(12, 9))
        #expect(hold.isOver(at: Self.at(12, 9)) && hold.captureBefore == Self.at(12, 9))
        var other = Hold(number: 2, origin: .page, method: .card, amount: hold.amount, state: .authorised)
        (other.authorised, other.createdAt, other.captureBefore) = (hold.amount, Self.at(12, 8), Self.at(19, 8))
        let open = Money(minorUnits: 100, currency: .eur)
        #expect([hold, other].isGap(after: hold, uncovered: open, now: Self.at(12, 10)))
        other.createdAt = Self.at(12, 9)
        #expect(![hold, other].isGap(after: hold, uncovered: open, now: Self.at(12, 10)))
    }

    @Test func `without time for another try the guest is asked at once`() {
        let tries = [Self.attempt(2, .failed, at: Self.at(12, 9)), Self.attempt(3, .failed, at: Self.at(13, 9))]
        #expect(Self.renewal(after: tries, now: Self.at(13, 9)) == .byGuest(at: Self.at(13, 9), why: .refused))
        #expect(Self.renewal(after: tries, now: Self.at(13, 19)) == .byHand(why: .refused))
    }

    @Test func `a card that is not to be used leaves the guest`() {
        let until = Self.at(30, 9)
        for (card, why) in [
            (nil, .noCard), (Renewal.Card(bar: .advised(.confirmCardData), funding: .credit), .cardAdvised),
            (Renewal.Card(bar: .refusedTooOften(until: until), funding: .credit), .cardRefusedTooOften),
            (Renewal.Card(bar: nil, funding: .debit), .debitCard), (Renewal.Card(bar: nil, funding: .prepaid), .debitCard),
        ] as [(Renewal.Card?, Renewal.Obstacle)] {
            #expect(Self.renewal(card: card, now: Self.at(12, 10)) == .byGuest(at: Self.at(12, 10), why: why))
        }
        for funding in [CardFunding.unknown, nil] {
            #expect(Self.renewal(card: Renewal.Card(bar: nil, funding: funding), now: Self.at(12, 10)) == .onCard(at: Self.at(12, 10)))
        }
        let debit = Renewal.Card(bar: nil, funding: .debit)
        #expect(Self.renewal(card: debit, renewsDebit: true, now: Self.at(12, 10)) == .onCard(at: Self.at(12, 10)))
        #expect(Self.renewal(Self.hold(method: .klarna), now: Self.at(12, 10)) == .byHand(why: .method))
    }

    @Test func `a bank's advice ends a card's use, and ten refusals in thirty days do for a while`() {
        let now = Self.at(20, 12)
        #expect(CardBar(advice: .doNotTryAgain, tenthLastRefusal: nil, now: now) == .advised(.doNotTryAgain))
        #expect(CardBar(advice: .confirmCardData, tenthLastRefusal: nil, now: now) == .advised(.confirmCardData))
        #expect(CardBar(advice: .tryAgainLater, tenthLastRefusal: nil, now: now) == nil)
        let thirtyDays: Int64 = 30 * 86_400
        let tenth = now.adding(seconds: 1 - thirtyDays)
        #expect(CardBar(advice: nil, tenthLastRefusal: tenth, now: now) == .refusedTooOften(until: now.adding(seconds: 1)))
        #expect(CardBar(advice: nil, tenthLastRefusal: now.adding(seconds: -thirtyDays), now: now) == nil)
    }
}
