import Ledger
import LedgerService

/// The mail that leads the guest to the page at Stripe. It is the guest's: in the guest's language, whatever staff
/// reads.
struct GuestMail {
    let subject: String
    let body: String

    init(_ view: FolioView, page url: String) {
        let (folio, house) = (view.folio, view.tenant.name)
        let language = folio.guest.spoken
        let what: Phrase
        if let payment = view.payments.first(where: { $0.state == .requested && $0.origin == .page }) {
            what = .mailPay(payment.amount.text(in: language))
        } else if let hold = view.holds.first(where: { $0.state == .requested && $0.origin == .page }) {
            what = .mailHold(hold.amount.text(in: language))
        } else {
            what = .mailCard
        }
        let about =
            folio.stay.map { Phrase.mailLateSubject($0.reference, house) }
            ?? .mailSubject(folio.reference, house, isOrder: folio.source == .shop)
        subject = about.text(in: language)
        body = """
            \(Phrase.mailGreeting(folio.guest.name).text(in: language))

            \(what.text(in: language))
            \(url)

            \(house)
            """
    }

    /// - Source: RFC 6068: line breaks in a body are `%0D%0A`.
    func link(to address: String) -> String {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { Link.encoded(String($0)) }
        return
            """
            mailto:\(Link.encoded(address).replacing("%40", with: "@"))?subject=\(Link.encoded(subject))\
            &body=\(lines.joined(separator: "%0D%0A"))
            """
    }
}
