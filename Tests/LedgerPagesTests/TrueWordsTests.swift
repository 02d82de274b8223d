import Foundation
import Ledger
import LedgerService
import Stripe
import TestHotel
import Testing

@testable import LedgerPages

/// What the pages say of money, and what they ask before something is done for good.
@Suite struct `The desk says what is so` {
    private static let folio = "/t/seeblick/folios/R-1"

    private func bookDirect(_ reference: String, charged: String? = nil, _ house: HotelWithPages) async throws {
        let today = house.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        let new = NewFolio(
            reference: reference, guest: .init(name: "Anna Weiss", email: nil), arrival: today, departure: today.adding(days: 2),
            mode: .direct,
            amount: house.euros("120.00"))
        _ = try await house.ledger.openFolio(new, of: Hotel.id, by: "test")
        if let charged { try await house.charge(reference, charged) }
    }

    @Test(arguments: [nil, "120.00"])
    func `that a direct payment is open until it has come`(charged: String?) async throws {
        let house = try await HotelWithPages()
        try await bookDirect("R-1", charged: charged, house)
        let before = await house.get("/t/seeblick/reception").text
        #expect(before.contains("Zahlung offen") && !before.contains("Bezahlt"))
        #expect(await house.get("/t/seeblick/reception", language: "en").text.contains("Payment open"))
        // Nothing is said to be paid at check-out either.
        #expect(await !house.get("\(Self.folio)/check-out").text.contains("alles bezahlt"))
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        let after = await house.get("/t/seeblick/reception").text
        #expect(after.contains("Bezahlt") && !after.contains("Zahlung offen"))
        // What is paid and not charged is the guest's still.
        #expect(after.contains("Bezahlt, 120,00\u{A0}€ im Voraus") == (charged == nil))
    }

    @Test func `and nothing in Stripe's English on a German page`() async throws {
        let house = try await HotelWithPages()
        try await house.simulator.order("POST", "/_sim/account", ["methods": ["card", "klarna"]])
        let today = house.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        var new = NewFolio(
            reference: "R-1", guest: .init(name: "Anna Weiss", email: nil), arrival: today, departure: today.adding(days: 2), mode: .direct,
            amount: house.euros("120.00"))
        new.method = .klarna
        _ = try await house.ledger.openFolio(new, of: Hotel.id, by: "test")
        try await house.charge("R-1", "120.00")
        // Neither Klarna nor the card that would take its place.
        try await house.simulator.order("POST", "/_sim/account", ["methods": ["sofort"]])
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("\(Self.folio)/check-out", [("plan", plan)])
        for path in [Self.folio, "\(Self.folio)/check-out"] {
            let page = await house.get(path).text
            for english in ["payment method type", "provided", "Please", "is invalid", "activated"] {
                #expect(!page.contains(english), "\(path): \(english)")
            }
            #expect(page.contains("Stripe"), "\(path)")
        }
        #expect(await house.get(Self.folio).text.contains("Stripe hat die Zahlungsseite abgelehnt"))
    }

    @Test func `that the guest still has to pay, also while another payment is on its way`() async throws {
        let house = try await HotelWithPages()
        var change = TenantChange()
        change.legacyMethods = [.sofort]
        _ = try await house.ledger.change(change, of: Hotel.id)
        try await house.simulator.order("POST", "/_sim/account", ["methods": ["card", "sofort"]])
        let today = house.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        var new = NewFolio(
            reference: "R-1", guest: .init(name: "Anna Weiss", email: nil), arrival: today, departure: today.adding(days: 2), mode: .direct,
            amount: house.euros("120.00"))
        new.method = .sofort
        _ = try await house.ledger.openFolio(new, of: Hotel.id, by: "test")
        try await house.guestPays("R-1", with: .sofort)
        try await house.sync()
        try await house.charge("R-1", "160.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        _ = await house.post("\(Self.folio)/check-out", [("plan", plan)])
        for path in [Self.folio, "\(Self.folio)/check-out"] {
            let page = await house.get(path).text
            #expect(!page.contains("Es ist nichts zu tun") && page.contains("Der Gast muss noch bezahlen"), "\(path)")
        }
        #expect(await house.get("/t/seeblick/reception").text.contains("Wartet auf den Gast"))
    }
}

@Suite struct `What is done for good` {
    private static let folio = "/t/seeblick/folios/R-1"

    @Test func `is asked first when a hold is let go`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let folio = await house.get(Self.folio).text
        #expect(folio.contains("href=\"\(Self.folio)/holds/1/release\"") && !folio.contains("action=\"\(Self.folio)/holds/1/release\""))
        let asked = await house.get("\(Self.folio)/holds/1/release")
        #expect(asked.status == 200 && asked.text.contains("Vormerkung 1 über 300,00\u{A0}€ freigeben?"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.held == house.euros("300.00"), "to look is not to do")
        #expect(await house.get("\(Self.folio)/holds/1/release", language: "en").text.contains("Release hold 1 of €300.00?"))
        let done = await house.post("\(Self.folio)/holds/1/release", [])
        #expect(done.header("Location") == "\(Self.folio)?done=released")
        #expect(await house.get("\(Self.folio)/holds/1/release").status != 200, "there is nothing left to let go")
    }

