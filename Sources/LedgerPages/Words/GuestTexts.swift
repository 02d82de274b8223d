import Ledger

/// What guests read: their pages and their mail.
extension Phrase {
    static func mailSubject(_ reference: String, _ house: String, isOrder: Bool) -> Phrase {
        isOrder
            ? Phrase("Your order \(reference) at \(house)", "Ihre Bestellung \(reference) bei \(house)")
            : Phrase("Your booking \(reference) at \(house)", "Ihre Buchung \(reference) bei \(house)")
    }

    static func mailGreeting(_ name: String) -> Phrase { Phrase("Dear \(name),", "Guten Tag \(name),") }

    static func mailPay(_ amount: String) -> Phrase {
        Phrase("please pay \(amount) on this page:", "bitte bezahlen Sie \(amount) auf dieser Seite:")
    }

    static func mailHold(_ amount: String) -> Phrase {
        Phrase(
            "please reserve \(amount) on your card on this page. Nothing is taken yet:",
            "bitte lassen Sie auf dieser Seite \(amount) auf Ihrer Karte vormerken. Es wird noch nichts abgebucht:")
    }

    static let mailCard = Phrase(
        "please save a card for your stay on this page. Nothing is taken yet:",
        "bitte hinterlegen Sie auf dieser Seite eine Karte für Ihren Aufenthalt. Es wird noch nichts abgebucht:")

    static let thankYou = Phrase("Thank you", "Vielen Dank")
    static let paidText = Phrase(
        "Your payment has arrived, or is being processed.", "Ihre Zahlung ist eingegangen oder wird gerade bearbeitet.")
    static let reservedText = Phrase(
        "The amount is being reserved. It is charged only when your stay is settled.",
        "Der Betrag wird vorgemerkt. Eingezogen wird erst bei der Abrechnung Ihres Aufenthalts.")
    static let savedText = Phrase(
        "Your card is being saved for your stay.", "Ihre Karte wird für Ihren Aufenthalt hinterlegt.")
    static let notFinished = Phrase("Not finished", "Nicht abgeschlossen")
    static let leftText = Phrase(
        "Nothing was paid or reserved. You can open the link that you were sent again, or ask at the reception.",
        """
        Es wurde nichts bezahlt oder vorgemerkt. Sie können den Link, den Sie bekommen haben, noch einmal öffnen \
        oder sich an den Empfang wenden.
        """
    )
    static let mayClose = Phrase("You can close this page.", "Sie können diese Seite schließen.")
}
