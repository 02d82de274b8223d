import Ledger
import LedgerService
import TestHotel
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
