import Ledger
import LedgerService
import WebServer

extension Route {
    static let guestRoutes: [Route] = [
        .open.get("/guest/{page}", .nothing, .page) { visit, page in visit.html(visit.landingPage(page)) }
    ]
}

extension OpenVisit {
    /// Where Stripe's page leads the guest. Anybody can open it, so it knows nothing of the guest or the house.
    fileprivate func landingPage(_ page: GuestPages.Page) -> HTML {
        let (title, text): (Phrase, Phrase) =
            switch page {
            case .paid: (.thankYou, .paidText)
            case .reserved: (.thankYou, .reservedText)
            case .saved: (.thankYou, .savedText)
            case .left: (.notFinished, .leftText)
            }
        return document(
            self(title),
            """
            <main id="content" class="guest-page"><div class="card"><h1>\(self(title))</h1><p>\(self(text))</p>
            \(muted(.mayClose))</div></main>
            """)
    }
}

extension Phrase {
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
