import Ledger
import LedgerShapes

/// What the folio's pages say.
extension Phrase {
    static let shopOrder = Phrase("Shop order", "Bestellung im Shop")
    static let room = Phrase("Room", "Zimmer")
    static let roomChange = Phrase("Change the room …", "Zimmer ändern …")
    static let document = Phrase("Document", "Beleg")
    static let checkOut = Phrase("Check-out", "Check-out")
    static let extras = Phrase("Extras", "Zusatzleistungen")
    static let quantity = Phrase("Quantity", "Menge")
    static let somethingElse = Phrase("Something else …", "Etwas anderes …")
    static let description = Term.description.label
    static let priceGross = Term.unitAmount.label
    static let categoryHead = Phrase("Kind", "Art")
    static let pleaseChoose = Phrase("Please choose", "Bitte wählen")
    static let serviceDay = Phrase("Service date", "Tag der Leistung")
    static let outsideStayMeant = Phrase(
        "The date is outside the stay, and that is correct.",
        "Der Tag liegt außerhalb des Aufenthalts und ist so gemeint.")
    static let releaseNow = Phrase("Release it now", "Jetzt freigeben")
    static let withdrawNow = Phrase("Withdraw it now", "Jetzt zurückziehen")
    static let releaseMeans = Phrase(
        """
        The bank releases it permanently. The rest of the bill then needs a new hold or payment, or is charged \
        to the saved card.
        """,
        """
        Die Bank gibt den Betrag endgültig frei. Für den Restbetrag muss der Gast neu gefragt oder die \
        hinterlegte Karte belastet werden.
        """
    )
    static let withdrawMeans = Phrase(
        "The guest's page no longer works, or the planned hold is not placed.",
        "Die Seite des Gastes gilt nicht mehr, oder die geplante Vormerkung entfällt.")
    static let keepHold = Phrase("Keep it", "Behalten")
    static let withdrawnDone = Phrase("The request has been withdrawn.", "Die Anfrage ist zurückgezogen.")
    static func releaseTitle(_ number: Int64, _ amount: String) -> Phrase {
        Phrase("Release hold \(number) of \(amount)?", "Vormerkung \(number) über \(amount) freigeben?")
    }
    static func withdrawTitle(_ number: Int64, _ amount: String) -> Phrase {
        Phrase("Withdraw hold \(number) of \(amount)?", "Vormerkung \(number) über \(amount) zurückziehen?")
    }
    static let add = Phrase("Add", "Hinzufügen")
    static let position = Phrase("No.", "Pos.")
    static let lines = Phrase("Lines", "Positionen")
    static let noLines = Phrase("Nothing charged yet.", "Noch nichts berechnet.")
    static let date = Phrase("Date", "Datum")
    static let amount = Phrase("Amount", "Betrag")
    static let action = Phrase("Action", "Aktion")
    static let sum = Phrase("Total", "Summe")
    static let undo = Phrase("Reverse", "Storno")
    static let noCatalogue = Phrase("The price list is still empty.", "Die Preisliste ist noch leer.")
    static let noCatalogueHint = Phrase(
        "An administrator fills it in the settings.", "Die Verwaltung legt sie in den Einstellungen an.")
    static let toCatalogue = Phrase("To the price list", "Zur Preisliste")
    static let undoHint = Phrase(
        "The line stays visible; a reversal cancels it.",
        "Die Position bleibt sichtbar; eine Gegenbuchung hebt sie auf.")
    static let whyUndo = Phrase("Why?", "Warum?")
    static let reasonMistake = Phrase("Entered by mistake", "Falsch gebucht")
    static let reasonNotUsed = Phrase("Not used", "Nicht in Anspruch genommen")
    static let reasonComplaint = Phrase("Complaint", "Reklamation")
    static let otherReason = Phrase("Another reason", "Anderer Grund")
    static let keepLine = Phrase("Keep it", "Nicht stornieren")
    static let reason = Phrase("Reason", "Grund")
    static let what = Phrase("What", "Was")
    static let stateHead = Phrase("State", "Stand")

