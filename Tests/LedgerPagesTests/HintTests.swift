import Foundation
import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

@Suite struct `Hints in pages` {
    /// Everything that somebody at the desk can be refused with and whose own hint is about the command line.
    private static let refusals: [any Refusal] = [
        ServiceRefusal.folioNotFound("R-1", tenant: "a"), ServiceRefusal.skuNotFound("x"),
        ServiceRefusal.folioAwaitingGuest("R-1", url: nil),
        ServiceRefusal.folioAwaitingGuest("R-1", url: "https://checkout.example.com"), ServiceRefusal.checkOutInProgress("R-1"),
        ServiceRefusal.operationInProgress("R-1"), ServiceRefusal.nothingCharged("R-1"), ServiceRefusal.holdNotFound(1),
        ServiceRefusal.paymentNotFound(1),
        ServiceRefusal.noStripeAccount("a"), ServiceRefusal.stripeKeyRefused("a"),
        ServiceRefusal.stripeReadForbidden(what: Phrase("reading events", "die Abfrage der Ereignisse"), why: .notPaid),
        ServiceRefusal.stripeUnreachable(.unanswered(.notReached, words: "curl 7")),
        ServiceRefusal.stripeUnanswered(what: Phrase("the capture", "der Einzug")), ServiceRefusal.eventNotTroubled("evt_1"),
        HoldRefusal.notRenewable(1, .debitCard), HoldRefusal.triedRecently(1, again: Instant("2026-11-24T08:30:00Z")!, .gmt),
        HoldRefusal.aboveCeiling(Money(minorUnits: 60_000, currency: .eur)),
        ServiceRefusal.folioClosed("R-1", .checkedOut), LateChargeRefusal.byLinkOnly(.noConsent),
        TenantNotFound(id: "a"), ServiceRefusal.operationNotOpen(1), ServiceRefusal.operationNotParked(1),
        ServiceRefusal.typeNotInSuspense("topup"), ServiceRefusal.ruleNotFound(1), ServiceRefusal.ruleExists(1, type: "topup"),
        ServiceRefusal.ruleEnded(1), ServiceRefusal.disputeNotFound("du_1"), ServiceRefusal.payoutNotFound("po_1"),
    ]

    @Test func `say what to do there, and name no verb of the command line`() {
        for refusal in Self.refusals {
            for language in Language.allCases {
                let words = refusal.words(in: language, hints: PageHints.all)
                #expect(words.hint != nil && words.hint == PageHints.all[refusal.code]?.text(in: language), "\(refusal)")
                #expect(words.message == refusal.words(in: language).message)
            }
        }
        for phrase in PageHints.all.values {
            for text in [phrase.english, phrase.german] {
                #expect(!text.contains("`") && !text.contains("soferu-ledger") && !text.contains("--") && text.hasSuffix("."), "\(text)")
            }
        }
    }

    @Test func `are dropped when they are about the command line and there is no other`() {
        let refusal = ServiceRefusal.folioNotFound("R-1", tenant: "a")
        #expect(refusal.words(in: .german, hints: [:]).hint == nil)
        #expect(ServiceRefusal.reasonMissing.words(in: .german, hints: [:]).hint == "Geben Sie den Grund an; er wird aufbewahrt.")
    }

    @Test func `stand under the refusal at the desk`() async throws {
        let house = try await HotelWithPages()
        let page = await house.get("/t/seeblick/folios/R-404")
        #expect(page.status == 404 && page.text.contains("Am Empfang nach Name, Zimmer oder Buchungsnummer suchen."))
    }
}
