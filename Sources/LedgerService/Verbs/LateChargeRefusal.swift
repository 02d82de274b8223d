import Ledger

/// Why something is not charged late.
package enum LateChargeRefusal: Refusal {
    /// The stay has not been checked out.
    case stayOpen(String)
    /// The stay did not take place.
    case calledOff(String, Folio.State)
    case ofOrder(String)
    /// The late charge that was named, and the stay that it is of.
    case ofLateCharge(String, stay: String)
    /// The guest's consent does not reach so far.
    case byLinkOnly(LateCharge.Obstacle)
    /// The least that Stripe takes.
    case belowMinimum(Money)
    /// The stay's reference leaves no room for a number.
    case referenceTooLong(String)
    /// A folio is to be opened under the reference of a late charge that was made after the restored backup; its stay.
    case forgotten(String, stay: String)
    /// Nothing is held for it: it is to be paid.
    case hold(String)
    /// Who left something behind was there.
    case noShow(String)
    /// Dropping a late charge costs nobody anything.
    case fee(String)
    /// The late charge that has the same lines, and its state.
    case repeated(String, Folio.State)

    package var code: String {
        switch self {
        case .stayOpen: "late_charge_stay_open"
        case .calledOff: "late_charge_stay_called_off"
        case .ofOrder: "late_charge_of_order"
        case .ofLateCharge: "late_charge_of_late_charge"
        case .byLinkOnly: "late_charge_by_link_only"
        case .belowMinimum: "amount_invalid"
        case .referenceTooLong: "late_charge_reference_too_long"
        case .forgotten: "late_charge_forgotten"
        case .hold: "late_charge_without_hold"
        case .noShow: "late_charge_no_show"
        case .fee: "late_charge_without_fee"
        case .repeated: "late_charge_repeated"
        }
    }

    package var message: String {
        switch self {
        case .stayOpen(let reference): "Folio \"\(reference)\" is open, so nothing is charged late."
        case .calledOff(let reference, let state):
            "Folio \"\(reference)\" is closed (\(state.phrase.english)): there was no stay to charge late."
        case .ofOrder(let reference): "Folio \"\(reference)\" is a shop order, and only stays are charged late."
        case .ofLateCharge(let reference, let stay): "Folio \"\(reference)\" is itself a late charge of \"\(stay)\"."
        case .byLinkOnly(let why): "The saved card cannot be charged: \(why.phrase.english)."
        case .belowMinimum(let least): "Stripe takes no payment below \(least.text(in: .english)), so nothing is charged late."
        case .referenceTooLong(let reference): "The reference \"\(reference)\" is too long for a late charge of it."
        case .forgotten(let reference, let stay):
            "\"\(reference)\" is a late charge of \"\(stay)\" that was made after the restored backup, and no folio to open."
        case .hold(let reference): "Folio \"\(reference)\" is a late charge, and nothing is held for one."
        case .noShow(let reference): "Folio \"\(reference)\" is a late charge: its guest was there, so it is no no-show."
        case .fee(let reference): "Folio \"\(reference)\" is a late charge, and dropping it costs no fee."
        case .repeated(let reference, let state): "The same is charged already, on folio \"\(reference)\" (\(state.phrase.english))."
        }
    }

    package var hint: String? {
        switch self {
        case .stayOpen: "Add the line to the folio; the check-out takes it with the rest."
        case .calledOff: "Open a new folio with a direct payment, on which the guest can pay."
        case .ofOrder: "Open a new order for it."
        case .ofLateCharge(_, let stay): "Make another late charge of \"\(stay)\"."
        case .byLinkOnly: "Ask the guest to pay by a link: repeat the command with --by link."
        case .belowMinimum: "Charge it together with something else that was found, or leave it."
        case .referenceTooLong: "Open a new folio of your own for it, with a direct payment."
        case .forgotten(_, let stay): "Charge \"\(stay)\" late again, with the same lines: it gets this reference."
        case .hold: "Check it out: the amount due is taken, or the guest gets a payment page."
        case .noShow, .fee: "Cancel it without a fee to drop it, or check it out to take what is due."
        case .repeated: "Look at that folio. If it was found once more, repeat the command with --again."
        }
    }

    package var german: RefusalWords { RefusalWords(germanMessage, hint: germanHint) }

    private var germanMessage: String {
        switch self {
        case .stayOpen(let reference): "Das Gästekonto „\(reference)“ ist offen; nachbelastet wird erst nach dem Check-out."
        case .calledOff(let reference, let state):
            "Das Gästekonto „\(reference)“ ist abgeschlossen (\(state.phrase.german)): Es gab keinen Aufenthalt, der sich nachbelasten ließe."
        case .ofOrder(let reference): "Das Gästekonto „\(reference)“ ist eine Bestellung im Shop; nachbelastet werden nur Aufenthalte."
        case .ofLateCharge(let reference, let stay): "Das Gästekonto „\(reference)“ ist selbst eine Nachbelastung zu „\(stay)“."
        case .byLinkOnly(let why): "Die hinterlegte Karte lässt sich nicht belasten: \(why.phrase.german)."
        case .belowMinimum(let least):
            "Stripe nimmt keine Zahlung unter \(least.text(in: .german)) an; deshalb wird nichts nachbelastet."
        case .referenceTooLong(let reference): "Die Buchungsnummer „\(reference)“ ist für eine Nachbelastung zu lang."
        case .forgotten(let reference, let stay):
            "„\(reference)“ ist eine Nachbelastung zu „\(stay)“ aus der Zeit nach der eingespielten Sicherung und lässt sich nicht anlegen."
        case .hold(let reference): "Das Gästekonto „\(reference)“ ist eine Nachbelastung; für sie wird nichts vorgemerkt."
        case .noShow(let reference):
            "Das Gästekonto „\(reference)“ ist eine Nachbelastung: Der Gast war da, also ist es kein No-Show."
        case .fee(let reference): "Das Gästekonto „\(reference)“ ist eine Nachbelastung; sie aufzugeben kostet keine Gebühr."
        case .repeated(let reference, let state):
            "Dasselbe ist schon auf dem Gästekonto „\(reference)“ berechnet (\(state.phrase.german))."
        }
    }

    private var germanHint: String? {
        switch self {
        case .stayOpen: "Die Position auf dem Gästekonto buchen; der Check-out zieht sie mit dem Rest ein."
        case .calledOff: "Ein neues Gästekonto mit sofortiger Zahlung anlegen, auf dem der Gast zahlen kann."
        case .ofOrder: "Dafür eine neue Bestellung anlegen."
        case .ofLateCharge(_, let stay): "Eine weitere Nachbelastung zu „\(stay)“ anlegen."
        case .byLinkOnly: nil
        case .belowMinimum: "Mit etwas anderem zusammen nachbelasten oder darauf verzichten."
        case .referenceTooLong: "Dafür ein eigenes Gästekonto mit sofortiger Zahlung anlegen."
        case .forgotten(_, let stay): "„\(stay)“ mit denselben Positionen noch einmal nachbelasten: Das ergibt diese Nummer."
        case .hold: "Auschecken: Was offen ist, wird eingezogen, oder der Gast bekommt eine Zahlungsseite."
        case .noShow, .fee: "Zum Aufgeben ohne Gebühr stornieren, oder auschecken, um einzuziehen, was offen ist."
        case .repeated: nil
        }
    }
}
