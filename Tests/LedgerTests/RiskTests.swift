import Foundation
import Testing

@testable import Ledger

@Suite struct `What was said of a charge` {
    private static let noon = Instant("2026-11-18T12:00:00Z")!

    private func assessed(_ level: String?, score: Int64? = nil, charge: String = "ch_1", after seconds: Int64 = 0) -> Risk.Assessment {
        Risk.Assessment(charge: charge, chargedAt: Self.noon.adding(seconds: seconds), level: level, score: score)
    }

    private func review(_ id: String = "prv_1", closed: String? = nil, after seconds: Int64 = 0) -> Risk.Review {
        Risk.Review(id: id, openedAt: Self.noon.adding(seconds: seconds), openedReason: "rule", closedReason: closed)
    }

    private func warning(_ isActionable: Bool = true, _ id: String = "issfr_1", after seconds: Int64 = 0) -> Risk.FraudWarning {
        Risk.FraudWarning(id: id, warnedAt: Self.noon.adding(seconds: seconds), type: "misc", isActionable: isActionable)
    }

    @Test func `gives way to what is said of a later charge, and to no earlier one`() {
        var risk = Risk()
        risk.observe(assessed("highest", charge: "ch_2", after: 60))
        risk.observe(assessed("normal"))
        #expect(risk.assessment?.charge == "ch_2" && risk.concern == .highest)
        risk.observe(assessed("normal", charge: "ch_3", after: 61))
        #expect(risk.assessment?.charge == "ch_3" && risk.concern == nil)
    }

    @Test func `is taken as not said where it is in another form than Stripe's`() {
        let odd = Risk.Assessment(
            charge: "ch_1", chargedAt: Self.noon, level: "Very HIGH!", score: 101, cvc: "", addressLine1: "pass fail",
            postalCode: String(repeating: "a", count: 61), country: "Deutschland", funding: "<b>")
        #expect(odd == Risk.Assessment(charge: "ch_1", chargedAt: Self.noon))
        let usual = Risk.Assessment(
            charge: "ch_1", chargedAt: Self.noon, level: "of_tomorrow", score: 100, country: "AT", funding: "credit")
        #expect(usual.level?.rawValue == "of_tomorrow" && usual.score == 100 && usual.country == "AT" && usual.funding == "credit")
        #expect(Risk.Assessment(charge: "ch_1", chargedAt: Self.noon, score: -1, country: "de").score == nil)
        #expect(Risk.Review(id: "prv_1", openedAt: Self.noon, openedReason: "", closedReason: "").closedReason == "other")
        #expect(Risk.FraudWarning(id: "issfr_1", warnedAt: Self.noon, type: "?", isActionable: true).type == "misc")
    }

    @Test func `a review that is closed stays closed, whatever comes late`() {
        var risk = Risk()
        for news in [review(), review(closed: "approved"), review(), review(closed: "refunded")] { risk.observe(news) }
        #expect(risk.review == review(closed: "approved"))
        risk.observe(review("prv_0", after: -60))
        #expect(risk.review?.id == "prv_1", "an older one")
        risk.observe(review("prv_2", after: 60))
        #expect(risk.review == review("prv_2", after: 60))
    }

    @Test func `a warning ends by an event in any order, and comes back only when Stripe was asked`() {
        var risk = Risk()
        risk.observe(warning(false), isCurrent: false)
        risk.observe(warning(true), isCurrent: false)
        #expect(risk.warning == warning(false), "the event from before it ended came late")
        risk.observe(warning(true), isCurrent: true)
        #expect(risk.warning == warning(true), "a refund of the whole has failed")
        risk.observe(warning(false, "issfr_0", after: -60), isCurrent: true)
        #expect(risk.warning == warning(true))
    }

    @Test(arguments: [
        (nil, nil, Risk.Concern?.none), ("normal", nil, nil), ("not_assessed", nil, nil), ("unknown", nil, nil), ("of_tomorrow", nil, nil),
        ("elevated", nil, .elevated), ("highest", nil, .highest), ("normal", "open", .review), (nil, "open", .review),
        ("elevated", "open", .elevated), ("elevated", "approved", nil), ("highest", "acknowledged", nil),
        ("elevated", "refunded", .elevated),
        ("normal", "disputed", nil),
    ])
    func `concerns staff by its level or its open review, until a person has approved it`(
        level: String?, review: String?, concern: Risk.Concern?
    ) {
        let risk = Risk(assessment: assessed(level), review: review.map { self.review(closed: $0 == "open" ? nil : $0) })
        #expect(risk.concern == concern)
    }