    static let payment = Phrase("Payment", "Zahlung")
    static let hold = Phrase("Hold", "Vormerkung")
    static let refund = Phrase("Refund", "Rückerstattung")
    static let cover = Phrase("Cover", "Deckung")
    static let charged = Phrase("Charged", "Berechnet")
    static let held = Phrase("Held", "Vorgemerkt")
    static let paidSoFar = Phrase("Already paid", "Schon bezahlt")
    static let stillOpen = Phrase("Open", "Offen")
    static let uncoveredShort = Phrase("Not covered", "Ungedeckt")
    static let roomLeft = Phrase("Left", "Noch frei")
    static let holdWithoutEnd = Phrase(
        "The bank did not say when the hold expires.", "Die Bank hat kein Ende der Vormerkung genannt.")
    static let holdAskedFor = Phrase(
        "The guest has not confirmed the hold yet.", "Der Gast hat die Vormerkung noch nicht bestätigt.")
    static let holdIsOver = Phrase(
        "The hold has expired and covers nothing.", "Die Vormerkung ist verfallen und deckt nichts mehr.")
    static let cardWithoutHold = Phrase(
        "There is no hold. The saved card is charged at check-out.",
        "Es gibt keine Vormerkung. Beim Check-out wird die hinterlegte Karte belastet.")
    static let noHoldYet = Phrase("There is no hold.", "Es gibt keine Vormerkung.")
    static let closingNow = Phrase(
        "The check-out is running. No more lines can be added.",
        "Der Check-out läuft gerade. Neue Positionen sind nicht mehr möglich.")
    static let look = Phrase("Look", "Ansehen")
    static let guestMustPay = Phrase("The guest still has to pay.", "Der Gast muss noch bezahlen.")
    static let pageIsOut = Phrase("The guest has an open page at Stripe.", "Der Gast hat eine offene Seite bei Stripe.")
    static let foundAtStripe = Phrase("Found at Stripe, not in these books", "Bei Stripe gefunden, hier nicht gezählt")
    static let toKnow = Phrase("Warnings", "Zu beachten")
    static let riskOfFraud = Phrase("Risk of fraud", "Betrugsrisiko")
    static let bankWarns = Phrase("The bank suspects fraud", "Die Bank meldet Betrugsverdacht")
    static let linkComes = Phrase("The payment page is being created.", "Die Zahlungsseite kommt gleich.")
    static let sendByMail = Phrase("Send by e-mail", "Per E-Mail senden")
    static let guestsPage = Phrase("The guest's payment page", "Zahlungsseite des Gastes")
    static let copy = Phrase("Copy", "Kopieren")
    static let openPage = Phrase("Open", "Öffnen")
    static let askForHold = Phrase("Ask for a hold.", "Vormerkung anfragen.")
    static let askForMore = Phrase("Ask for a further hold.", "Weitere Vormerkung anfragen.")
    static let askForHoldShort = Phrase("Ask for a hold …", "Vormerkung anfragen …")
    static let askForMoreShort = Phrase("Ask for a further hold …", "Weitere Vormerkung anfragen …")
    static let askHint = Phrase(
        "The guest confirms it on a payment page; 0.00 only saves the card.",
        "Der Gast bestätigt sie auf einer Seite von Stripe; mit 0,00 wird nur die Karte hinterlegt.")
    static let askForPaymentShort = Phrase("Ask for a payment …", "Zahlung anfragen …")
    static let askForPaymentHint = Phrase(
        "The guest pays the amount now, on a payment page; check-out takes it into account.",
        "Der Gast zahlt den Betrag jetzt auf einer Seite von Stripe; der Check-out rechnet ihn an.")
    static let otherMethodShort = Phrase("Ask with another method …", "Mit anderer Zahlart anfragen …")
    static let otherMethodHint = Phrase(
        "A new page takes the place of this one, which is withdrawn.",
        "Eine neue Seite tritt an die Stelle dieser, die zurückgezogen wird.")
    static let paymentAmount = Phrase("Amount of the payment", "Betrag der Zahlung")
    static let payBy = Phrase("Method", "Zahlart")
    static let holdAmount = Phrase("Amount of the hold", "Betrag der Vormerkung")
    static let nothingHeldYet = Phrase("Nothing held or paid yet.", "Noch nichts vorgemerkt oder bezahlt.")
    static let askGuest = Phrase("Ask", "Anfragen")
    static let restAtCheckOut = Phrase("Take the rest at check-out.", "Rest beim Check-out einziehen.")
    static let restByLink = Phrase(
        "The rest on a payment page at check-out.", "Rest beim Check-out über eine Zahlungsseite.")
    static let withdraw = Phrase("Withdraw", "Zurückziehen")
    static let release = Phrase("Release", "Freigeben")
    static let giveBack = Phrase("Refund", "Erstatten")
    static let holdsAndPayments = Phrase("Holds and payments", "Vormerkungen und Zahlungen")
    static let askedDone = Phrase(
        "The request is ready. Send the page to the guest.", "Die Anfrage ist bereit. Bitte dem Gast die Seite senden.")
    static let releasedDone = Phrase("The hold has been released.", "Die Vormerkung ist freigegeben.")
    static let refundedDone = Phrase("The refund is processing.", "Die Rückerstattung ist unterwegs.")

