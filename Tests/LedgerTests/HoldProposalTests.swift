import Testing

@testable import Ledger

@Suite struct `What is proposed to be held` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    private static let arrival = Day("2026-11-20")!

    private static func proposal(nights: Int64 = 3, rate: Int64 = 10_000, tax: Int64 = 350, extras: Int64 = 1500) throws -> HoldProposal {
        try HoldProposal(nights: nights, nightlyRate: eur(rate), visitorTax: eur(tax), extrasPerNight: eur(extras))
    }

    @Test func `is the nights times rate, visitor's tax and expected extras`() throws {
        let proposal = try Self.proposal()
        #expect(proposal.perNight == Self.eur(11_850) && proposal.total == Self.eur(35_550))
        #expect(try Self.proposal(rate: 0, tax: 0, extras: 0).total.isZero)
    }

    @Test(arguments: [(0, 1), (1, 1), (2, 2), (30, 30)])
    func `counts a stay of a single day as one night`(days: Int, nights: Int64) throws {
        let departure = Self.arrival.adding(days: days)
        #expect(HoldProposal.nights(from: Self.arrival, to: departure) == nights)
        let booked = BookedAmount.nights(rate: Self.eur(10_000), visitorTax: Self.eur(350))
        let proposal = try booked.proposal(from: Self.arrival, to: departure, .reserved, extrasPerNight: Self.eur(1500))
        #expect(proposal?.nights == nights && proposal?.total == Self.eur(11_850 * nights))
    }

    @Test func `is refused when it cannot be reckoned`() {
        #expect(throws: MoneyError.overflow) { try Self.proposal(nights: .max, rate: 2) }
        #expect(throws: MoneyError.overflow) { try Self.proposal(rate: .max, tax: 1) }
        let usd = Money(minorUnits: 1, currency: Currency("usd")!)
        #expect(throws: MoneyError.currencyMismatch(.eur, usd.currency)) {
            try HoldProposal(nights: 1, nightlyRate: Self.eur(1), visitorTax: usd, extrasPerNight: Self.eur(0))
        }
    }

    @Test func `says in words how it came about, without what is nothing`() throws {
        let full = try Self.proposal().phrase
        #expect(full.english == "3 nights × (€100.00 rate + €3.50 visitor's tax + €15.00 expected extras) = €355.50")
        #expect(
            full.german
                == "3 Nächte × (100,00\u{A0}€ Zimmerpreis + 3,50\u{A0}€ Kurtaxe + 15,00\u{A0}€ erwartete Zusatzleistungen) = 355,50\u{A0}€")
        let bare = try Self.proposal(nights: 1, tax: 0, extras: 0).phrase
        #expect(
            bare.english == "1 night × (€100.00 rate) = €100.00" && bare.german == "1 Nacht × (100,00\u{A0}€ Zimmerpreis) = 100,00\u{A0}€")
        #expect(try Self.proposal(rate: 0, tax: 0, extras: 0).phrase.english == "3 nights × (€0.00) = €0.00")
    }

    @Test func `needs either an amount or a rate, and a visitor's tax beside a rate alone`() throws {
        let sum = Self.eur(1)
        #expect(throws: BookedAmountRefusal.missing) { try BookedAmount(amount: nil, nightlyRate: nil, visitorTax: nil) }
        #expect(throws: BookedAmountRefusal.both) { try BookedAmount(amount: sum, nightlyRate: sum, visitorTax: nil) }
        #expect(throws: BookedAmountRefusal.both) { try BookedAmount(amount: sum, nightlyRate: sum, visitorTax: sum) }
        #expect(throws: BookedAmountRefusal.taxAlone) { try BookedAmount(amount: sum, nightlyRate: nil, visitorTax: sum) }
        #expect(throws: BookedAmountRefusal.taxAlone) { try BookedAmount(amount: nil, nightlyRate: nil, visitorTax: sum) }
        #expect(try BookedAmount(amount: sum, nightlyRate: nil, visitorTax: nil) == .amount(sum))
        #expect(try BookedAmount(amount: nil, nightlyRate: sum, visitorTax: nil) == .nights(rate: sum, visitorTax: .zero(.eur)))
    }

    @Test func `is for what is reserved, and not for what is taken at once`() throws {
        let booked = BookedAmount.nights(rate: Self.eur(10_000), visitorTax: Self.eur(0))
        #expect(throws: BookedAmountRefusal.direct) {
            try booked.proposal(from: Self.arrival, to: Self.arrival, .direct, extrasPerNight: Self.eur(0))
        }
        for mode in [Folio.Mode.direct, .reserved] {
            let amount = BookedAmount.amount(Self.eur(1))
            #expect(try amount.proposal(from: Self.arrival, to: Self.arrival, mode, extrasPerNight: Self.eur(1500)) == nil)
        }
    }
}

