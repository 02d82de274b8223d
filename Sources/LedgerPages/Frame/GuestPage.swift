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
