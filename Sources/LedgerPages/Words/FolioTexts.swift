import Ledger

/// What the folio's pages say.
extension Text {
    static let shopOrder = Text("Bestellung im Shop", "Shop order")
    static let room = Text("Zimmer", "Room")
    static let roomChange = Text("Zimmer ändern …", "Change the room …")
    static let receipt = Text("Rechnung", "Receipt")
    static let checkOut = Text("Check-out", "Check-out")
    static let extras = Text("Zusatzleistungen", "Extras")
    static let quantity = Text("Menge", "Quantity")
    static let somethingElse = Text("Etwas anderes …", "Something else …")
    static let description = Text("Bezeichnung", "Description")
    static let priceGross = Text("Preis (brutto)", "Price (gross)")
    static let categoryHead = Text("Art", "Kind")
    static let category = Text("Art der Leistung", "Kind of service")
    static let add = Text("Hinzufügen", "Add")
    static let lines = Text("Positionen", "Lines")
    static let noLines = Text("Noch nichts berechnet.", "Nothing charged yet.")
    static let date = Text("Datum", "Date")
    static let amount = Text("Betrag", "Amount")
    static let action = Text("Aktion", "Action")
    static let sum = Text("Summe", "Total")
    static let undo = Text("Storno", "Reverse")
    static let noCatalogue = Text("Die Preisliste ist noch leer.", "The price list is still empty.")
    static let toCatalogue = Text("Zur Preisliste", "To the price list")
    static let undoHint = Text(
        "Die Position bleibt sichtbar; eine Gegenbuchung hebt sie auf.", "The line stays visible; an opposite one cancels it.")
    static let whyUndo = Text("Warum?", "Why?")
    static let reasonMistake = Text("Falsch gebucht", "Entered by mistake")
    static let reasonNotUsed = Text("Nicht in Anspruch genommen", "Not used")
    static let reasonComplaint = Text("Reklamation", "Complaint")
    static let otherReason = Text("Anderer Grund", "Another reason")
    static let keepLine = Text("Nicht stornieren", "Keep it")
    static let reason = Text("Grund", "Reason")
    static let what = Text("Was", "What")
    static let stateHead = Text("Stand", "State")

    static let payment = Text("Zahlung", "Payment")
    static let hold = Text("Vormerkung", "Hold")
    static let refund = Text("Rückerstattung", "Refund")
    static let cover = Text("Deckung", "Cover")
    static let charged = Text("Berechnet", "Charged")
    static let held = Text("Vorgemerkt", "Held")
    static let paidSoFar = Text("Schon bezahlt", "Already paid")
    static let stillOpen = Text("Offen", "Open")
    static let uncoveredShort = Text("Ungedeckt", "Not covered")
    static let roomLeft = Text("Noch frei", "Left")
    static let holdWithoutEnd = Text("Die Bank hat kein Ende der Vormerkung genannt.", "The bank named no end of the hold.")
    static let holdAskedFor = Text("Der Gast hat die Vormerkung noch nicht bestätigt.", "The guest has not confirmed the hold yet.")
    static let holdIsOver = Text("Die Vormerkung ist verfallen und deckt nichts mehr.", "The hold has lapsed and covers nothing.")
    static let noHoldYet = Text("Es gibt keine Vormerkung.", "There is no hold.")
    static let closingNow = Text("Der Check-out läuft gerade. Neue Positionen sind nicht mehr möglich.", "The check-out is running. No more lines can be added.")
    static let look = Text("Ansehen", "Look")
    static let guestMustPay = Text("Der Gast muss noch bezahlen.", "The guest still has to pay.")
    static let pageIsOut = Text("Der Gast hat eine offene Zahlungsseite.", "The guest has an open payment page.")
    static let toKnow = Text("Zu beachten", "To keep in mind")
    static let linkComes = Text("Die Zahlungsseite kommt gleich.", "The payment page is on its way.")
    static let sendByMail = Text("Per E-Mail senden", "Send by e-mail")
    static let guestsPage = Text("Zahlungsseite des Gastes", "The guest's payment page")
    static let copy = Text("Kopieren", "Copy")
    static let openPage = Text("Öffnen", "Open")
    static let askHigher = Text("Höhere Vormerkung anfragen.", "Ask for a higher hold.")
    static let askHigherHint = Text("Der Gast bestätigt sie auf seiner Zahlungsseite.", "The guest confirms it on the payment page.")
    static let askGuest = Text("Anfragen", "Ask")
    static let restAtCheckOut = Text("Rest beim Check-out einziehen.", "Take the rest at check-out.")
    static let restByLink = Text("Rest beim Check-out per Zahlungslink.", "The rest by payment link at check-out.")
    static let withdraw = Text("Zurückziehen", "Withdraw")
    static let release = Text("Freigeben", "Release")
    static let giveBack = Text("Erstatten", "Refund")
    static let giveBackTitle = Text("Geld zurückgeben", "Give money back")
    static let giveBackHint = Text(
        "Erstattet nur Geld. Was der Gast schuldet, senkt ein Nachlass oder Storno.",
        "This moves money only. What the guest owes is lowered by an allowance or a reversal.")
    static let holdsAndPayments = Text("Vormerkungen und Zahlungen", "Holds and payments")
    static let askedDone = Text("Die Anfrage ist bereit. Bitte dem Gast die Seite senden.", "The request is ready. Send the page to the guest.")
    static let releasedDone = Text("Die Vormerkung ist freigegeben.", "The hold has been released.")
    static let refundedDone = Text("Die Rückerstattung ist unterwegs.", "The refund is on its way.")

