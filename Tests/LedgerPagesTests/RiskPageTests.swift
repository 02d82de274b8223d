import Foundation
import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

@Suite struct `Pages about fraud` {
    /// The charge behind a hold or a payment of a folio.
    private func charge(_ reference: String, _ house: HotelWithPages) async throws -> String {
        let view = try house.folio(reference)
        let intent = try #require(view.payments.first?.intent ?? view.holds.first?.intent)
        return try #require(try await house.atStripe("/v1/payment_intents/\(intent)")["latest_charge"] as? String)
    }

    private func bankWarns(_ reference: String, _ house: HotelWithPages) async throws {
        let order = "/_sim/charges/\(try await charge(reference, house))/early_fraud_warning"
        try await house.simulator.order("POST", order, ["fraud_type": "made_with_stolen_card"])
        try await house.sync()
    }

    private static let folio = "/t/seeblick/folios/R-1"

    @Test func `a hold of elevated risk is told with its card, in words, and with the way to release it`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: "4000058400307872")
        let page = await house.get(Self.folio).text
        #expect(page.contains("<strong>Betrugsrisiko</strong>"))
        #expect(page.contains("Stripes Betrugsprävention sieht bei der Vormerkung über 300,00"), "\(page)")
        #expect(page.contains("Erhöhtes Risiko, falsche Prüfziffer, Kreditkarte aus US"))
        #expect(page.contains("href=\"\(Self.folio)/holds/1/release\">Vormerkung 1 freigeben</a>"))
        // Who may not release it is told all the same.
        let read = await house.get(Self.folio, as: .auditor).text
        #expect(read.contains("Betrugsrisiko") && !read.contains("Vormerkung 1 freigeben"))
        let english = await house.get(Self.folio, language: "en").text
        #expect(english.contains("<strong>Risk of fraud</strong>") && english.contains("Elevated risk, wrong security code"))
        let desk = await house.get("/t/seeblick/reception").text
        #expect(desk.contains("<span class=\"badge warn\">Betrugsrisiko</span>"))
    }

    @Test func `an ordinary hold is told in passing, and nobody is warned`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let page = await house.get(Self.folio).text
        #expect(page.contains("Normales Risiko, Kreditkarte aus US") && !page.contains("Betrug"))
        #expect(await !house.get("/t/seeblick/reception").text.contains("Betrug"))
    }

    @Test func `a bank's warning about a payment leads to its refund, and ends with it`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", mode: .direct)
        try await bankWarns("R-1", house)
        let page = await house.get(Self.folio, as: .accounting).text
        #expect(page.contains("<div class=\"notice bad\" role=\"alert\"><p><strong>Die Bank meldet Betrugsverdacht</strong>"), "\(page)")
        #expect(page.contains("Betrugsverdacht der Bank: gestohlene Karte, normales Risiko"))
        #expect(page.contains("href=\"\(Self.folio)/payments/1/refund\">Zahlung 1 erstatten</a>"))
        #expect(await house.get("/t/seeblick/reception").text.contains("<span class=\"badge bad\">Betrugsverdacht</span>"))
        let month = await house.get("/t/seeblick/accounting", as: .accounting).text
        #expect(month.contains("Betrugsmeldungen der Banken") && month.contains("Gestohlene Karte") && month.contains("noch erstattbar"))
        _ = try await house.ledger.refund(
            payment: 1, amount: house.euros("300.00"), reason: "x", bill: .unchanged, of: "R-1", of: Hotel.id, by: "test")
        try await house.sync()
        let after = await house.get(Self.folio, as: .accounting).text
        #expect(!after.contains("Die Bank meldet Betrugsverdacht") && after.contains("Betrugsverdacht der Bank, erledigt"))
        #expect(await house.get("/t/seeblick/accounting", as: .accounting).text.contains("erstattet oder angefochten"))
    }

    @Test func `a review is told as Stripe has it`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.simulator.order("POST", "/_sim/charges/\(try await charge("R-1", house))/review", [:])
        try await house.sync()
        #expect(await house.get(Self.folio).text.contains("In Stripes Dashboard zu prüfen, normales Risiko"))
        let review = try #require(try house.folio("R-1").holds[0].risk?.review?.id)
        try await house.simulator.order(form: "/v1/reviews/\(review)/approve", "")
        try await house.sync()
        let page = await house.get(Self.folio).text
        #expect(page.contains("Geprüft und für gut befunden") && !page.contains("Betrugsrisiko"))
    }

    // MARK: - Guests

    /// What must be in nothing that a guest gets.
    private static let words = ["risk", "fraud", "suspect", "stolen", "risiko", "betrug", "verdacht", "gestohlen", "prüf"]

    private func expectNothing(in text: String, _ place: String) {
        for word in Self.words { #expect(!text.lowercased().contains(word), "\(place) says \(word): \(text)") }
    }

    /// What we wrote into an object at Stripe, where the guest's receipt or the page may show it.
    private func written(_ object: [String: Any]) -> String {
        let own = ["metadata", "description", "statement_descriptor_suffix", "custom_text", "reason", "cancellation_reason", "line_items"]
        return own.map { "\(object[$0] ?? "")" }.joined(separator: " ")
    }

    @Test func `the guest never learns the reason: not from a page, a mail, the document or Stripe's receipt`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: "4000000000004954")
        try await bankWarns("R-1", house)
        #expect(!(try house.folio("R-1").riskNotices.isEmpty))
        let held = try house.folio("R-1").holds[0]
        // The hold goes, and the guest is asked for another means of payment.
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.askForHold(house.euros("300.00"), on: "R-1", of: Hotel.id, by: "test")
        let view = try house.folio("R-1")
        let url = try #require(view.folio.paymentURL)
        let mail = GuestMail(view, page: url)
        expectNothing(in: mail.subject + mail.body, "the mail")
        for language in ["de", "en"] {
            for page in ["paid", "reserved", "saved", "left"] {
                expectNothing(in: await house.get("/guest/\(page)", as: nil, language: language).text, "the page \(page)")
            }
        }
        expectNothing(in: written(try await house.atStripe("/v1/checkout/sessions/\(try house.page(of: "R-1"))")), "the page at Stripe")
        expectNothing(in: written(try await house.atStripe("/v1/payment_intents/\(try #require(held.intent))")), "the hold")
        // Another card is taken, warned of, charged, and refunded; the guest gets the document.
        try await house.guestPays("R-1")
        try await house.sync()
        try await house.charge("R-1", "107.00")
        try await house.checkOut("R-1")
        try await bankWarns("R-1", house)
        _ = try await house.ledger.refund(
            payment: 1, amount: house.euros("107.00"), reason: "Auf Kulanz", of: "R-1", of: Hotel.id, by: "test")
        let refund = try #require(try house.folio("R-1").refunds[0].stripeID)
        expectNothing(in: written(try await house.atStripe("/v1/refunds/\(refund)")), "the refund")
        for language in ["de", "en"] {
            let page = await house.get("\(Self.folio)/document?language=\(language)").text
            let sheet = try #require(page.firstMatch(of: /(?s)<article class="sheet".*<\/article>/))
            expectNothing(in: String(sheet.0), "the document in \(language)")
        }
    }
}
