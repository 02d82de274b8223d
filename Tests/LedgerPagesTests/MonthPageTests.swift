import Ledger
import LedgerService
import LedgerStore
import TestHotel
import TestSupport
import Testing

@testable import LedgerPages

@Suite struct `The pages of the month's end` {
    @Test func `show what waits from a month before, with that month, and until when evidence is due`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.hotel.charge("R-1", .other, "0.30")
        try await house.checkOut("R-1")
        try await house.letPass(days: 11)
        try await house.book("R-2", hold: "150.00", mode: .direct)
        let intent = try #require(try house.folio("R-2").payments.first?.intent)
        let charge = try #require(try await house.simulator.order("GET", "/v1/payment_intents/\(intent)")["latest_charge"] as? String)
        try await house.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        try await house.letPass(days: 2)
        try await house.sync()
        try await house.logIn()
        // 29 November and nine days: the end of 8 December in UTC.
        let december = await house.get("/t/seeblick/accounting", as: .accounting).text
        #expect(december.contains("Abgeschlossen, nicht ganz bezahlt") && december.contains("aus November 2026"), "\(december)")
        #expect(december.contains("Belege bis 09.12.2026 um 00:59 Uhr"), "\(december)")
        let november = await house.get("/t/seeblick/accounting?month=2026-11", as: .accounting).text
        #expect(november.contains("Abgeschlossen, nicht ganz bezahlt") && !november.contains("aus November 2026"))
        let english = await house.get("/t/seeblick/accounting", as: .accounting, language: "en").text
        #expect(english.contains("from November 2026") && english.contains("Evidence by 9 Dec 2026 at 00:59"), "\(english)")
    }

    @Test func `name each journal file by the date that it is cut by`() async throws {
        let house = try await HotelWithPages()
        for (query, name) in [
            ("", "seeblick-2026-11-journal-nach-tag.csv"), ("?by=posted_at", "seeblick-2026-11-journal-nach-buchung.csv"),
            ("?for=programs", "seeblick-2026-11-journal-occurred_on.csv"),
            ("?for=programs&by=posted_at", "seeblick-2026-11-journal-posted_at.csv"),
        ] {
            let file = await house.get("/t/seeblick/accounting/2026-11/journal.csv\(query)", as: .accounting)
            #expect(file.header("Content-Disposition")?.contains(name) == true, "\(query): \(file.headers)")
        }
        for file in ["journal.csv?by=foo", "journal.csv?for=foo", "statement.csv?for=foo"] {
            #expect(await house.get("/t/seeblick/accounting/2026-11/\(file)", as: .accounting).status == 404, "\(file)")
        }
    }

    @Test func `name what cannot be read, and let accounting dismiss it with a reason`() async throws {
        let house = try await HotelWithPages()
        let made = try await house.simulator.order(
            "POST", "/_sim/balance_transactions", ["type": "charge", "amount": 5000, "source": "charge", "unreadable": 500])
        let movement = try #require(made["id"] as? String)
        try await house.sync()
        try await house.store.write(of: Hotel.id) { try $0.noteUnreadable("unnamed_1", .said("<b>kein Betrag</b>")) }
        let month = await house.get("/t/seeblick/accounting", as: .accounting).text
        #expect(month.contains("unnamed_1") && month.contains("&lt;b&gt;kein Betrag&lt;/b&gt;"), "\(month)")
        let seen = await house.get("/t/seeblick/accounting", as: .auditor).text
        #expect(seen.contains("unnamed_1") && !seen.contains("Beiseitelegen"))
        for place in ["/t/seeblick/movements/\(movement)", "/t/seeblick/unreadable/unnamed_1"] {
            #expect(month.contains("href=\"\(place)\""), "\(place)")
            let page = await house.get(place, as: .accounting)
            #expect(page.status == 200 && page.text.contains("action=\"\(place)/dismiss\""), "\(page.text)")
            let without = await house.post("\(place)/dismiss", [("reason", " ")], as: .accounting)
            #expect(without.status == 409 && without.text.contains("Grund benötigt"), "\(without.text)")
            let done = await house.post("\(place)/dismiss", [("reason", "im Dashboard geprüft")], as: .accounting)
            #expect(done.status == 303, "\(done.text)")
            let again = await house.post("\(place)/dismiss", [("reason", "noch einmal")], as: .accounting)
            #expect(again.status == 409, "\(again.text)")
        }
        let known = try house.ledger.unexplainedMovement(movement, of: Hotel.id)
        #expect(known.state == .suspense && known.dismissal == Dismissal(reason: "im Dashboard geprüft", actor: "user:accounting"))
        #expect(try house.ledger.unreadableObject("unnamed_1", of: Hotel.id).dismissal == known.dismissal)
        // It can be assigned now.
        let page = await house.get("/t/seeblick/movements/\(movement)", as: .accounting)
        #expect(page.text.contains("Bewegung zuordnen") && !page.text.contains("/dismiss"))
        #expect(!(await house.get("/t/seeblick/accounting", as: .accounting).text.contains("unnamed_1")))
    }

    @Test func `say of a month that stays open what can be done`() async throws {
        let house = try await HotelWithPages()
        try await house.letPass(days: 20)
        try await house.sync()
        try await house.logIn()
        try await house.store.write(of: Hotel.id) { try $0.noteUnreadable("unnamed_1", .said("odd")) }
        let refused = await house.post("/t/seeblick/accounting/2026-11/close", [], as: .accounting)
        #expect(refused.status == 409 && refused.text.contains("1 unlesbares Objekt (unnamed_1)"))
        #expect(refused.text.contains(MonthObstacle.Kind.objectUnreadable.wayOut.german))
        let all = await house.post("/operator/fees/2026-11/close", [], as: .operator)
        #expect(all.text.contains(MonthObstacle.Kind.objectUnreadable.wayOut.german))
    }

    @Test func `close a month for all tenants although the books of one are damaged`() async throws {
        let house = try await HotelWithPages()
        try await house.simulator.order("POST", "/_sim/balance_transactions", ["type": "stripe_fee", "amount": -100])
        try await house.letPass(days: 20)
        try await house.sync()
        try await house.logIn()
        try change(house.folder.file("ledger.db"), "UPDATE stripe_month SET amount = 4000000000000000000")
        let fees = await house.get("/operator/fees?month=2026-11", as: .operator)
        #expect(fees.status == 200 && fees.text.contains("Die Bücher von 1 Mandanten sind nicht lesbar."), "\(fees.text)")
        #expect(await house.get("/operator/fees/2026-11/close", as: .operator).text.contains("Er wird für 1 Mandanten abgeschlossen."))
        let closed = await house.post("/operator/fees/2026-11/close", [], as: .operator)
        #expect(closed.status == 200 && closed.text.contains("für 1 Mandanten abgeschlossen."), "\(closed.text)")
        #expect(closed.text.contains("Hotel Seeblick: Der November 2026 konnte für den Mandanten „seeblick“ nicht abgeschlossen werden ("))
    }

    @Test func `close a month for all tenants, and say where it stays open`() async throws {
        let house = try await HotelWithPages()
        try await house.letPass(days: 20)
        try await house.logIn()
        #expect(await house.get("/operator/fees/2026-11/close", as: .operator).text.contains("Er wird für 2 Mandanten abgeschlossen."))
        let first = await house.post("/operator/fees/2026-11/close", [], as: .operator)
        #expect(first.status == 200 && first.text.contains("November 2026: für 1 Mandanten abgeschlossen."), "\(first.text)")
        #expect(first.text.contains("November 2026 bleibt bei 1 Mandanten offen."))
        #expect(first.text.contains("Hotel Seeblick: Seit dem Ende des Monats November 2026 wurde Stripe nicht abgefragt."))
        let own = await house.post("/t/seeblick/accounting/2026-11/close", [], as: .accounting)
        #expect(own.status == 409 && own.text.contains("Seit dem Ende des Monats November 2026 wurde Stripe nicht abgefragt."))
        try await house.sync()
        let second = await house.post("/operator/fees/2026-11/close", [], as: .operator)
        #expect(second.text.contains("für 1 Mandanten abgeschlossen.") && !second.text.contains("bleibt bei"))
        // Nothing is left to close: its page says so.
        let page = await house.get("/operator/fees/2026-11/close", as: .operator)
        #expect(page.header("Location") == "/operator/fees?month=2026-11")
    }
}