    // MARK: - Notices

    private func folio(_ state: Folio.State = .open, _ source: Folio.Source = .reservation) -> Folio {
        Folio(
            number: 1, reference: "R-1", source: source, guest: .init(name: "Anna", email: nil), arrival: Day("2026-11-18")!,
            departure: Day("2026-11-20")!, mode: .reserved, method: .card, openedAt: Self.noon, state: state)
    }

    private func euros(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    private func hold(_ risk: Risk, _ state: Hold.State = .authorised, captured: Int64 = 0) -> Hold {
        var hold = Hold(number: 3, origin: .page, method: .card, amount: euros(300), state: state)
        (hold.authorised, hold.captured, hold.risk) = (euros(300), euros(captured), risk)
        hold.captureBefore = Self.noon.adding(seconds: 60)
        return hold
    }

    private func payment(_ risk: Risk, refunded: Int64 = 0) -> Payment {
        var payment = Payment(number: 2, origin: .page, method: .card, amount: euros(200), state: .succeeded)
        (payment.received, payment.refunded, payment.risk) = (euros(200), euros(refunded), risk)
        return payment
    }

    private func notices(
        _ holds: [Hold] = [], _ payments: [Payment] = [], on folio: Folio? = nil, after seconds: Int64 = 0
    ) -> [RiskNotice] {
        RiskNotice.all(on: folio ?? self.folio(), holds, payments, now: Self.noon.adding(seconds: seconds))
    }

    @Test func `advises to cancel what is held, and to refund what was taken`() {
        let risk = Risk(assessment: assessed("elevated"))
        let held = RiskNotice(notice: .paymentRisk(euros(300), .elevated, .cancelHold), remedy: .cancelHold, number: 3)
        let taken = RiskNotice(notice: .paymentRisk(euros(200), .elevated, .refundPayment), remedy: .refundPayment, number: 2)
        #expect(notices([hold(risk)], [payment(risk)]) == [held, taken])
        #expect(notices([hold(risk, captured: 100)]).first?.notice == .paymentRisk(euros(200), .elevated, .cancelHold))
    }

    @Test func `advises nothing where nothing can be done`() {
        let risk = Risk(assessment: assessed("highest"), warning: warning())
        for state in Hold.State.allCases where state != .authorised { #expect(notices([hold(risk, state)]).isEmpty, "\(state)") }
        #expect(notices([hold(risk)], after: 60).isEmpty, "its time is over")
        #expect(notices([hold(risk)], on: folio(.cancelled)).isEmpty)
        #expect(notices([], [payment(risk, refunded: 200)]).isEmpty)
        #expect(!notices([], [payment(risk, refunded: 199)]).isEmpty, "a part is not the whole")
        var contested = payment(risk)
        contested.refundRefusal = .contested
        #expect(notices([], [contested]).isEmpty, "the dispute's own notice says what to do")
        var processing = payment(risk)
        processing.state = .processing
        #expect(notices([], [processing]).isEmpty)
        #expect(notices([hold(Risk(assessment: assessed("normal"), warning: warning(false)))]).isEmpty)
    }

    @Test func `a bank's warning stands for the level, too`() {
        let risk = Risk(assessment: assessed("highest"), review: review(closed: "approved"), warning: warning())
        #expect(notices([], [payment(risk)]).map(\.notice) == [.fraudWarning(euros(200), type: "misc", .refundPayment)])
        #expect(notices([hold(risk)]).map(\.notice) == [.fraudWarning(euros(300), type: "misc", .cancelHold)])
    }

    /// Hold 4 in the place of hold 3, with what was said of each.
    private func chain(_ first: Risk?, _ second: Risk?, cards: (String, String) = ("pm_1", "pm_1")) -> [Hold] {
        var old = hold(Risk(), .replaced)
        (old.risk, old.paymentMethod) = (first, cards.0)
        var new = Hold(number: 4, replaces: 3, chain: 3, origin: .savedCard, method: .card, amount: euros(300), state: .authorised)
        (new.authorised, new.risk, new.paymentMethod) = (euros(300), second, cards.1)
        new.captureBefore = Self.noon.adding(seconds: 60)
        return [old, new]
    }

    @Test func `what was said of a hold is said of the one that took its place on the same card`() {
        let reported = Risk(warning: warning())
        for second in [nil, Risk(assessment: assessed("normal")), Risk(review: review(closed: "approved"))] {
            let told = notices(chain(reported, second))
            #expect(told.map(\.notice) == [.fraudWarning(euros(300), type: "misc", .cancelHold)] && told.map(\.number) == [4])
            #expect(notices(chain(Risk(review: review()), second)).map(\.notice) == [.paymentRisk(euros(300), .review, .cancelHold)])
        }
        var captured = chain(reported, nil)
        captured[1].state = .captured
        var paid = Payment(number: 2, origin: .capture, method: .card, amount: euros(200), state: .succeeded)
        paid.hold = 4
        paid.received = euros(200)
        #expect(notices(captured, [paid]).map(\.notice) == [.fraudWarning(euros(200), type: "misc", .refundPayment)])
    }

    @Test func `what was said of another card, or is over, is not`() {
        #expect(notices(chain(Risk(warning: warning()), nil, cards: ("pm_1", "pm_2"))).isEmpty)
        #expect(notices(chain(Risk(warning: warning(false)), nil)).isEmpty)
        #expect(notices(chain(Risk(review: review(closed: "approved")), nil)).isEmpty)
        #expect(notices(chain(Risk(assessment: assessed("elevated")), Risk(assessment: assessed("normal")))).isEmpty)
    }

    @Test func `a stay that was consumed is not refunded for a level alone`() {
        let (level, reported) = (Risk(assessment: assessed("highest")), Risk(warning: warning()))
        #expect(notices([], [payment(level)], on: folio(.checkedOut)).isEmpty)
        #expect(notices([], [payment(reported)], on: folio(.checkedOut)).count == 1)
        // An order may still be held back, and a cancellation's fee can be refunded.
        #expect(notices([], [payment(level)], on: folio(.checkedOut, .shop)).count == 1)
        #expect(notices([], [payment(level)], on: folio(.cancelled)).count == 1)
    }

    // MARK: - Words

    @Test func `reads as a few words, the most important first`() {
        let whole = Risk(
            assessment: Risk.Assessment(
                charge: "ch_1", chargedAt: Self.noon, level: "elevated", score: 71, cvc: "fail", addressLine1: "pass", postalCode: "fail",
                country: "FR", funding: "prepaid"),
            review: review(),
            warning: Risk.FraudWarning(id: "issfr_1", warnedAt: Self.noon, type: "made_with_stolen_card", isActionable: true))
        #expect(
            whole.remarks.map(\.german) == [
                "Betrugsverdacht der Bank: gestohlene Karte", "in Stripes Dashboard zu prüfen", "erhöhtes Risiko, 71 von 100",
                "falsche Prüfziffer", "Postleitzahl passt nicht zur Karte", "Prepaidkarte aus FR",
            ])
        #expect(
            whole.remarks.map(\.english) == [
                "the bank suspects fraud: stolen card", "to be reviewed in Stripe's Dashboard", "elevated risk, 71 of 100",
                "wrong security code", "postal code does not fit the card", "prepaid card from FR",
            ])
        #expect(Risk(assessment: assessed(nil)).remarks.isEmpty)
        #expect(Risk(assessment: assessed("of_tomorrow")).remarks.map(\.german) == ["Risiko: of tomorrow"])
    }

    @Test func `has words in both languages for every word of Stripe's that is known`() {
        let levels = ["normal", "elevated", "highest", "not_assessed", "unknown"].map { Risk(assessment: assessed($0)) }
        let reasons = [
            nil, "acknowledged", "approved", "canceled", "disputed", "payment_never_settled", "refunded", "refunded_as_fraud",
        ].map { Risk(review: review(closed: $0)) }
        let types = [
            "card_never_received", "fraudulent_card_application", "made_with_counterfeit_card", "made_with_lost_card",
            "made_with_stolen_card", "misc", "unauthorized_use_of_card",
        ].map { Risk(warning: Risk.FraudWarning(id: "issfr_1", warnedAt: Self.noon, type: $0, isActionable: false)) }
        for risk in levels + reasons + types {
            let remark = risk.remarks.first
            #expect(risk.remarks.count == 1 && remark?.english != remark?.german && remark?.english.contains("_") == false, "\(risk)")
        }
    }
}
