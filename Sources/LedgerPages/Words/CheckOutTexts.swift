import Ledger
import LedgerShapes

/// What the check-out says.
extension Phrase {
    static let due = Phrase("Due", "Zu zahlen")
    static let goesBack = Phrase("To refund", "Geht zurück")
    static let givenBack = Phrase("Refunded", "Erstattet")
    static let working = Phrase("Working …", "Wird ausgeführt …")
    static let onlyThis = Phrase(
        "Exactly this will be done. If anything changes before, no money is taken.",
        "Es wird genau das ausgeführt, was hier steht. Ändert sich vorher etwas, wird nichts eingezogen.")
    static let lastTimeOpen = Phrase(
        "The last check-out left an amount open.", "Beim letzten Check-out blieb etwas offen.")
    static let bankSaid = Phrase("The bank says:", "Die Bank sagt:")
    static let closeFolio = Phrase("Close", "Abschließen")
    static let allPaid = Phrase(
        "Everything is paid. The folio is closed and the document issued.",
        "Es ist alles bezahlt. Das Gästekonto wird abgeschlossen und der Beleg ausgestellt.")
    static let closeEmpty = Phrase(
        "Close the folio without a charge", "Das Gästekonto ohne Leistung abschließen")
    static let nothingToMove = Phrase("Nothing is due.", "Es ist nichts einzuziehen.")
    static let tooLittleToTake = Phrase(
        "Nothing is taken: the amount is below Stripe's minimum. It stays open.",
        "Es wird nichts eingezogen: So kleine Beträge nimmt Stripe nicht an. Der Betrag bleibt offen.")
    static let and = Phrase(" and ", " und ")
    static let running = Phrase("The check-out is running.", "Der Check-out läuft.")
    static let runningHint = Phrase(
        "This page refreshes automatically. You can close it: nothing is lost, and nothing is taken twice.",
        """
        Die Seite aktualisiert sich von selbst. Nichts geht verloren und nichts wird doppelt eingezogen, auch \
        wenn Sie sie schließen.
        """
    )
    static let moneyOnItsWay = Phrase("The payment is processing.", "Die Zahlung ist unterwegs.")
    static let moneyOnItsWayHint = Phrase(
        "There is nothing to do: the folio closes automatically when the payment succeeds.",
        "Es ist nichts zu tun: Das Gästekonto schließt sich von selbst, sobald das Geld da ist.")
    static let pageEnds = Phrase(
        "The guest's open payment page no longer works after that.",
        "Die offene Zahlungsseite des Gastes gilt danach nicht mehr.")
    static let cardRefused = Phrase("The card was refused.", "Die Karte wurde abgelehnt.")
    static let guestMustConfirm = Phrase(
        "The guest has to confirm the payment.", "Der Gast muss die Zahlung bestätigen.")
    static let nextSendLink = Phrase(
        """
        Next: send the guest the payment page, or let the guest pay at the desk. The folio closes automatically \
        once it is paid.
        """,
        """
        Nächster Schritt: dem Gast die Zahlungsseite senden oder ihn am Empfang zahlen lassen. Ist bezahlt, \
        schließt sich das Gästekonto von selbst.
        """
    )
    static let withdrawLink = Phrase("Withdraw the payment page", "Zahlungsseite zurückziehen")
    static let withdrawLinkHint = Phrase(
        "The guest can no longer pay on it, and the folio is open again.",
        "Der Gast kann darauf nicht mehr zahlen, und das Gästekonto ist wieder offen.")
    static let showDocument = Phrase("Show the document", "Beleg anzeigen")
    static let toFolio = Phrase("To the folio", "Zum Gästekonto")
    static let stepByStep = Phrase("Step by step", "Schritt für Schritt")
    static let stepWaiting = Phrase("Pending", "Folgt")
    static let stepAwaiting = Phrase("Waiting for the guest", "Wartet auf den Gast")
    static let stepDone = Phrase("Done", "Erledigt")
    static let stepRefused = Phrase("Refused", "Abgelehnt")
    static let taxes = Phrase("Tax included", "Enthaltene Steuern")
    static let rateHead = Term.taxRate.remark
    static let untaxed = Phrase("no VAT", "ohne USt.")
    static let net = Phrase("Net", "Netto")
    static let tax = Phrase("VAT", "USt.")
    static let gross = Phrase("Gross", "Brutto")
    static let planChanged = Phrase(
        "Something has changed in the meantime. Nothing was taken.",
        "Inzwischen hat sich etwas geändert. Es wurde nichts eingezogen.")
    static let planChangedHint = Phrase(
        "Please check the new amount and confirm again.", "Bitte den neuen Betrag prüfen und noch einmal bestätigen.")

    static func makeLink(_ amount: String) -> Phrase {
        Phrase("Create a payment page for \(amount)", "Zahlungsseite über \(amount) erstellen")
    }
    static func take(_ amount: String) -> Phrase {
        Phrase("Take \(amount) and close", "\(amount) einziehen und abschließen")
    }
    static func takeAndLink(_ taken: String, _ linked: String) -> Phrase {
        Phrase(
            "Take \(taken) and create a payment page for \(linked)",
            "\(taken) einziehen und Zahlungsseite über \(linked) erstellen")
    }
    static func payBack(_ amount: String) -> Phrase {
        Phrase("Refund \(amount) and close", "\(amount) erstatten und abschließen")
    }
    static func closedWell(_ document: String) -> Phrase {
        document.isEmpty
            ? Phrase("Closed.", "Abgeschlossen.")
            : Phrase("Closed. Document \(document).", "Abgeschlossen. Beleg \(document).")
    }
    static func stepIncrement(_ from: String, _ to: String) -> Phrase {
        Phrase("raise the hold from \(from) to \(to)", "die Vormerkung von \(from) auf \(to) erhöhen")
    }
    static func stepCapture(_ amount: String, rest: String?) -> Phrase {
        let (german, english) = rest.map { (" (\($0) gibt die Bank frei)", " (the bank releases \($0))") } ?? ("", "")
        return Phrase("take \(amount) from the hold\(english)", "\(amount) aus der Vormerkung einziehen\(german)")
    }
    static func stepCharge(_ amount: String, _ card: String) -> Phrase {
        Phrase("take \(amount) from the saved card \(card)", "\(amount) von der hinterlegten Karte \(card) einziehen")
    }
    static func stepLink(_ amount: String) -> Phrase {
        Phrase("the guest pays \(amount) on a payment page", "\(amount) zahlt der Gast über eine Zahlungsseite")
    }
    static func stepRelease(_ amount: String) -> Phrase {
        Phrase("release the hold of \(amount)", "die Vormerkung über \(amount) freigeben")
    }
    static func stepRefund(_ amount: String) -> Phrase { Phrase("refund \(amount)", "\(amount) erstatten") }
}
