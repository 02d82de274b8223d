import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerPages

/// A stay from 18 to 27 December, held on its eve at nine: a merchant's hold on a Visa lives 4 days and 18 hours.
private func longStay(_ house: HotelWithPages, card: String = "4242424242424242") async throws {
    try await house.book("R-1", nights: 9, inDays: 30, card: card)
    try await house.letPass(days: 29)
    try await house.sync()
    // The sessions of days ago have ended.
    try await house.logIn()
}

private func pass(_ house: HotelWithPages, days: Int = 0, hours: Int = 0) async throws {
    try await house.letPass(days: days, hours: hours)
    try await house.sync()
    try await house.logIn()
}

@Suite struct `A hold on the folio's page` {
    private static let folio = "/t/seeblick/folios/R-1"

    @Test func `says when it ends, as seen from the departure, and what happens by itself`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house)
        let german = await house.get(Self.folio).text
        #expect(german.contains("Endet am 22.12.2026 um 03:00 Uhr, 5 Tage vor der Abreise."))
        #expect(german.contains("Sie wird am 20.12.2026 um 09:00 Uhr von selbst erneuert."))
        let english = await house.get(Self.folio, language: "en").text
        #expect(english.contains("Ends on 22 Dec 2026 at 03:00, 5 days before departure."))
        #expect(english.contains("It is renewed by itself on 20 Dec 2026 at 09:00."))
        // Who may not hold sees the words and no button.
        let read = await house.get(Self.folio, as: .auditor).text
        #expect(read.contains("5 Tage vor der Abreise.") && !read.contains("/holds/1/renew") && !read.contains("/holds/1/raise"))
    }

    @Test func `that outlives its stay has no button to renew it, and nothing is announced`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let text = await house.get(Self.folio).text
        #expect(text.contains("Endet am 25.11.2026 um 09:00 Uhr, 5 Tage nach der Abreise.") && !text.contains("von selbst erneuert"))
        #expect(!text.contains("/holds/1/renew") && text.contains("href=\"\(Self.folio)/holds/1/raise\""))
    }

    @Test(arguments: [("4242424242424242", true), ("4000056655665556", false)])
    func `that waits for the guest is not said to need nothing, where more is open than is held`(card: String, isByItself: Bool)
        async throws
    {
        let house = try await HotelWithPages()
        try await longStay(house, card: card)
        try await house.charge("R-1", "414.00")
        if !isByItself { try await pass(house, days: 3) }
        let text = await house.get(Self.folio).text
        #expect(text.contains("114,00\u{A0}€ kommen dann von der hinterlegten Karte Visa …"), "\(text)")
        #expect(text.contains("Es ist nichts zu tun.") == isByItself && text.contains("Bitte dem Gast senden.") != isByItself)
    }

    @Test func `stands for its chain: those before it are behind one click, and have nothing to press`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house)
        for _ in 1...2 { try await pass(house, days: 3) }
        let text = await house.get(Self.folio).text
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.count == 3)
        let earlier = try #require(text.range(of: "<summary>2 frühere Vormerkungen</summary>"))
        #expect(text[..<earlier.lowerBound].contains("an Stelle von Vormerkung 2"))
        #expect(!text[..<earlier.lowerBound].contains("ersetzt durch"))
        #expect(text[earlier.upperBound...].contains("ersetzt durch Vormerkung 2"))
        #expect(text[earlier.upperBound...].contains("ersetzt durch Vormerkung 3"))
        #expect(text.contains("/holds/3/raise") && !text.contains("/holds/1/") && !text.contains("/holds/2/"))
        let english = await house.get(Self.folio, language: "en").text
        #expect(english.contains("2 earlier holds") && english.contains("in place of hold 2") && english.contains("replaced by hold 3"))
    }

    @Test func `that the bank did not renew says so, with the next try, and its tries are behind one click`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house, card: "4000990000000020")
        try await pass(house, days: 3)
        let text = await house.get(Self.folio).text
        #expect(
            text.contains("Die Bank hat die Erneuerung abgelehnt: ") && text.contains("Der nächste Versuch ist am 21.12.2026 um 09:00 Uhr.")
        )
        #expect(
            text.contains("werden 300,00\u{A0}€ nicht erneuert:") && text.contains("Die Bank wird vorher noch einmal gefragt."),
            "the notice")
        let earlier = try #require(text.range(of: "<summary>1 frühere Vormerkung</summary>"))
        #expect(text[earlier.upperBound...].contains("sollte Vormerkung 1 ersetzen"))
        // Asked a moment ago, the bank is not asked again.
        #expect(!text.contains("/holds/1/renew"))
        let refused = await house.get("\(Self.folio)/holds/1/renew")
        #expect(refused.status == 409 && refused.text.contains("erst ab dem 21.12.2026 um 09:00 Uhr wieder gefragt"))
        try await pass(house, days: 1)
        let asked = await house.get(Self.folio).text
        #expect(asked.contains("Die Bank hat die Erneuerung 2-mal abgelehnt: ") && asked.contains("Die Seite für eine neue steht"))
        #expect(asked.contains("Zahlungsseite des Gastes"), "its address is there")
    }

    @Test func `that was not renewed and is over is told of once`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house, card: "4000990000000020")
        try await house.charge("R-1", "270.00")
        try await pass(house, days: 3)
        try await pass(house, days: 1)
        try await house.letPass(hours: 18)
        try await house.logIn()
        let text = await house.get(Self.folio).text
        #expect(text.contains("Die Vormerkung ist verfallen: 270,00\u{A0}€ sind ungedeckt.") && !text.contains("nicht erneuert:"))
    }
}