    static func nights(_ count: Int) -> Text {
        count == 1 ? Text("1 Nacht", "1 night") : Text("\(count) Nächte", "\(count) nights")
    }
    static func allowanceOf(_ line: Int64) -> Text { Text("Nachlass auf Position \(line)", "Allowance on line \(line)") }
    static func reversalOf(_ line: Int64) -> Text { Text("Storno von Position \(line)", "Reversal of line \(line)") }
    static func undoTitle(_ what: String) -> Text { Text("„\(what)“ stornieren", "Reverse “\(what)”") }
    static func added(_ what: String, _ amount: String) -> Text { Text("\(what) hinzugefügt: \(amount)", "\(what) added: \(amount)") }
    static func reversedDone(_ what: String, _ amount: String) -> Text { Text("\(what) storniert: \(amount)", "\(what) reversed: \(amount)") }
    static func othersAdded(_ count: Int) -> Text {
        count == 1
            ? Text("Inzwischen hat jemand anderes eine weitere Position gebucht; sie steht mit in der Liste.", "Meanwhile somebody else added a line; it is in the list.")
            : Text("Inzwischen hat jemand anderes \(count) weitere Positionen gebucht; sie stehen mit in der Liste.", "Meanwhile somebody else added \(count) lines; they are in the list.")
    }
    static func giveBackMost(_ amount: String) -> Text { Text("Höchstens \(amount) können zurückgegeben werden.", "At most \(amount) can be given back.") }
    static func barLabel(_ open: String, _ held: String) -> Text { Text("\(open) offen, \(held) vorgemerkt", "\(open) open, \(held) held") }
    static func holdUntil(_ until: String, _ days: Int) -> Text {
        switch days {
        case ...0: Text("Die Vormerkung endet heute (\(until)).", "The hold ends today (\(until)).")
        case 1: Text("Noch 1 Tag vorgemerkt, bis \(until).", "Held for 1 more day, until \(until).")
        default: Text("Noch \(days) Tage vorgemerkt, bis \(until).", "Held for \(days) more days, until \(until).")
        }
    }
    static func holdPlanned(_ amount: String, _ day: String) -> Text {
        Text("\(amount) werden am \(day) von der hinterlegten Karte vorgemerkt.", "\(amount) will be held on the saved card on \(day).")
    }
    static func uncoveredTitle(_ amount: String) -> Text {
        Text("\(amount) sind nicht mehr gedeckt.", "\(amount) are no longer covered.")
    }
    static func lapsedTitle(_ amount: String) -> Text {
        Text("Die Vormerkung ist verfallen: \(amount) sind ungedeckt.", "The hold has lapsed: \(amount) are not covered.")
    }
    static func restFromCard(_ amount: String, _ card: String) -> Text {
        Text("\(amount) kommen dann von der hinterlegten Karte \(card). Es ist nichts zu tun.", "\(amount) then come from the saved card \(card). Nothing is to be done.")
    }
    static func restByLinkHint(_ amount: String) -> Text {
        Text("Für \(amount) bekommt der Gast dann einen Link.", "The guest then gets a link for \(amount).")
    }
    static func mailSubject(_ reference: String) -> Text { Text("Ihre Zahlung \(reference)", "Your payment \(reference)") }

    static func holdState(_ state: Hold.State) -> Text {
        switch state {
        case .requested: Text("Angefragt", "Asked for")
        case .authorised: Text("Vorgemerkt", "Held")
        case .captured: Text("Eingezogen", "Captured")
        case .released: Text("Freigegeben", "Released")
        case .expired: Text("Verfallen", "Lapsed")
        case .failed: Text("Abgelehnt", "Refused")
        }
    }
    static func paymentState(_ state: Payment.State) -> Text {
        switch state {
        case .requested: Text("Angefragt", "Asked for")
        case .processing: Text("Unterwegs", "On its way")
        case .succeeded: Text("Bezahlt", "Paid")
        case .failed: Text("Abgelehnt", "Refused")
        }
    }
    static func refundState(_ state: Refund.State) -> Text {
        switch state {
        case .requested, .pending: Text("Unterwegs", "On its way")
        case .succeeded: Text("Erstattet", "Given back")
        case .failed: Text("Fehlgeschlagen", "Failed")
        }
    }
    static func origin(_ origin: Payment.Origin) -> Text {
        switch origin {
        case .capture: Text("aus der Vormerkung", "out of the hold")
        case .page: Text("auf der Zahlungsseite", "on the payment page")
        case .savedCard: Text("von der hinterlegten Karte", "from the saved card")
        }
    }
    static func category(_ category: Category) -> Text {
        switch category {
        case .lodging: Text("Übernachtung", "Lodging")
        case .food: Text("Speisen", "Food")
        case .drinks: Text("Getränke", "Drinks")
        case .minibar: Text("Minibar", "Minibar")
        case .massage: Text("Massage", "Massage")
        case .wellness: Text("Wellness", "Wellness")
        case .parking: Text("Parken", "Parking")
        case .shop: Text("Shop", "Shop")
        case .cancellation: Text("Stornogebühr", "Cancellation")
        case .noShow: Text("No-Show", "No-show")
        case .visitorsTax: Text("Kurtaxe", "Visitor's tax")
        case .other: Text("Sonstiges", "Other")
        default: Text(category.name, category.name)
        }
    }
}
