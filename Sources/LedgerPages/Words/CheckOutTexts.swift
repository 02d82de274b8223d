/// What the check-out says.
extension Text {
    static let due = Text("Zu zahlen", "Due")
    static let goesBack = Text("Geht zurück", "Goes back")
    static let givenBack = Text("Erstattet", "Given back")
    static let working = Text("Wird ausgeführt …", "Working …")
    static let onlyThis = Text(
        "Es wird genau das ausgeführt, was hier steht. Ändert sich vorher etwas, wird nichts eingezogen.",
        "Exactly this is done. If anything changes before, nothing is taken.")
    static let lastTimeOpen = Text("Beim letzten Check-out blieb etwas offen.", "The last check-out left something open.")
    static let bankSaid = Text("Die Bank sagt:", "The bank says:")
    static let closeFolio = Text("Abschließen", "Close")
    static let allPaid = Text("Es ist alles bezahlt. Das Gästekonto wird geschlossen und die Rechnung ausgestellt.", "Everything is paid. The folio is closed and the receipt issued.")
    static let nothingToMove = Text("Es ist nichts einzuziehen.", "Nothing has to be taken.")
    static let and = Text(" und ", " and ")
    static let running = Text("Der Check-out läuft.", "The check-out is running.")
    static let runningHint = Text(
        "Die Seite aktualisiert sich von selbst. Nichts geht verloren und nichts wird doppelt eingezogen, auch wenn Sie sie schließen.",
        "This page refreshes by itself. Nothing is lost and nothing is taken twice, even if you close it.")
    static let cardRefused = Text("Die Karte wurde abgelehnt.", "The card was refused.")
    static let nextSendLink = Text(
        "Nächster Schritt: dem Gast die Zahlungsseite senden oder ihn am Empfang zahlen lassen. Ist bezahlt, schließt sich das Konto von selbst.",
        "Next: send the guest the payment page, or have it paid at the desk. Once paid, the folio closes by itself.")
    static let showReceipt = Text("Rechnung anzeigen", "Show the receipt")
    static let toFolio = Text("Zum Gästekonto", "To the folio")
    static let stepByStep = Text("Schritt für Schritt", "Step by step")
    static let stepWaiting = Text("Folgt", "To come")
    static let stepAwaiting = Text("Wartet auf den Gast", "Waits for the guest")
    static let stepDone = Text("Erledigt", "Done")
    static let stepRefused = Text("Abgelehnt", "Refused")
    static let taxes = Text("Enthaltene Steuern", "Tax included")
    static let rateHead = Text("Steuersatz", "Tax rate")
    static let untaxed = Text("ohne USt.", "no VAT")
    static let net = Text("Netto", "Net")
    static let tax = Text("USt.", "VAT")
    static let gross = Text("Brutto", "Gross")
    static let planChanged = Text("Inzwischen hat sich etwas geändert. Es wurde nichts eingezogen.", "Something has changed meanwhile. Nothing was taken.")
    static let planChangedHint = Text("Bitte den neuen Betrag prüfen und noch einmal bestätigen.", "Please check the new amount and confirm again.")

    static func makeLink(_ amount: String) -> Text { Text("Zahlungslink über \(amount) erstellen", "Make a payment link for \(amount)") }
    static func take(_ amount: String) -> Text { Text("\(amount) einziehen und abschließen", "Take \(amount) and close") }
    static func payBack(_ amount: String) -> Text { Text("\(amount) zurückgeben und abschließen", "Give back \(amount) and close") }
    static func closedWell(_ receipt: String) -> Text {
        receipt.isEmpty ? Text("Abgeschlossen.", "Closed.") : Text("Abgeschlossen. Rechnung \(receipt).", "Closed. Receipt \(receipt).")
    }
    static func stepIncrement(_ from: String, _ to: String) -> Text {
        Text("die Vormerkung von \(from) auf \(to) erhöhen", "raise the hold from \(from) to \(to)")
    }
    static func stepCapture(_ amount: String, rest: String?) -> Text {
        let (german, english) = rest.map { (" (\($0) gibt die Bank frei)", " (the bank lets go of \($0))") } ?? ("", "")
        return Text("\(amount) aus der Vormerkung einziehen\(german)", "take \(amount) out of the hold\(english)")
    }
    static func stepCharge(_ amount: String, _ card: String) -> Text {
        Text("\(amount) von der hinterlegten Karte \(card) einziehen", "take \(amount) from the saved card \(card)")
    }
    static func stepLink(_ amount: String) -> Text {
        Text("\(amount) zahlt der Gast über einen Zahlungslink", "the guest pays \(amount) by payment link")
    }
    static func stepRelease(_ amount: String) -> Text { Text("die Vormerkung über \(amount) freigeben", "let go of the hold of \(amount)") }
    static func stepRefund(_ amount: String) -> Text { Text("\(amount) zurückerstatten", "give back \(amount)") }
    static func belowMinimum(_ amount: String) -> Text {
        Text("\(amount) bleiben offen: So kleine Beträge nimmt Stripe nicht an.", "\(amount) stay open: Stripe takes no payment that small.")
    }
    static func onItsWay(_ amount: String) -> Text {
        Text("\(amount) sind unterwegs und zählen als bezahlt.", "\(amount) are on their way and count as paid.")
    }
    static func staysCredit(_ amount: String) -> Text {
        Text("\(amount) lassen sich nicht erstatten und bleiben als Guthaben.", "\(amount) cannot be given back and stay as credit.")
    }
}