    static func releaseThis(_ hold: Int64) -> Phrase {
        Phrase("Release hold \(hold)", "Vormerkung \(hold) freigeben")
    }
    static func refundThis(_ payment: Int64) -> Phrase {
        Phrase("Refund payment \(payment)", "Zahlung \(payment) erstatten")
    }
    static func nights(_ count: Int) -> Phrase {
        count == 1 ? Phrase("1 night", "1 Nacht") : Phrase("\(count) nights", "\(count) Nächte")
    }
    static func giveBackTitle(_ guest: String) -> Phrase { Phrase("Refund: \(guest)", "Erstattung: \(guest)") }
    static func giveBackOf(_ payment: Int64, _ method: String, _ amount: String) -> Phrase {
        Phrase("From payment \(payment) (\(method), \(amount)).", "Aus Zahlung \(payment) (\(method), \(amount)).")
    }
    static func allowanceOf(_ line: Int64) -> Phrase {
        Phrase("Allowance on line \(line)", "Nachlass auf Position \(line)")
    }
    static func reversalOf(_ line: Int64) -> Phrase {
        Phrase("Reversal of line \(line)", "Storno von Position \(line)")
    }
    static func undoTitle(_ what: String) -> Phrase { Phrase("Reverse “\(what)”", "„\(what)“ stornieren") }
    static func added(_ what: String, _ amount: String) -> Phrase {
        Phrase("\(what) added: \(amount)", "\(what) hinzugefügt: \(amount)")
    }
    static func reversedDone(_ what: String, _ amount: String) -> Phrase {
        Phrase("\(what) reversed: \(amount)", "\(what) storniert: \(amount)")
    }
    static func othersAdded(_ count: Int) -> Phrase {
        count == 1
            ? Phrase(
                "In the meantime somebody else added a line; it is in the list.",
                "Inzwischen hat jemand anderes eine weitere Position gebucht; sie steht mit in der Liste.")
            : Phrase(
                "In the meantime somebody else added \(count) lines; they are in the list.",
                "Inzwischen hat jemand anderes \(count) weitere Positionen gebucht; sie stehen mit in der Liste.")
    }
    static func giveBackMost(_ amount: String) -> Phrase {
        Phrase("At most \(amount) can be refunded.", "Höchstens \(amount) können erstattet werden.")
    }
    static func barLabel(_ open: String, _ held: String) -> Phrase {
        Phrase("\(open) open, \(held) held", "\(open) offen, \(held) vorgemerkt")
    }
    static func holdUntil(_ until: String, _ days: Int) -> Phrase {
        switch days {
        case ...0: Phrase("The hold ends today (\(until)).", "Die Vormerkung endet heute (\(until)).")
        case 1: Phrase("Held for 1 more day, until \(until).", "Noch 1 Tag vorgemerkt, bis \(until).")
        default: Phrase("Held for \(days) more days, until \(until).", "Noch \(days) Tage vorgemerkt, bis \(until).")
        }
    }
    static func holdPlanned(_ amount: String, _ day: String) -> Phrase {
        Phrase(
            "\(amount) will be held on the saved card on \(day).",
            "\(amount) werden am \(day) von der hinterlegten Karte vorgemerkt.")
    }
    static func nightsCovered(_ nights: Int64) -> Phrase {
        switch nights {
        case 0: Phrase("Not enough for a further night.", "Reicht für keine weitere Nacht.")
        case 1: Phrase("Enough for 1 more night.", "Reicht noch für 1 Nacht.")
        default: Phrase("Enough for \(nights) more nights.", "Reicht noch für \(nights) Nächte.")
        }
    }
    static func proposed(_ how: String) -> Phrase { Phrase("Proposed: \(how).", "Vorgeschlagen: \(how).") }
    static func savedCardIs(_ card: String) -> Phrase { Phrase("Saved card: \(card).", "Hinterlegte Karte: \(card).") }
    static func holdsUpTo(_ ceiling: String) -> Phrase {
        Phrase("Holds without the guest up to \(ceiling).", "Vormerkungen ohne den Gast bis zu \(ceiling).")
    }
    static func lateChargesUntil(_ days: Int, _ categories: String) -> Phrase {
        Phrase(
            "Late charges until \(days == 1 ? "1 day" : "\(days) days") after departure: \(categories).",
            "Nachbelastungen bis \(days == 1 ? "1 Tag" : "\(days) Tage") nach Abreise: \(categories).")
    }
    static func uncoveredTitle(_ amount: String, wasHeld: Bool) -> Phrase {
        wasHeld
            ? Phrase("\(amount) are no longer covered.", "\(amount) sind nicht mehr gedeckt.")
            : Phrase("\(amount) are not covered.", "\(amount) sind nicht gedeckt.")
    }
    static func askForMoreHint(_ held: String) -> Phrase {
        Phrase(
            "In addition to the \(held) held. The guest confirms it on a payment page.",
            "Zusätzlich zu den vorgemerkten \(held). Der Gast bestätigt sie auf einer Seite von Stripe.")
    }
    static func expiredTitle(_ amount: String) -> Phrase {
        Phrase(
            "The hold has expired: \(amount) are not covered.",
            "Die Vormerkung ist verfallen: \(amount) sind ungedeckt.")
    }
    static func restFromCard(_ amount: String, _ card: String, isAll: Bool) -> Phrase {
        Phrase(
            "\(amount) are then charged to the saved card \(card).\(isAll ? " There is nothing to do." : "")",
            "\(amount) kommen dann von der hinterlegten Karte \(card).\(isAll ? " Es ist nichts zu tun." : "")")
    }
    static func restByLinkHint(_ amount: String) -> Phrase {
        Phrase(
            "The guest then gets a payment page for \(amount).",
            "Für \(amount) bekommt der Gast dann eine Zahlungsseite.")
    }

    static func earlierLines(_ count: Int) -> Phrase {
        Phrase("\(count) earlier lines", "\(count) frühere Positionen")
    }
}