@Suite struct `Renewing a hold at the desk` {
    private static let folio = "/t/seeblick/folios/R-1"

    @Test func `takes two clicks, and the second says what it does`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house)
        try await pass(house, hours: 1)
        #expect(await house.get(Self.folio).text.contains("href=\"\(Self.folio)/holds/1/renew\""))
        let asked = await house.get("\(Self.folio)/holds/1/renew")
        #expect(asked.status == 200 && asked.text.contains("Vormerkung 1 über 300,00\u{A0}€ erneuern?"))
        #expect(asked.text.contains("lehnt sie ab, bleibt die alte bestehen") && !asked.text.contains("doppelt gesperrt"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.count == 1, "to look is not to do")
        let done = await house.post("\(Self.folio)/holds/1/renew", [])
        #expect(done.header("Location") == "\(Self.folio)?done=renewed")
        #expect(await house.get("\(Self.folio)?done=renewed").text.contains("Die Vormerkung ist erneuert."))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.map(\.state) == [.released, .authorised])
        #expect(await house.get("\(Self.folio)/holds/1/renew").status == 409)
        #expect(await house.get("\(Self.folio)/holds/9/renew").status == 404)
    }

    @Test func `warns where the guest's own money is blocked twice`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house, card: "4000056655665556")
        try await pass(house, hours: 1)
        #expect(await house.get("\(Self.folio)/holds/1/renew").text.contains("doppelt gesperrt"))
    }

    @Test func `that the bank refuses shows the page again, with what the bank said`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house, card: "4000990000000020")
        try await pass(house, hours: 1)
        let refused = await house.post("\(Self.folio)/holds/1/renew", [])
        #expect(refused.status == 409 && refused.text.contains("Von Stripe abgelehnt") && refused.text.contains("erneuern?"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.held == house.euros("300.00"))
    }
}

@Suite struct `Raising a hold at the desk` {
    private static let folio = "/t/seeblick/folios/R-1"
    private static let path = "\(folio)/holds/1/raise"

    @Test func `takes two clicks, names the ceiling, and suggests what is missing`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "343.30")
        let folio = await house.get(Self.folio).text
        #expect(folio.contains("Vormerkung erhöhen.") && folio.contains("Bis 600,00\u{A0}€ ohne den Gast."))
        let page = await house.get(Self.path)
        #expect(page.status == 200 && page.text.contains("Bis 600,00\u{A0}€ ohne den Gast.") && page.text.contains("value=\"350,00\""))
        #expect(await house.get(Self.path, language: "en").text.contains("Up to €600.00 without the guest."))
        let done = await house.post(Self.path, [("total", "450,00")])
        #expect(done.header("Location") == "\(Self.folio)?done=raised", "\(done.text)")
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.held == house.euros("450.00"))
        #expect(await house.get("\(Self.folio)?done=raised").text.contains("Es ist jetzt mehr vorgemerkt."))
    }

    @Test func `above the ceiling, below what is held, or to what is no amount comes back with what was typed`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        for (total, words) in [
            ("600,01", "höchstens 600,00\u{A0}€ zugestimmt"), ("300,00", "beträgt schon 300,00\u{A0}€"), ("viel", "„viel“"),
        ] {
            let page = await house.post(Self.path, [("total", total)])
            #expect(page.status == 409 && page.text.contains(words) && page.text.contains("value=\"\(total)\""), "\(total): \(page.text)")
        }
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.count == 1)
    }

    @Test func `that needs the guest says so, and asks the guest for a further hold`() async throws {
        let house = try await HotelWithPages()
        try await house.offer([.card, .klarna])
        try await house.book("R-1", card: nil, method: .klarna)
        try await house.guestPays("R-1", with: .klarna)
        try await house.sync()
        let page = await house.get(Self.path)
        #expect(page.status == 200 && page.text.contains("Weitere Vormerkung durch den Gast"))
        #expect(!page.text.contains("name=\"total\"") && page.text.contains("action=\"\(Self.folio)/holds\""))
        #expect(await house.get("\(Self.folio)/holds/7/raise").status == 404)
    }
}

@Suite struct `Holds that end, at the desk` {
    private static let list = "/t/seeblick/ending-holds"

