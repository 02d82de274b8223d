import Foundation
import Ledger
import LedgerService
import LedgerShapes
import Stripe
import TestHotel
import Testing

@testable import LedgerPages

import struct WebServer.HTTPRequest
import struct WebServer.HTTPResponse
import class WebServer.WebServer

@Suite struct `The month's journal as a file` {
    /// Asks over a real connection, as a browser does.
    private func download(_ house: HotelWithPages, _ path: String, language: String) async throws -> (type: String?, text: String) {
        let pages = house.pages
        let server = WebServer(.init()) { request in await pages.answer(request) ?? HTTPResponse(status: 404) }
        try server.start()
        let answer = try await CurlTransport().send(
            Stripe.HTTPRequest(
                method: "GET", url: "http://127.0.0.1:\(server.port)\(path)",
                headers: [HTTPHeader("Cookie", "session=\(house.secrets[.accounting]!)"), HTTPHeader("Accept-Language", language)]))
        await server.stop(grace: .seconds(1))
        return (answer.headers.first { $0.key.lowercased() == "content-type" }?.value, String(decoding: answer.body, as: UTF8.self))
    }

    @Test func `comes whole, though it is written as it is read`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        // More than is read at a time.
        let beer = NewLine.free(category: .minibar, description: "Bier", quantity: 1, unitAmount: house.euros("1234.50"))
        for _ in 1...10 {
            _ = try await house.ledger.addLines(of: Hotel.id, by: "=1+1") { _ in
                Array(repeating: NewFolioLine(beer, on: "R-1", at: Phrase("a beer", "einem Bier")), count: 250)
            }
        }
        let path = "/t/seeblick/accounting/2026-11/journal.csv"
        guard case .stream = try #require(await house.pages.answer(request(house, path))).body else {
            Issue.record("it is built in memory")
            return
        }
        let german = try await download(house, path, language: "de")
        #expect(german.type == "text/csv; charset=utf-8")
        var lines = german.text.components(separatedBy: "\r\n")
        #expect(lines.removeLast().isEmpty && lines.removeFirst().hasPrefix("\u{FEFF}Nummer;Geschehen am;"))
        #expect(lines.map { $0.split(separator: ";").first.flatMap { Int($0) } } == Array(1...2_500))
        #expect(lines.allSatisfy { $0.contains(";\"1234,50\";EUR;R-1;'=1+1;") }, "\(lines[0])")
        let english = try await download(house, path, language: "en")
        #expect(english.text.hasPrefix("\u{FEFF}Number,Occurred on,") && english.text.contains(",1234.50,EUR,R-1,'=1+1,"))
        // For programs it is what API and command line write, in whatever language the page is.
        var entries: [BookedEntry] = []
        try house.ledger.eachEntry(of: Hotel.id, in: Month("2026-11")!) {
            entries.append(BookedEntry(entry: $0, hash: $1, currency: .eur, cutBy: .occurredOn))
        }
        let programs = String(decoding: BookShapes.entry.fileHeader + BookShapes.entry.fileLines(entries), as: UTF8.self)
        for language in ["de", "en"] {
            #expect(try await download(house, path + "?for=programs", language: language).text == programs)
        }
        let other = try await download(house, "/t/seeblick/accounting/2026-10/journal.csv", language: "de")
        #expect(other.text.components(separatedBy: "\r\n").count == 2)
    }

    private func request(_ house: HotelWithPages, _ path: String) -> HTTPRequest {
        HTTPRequest(method: "GET", target: path, headers: [("Cookie", "session=\(house.secrets[.accounting]!)")], body: [])
    }
}

@Suite struct `A file for a spreadsheet` {
    private static let odd = ["0012", "1e5", "=1+1", "-5", "+49 30", "@SUM(A1)", "1,5", "Müller; Söhne", "sagt \"ja\"", "2026-11-20", ""]

    @Test func `writes each text as the text it is, whatever it looks like`() throws {
        let columns: [SheetColumn<String>] = [.text(.what) { $0 }, .words(.name) { Phrase($0, $0) }]
        let file = Sheet(columns: columns, language: .german)
        #expect(String(decoding: file.beginning, as: UTF8.self) == "\u{FEFF}Was;Name\r\n")
        #expect(
            String(decoding: file.lines(Self.odd), as: UTF8.self) == """
                0012;0012\r
                1e5;1e5\r
                '=1+1;'=1+1\r
                '-5;'-5\r
                '+49 30;'+49 30\r
                '@SUM(A1);'@SUM(A1)\r
                "1,5";"1,5"\r
                "Müller; Söhne";"Müller; Söhne"\r
                "sagt ""ja""\";"sagt ""ja""\"\r
                2026-11-20;2026-11-20\r
                ;\r

                """)
    }

    @Test func `writes numbers for this language's spreadsheet, and the currency beside each amount`() throws {
        let yen = try #require(Currency("jpy"))
        let amounts = [Money(minorUnits: -123_450, currency: .eur), Money(minorUnits: 1200, currency: yen)]
        let columns: [SheetColumn<Money>] = [
            .amount(.amount) { $0 }, .currency { $0.currency }, .whole(.count) { $0.minorUnits }, .day(.date) { _ in Day("2026-11-24")! },
            .instant(.postedAt) { _ in Instant("2026-11-24T08:30:00Z")! }, .hexadecimal(.hash) { _ in [0, 18, 30, 5] },
        ]
        func file(_ language: Language) -> [String] {
            let sheet = Sheet(columns: columns, language: language)
            return String(decoding: sheet.beginning.dropFirst(3) + sheet.lines(amounts), as: UTF8.self).components(separatedBy: "\r\n")
        }
        #expect(
            file(.german) == [
                "Betrag;Währung;Anzahl;Datum;Gebucht (UTC);SHA-256",
                "\"-1234,50\";EUR;-123450;24.11.2026;2026-11-24T08:30:00Z;00121e05",
                "1200;JPY;1200;24.11.2026;2026-11-24T08:30:00Z;00121e05",
                "",
            ])
        #expect(
            file(.english) == [
                "Amount,Currency,Count,Date,Posted (UTC),SHA-256",
                "-1234.50,EUR,-123450,24 Nov 2026,2026-11-24T08:30:00Z,00121e05",
                "1200,JPY,1200,24 Nov 2026,2026-11-24T08:30:00Z,00121e05", "",
            ])
    }

    @Test func `says what was billed and what Stripe kept, each in its currency`() async throws {
        let house = try await HotelWithPages()
        let statement = await house.get("/t/seeblick/accounting/2026-11/statement.csv", as: .accounting)
        #expect(
            statement.text == """
                \u{FEFF}Lieferant;Was;Art;Zahlart;Anzahl;Betrag;Gebühr;Währung;Nachträge\r
                Soferu;"Plattformgebühr, Netto";;;1;"19,00";;EUR;\r
                Soferu;"Plattformgebühr, USt.";;;1;"3,61";;EUR;\r
                Stripe;Anfangssaldo;;;;"0,00";;EUR;\r
                Stripe;Endsaldo;;;;"0,00";;EUR;\r

                """)
        let all = await house.get("/operator/fees/2026-11/statement.csv", as: .operator)
        #expect(all.text.hasPrefix("tenant,month,supplier,item,"))
        #expect(all.text.contains("\r\nseeblick,2026-11,operator,platform_fee,,,,19.00,3.61,22.61,,,false,eur,tenant,,\r\n"), "\(all.text)")
    }
}
