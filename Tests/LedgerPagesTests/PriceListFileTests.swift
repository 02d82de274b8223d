import Foundation
import Ledger
import TestHotel
import Testing

import struct WebServer.HTTPRequest
import enum WebServer.MultipartForm

@testable import LedgerPages

/// The price list as a file, on the settings' page.
@Suite struct `A price list that is uploaded` {
    /// Sends a file as a browser does.
    private func upload(
        _ bytes: [UInt8], to house: HotelWithPages, key: String = UUID().uuidString, as role: Role = .admin
    ) async -> Page {
        let csrf = await house.get("/t/seeblick/settings", as: role).csrf ?? ""
        var body: [UInt8] = []
        for (name, value) in [("csrf", csrf), ("key", key)] {
            body += Array("--xyz\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"preise.csv\"\r\nContent-Type: text/csv\r\n\r\n".utf8)
        body += bytes + Array("\r\n--xyz--\r\n".utf8)
        return await house.send(
            "POST", "/t/seeblick/settings/catalogue/import", as: role, bytes: body,
            headers: [("Content-Type", "multipart/form-data; boundary=xyz")])
    }

    private func prices(_ house: HotelWithPages) throws -> [String] {
        try house.ledger.catalogue(of: Hotel.id).map { "\($0.sku) \($0.description) \($0.price.plain) \($0.category)" }
    }

    @Test func `sets its items in the encoding of a spreadsheet, and says what changed`() async throws {
        let house = try await HotelWithPages()
        let text =
            "sep=;\r\nKürzel;Bezeichnung;Preis;Kategorie;Steuersatz\r\nbier;Bier 0,33 l;4,50 €;Minibar;19 %\r\nsuite;Suite;1.200,00;Übernachtung;\r\n;;;;\r\n"
        let bytes: [UInt8] = text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
        let page = await upload(bytes, to: house)
        #expect(page.status == 303)
        let shown = await house.get(try #require(page.header("Location")), as: .admin).text
        #expect(shown.contains("Datei eingelesen: 1 neu, 1 geändert, 0 wie vorher."))
        #expect(shown.contains("Ein Eintrag steht nicht in der Datei und bleibt."))
        #expect(
            try prices(house) == ["bier Bier 0,33 l 4.50 minibar", "massage Massage 50 min 59.50 massage", "suite Suite 1200.00 lodging"])
    }

    @Test func `is asked for with the names of its columns`() async throws {
        let house = try await HotelWithPages()
        let page = await house.get("/t/seeblick/settings", as: .admin).text
        #expect(page.contains("die Spalten nennt: Kürzel, Bezeichnung, Preis, Art der Leistung und, wenn gewünscht, Steuersatz. Was nicht"))
    }

    @Test func `that cannot be read changes nothing, and says which row is wrong`() async throws {
        let house = try await HotelWithPages()
        let before = try prices(house)
        func refuse(_ bytes: [UInt8], saying words: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
            let page = await upload(bytes, to: house)
            #expect(page.status == 409, sourceLocation: sourceLocation)
            if !page.text.contains(words) { Issue.record("\(words) is not said", sourceLocation: sourceLocation) }
            #expect(try prices(house) == before, sourceLocation: sourceLocation)
        }
        let head = "sku;description;price;category\nneu;Neu;1,00;other\n"
        try await refuse([], saying: "Es wurde keine Datei gewählt, oder sie ist leer.")
        try await refuse(
            [0x50, 0x4B, 3, 4, 0, 0], saying: "Die Datei ist eine Arbeitsmappe oder ein anderes Dokument und keine Texttabelle.")
        try await refuse(Array("sku;price\nbier;3\n".utf8), saying: "In der ersten Zeile fehlt Bezeichnung und Art der Leistung.")
        try await refuse(
            Array("\(head)bier;Bier;1.200;minibar\n".utf8), saying: "Nichts wurde geändert wegen Zeile 3: „1.200“ hat mehr als 2")
        try await refuse(Array("\(head)neu;Neu;2,00;other\n".utf8), saying: "Der Artikel neu steht schon in Zeile 2.")
        try await refuse(Array("\(head)bier;Bier;2,00;speise\n".utf8), saying: "category braucht eine Kategorie dieser Bücher (")
        try await refuse(
            Array("sku,description,category,price,tax\nbier,Bier,minibar,3,50\n".utf8), saying: "price kann 3 oder 3,50 sein.")
        try await refuse(
            Array("\(head)bier;Kn\u{8A}del;2,00;other\n".unicodeScalars.map { UInt8($0.value) }), saying: "Zeile 3 ist weder UTF-8")
        try await refuse(Array("\(head);Bier;2,00;other\n".utf8), saying: "Das Feld sku ist leer.")
        try await refuse(Array("Kürzel;Bezeichnung;Preis;Art\n;Bier;2,00;other\n".utf8), saying: "Das Feld Kürzel ist leer.")
    }

    /// A spreadsheet writes 3,50 as `3,5`, and 5 % is a rate that there was.
    @Test func `takes no price whose decimal comma stands between two fields, however few decimals it has`() async throws {
        let house = try await HotelWithPages()
        let before = try prices(house)
        for price in ["3,5", "3,50"] {
            let page = await upload(Array("sku,description,category,price,tax\nbier,Bier,minibar,\(price)\n".utf8), to: house)
            #expect(page.status == 409 && page.text.contains("price kann 3 oder \(price) sein."), "\(price)")
            #expect(try prices(house) == before)
        }
    }

    @Test func `without a column of rates changes none`() async throws {
        let house = try await HotelWithPages()
        #expect(await upload(Array("sku;description;price;category;tax\nhonig;Honig;9,90;shop;7\n".utf8), to: house).status == 303)
        #expect(await upload(Array("sku;description;price;category\nhonig;Honig;10,90;shop\n".utf8), to: house).status == 303)
        let item = try house.ledger.catalogueItem("honig", of: Hotel.id)
        #expect(item.price == house.euros("10.90") && item.taxRate == TaxRate("7"))
        #expect(await upload(Array("sku;description;price;category;tax\nhonig;Honig;10,90;shop;\n".utf8), to: house).status == 303)
        #expect(try house.ledger.catalogueItem("honig", of: Hotel.id).taxRate == nil)
    }

    @Test func `is not read for a stranger, who is sent to the login`() async throws {
        let house = try await HotelWithPages()
        let before = try prices(house)
        for cookie in ["", "session=x"] {
            let page = await house.send(
                "POST", "/t/seeblick/settings/catalogue/import", as: nil,
                bytes: Array("--xyz--".utf8) + [UInt8](repeating: 65, count: 1000),
                headers: [("Content-Type", "multipart/form-data; boundary=xyz"), ("Cookie", cookie)])
            #expect(page.status == 303 && page.header("Location")?.hasPrefix("/login") == true, "\(page.status)")
        }
        #expect(try prices(house) == before)
        #expect(try FormFields(Array("broken".utf8), contentType: "multipart/form-data; boundary=xyz", mayHaveFile: false)["a"] == nil)
        #expect(throws: FormFields.Fault.malformed) {
            try FormFields(Array("broken".utf8), contentType: "multipart/form-data; boundary=xyz", mayHaveFile: true)
        }
    }

    @Test func `is imported once, however often it is sent, and only by whoever may change the list`() async throws {
        let house = try await HotelWithPages()
        let file = Array("sku,description,price,category\nneu,Neu,1.00,other\n".utf8)
        let first = await upload(file, to: house, key: "K-1")
        #expect(first.status == 303)
        try await house.ledger.removeCatalogueItem("neu", of: Hotel.id)
        #expect(await upload(file, to: house, key: "K-1").header("Location") == first.header("Location"))
        #expect(try !prices(house).contains("neu Neu 1.00 other"))
        // Another file under the same key is another form.
        let other = Array("sku,description,price,category\nneu,Neu,2.00,other\n".utf8)
        #expect(await upload(other, to: house, key: "K-1").status == 409)
        #expect(await upload(file, to: house, as: .auditor).status == 403)
        #expect(try !prices(house).contains { $0.hasPrefix("neu ") })
    }
}
