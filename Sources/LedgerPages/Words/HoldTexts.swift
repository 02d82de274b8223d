import Ledger

/// What is said of a hold's end, of renewing and of raising it.
extension Phrase {
    // MARK: - Its chain and its end

    static func inPlaceOf(_ hold: Int64) -> Phrase {
        Phrase("in place of hold \(hold)", "an Stelle von Vormerkung \(hold)")
    }
    static func toReplace(_ hold: Int64) -> Phrase {
        Phrase("is to take the place of hold \(hold)", "soll Vormerkung \(hold) ersetzen")
    }
    static func wasToReplace(_ hold: Int64) -> Phrase {
        Phrase("was to take the place of hold \(hold)", "sollte Vormerkung \(hold) ersetzen")
    }
    static func replacedBy(_ hold: Int64) -> Phrase {
        Phrase("replaced by hold \(hold)", "ersetzt durch Vormerkung \(hold)")
    }
    static let stillBeingReleased = Phrase("Its release is under way.", "Ihre Freigabe läuft.")
    static func earlierHolds(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 earlier hold", "1 frühere Vormerkung")
            : Phrase("\(count) earlier holds", "\(count) frühere Vormerkungen")
    }

    /// - Parameters:
    ///   - end: As within a sentence.
    ///   - days: From its day to the departure.
    static func holdEnds(_ end: String, daysBeforeDeparture days: Int) -> Phrase {
        let when =
            switch days {
            case 2...: Phrase("\(days) days before departure", "\(days) Tage vor der Abreise")
            case 1: Phrase("the day before departure", "am Tag vor der Abreise")
            case 0: Phrase("the day of departure", "am Tag der Abreise")
            case -1: Phrase("the day after departure", "am Tag nach der Abreise")
            default: Phrase("\(-days) days after departure", "\(-days) Tage nach der Abreise")
            }
        return Phrase("Ends on \(end), \(when.english).", "Endet am \(end), \(when.german).")
    }
    static func holdEnded(_ end: String) -> Phrase {
        Phrase("Ended on \(end); it covers nothing any more.", "Endete am \(end) und deckt nichts mehr.")
    }

    static let noHoldCame = Phrase(
        "It was asked for and never came about; nothing is held.",
        "Sie wurde angefragt und kam nicht zustande; vorgemerkt ist nichts.")

    // MARK: - What happens by itself

    /// - Parameter time: As within a sentence; nil for at once.
    static func renewedAt(_ time: String?, isAgain: Bool) -> Phrase {
        let when = timeWords(time)
        return isAgain
            ? Phrase("The next try is \(when.english).", "Der nächste Versuch ist \(when.german).")
            : Phrase("It is renewed by itself \(when.english).", "Sie wird \(when.german) von selbst erneuert.")
    }
    static let bankIsAsked = Phrase("The bank has been asked for a new one.", "Die Bank ist um eine neue gebeten.")
    static func guestAskedAt(_ time: String?, _ why: Phrase) -> Phrase {
        let when = timeWords(time)
        return Phrase(
            "The guest is asked for a new one \(when.english): \(why.english).",
            "Der Gast wird \(when.german) um eine neue gebeten: \(why.german).")
    }
    private static func timeWords(_ time: String?) -> Phrase {
        time.map { Phrase("on \($0)", "am \($0)") } ?? Phrase("within minutes", "in wenigen Minuten")
    }
    static func guestAskedAfterPage(_ why: Phrase) -> Phrase {
        Phrase(
            "The guest has another open page, and is asked for a new hold after that: \(why.english).",
            "Der Gast hat noch eine andere offene Seite und wird danach um eine neue gebeten: \(why.german).")
    }
    static let guestIsAsked = Phrase(
        "The page for a new one is on the folio: please send it to the guest.",
        "Die Seite für eine neue steht auf dem Gästekonto: Bitte dem Gast senden.")
    static func nothingHappens(_ why: Phrase) -> Phrase {
        Phrase(
            "It is not renewed by itself: \(why.english). Ask the guest for a new one, or check out before.",
            "Sie wird nicht von selbst erneuert: \(why.german). Den Gast um eine neue bitten oder vorher auschecken.")
    }
    static func holdRefused(_ why: String) -> Phrase {
        Phrase("The bank refused it: \(why).", "Die Bank hat sie abgelehnt: \(why).")
    }
    static let askForNewHold = Phrase("Ask the guest for a new one.", "Den Gast um eine neue bitten.")
    static func renewalRefused(_ tries: Int, _ why: String) -> Phrase {
        tries == 1
            ? Phrase("The bank refused to renew it: \(why).", "Die Bank hat die Erneuerung abgelehnt: \(why).")
            : Phrase(
                "The bank refused to renew it \(tries) times: \(why).",
                "Die Bank hat die Erneuerung \(tries)-mal abgelehnt: \(why).")
    }

