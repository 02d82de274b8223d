import Foundation
import Ledger
import Testing

@Suite struct `Notices on a folio` {
    private static let amount = Money(minorUnits: 12_345, currency: .eur)
    private static let all: [FolioNotice] =
        [
            .holdExpiresSoon(amount, at: Instant("2026-11-24T08:30:00Z")!), .holdExpired(amount), .holdReleasedAtStripe(amount),
            .holdRefused(amount, why: .declined("insufficient_funds")), .holdsOverlap(amount),
            .holdNotRenewed(amount, at: Instant("2026-11-24T08:30:00Z")!, .debitCard, why: nil),
            .holdNotRenewed(amount, at: Instant("2026-11-24T08:30:00Z")!, .refused, why: .declined("insufficient_funds")),
            .lateChargeByLink(amount, .cardAdvised, why: nil),
            .lateChargeByLink(amount, .refused, why: .declined("insufficient_funds")),
            .cardNotSaved, .cardRemoved(.detached), .cardRemoved(.customerDeleted), .checkOutOvertaken, .paymentPageUnpaid,
            .paymentFailed(amount, .klarna, why: nil, onClosed: false),
            .paymentFailed(amount, .sofort, why: .notPaid, onClosed: true), .overpaid(amount), .refundFailed(amount),
            .disputed(amount, why: "fraudulent"), .inquiry(amount, why: "fraudulent"), .disputeAnswered(amount), .disputeClosed(amount),
            .checkOutIncomplete(amount, why: nil), .checkOutIncomplete(amount, why: .declined("expired_card")), .disputeWon(amount),
            .disputeLost(amount),
            .operationDismissed(
                .refund, why: .dismissed("The guest was paid in cash.", by: "user:olaf"), at: Instant("2026-11-24T08:30:00Z")!),
            .paymentPageWithdrawn, .foundAtStripe(amount),
        ] + Renewal.Obstacle.allCases.map { .holdNotRenewed(amount, at: Instant("2026-11-24T08:30:00Z")!, $0, why: nil) }
        + Risk.Concern.allCases.flatMap { concern in Risk.Remedy.allCases.map { .paymentRisk(amount, concern, $0) } }
        + Risk.Remedy.allCases.map { .fraudWarning(amount, type: "made_with_stolen_card", $0) }
        + OperationKind.allCases.map { .operationParked($0) }
        + FolioNotice.Page.allCases.map { .pageRefused($0, why: .said("No such customer.")) }

    @Test(arguments: all)
    func `come back from their code and facts`(_ notice: FolioNotice) {
        #expect(FolioNotice(code: notice.code, notice.details) == notice)
    }

    @Test func `have each a code of its own, and all are listed`() {
        let codes = Set(Self.all.map(\.code)).union([FolioNotice.unknown("x").code])
        #expect(codes == Set(FolioNotice.codes) && FolioNotice.codes.count == codes.count)
    }