    @Test func `are counted on the desk's page, and lead to their folios`() async throws {
        let house = try await HotelWithPages()
        let empty = await house.get(Self.list).text
        #expect(empty.contains("Es ist nichts zu tun.") && empty.contains("Keine Vormerkung endet zu früh."))
        try await longStay(house)
        let desk = await house.get("/t/seeblick/reception").text
        #expect(desk.contains("<a href=\"\(Self.list)\">Ablaufende Vormerkungen <span class=\"count\">1</span></a>"))
        let text = await house.get(Self.list, as: .auditor).text
        #expect(text.contains("href=\"/t/seeblick/folios/R-1\"") && text.contains("Wird erneuert") && text.contains("300,00\u{A0}€"))
        #expect(text.contains("Sie wird am 20.12.2026 um 09:00 Uhr von selbst erneuert.") && text.contains("Es ist nichts zu tun."))
        let english = await house.get(Self.list, language: "en").text
        #expect(english.contains("Holds that end") && english.contains("It is renewed by itself on 20 Dec 2026 at 09:00."))
    }

    @Test func `that need somebody come first: the guest's page, then the end`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house, card: "4000056655665556")
        try await house.charge("R-1", "120.00")
        try await pass(house, days: 3)
        let asked = await house.get(Self.list).text
        let byItself = try #require(asked.range(of: "id=\"itself\""))
        #expect(asked[..<byItself.lowerBound].contains("Seite offen beim Gast") && asked[..<byItself.lowerBound].contains("Anna Weiss"))
        #expect(await house.get("/t/seeblick/reception").text.contains("<span class=\"badge warn\">1 zu tun</span>"))
        try await house.letPass(days: 2)
        try await house.logIn()
        let ended = await house.get(Self.list).text
        #expect(ended.contains("Verfallen") && ended.contains("120,00\u{A0}€ ungedeckt"))
        #expect(ended.contains("Endete am 22.12.2026 um 03:00 Uhr und deckt nichts mehr."))
    }

    @Test func `that never came about are to be done, too`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", nights: 5, card: nil)
        #expect(await house.get(Self.list).text.contains("Es ist nichts zu tun."))
        try await house.letPass(days: 2)
        try await house.sync()
        try await house.logIn()
        let text = await house.get(Self.list).text
        #expect(text.contains("Keine Vormerkung") && text.contains("Sie wurde angefragt und kam nicht zustande; vorgemerkt ist nichts."))
        #expect(text.contains("Den Gast um eine neue bitten.") && text.contains("300,00\u{A0}€"))
        #expect(await house.get("/t/seeblick/reception").text.contains("<span class=\"badge warn\">1 zu tun</span>"))
    }

    @Test func `three hundred are shown fifty at a time, the first to end first, and the page stays small`() async throws {
        let house = try await HotelWithPages()
        let (today, now) = (house.clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!), house.clock.now)
        try await house.store.write(of: Hotel.id) { book in
            for number in 1...300 {
                let folio = try book.addFolio(
                    "E-\(number)", source: .reservation, guest: .init(name: "Gast Nummer \(number)", email: nil), arrival: today,
                    departure: today.adding(days: 9), mode: .reserved, method: .card)
                var hold = try book.addHold(Money(minorUnits: 30_000, currency: .eur), origin: .page, method: .card, to: folio)
                hold.state = .authorised
                hold.authorised = hold.amount
                hold.captureBefore = now.adding(seconds: 4 * 86_400 + Int64(number))
                hold.intent = "pi_\(number)"
                try book.save(hold, of: folio)
            }
        }
        let first = await house.get(Self.list).text
        #expect(first.contains("1 bis 50 von 300") && first.contains("Gast Nummer 1<") && !first.contains("Gast Nummer 51<"))
        #expect(first.utf8.count < 60_000, "\(first.utf8.count)")
        let last = await house.get("\(Self.list)?itself=6").text
        #expect(last.contains("251 bis 300 von 300") && last.contains("Gast Nummer 300<") && !last.contains("Gast Nummer 250<"))
    }

    @Test func `that are not renewed, and those that are held twice, have their words in the lists of the day`() async throws {
        let house = try await HotelWithPages()
        try await longStay(house, card: "4000990000000020")
        try await pass(house, days: 3)
        #expect(await house.get("/t/seeblick/reception").text.contains("Nicht erneuert, endet Di., 22.12."))
        #expect(await house.get("/t/seeblick/reception", language: "en").text.contains("Not renewed, ends Tue, 22 Dec"))
        let amount = house.euros("300.00")
        try await house.store.write(of: Hotel.id) { book in
            try book.setNotice(.holdsOverlap(amount), of: try #require(try book.folio("R-1")))
        }
        #expect(await house.get("/t/seeblick/reception").text.contains("Doppelt vorgemerkt"))
        let folio = await house.get("/t/seeblick/folios/R-1").text
        let told = try #require(folio.range(of: "300,00\u{A0}€ doppelt vorgemerkt"))
        #expect(folio[..<told.lowerBound].suffix(200).contains("notice info"), "nobody has to do anything about it")
    }
}