@Suite struct `The nights that the cover still carries` {
    private static let now = Instant(unixSeconds: 1_790_000_000)
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    private static func nights(
        charged: Int64, held: Int64, paid: Int64 = 0, processing: Int64 = 0, refunds: [Refund] = [], perNight: Int64 = 10_000
    ) throws -> Int64? {
        var hold = Hold(number: 1, origin: .page, method: .card, amount: eur(held), state: .authorised)
        hold.authorised = eur(held)
        var payments: [Payment] = []
        if paid > 0 {
            payments.append(Payment(number: 1, origin: .page, method: .card, amount: eur(paid), state: .succeeded))
            payments[0].received = eur(paid)
        }
        if processing > 0 { payments.append(Payment(number: 2, origin: .page, method: .card, amount: eur(processing), state: .processing)) }
        let totals = try FolioTotals(charged: eur(charged), holds: [hold], payments: payments, refunds: refunds, now: now)
        // What is left and what is uncovered are two sides of one sum.
        #expect(totals.left.isZero || totals.uncovered.isZero)
        let proposal = try HoldProposal(nights: 3, nightlyRate: eur(perNight), visitorTax: eur(0), extrasPerNight: eur(0))
        return proposal.nightsCovered(by: totals)
    }

    @Test func `are what is held less what is due, by what a night costs, and never a part of one`() throws {
        #expect(try Self.nights(charged: 0, held: 30_000) == 3)
        #expect(try Self.nights(charged: 1, held: 30_000) == 2)
        #expect(try Self.nights(charged: 10_000, held: 30_000) == 2)
        #expect(try Self.nights(charged: 20_001, held: 30_000) == 0)
        #expect(try Self.nights(charged: 30_001, held: 30_000) == 0)
        #expect(try Self.nights(charged: 99_999, held: 30_000) == 0)
    }

    @Test func `count what was paid ahead, or is on its way, and not what goes back`() throws {
        #expect(try Self.nights(charged: 10_000, held: 30_000, paid: 10_000) == 3)
        #expect(try Self.nights(charged: 10_000, held: 30_000, processing: 10_000) == 3)
        #expect(try Self.nights(charged: 0, held: 30_000, paid: 20_000) == 5)
        let refund = Refund(number: 1, payment: 1, amount: Self.eur(20_000), state: .requested, reason: "x")
        #expect(try Self.nights(charged: 0, held: 30_000, paid: 20_000, refunds: [refund]) == 3)
    }

    @Test func `need no cover for what is set aside`() throws {
        let refund = Refund(number: 1, payment: 1, amount: Self.eur(10_000), state: .succeeded, reason: "x", bill: .unchanged)
        #expect(try Self.nights(charged: 10_000, held: 30_000, paid: 10_000, refunds: [refund]) == 3)
    }

    @Test func `are unknown where a night costs nothing, the booking gave an amount, or the folio is closed`() throws {
        #expect(try Self.nights(charged: 0, held: 30_000, perNight: 0) == nil)
        let totals = try FolioTotals(charged: Self.eur(0), holds: [], payments: [], refunds: [], now: Self.now)
        var folio = Folio(
            number: 1, reference: "R-1", source: .reservation, guest: .init(name: "Ada Gast", email: nil), arrival: Day("2026-11-20")!,
            departure: Day("2026-11-23")!, mode: .reserved, method: .card, openedAt: Self.now)
        #expect(folio.nightsCovered(by: totals) == nil)
        folio.proposal = try HoldProposal(nights: 3, nightlyRate: Self.eur(1), visitorTax: Self.eur(0), extrasPerNight: Self.eur(0))
        #expect(folio.nightsCovered(by: totals) == 0)
        for state in Folio.State.allCases {
            folio.state = state
            #expect((folio.nightsCovered(by: totals) == nil) == state.isClosed, "\(state)")
        }
    }
}
