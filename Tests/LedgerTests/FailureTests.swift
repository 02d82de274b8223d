import Ledger
import Testing

@Suite struct `Why something failed` {
    private static let all: [Failure] = [
        .pageUnused, .declined("insufficient_funds"), .declined(""), .authenticationRequired, .notPaid, .cardRemoved, .releasedAtStripe,
        .methodNotActive(.klarna), .outdated("hold_not_found"),
        .dismissed("Paid in cash.", by: "token:reception desk"), .said("No such customer."), .said(""), .said("#page_unused"), .said("# x"),
        .contested, .notRefundable("charge_already_refunded"), .notRefundable("declined"),
        .refused(code: "resource_missing", words: "No such customer: 'cus_1'."), .refused(code: "brand_new", words: ""),
        .unanswered(.timedOut, words: "no answer, timed out (attempts: 3)"), .unanswered(.busy, words: ""),
    ]

    @Test(arguments: all)
    func `comes back from its columns`(_ failure: Failure) {
        #expect(Failure(code: failure.code, reason: failure.reason, detail: failure.detail, actor: failure.actor) == failure)
    }

    @Test func `that this program does not know is shown in its own words`() {
        let words = Failure(code: "of_a_newer_program", reason: "new", detail: "The bank is closed.", actor: nil)
        #expect(words == .said("The bank is closed."))
        for language in Language.allCases { #expect(words.sentence(in: language) == "The bank is closed.") }
        #expect(Failure(code: "of_a_newer_program", reason: "new", detail: nil, actor: nil) == .said("new"))
        #expect(Failure(code: "of_a_newer_program", reason: nil, detail: nil, actor: nil) == .said("of_a_newer_program"))
        #expect(Failure(code: "unanswered", reason: "asleep", detail: "no answer", actor: nil) == .said("no answer"))
        #expect(Failure(code: "declined", reason: nil, detail: nil, actor: nil) == .said("declined"), "a fact was taken away")
    }

    @Test func `has a code, and all are listed`() {
        #expect(Set(Self.all.map(\.code)) == Set(Failure.codes) && Set(Failure.codes).count == Failure.codes.count)
    }

    @Test(arguments: [
        (Failure.pageUnused, "Die Seite wurde nicht genutzt.", "The page was not used."),
        (.declined("insufficient_funds"), "Karte nicht gedeckt.", "The card has insufficient funds."),
        (
            .methodNotActive(.klarna), "Die Zahlart Klarna ist am Konto bei Stripe nicht aktiv.",
            "The method Klarna is not active at the Stripe account."
        ),
        (.contested, "Die Bank des Gastes ficht die Zahlung an.", "The guest's bank contests the payment."),
        (.notRefundable("lost_or_stolen_card"), "Karte oder Konto bestehen nicht mehr.", "The card or its account is closed."),
        (.declined("expired_card"), "Karte abgelaufen.", "The card has expired."),
        (
            .refused(code: "resource_missing", words: "No such customer: 'cus_1'"), "Stripe kennt es nicht mehr.",
            "Stripe does not know it any more."
        ),
        (
            .refused(code: "brand_new", words: "Something is amiss."), "Stripe hat es abgelehnt (Code brand_new).",
            "Something is amiss (code brand_new)."
        ),
        (
            .unanswered(.timedOut, words: "no answer, timed out (attempts: 3)"), "Stripe hat nicht rechtzeitig geantwortet.",
            "No answer, timed out (attempts: 3)."
        ),
        (
            .authenticationRequired, "Der Gast muss die Zahlung bei seiner Bank bestätigen.",
            "The guest has to confirm the payment with the bank."
        ),
        (
            .dismissed("Bar bezahlt.", by: "user:olaf"), "Aufgegeben von olaf: Bar bezahlt.", "Dismissed by olaf: Bar bezahlt."
        ),
    ])
    func `is said to staff in German and English`(_ failure: Failure, german: String, english: String) {
        #expect(failure.sentence(in: .german) == german && failure.sentence(in: .english) == english)
    }

    @Test(arguments: ["lost_card", "stolen_card", "fraudulent", "pickup_card", "merchant_blacklist", "do_not_honor", "some_new_reason"])
    func `never says that a card is lost or stolen`(_ reason: String) {
        for language in Language.allCases {
            #expect(Failure.declined(reason).sentence(in: language) == Failure.declined("generic_decline").sentence(in: language))
        }
    }

    @Test func `is no refusal when nobody used the page`() {
        let amount = Money(minorUnits: 100, currency: .eur)
        var hold = Hold(number: 1, origin: .page, method: .card, amount: amount, state: .failed)
        var payment = Payment(number: 1, origin: .page, method: .card, amount: amount, state: .failed)
        #expect(hold.statePhrase.german == "abgelehnt" && payment.statePhrase.german == "abgelehnt")
        hold.failure = .pageUnused
        payment.failure = .pageUnused
        #expect(hold.statePhrase.german == "nicht genutzt" && payment.statePhrase.english == "not used")
    }

    @Test func `is the bank's doing only after a decline`() {
        #expect(Self.all.filter(\.isDecline) == [.declined("insufficient_funds"), .declined(""), .authenticationRequired])
    }
}

@Suite struct `Why money went back` {
    private func refund(_ reason: String) -> Refund {
        Refund(number: 1, payment: 1, amount: Money(minorUnits: 100, currency: .eur), reason: reason)
    }

    @Test func `is said in words where nobody gave a reason, and left alone where somebody did`() {
        #expect(refund(Refund.overpaidAtCheckOut).reason(in: .german) == "Überzahlung beim Check-out")
        #expect(refund("check-out").reason(in: .english) == "Overpaid at check-out")
        #expect(refund(Refund.reason(ofEnding: .cancelled)).reason(in: .german) == "Stornierung")
        #expect(refund("Sauna geschlossen").reason(in: .english) == "Sauna geschlossen")
    }
}

@Suite struct `Why a payment is contested` {
    @Test func `has words for what Stripe names`() {
        #expect(DisputeReason.phrase("fraudulent").german == "nicht vom Karteninhaber veranlasst")
        #expect(DisputeReason.phrase("duplicate") == Phrase("paid twice", "doppelt bezahlt"))
        #expect(DisputeReason.phrase("brand_new").german == "brand new")
    }
}
