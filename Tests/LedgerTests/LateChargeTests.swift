import Foundation
import Testing

@testable import Ledger

@Suite struct `What is charged after check-out` {
    private static let zone = TimeZone(identifier: "Europe/Berlin")!
    private static let departure = Day("2026-11-20")!
    private static let agreed = CardTerms.Late(days: 14, categories: [.minibar, .parking])!

    private func obstacle(
        _ categories: Set<Ledger.Category>, after days: Int = 1, consent: CardTerms.Late? = agreed, isCardThere: Bool = true,
        bar: CardBar? = nil
    ) -> LateCharge.Obstacle? {
        LateCharge.obstacle(
            toCharging: categories, consent: consent, left: Self.departure, today: Self.departure.adding(days: days),
            isCardThere: isCardThere, bar: bar)
    }

    private static func folio(_ state: Folio.State, closed: String?, terms: CardTerms = CardTerms(late: agreed)) -> Folio {
        var folio = Folio(
            number: 1, reference: "R-1", source: .reservation, guest: .init(name: "Ada Gast", email: nil), arrival: Day("2026-11-18")!,
            departure: departure, mode: .reserved, method: .card, openedAt: Instant("2026-11-01T08:00:00Z")!, state: state)
        folio.closedAt = closed.map { Instant($0)! }
        folio.savedCard = .init(
            paymentMethod: "pm_1", brand: "visa", last4: "4242", consentedAt: Instant("2026-11-01T08:00:00Z")!, terms: terms)
        return folio
    }

    @Test func `is taken from the card for what the guest has agreed to, on every day of it`() {
        for days in [0, 1, 14] { #expect(obstacle([.minibar, .parking], after: days) == nil, "\(days)") }
        #expect(obstacle([.minibar], after: 15) == .over(Self.departure.adding(days: 14)))
        #expect(obstacle([]) == nil)
    }

    @Test func `is not taken for anything else, and says for what`() {
        #expect(obstacle([.minibar, .other, .food]) == .categories([.food, .other]))
        // A tenant's own category, such as one of damage.
        let damage = Ledger.Category("damage")!
        #expect(obstacle([damage, .lodging]) == .categories([.lodging, damage]))
        #expect(obstacle([.minibar], consent: nil) == .noConsent)
    }

    /// The schema keeps other categories out of a consent; so does the rule.
    @Test func `is consumption only, whatever a consent names`() {
        let broad = CardTerms.Late(days: 14, categories: [.minibar, .other])!
        #expect(!broad.allows(.other) && broad.allows(.minibar))
        #expect(obstacle([.other], consent: broad) == .categories([.other]))
    }

    @Test func `asks for the guest's word first, then for the card`() {
        #expect(obstacle([.other], isCardThere: false, bar: .advised(.doNotTryAgain)) == .categories([.other]))
        #expect(obstacle([.minibar], isCardThere: false) == .cardGone)
        #expect(obstacle([.minibar], bar: .advised(.doNotTryAgain)) == .barred(.advised(.doNotTryAgain)))
        // Where only the card does not do, the link follows by itself; where the guest has not agreed, somebody has to choose it.
        let all: [(LateCharge.Obstacle, Bool)] = [
            (.noConsent, true), (.over(Self.departure), true), (.categories([.other]), true), (.cardGone, false),
            (.barred(.refusedTooOften(until: Instant("2026-12-01T00:00:00Z")!)), false),
        ]
        for (obstacle, isOfConsent) in all {
            #expect(obstacle.isOfConsent == isOfConsent)
            #expect(!obstacle.phrase.english.isEmpty && obstacle.phrase.english != obstacle.phrase.german)
        }
    }

    @Test func `counts its days from the departure that the guest has read, or from an earlier check-out`() {
        let (early, late) = ("2026-11-19T09:00:00Z", "2026-11-25T09:00:00Z")
        #expect(Self.folio(.checkedOut, closed: early).leftOn(in: Self.zone) == Day("2026-11-19"))
        #expect(Self.folio(.checkedOut, closed: late).leftOn(in: Self.zone) == Self.departure)
        // By the calendar of the house: it is the 20th there already.
        #expect(Self.folio(.checkedOut, closed: "2026-11-19T23:30:00Z").leftOn(in: Self.zone) == Self.departure)
        #expect(Self.folio(.open, closed: nil).leftOn(in: Self.zone) == nil)
    }

    @Test func `keeps the card for its days, and no card for nothing`() {
        let closed = "2026-11-20T09:00:00Z"
        #expect(Self.folio(.checkedOut, closed: closed).cardIsKept(in: Self.zone) == Day("2026-12-04"))
        #expect(Self.folio(.checkedOut, closed: closed, terms: CardTerms()).cardIsKept(in: Self.zone) == nil)
        for state in [Folio.State.cancelled, .noShow] { #expect(Self.folio(state, closed: closed).cardIsKept(in: Self.zone) == nil) }
        #expect(Self.folio(.open, closed: nil).cardIsKept(in: Self.zone) == nil)
    }

    @Test func `asks about what still counts on the bill, and not about what was reversed`() throws {
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
        func charge(_ number: Int64, _ category: Ledger.Category, _ units: Int64) throws -> LineItem {
            try LineItem(
                number: number, kind: .charge, LineTerms(category, "x", money(units)), quantity: 1, taxRate: TaxRate("19")!,
                serviceDate: Self.departure)
        }
        var lines = [try charge(1, .minibar, 500), try charge(2, .other, 900), try charge(3, .parking, 300)]
        #expect(lines.chargedCategories == [.minibar, .other, .parking])
        lines.append(try lines.reversal(of: 2, reason: "a mistake"))
        lines.append(try lines.allowance(of: 3, amount: money(100), reason: "noise"))
        #expect(lines.chargedCategories == [.minibar, .parking])
        #expect([LineItem]().chargedCategories.isEmpty)
    }

    @Test func `has a reference of its stay's`() {
        #expect(LateCharge.reference(of: "R-4711", 1) == "R-4711-L1" && LateCharge.reference(of: "R-4711", 12) == "R-4711-L12")
        #expect(LateCharge.stay(of: "R-4711-L12") == "R-4711" && LateCharge.stay(of: "R-1-L1-L2") == "R-1-L1")
        for other in ["R-4711", "R-4711-L", "R-4711-L0", "R-4711-L1x", "-L1"] { #expect(LateCharge.stay(of: other) == nil, "\(other)") }
    }

    @Test func `is the same as another one with the same lines, in whatever order`() throws {
        func line(_ description: String, _ units: Int64, quantity: Int64 = 1, on day: Day = Self.departure) throws -> LineItem {
            try LineItem(
                number: 1, kind: .charge, LineTerms(.minibar, description, Money(minorUnits: units, currency: .eur)), quantity: quantity,
                taxRate: TaxRate("19")!, serviceDate: day)
        }
        let (beer, nuts) = (try line("Beer", 420), try line("Nuts", 300))
        #expect([beer, nuts].chargesTheSame(as: [nuts, beer]) && ![beer].chargesTheSame(as: [beer, beer]))
        for other in [
            try line("Beer", 430), try line("Wine", 420), try line("Beer", 420, quantity: 2), try line("Beer", 420, on: Day("2026-11-19")!),
        ] { #expect(![beer].chargesTheSame(as: [other])) }
    }
}