    @Test(arguments: all)
    func `are told in both languages, with their amount and time`(_ notice: FolioNotice) {
        let zone = TimeZone(identifier: "Europe/Berlin")!
        let (german, english) = (notice.sentence(in: .german, zone: zone), notice.sentence(in: .english, zone: zone))
        #expect(german != english)
        for text in [german, english] {
            #expect(text.hasSuffix("."))
            #expect(!text.contains("..") && !text.contains(".)") && !text.contains("#") && !text.contains("_"), "\(text)")
        }
        if notice.details.amount != nil { #expect(german.contains("123,45\u{A0}€") && english.contains("€123.45")) }
        if notice.details.at != nil { #expect(german.contains("24.11.2026 um 09:30 Uhr") && english.contains("24 Nov 2026 at 09:30")) }
    }

    @Test(arguments: [
        (
            FolioNotice.holdRefused(amount, why: .declined("insufficient_funds")),
            "Die Bank hat 123,45\u{A0}€ nicht vorgemerkt: Karte nicht gedeckt. Dem Gast die Seite senden, um den Betrag mit einer anderen "
                + "Karte vorzumerken.",
            "The bank refused to hold €123.45: the card has insufficient funds. Send the guest the page to authorise it with "
                + "another card."
        ),
        (
            .pageRefused(.payment, why: .said("No such customer.")),
            "Stripe hat die Zahlungsseite abgelehnt: No such customer. Noch einmal anfragen oder beim Check-out einziehen.",
            "Stripe refused the payment page: No such customer. Ask for it again, or take the payment at check-out."
        ),
        (
            .pageRefused(.payment, why: .refused(code: "email_invalid", words: "Invalid email address: a@b.c")),
            "Stripe hat die Zahlungsseite abgelehnt: Stripe nimmt die E-Mail-Adresse nicht an. Noch einmal anfragen oder beim Check-out "
                + "einziehen.",
            "Stripe refused the payment page: Stripe does not accept the e-mail address. Ask for it again, or take the payment at check-out."
        ),
        (
            .holdRefused(amount, why: .cardRemoved),
            "123,45\u{A0}€ ließen sich nicht vormerken: Die hinterlegte Karte lässt sich nicht mehr belasten. Dem Gast die Seite senden, um den "
                + "Betrag mit einer anderen Karte vorzumerken.",
            "€123.45 could not be held: the saved card cannot be charged any more. Send the guest the page to authorise it with another card."
        ),
        (
            .checkOutIncomplete(Money(minorUnits: -500, currency: .eur), why: nil),
            "Der Check-out kam nicht zum Ende. 5,00\u{A0}€ sind dem Gast noch zu erstatten. Bitte erneut auschecken.",
            "The check-out was not completed. €5.00 still have to be refunded to the guest. Please check out again."
        ),
        (
            .disputed(amount, why: "product_not_received"),
            "Die Bank des Gastes ficht die Zahlung über 123,45\u{A0}€ an: Leistung nicht erhalten. Bitte rechtzeitig bei Stripe antworten.",
            "The guest's bank contests the payment of €123.45: service not received. Respond at Stripe in time."
        ),
        (
            .operationDismissed(.refund, why: .dismissed("Bar bezahlt.", by: "user:olaf"), at: Instant("2026-11-24T13:30:00Z")!),
            "Der Betreiber (olaf) hat den Auftrag „die Rückerstattung“ am 24.11.2026 um 14:30 Uhr aufgegeben: Bar bezahlt. Stripe hatte "
                + "nichts davon ausgeführt.",
            "The operator (olaf) dismissed the refund on 24 Nov 2026 at 14:30: Bar bezahlt. It had no effect at Stripe."
        ),
        (
            .holdNotRenewed(amount, at: Instant("2026-11-24T13:30:00Z")!, .refused, why: .declined("insufficient_funds")),
            "Von dem, was vorgemerkt ist, werden 123,45\u{A0}€ nicht erneuert: Karte nicht gedeckt. Sie decken bis 24.11.2026 um 14:30 Uhr, "
                + "danach nichts mehr. Dem Gast eine Seite für eine neue Vormerkung senden oder vorher auschecken.",
            "€123.45 of what is held is not renewed: the card has insufficient funds. It covers until 24 Nov 2026 at 14:30, then nothing. "
                + "Send the guest a page for a new hold, or check out before."
        ),
        (
            .holdNotRenewed(amount, at: Instant("2026-11-24T13:30:00Z")!, .noCard, why: nil),
            "Von dem, was vorgemerkt ist, werden 123,45\u{A0}€ nicht erneuert: es ist keine Karte hinterlegt. Sie decken bis 24.11.2026 um "
                + "14:30 Uhr, danach nichts mehr. Dem Gast eine Seite für eine neue Vormerkung senden oder vorher auschecken.",
            "€123.45 of what is held is not renewed: no card is saved. It covers until 24 Nov 2026 at 14:30, then nothing. Send the guest a "
                + "page for a new hold, or check out before."
        ),
        (
            .holdsOverlap(amount),
            "Auf der Karte des Gastes sind 123,45\u{A0}€ doppelt vorgemerkt: Die neue Vormerkung steht, die Freigabe der alten hat Stripe "
                + "noch nicht bestätigt. Sie wird wiederholt, bis es so weit ist; eingezogen wird nichts doppelt.",
            "€123.45 are held twice on the guest's card: the new hold is in place, and Stripe has not confirmed yet that the old one is "
                + "released. It is repeated until then; nothing is taken twice."
        ),
        (
            .paymentRisk(amount, .elevated, .cancelHold),
            "Stripes Betrugsprävention sieht bei der Vormerkung über 123,45\u{A0}€ ein erhöhtes Risiko. Im Zweifel die Vormerkung freigeben "
                + "und um ein anderes Zahlungsmittel bitten. Dem Gast den Grund nicht nennen.",
            "Stripe's fraud prevention sees an elevated risk in the hold of €123.45. If in doubt, release the hold and ask for another means "
                + "of payment. Do not tell the guest the reason."
        ),
        (
            .fraudWarning(amount, type: "made_with_stolen_card", .refundPayment),
            "Die Bank der Karte meldet Betrugsverdacht bei der Zahlung über 123,45\u{A0}€: gestohlene Karte. Die meisten solchen Zahlungen "
                + "werden später angefochten. Im Zweifel die ganze Zahlung erstatten; ein Teil genügt nicht. Dem Gast den Grund nicht nennen.",
            "The card's bank suspects fraud behind the payment of €123.45: stolen card. Most such payments are contested later. If in doubt, "
                + "refund the whole payment; a part does not help. Do not tell the guest the reason."
        ),
        (
            .paymentPageUnpaid,
            "Der Gast hat auf der Zahlungsseite nicht rechtzeitig bezahlt. Ein neuer Check-out zieht ein, was offen ist.",
            "The guest did not pay on the page in time. Check out again to take the amount due."
        ),
    ])
    func `are worded for staff`(_ notice: FolioNotice, german: String, english: String) {
        let zone = TimeZone(identifier: "Europe/Berlin")!
        #expect(notice.sentence(in: .german, zone: zone) == german)
        #expect(notice.sentence(in: .english, zone: zone) == english)
    }

    @Test func `of a refused hold send the guest a page only while there is one`() {
        let (refused, zone) = (
            FolioNotice.holdRefused(Self.amount, why: .declined("insufficient_funds")), TimeZone(identifier: "Europe/Berlin")!
        )
        #expect(
            refused.sentence(in: .english, zone: zone, hasPage: false)
                == "The bank refused to hold €123.45: the card has insufficient funds. Ask the guest for another hold, or take the payment at "
                + "check-out.")
        #expect(
            refused.sentence(in: .german, zone: zone, hasPage: false)
                == "Die Bank hat 123,45\u{A0}€ nicht vorgemerkt: Karte nicht gedeckt. Den Gast um eine neue Vormerkung bitten oder beim "
                + "Check-out bezahlen lassen.")
    }

    @Test func `whose facts are missing are none`() {
        for notice in Self.all where notice.details != FolioNotice.Details() { #expect(FolioNotice(code: notice.code, .init()) == nil) }
        #expect(FolioNotice(code: "of a newer program", .init()) == nil)
    }
}
