import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

/// Giving money back at the desk: the question about the bill, and what is decided later.
@Suite struct `Giving money back by form` {
    private static let folio = "/t/seeblick/folios/R-1"
    private static let form = "\(folio)/payments/1/refund"

    /// 107.00 paid and billed, and the folio open.
    private func paid(_ charged: String = "107.00") async throws -> HotelWithPages {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.askForPayment(house.euros("107.00"), on: "R-1", of: Hotel.id, by: "test")
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        if charged != "0" { try await house.charge("R-1", charged) }
        return house
    }

    private func refund(_ house: HotelWithPages, _ bill: String?) async -> Page {
        await house.post(
            Self.form, [("amount", "50,00"), ("reason", "Lautes Zimmer")] + (bill.map { [("bill", $0)] } ?? []), as: .admin)
    }

    private func plain(_ page: Page) -> String { page.text.replacing("\u{A0}", with: " ") }
    private func view(_ house: HotelWithPages) throws -> FolioView { try house.ledger.folio("R-1", of: Hotel.id) }

    @Test func `asks what becomes of the bill, with nothing chosen`() async throws {
        let house = try await paid()
        let page = await house.get(Self.form, as: .admin)
        #expect(page.text.contains("Was wird aus der Forderung?") && page.text.matches(of: /type="radio" name="bill"/).count == 2)
        #expect(!page.text.contains(" checked") && page.text.contains("Forderung senken"))
        #expect(await house.get(Self.form, as: .admin, language: "en").text.contains("Should the bill be lowered?"))
        let refused = await refund(house, nil)
        #expect(refused.status == 409 && refused.text.contains("Bitte wählen") && refused.text.contains("value=\"Lautes Zimmer\""))
        #expect(try view(house).refunds.isEmpty)
        // What was chosen stays chosen when something else is wrong.
        let tooMuch = await house.post(Self.form, [("amount", "900,00"), ("reason", "x"), ("bill", "unchanged")], as: .admin)
        #expect(tooMuch.text.contains("value=\"unchanged\" required checked"))
    }

    @Test func `lowers the bill with it`() async throws {
        let house = try await paid()
        #expect(await refund(house, "lowered").header("Location") == "\(Self.folio)?done=refunded")
        let view = try view(house)
        #expect(view.totals.charged == house.euros("57.00") && view.totals.open.isZero && view.refunds.map(\.bill) == [.lowered])
        #expect(plain(await house.get(Self.folio)).contains("Forderung gesenkt"))
    }

    @Test func `leaves the bill, shows what is set aside, and takes none of it`() async throws {
        let house = try await paid()
        _ = await refund(house, "unchanged")
        let page = plain(await house.get(Self.folio, as: .reception))
        #expect(page.contains("<dt>Zurückgestellt</dt><dd>50,00 €</dd>") && page.contains("50,00 € sind zurückgestellt"))
        #expect(page.contains(">Forderung senken</button>") && page.contains(">Wieder einziehen</button>"))
        #expect(!plain(await house.get(Self.folio, as: .auditor)).contains(">Wieder einziehen</button>"))
        let plan = plain(await house.get("\(Self.folio)/check-out"))
        #expect(
            plan.contains("50,00 € sind zurückgestellt") && plan.contains("Es ist nichts einzuziehen.")
                && !plan.contains("Es ist alles bezahlt"))
        let id = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("\(Self.folio)/check-out", [("plan", id)])
        let done = plain(await house.get("\(Self.folio)/check-out"))
        #expect(done.contains("Abgeschlossen.") && done.contains("sie werden nicht wieder eingezogen"))
        #expect(!plain(await house.get(Self.folio, as: .admin)).contains(">Wieder einziehen</button>"))
        let document = plain(await house.get("\(Self.folio)/document"))
        #expect(document.contains("<dt>Davon nicht wieder eingefordert</dt><dd>50,00 €</dd>"))
        #expect(document.contains("<dt>Noch offen</dt><dd>0,00 €</dd>"))
        #expect(plain(await house.get("/t/seeblick/accounting", as: .accounting)).contains("Erstattet, Forderung unverändert"))
    }

    @Test(arguments: [
        ("lowered", "Die Forderung ist gesenkt.", "57.00"),
        ("charge_again", "Der nächste Check-out zieht den Betrag wieder ein.", "107.00"),
    ])
    func `is decided later with a button`(bill: String, said: String, charged: String) async throws {
        let house = try await paid()
        _ = await refund(house, "unchanged")
        let done = await house.post("\(Self.folio)/refunds/1/decision", [("bill", bill)], as: .reception)
        let page = await house.get(try #require(done.header("Location")), as: .admin)
        #expect(page.text.contains(said))
        let view = try view(house)
        #expect(view.totals.setAside.isZero && view.totals.charged == house.euros(charged))
        let again = await house.post("\(Self.folio)/refunds/1/decision", [("bill", bill)], as: .reception)
        #expect(again.status == 409 && again.text.contains("schon entschieden"))
        #expect(await house.post("\(Self.folio)/refunds/1/decision", [("bill", bill)], as: .auditor).status == 403)
    }

    @Test func `asks nothing of the bill on a closed folio`() async throws {
        let house = try await paid()
        let id = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = try await house.ledger.checkOut("R-1", plan: id, of: Hotel.id, by: "test")
        let page = await house.get(Self.form, as: .admin)
        #expect(!page.text.contains("type=\"radio\"") && page.text.contains("Die Forderung steht fest."))
        #expect(await refund(house, nil).status == 303)
    }

    @Test func `says why a contested payment cannot be given back, and what is owed outside`() async throws {
        let house = try await paid("80.00")
        let intent = try #require(try view(house).payments[0].intent)
        let charge = try #require(try await house.simulator.order("GET", "/v1/payment_intents/\(intent)")["latest_charge"] as? String)
        try await house.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["amount": 1000])
        _ = try await house.ledger.sync(Hotel.id)
        let page = plain(await house.get(Self.folio, as: .admin))
        #expect(page.contains("Nicht erstattbar: Die Bank des Gastes ficht die Zahlung an.") && !page.contains("payments/1/refund\""))
        #expect(page.contains("Guthaben von 17,00 €"))
        let plan = plain(await house.get("\(Self.folio)/check-out"))
        #expect(plan.contains("17,00 € lassen sich nicht zurückerstatten: Die Bank des Gastes ficht die Zahlung an."))
        let refused = await refund(house, "lowered")
        #expect(refused.status == 409 && refused.text.contains("lässt sich nicht erstatten"))
        let id = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = try await house.ledger.checkOut("R-1", plan: id, of: Hotel.id, by: "test")
        #expect(plain(await house.get(Self.folio, language: "en")).contains("The guest is owed €17.00"))
        let books = plain(await house.get("/t/seeblick/accounting", as: .accounting))
        #expect(books.contains("Guthaben, außerhalb auszuzahlen: Die Bank des Gastes ficht die Zahlung an"))
    }
}