    @Test func `is said as what it was when only a page was withdrawn`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        let done = await house.post("\(Self.folio)/holds/1/release", [])
        #expect(done.header("Location") == "\(Self.folio)?done=withdrawn")
        #expect(await house.get("\(Self.folio)?done=withdrawn").text.contains("Die Anfrage ist zurückgezogen."))
    }

    @Test func `is booked in no kind that nobody chose`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let page = await house.get(Self.folio).text
        #expect(page.contains("<option value=\"\" selected>Bitte wählen</option>"))
        for category in [[], [("category", "")], [("category", "nichts, was es gibt")]] {
            let refused = await house.post("\(Self.folio)/lines", [("description", "Fahrrad"), ("price", "20,00")] + category)
            #expect(refused.status == 409 && refused.text.contains("Art der Leistung"), "\(category)")
            #expect(refused.text.contains("<option value=\"\" selected>"), "\(category)")
        }
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.isEmpty)
        let item = await house.post(
            "/t/seeblick/settings/catalogue", [("description", "Rad"), ("sku", "rad"), ("price", "20,00")], as: .admin)
        #expect(item.status == 409 && item.text.contains("Art der Leistung"))
    }

    @Test func `asks about a day outside the stay`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let line = [("description", "Fahrrad"), ("price", "20,00"), ("category", "other")]
        let asked = await house.post("\(Self.folio)/lines", line + [("date", "2026-12-24")])
        #expect(asked.status == 409 && asked.text.contains("liegt außerhalb des Aufenthalts"))
        #expect(asked.text.contains("name=\"outside\"") && asked.text.contains("value=\"2026-12-24\""))
        #expect(await !house.get(Self.folio).text.contains("name=\"outside\""))
        let meant = await house.post("\(Self.folio)/lines", line + [("date", "2026-12-24"), ("outside", "1")])
        #expect(meant.status == 303)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.map(\.serviceDate.description) == ["2026-12-24"])
    }
}

@Suite struct `A list that is longer than a page` {
    /// So many reservations of one day, without Stripe: only what is shown matters.
    private func house(_ count: Int) async throws -> HotelWithPages {
        let house = try await HotelWithPages()
        let tenant = try house.ledger.tenant(Hotel.id)
        let today = house.clock.now.day(in: tenant.timeZone)
        try await house.store.write(of: tenant) { book in
            for number in 1...count {
                _ = try book.addFolio(
                    "R-\(number)", source: .reservation, guest: .init(name: "Gast Nummer\(number)", email: nil), arrival: today,
                    departure: today.adding(days: 2), mode: .reserved, method: .card, room: nil)
            }
        }
        return house
    }

    @Test func `has its true count and a way to the rest, at the desk`() async throws {
        let house = try await house(130)
        let first = await house.get("/t/seeblick/reception").text
        #expect(first.contains("<span class=\"count\">130</span>") && first.contains("1 bis 100 von 130"))
        #expect(first.matches(of: /folios\/R-[0-9]+"/).count == 100)
        let way = String(try #require(first.firstMatch(of: /rel="next" href="([^"]*arrivals=2[^"]*)"/)).1).replacing("&amp;", with: "&")
        let second = await house.get(String(way)).text
        #expect(second.contains("101 bis 130 von 130") && second.matches(of: /folios\/R-[0-9]+"/).count == 30)
        #expect(second.contains("rel=\"prev\""))
        #expect(await house.get("/t/seeblick/reception?arrivals=99").text.contains("Hier keine von 130"))
        #expect(await house.get("/t/seeblick/reception?arrivals=99999999999999999999").status == 200)
    }

    @Test func `has its true count and a way to the rest, when it was looked for`() async throws {
        let house = try await house(130)
        for (text, count) in [("gast", 130), ("Gast Nummer1", 42), ("nummer1 gast", 42), ("gast niemand", 0)] {
            let page = await house.get("/t/seeblick/reception?q=\(text.replacing(" ", with: "+"))").text
            #expect(page.contains("\(count) Treffer"), "\(text)")
            #expect(page.matches(of: /folios\/R-[0-9]+"/).count == min(50, count), "\(text)")
            #expect(page.contains("1 bis 50 von \(count)") == (count > 50), "\(text)")
        }
        let third = await house.get("/t/seeblick/reception?q=gast&page=3").text
        #expect(third.contains("101 bis 130 von 130") && third.contains("q=gast"))
    }
}

@Suite struct `Whether Stripe has knocked` {
    @Test func `is told of webhooks only, and never is not well`() async throws {
        let house = try await HotelWithPages()
        let secret = "whsec_seeblick"
        try await house.ledger.setStripeAccount(of: Hotel.id, secretKey: "sk_test_seeblick", webhook: NewWebhookSecret(secret), by: "admin")
        // News that a sync has fetched was not sent here.
        try await house.book("R-1")
        let before = await house.get("/operator/tenants/seeblick", as: .operator).text
        #expect(before.contains("Noch kein Webhook") && before.contains("Noch nie"))
        let list = await house.get("/operator", as: .operator).text
        #expect(list.contains("Noch kein Webhook") && !list.contains("In Ordnung"))
        let body =
            #"{"id":"evt_9","object":"event","type":"customer.created","livemode":false,"created":1763452800,"data":{"object":{"id":"cus_1","object":"customer"}}}"#
        let header = WebhookSignature.header(body: body.utf8, secrets: [Secret(secret)!], at: LedgerService.systemTime())
        _ = try await house.ledger.receiveWebhook(tenant: Hotel.id, signatureHeader: header, body: Array(body.utf8))
        let after = await house.get("/operator", as: .operator).text
        #expect(!after.contains("Noch kein Webhook") && after.contains("In Ordnung"))
    }
}

@Suite struct `The security log` {
    @Test func `names roles in the reader's language`() async throws {
        let house = try await HotelWithPages()
        let german = await house.get("/t/seeblick/settings/audit", as: .admin)
        #expect(german.status == 200 && german.text.contains("reception (Empfang)") && !german.text.contains("(reception)"))
        let english = await house.get("/t/seeblick/settings/audit", as: .admin, language: "en")
        #expect(english.text.contains("reception (reception)") && english.text.contains("admin (administrator)"))
    }
}
