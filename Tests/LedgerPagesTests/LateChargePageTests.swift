import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

/// What is found after check-out, by form: a button on the folio, and a button on the form.
@Suite struct `A late charge by form` {
    private static let folio = "/t/seeblick/folios/R-1"
    private static let path = "\(folio)/late-charges"

    /// A stay that is checked out.
    private func left(card: String = "4242424242424242") async throws -> HotelWithPages {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: card)
        try await house.charge("R-1", "100.00")
        try await house.checkOut("R-1")
        return house
    }

    private func plain(_ page: Page) -> String { page.text.replacing("\u{A0}", with: " ") }

    /// What a form sends that has an item of the price list so often, and nothing else.
    private func beers(_ count: String, by way: LateCharge.Way = .card) -> [(String, String)] {
        [("sku", "bier"), ("count", count), ("sku", "massage"), ("count", "0"), ("description", ""), ("price", ""), ("by", way.rawValue)]
    }

    @Test func `takes two clicks from the folio, and says what became of it`() async throws {
        let house = try await left()
        #expect(await house.get(Self.folio).text.contains("href=\"\(Self.path)\">Nachbelastung</a>"))
        let form = plain(await house.get(Self.path))
        #expect(form.contains("Der Gast hat Nachbelastungen der Karte bis zum 02.12.2026 zugestimmt: Getränke, Minibar, Wellness, Parken."))
        #expect(form.contains("Von der hinterlegten Karte Visa …4242") && form.contains("value=\"card\" checked"))
        // What the guest has agreed to comes first.
        let (beer, massage) = (form.range(of: "Bier 0,33 l"), form.range(of: "Massage 50 min"))
        #expect(beer != nil && massage != nil && beer!.lowerBound < massage!.lowerBound)
        let done = await house.post(Self.path, beers("2"))
        #expect(done.status == 303 && done.header("Location") == "\(Self.folio)-L1/check-out", "\(done.text)")
        let after = plain(await house.get("\(Self.folio)-L1/check-out"))
        #expect(after.contains("<h1>Nachbelastung: Anna Weiss</h1>") && after.contains("Abgeschlossen. Beleg 2026-000002."))
        #expect(after.contains("8,40 € von der hinterlegten Karte Visa …4242 einziehen"))
        let stay = plain(await house.get(Self.folio))
        #expect(stay.contains("href=\"\(Self.folio)-L1\">R-1-L1</a>") && stay.contains("8,40 €"))
        let late = plain(await house.get("\(Self.folio)-L1"))
        #expect(late.contains("href=\"\(Self.folio)\">Nachbelastung zu R-1</a>") && !late.contains("late-charges\""))
        #expect(plain(await house.get("\(Self.folio)-L1/document")).contains("Nachbelastung zum Aufenthalt"))
    }

    @Test func `says that the card was refused, and gives the page for the guest`() async throws {
        let house = try await left(card: "4000002760003184")
        let done = await house.post(Self.path, beers("1"))
        #expect(done.header("Location") == "\(Self.folio)-L1/check-out")
        let waiting = plain(await house.get("\(Self.folio)-L1/check-out"))
        #expect(waiting.contains("Der Gast muss die Zahlung bestätigen.") && waiting.contains("id=\"guest-link\""))
        #expect(waiting.contains("Nachbelastung%20zu%20Ihrem%20Aufenthalt%20R-1"))
        let folio = plain(await house.get("\(Self.folio)-L1"))
        #expect(folio.contains("4,20 € ließen sich nicht von der hinterlegten Karte einziehen"), "\(folio)")
        let desk = plain(await house.get("/t/seeblick/reception"))
        #expect(desk.contains("Nachbelastungen, nicht bezahlt") && desk.contains("Nachbelastung zu R-1") && desk.contains("4,20 €"))
        // The page expires.
        try await house.letPass(days: 2)
        try await house.sync()
        try await house.logIn()
        #expect(plain(await house.get("/t/seeblick/reception")).contains("Nachbelastung zu R-1 · seit 2 Tagen"))
        let books = plain(await house.get("/t/seeblick/accounting", as: .accounting))
        #expect(books.contains("Gast hat nicht bezahlt") && books.contains("seit 2 Tagen") && books.contains("Nachbelastung zu R-1"))
        let english = await house.get("/t/seeblick/accounting", as: .accounting, language: "en").text
        #expect(english.contains("for 2 days") && english.contains("Late charge of R-1"))
    }

    @Test func `refuses another kind on the card, keeps what was typed, and makes a link when that is chosen`() async throws {
        let house = try await left()
        let damage = [
            ("sku", "bier"), ("count", "3"), ("description", "Spiegel"), ("category", "other"), ("price", "90,00"),
        ]
        let refused = await house.post(Self.path, damage + [("by", "card")])
        #expect(refused.status == 409)
        #expect(refused.text.contains("für Sonstiges hat der Gast Nachbelastungen nicht zugestimmt."))
        #expect(refused.text.contains("Bitte unten die Zahlungsseite wählen") && refused.text.contains("value=\"Spiegel\""))
        #expect(refused.text.contains("value=\"3\""))
        #expect(await house.get("\(Self.folio)-L1").status == 404)
        let linked = await house.post(Self.path, damage + [("by", "link")])
        #expect(linked.status == 303)
        let view = try house.folio("R-1-L1")
        #expect(view.folio.state == .awaitingGuest && view.totals.charged == house.euros("102.60"))
    }

    @Test func `offers the link alone where the card may not be charged, and says why`() async throws {
        let house = try await left()
        try await house.letPass(days: 15)
        try await house.sync()
        try await house.logIn()
        let form = plain(await house.get(Self.path))
        #expect(form.contains("Nur über eine Zahlungsseite: der Gast hat Nachbelastungen nur bis zum 02.12.2026 zugestimmt."))
        #expect(!form.contains("value=\"card\"") && form.contains("value=\"link\" checked"))
    }

    @Test func `asks for something to charge`() async throws {
        let house = try await left()
        let nothing = await house.post(Self.path, beers("0"))
        #expect(nothing.status == 409 && nothing.text.contains("Es gibt keine Position zu buchen."))
        for count in ["-1", "viele", "1.5"] {
            #expect(await house.post(Self.path, beers(count)).status == 409, "\(count)")
        }
        #expect(await house.post(Self.path, beers("viele")).text.contains("„viele“ ist keine ganze Zahl von 1 bis 100000."))
        let free = [("description", "Spiegel"), ("category", "other"), ("price", ""), ("by", "link")]
        #expect(await house.post(Self.path, free).text.contains("Es fehlt ein Betrag."))
        let nameless = await house.post(Self.path, [("description", ""), ("category", "minibar"), ("price", "5,00"), ("by", "card")])
        #expect(nameless.status == 409)
        #expect(try house.folio("R-1").lateCharges.isEmpty)
    }

    @Test func `is dropped without a fee, and is no no-show`() async throws {
        let house = try await left()
        _ = await house.post(Self.path, beers("1", by: .link))
        #expect(await house.post("\(Self.folio)-L1/check-out/withdrawal", []).status == 303)
        let noShow = await house.get("\(Self.folio)-L1/no-show")
        #expect(noShow.status == 409 && noShow.text.contains("Der Gast war da, also ist es kein No-Show."), "\(noShow.text)")
        let form = await house.get("\(Self.folio)-L1/cancellation")
        #expect(form.status == 200 && !form.text.contains("name=\"fee\""), "\(form.text)")
        let dropped = await house.post("\(Self.folio)-L1/cancellation/confirmation", [("reason", "Kulanz")])
        #expect(dropped.status == 200 && dropped.text.contains("Kulanz"), "\(dropped.text)")
    }

    @Test func `shows what was charged late before, and asks by page first when the bank contests a payment`() async throws {
        let house = try await left()
        _ = await house.post(Self.path, beers("1"))
        let form = plain(await house.get(Self.path))
        #expect(form.contains("R-1-L1</a>") && form.contains("value=\"card\" checked"))
        let intent = try #require(try house.folio("R-1").payments.first?.intent)
        let charge = try #require(try await house.hotel.atStripe("/v1/payment_intents/\(intent)")["latest_charge"] as? String)
        try await house.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        try await house.sync()
        let warned = plain(await house.get(Self.path))
        #expect(warned.contains("value=\"link\" checked") && warned.contains("ficht die Zahlung über 100,00 € an"), "\(warned)")
    }

    @Test func `is for stays that are over`() async throws {
        let house = try await left()
        try await house.book("R-2")
        #expect(!(await house.get("/t/seeblick/folios/R-2").text.contains("late-charges")))
        let open = await house.get("/t/seeblick/folios/R-2/late-charges")
        #expect(open.status == 409 && open.text.contains("Das Gästekonto „R-2“ ist offen"))
        #expect(await house.get("/t/seeblick/folios/R-404/late-charges").status == 404)
        // Who may not check out is not offered it.
        #expect(!(await house.get(Self.folio, as: .accounting).text.contains("late-charges")))
    }
}
