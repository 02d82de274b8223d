import Ledger
import TestHotel
import Testing

@testable import LedgerPages

/// Staff reads why something failed in words meant for staff, in the language of the page.
@Suite struct `What failed` {
    private static let path = "/t/seeblick/folios/R-1"

    @Test func `because nobody used the page is said so, and called refused by nobody`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        try await house.simulator.letPass(seconds: 2 * 86_400)
        _ = try await house.ledger.sync(Hotel.id)
        let german = await house.get(Self.path).text
        #expect(german.contains("Nicht genutzt") && german.contains("Die Seite wurde nicht genutzt.") && !german.contains(">Abgelehnt<"))
        let english = await house.get(Self.path, language: "en").text
        #expect(english.contains("Not used") && english.contains("The page was not used."))
    }

    @Test func `because the bank wants the guest is no refused card`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: "4000002760003184")
        try await house.charge("R-1", "429.30")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("\(Self.path)/check-out", [("plan", plan)])
        let german = await house.get("\(Self.path)/check-out").text
        #expect(german.contains("Der Gast muss die Zahlung bestätigen."))
        #expect(german.contains("Der Gast muss die Zahlung bei seiner Bank bestätigen."))
        #expect(!german.contains("Die Bank sagt:") && !german.contains("Die Karte wurde abgelehnt."))
        let english = await house.get("\(Self.path)/check-out", language: "en").text
        #expect(english.contains("The guest has to confirm the payment.") && !english.contains("The bank says:"))
    }

    @Test func `because the bank declined is the bank's word`() async throws {
        let house = try await HotelWithPages()
        // This card can be saved, and is refused when it is held or charged.
        try await house.book("R-1", nights: 20, card: "4000000000000341")
        let folio = await house.get(Self.path).text
        #expect(
            folio.contains(
                "Die Bank hat 300,00\u{A0}€ nicht vorgemerkt: Karte abgelehnt; der Gast kann seine Bank fragen. Dem Gast die Seite senden, um "
                    + "den Betrag mit einer anderen Karte vorzumerken."))
        try await house.charge("R-1", "107.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("\(Self.path)/check-out", [("plan", plan)])
        let german = await house.get("\(Self.path)/check-out").text
        #expect(german.contains("Die Karte wurde abgelehnt."))
        #expect(german.contains("Die Bank sagt: Karte abgelehnt; der Gast kann seine Bank fragen."))
        let english = await house.get("\(Self.path)/check-out", language: "en").text
        #expect(english.contains("The bank says: Card declined; the guest can ask the bank."))
    }

    @Test func `and gave money back says why`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.askForPayment(house.euros("120.00"), on: "R-1", of: Hotel.id, by: "test")
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        try await house.charge("R-1", "107.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("\(Self.path)/check-out", [("plan", plan)])
        #expect(await house.get(Self.path).text.contains("Überzahlung beim Check-out"))
        #expect(await house.get(Self.path, language: "en").text.contains("Overpaid at check-out"))
    }
}

@Suite struct `Disputes at Stripe` {
    @Test(arguments: [
        ("warning_closed", "Vorab erledigt", "Settled early"), ("prevented", "Abgewendet", "Prevented"), ("won", "Gewonnen", "Won"),
    ])
    func `have a state in words`(_ state: String, german: String, english: String) {
        #expect(Phrase.disputeState(state) == Phrase(english, german))
    }
}