    // MARK: - Holds that end

    static let endingHolds = Phrase("Holds that end", "Ablaufende Vormerkungen")
    static let endingHoldsHint = Phrase(
        """
        Holds that end before their guests have left and paid, or never came about. Most that end are renewed by \
        themselves.
        """,
        """
        Vormerkungen, die enden, bevor der Gast abgereist ist und bezahlt hat, oder nicht zustande kamen. Die meisten, \
        die enden, werden von selbst erneuert.
        """)
    static let forStaff = Phrase("To do", "Zu tun")
    static let nothingForStaff = Phrase("There is nothing to do.", "Es ist nichts zu tun.")
    static let byItself = Phrase("Happens by itself", "Geschieht von selbst")
    static let nothingByItself = Phrase("No hold ends too early.", "Keine Vormerkung endet zu früh.")
    static func toDo(_ count: String) -> Phrase { Phrase("\(count) to do", "\(count) zu tun") }
    static let willBeRenewed = Phrase("Is renewed", "Wird erneuert")
    static let renewalWasRefused = Phrase("Refused, tried again", "Abgelehnt, neuer Versuch")
    static let willAskGuest = Phrase("Guest is asked", "Gast wird gefragt")
    static let hasAskedGuest = Phrase("Guest's page is open", "Seite offen beim Gast")
    static let staysAsItIs = Phrase("Not renewed", "Wird nicht erneuert")
    static let hasEnded = Phrase("Expired", "Verfallen")

    static func notRenewedUntil(_ day: String) -> Phrase {
        Phrase("Not renewed, ends \(day)", "Nicht erneuert, endet \(day)")
    }
    static let heldTwice = Phrase("Held twice", "Doppelt vorgemerkt")

    // MARK: - Renewing

    static let renew = Phrase("Renew", "Erneuern")
    static func renewTitle(_ number: Int64, _ amount: String) -> Phrase {
        Phrase("Renew hold \(number) of \(amount)?", "Vormerkung \(number) über \(amount) erneuern?")
    }
    static let renewMeans = Phrase(
        """
        The bank is asked for a new hold of the same amount on the saved card. Only when it agrees, the old one is \
        released; if it refuses, the old one stays. Nothing is charged.
        """,
        """
        Die Bank wird um eine neue Vormerkung über denselben Betrag auf der hinterlegten Karte gebeten. Erst wenn sie \
        zustimmt, wird die alte freigegeben; lehnt sie ab, bleibt die alte bestehen. Eingezogen wird nichts.
        """
    )
    static let blocksGuestsMoney = Phrase(
        "The card spends the guest's own money: until the old hold is released, the amount is blocked twice.",
        """
        Die Karte belastet das Guthaben des Gastes: Bis die alte Vormerkung freigegeben ist, ist der Betrag doppelt \
        gesperrt.
        """)
    static let renewNow = Phrase("Renew it now", "Jetzt erneuern")
    static let leaveHold = Phrase("Leave it as it is", "So lassen")
    static let renewedDone = Phrase("The hold has been renewed.", "Die Vormerkung ist erneuert.")

    // MARK: - Raising

    static let raise = Phrase("Raise", "Erhöhen")
    static func raiseTitle(_ number: Int64, _ amount: String) -> Phrase {
        Phrase("Raise hold \(number) of \(amount)", "Vormerkung \(number) über \(amount) erhöhen")
    }
    static let raiseTotal = Phrase("New total of the hold", "Neuer Gesamtbetrag der Vormerkung")
    static func raiseUpTo(_ amount: String) -> Phrase {
        Phrase("Up to \(amount) without the guest.", "Bis \(amount) ohne den Gast.")
    }
    static let raiseMeans = Phrase(
        """
        The bank is asked to hold the total: by raising the hold where the card allows that, else by a new hold in its \
        place. If it refuses, or the old one covers the stay for longer, a second hold adds what is missing. Nothing \
        is charged.
        """,
        """
        Die Bank wird gebeten, den Gesamtbetrag vorzumerken: Wo die Karte es erlaubt, erhöht sie die Vormerkung, sonst \
        nimmt eine neue ihren Platz ein. Lehnt sie ab, oder deckt die alte den Aufenthalt länger, kommt eine zweite \
        über den Rest hinzu. Eingezogen wird nichts.
        """
    )
    static let raiseNow = Phrase("Raise it now", "Jetzt erhöhen")
    static let raiseHold = Phrase("Raise the hold.", "Vormerkung erhöhen.")
    static let furtherHold = Phrase("A further hold, by the guest", "Weitere Vormerkung durch den Gast")
    static let raisedDone = Phrase("More is held now.", "Es ist jetzt mehr vorgemerkt.")
}
