import Foundation
import TestSupport
import Testing

/// `line add --file`: the night audit without a program of one's own.
@Suite struct `A file of lines` {
    private static func write(_ text: String, to desk: Desk) throws -> String {
        let file = try desk.folder.write(text.utf8, to: "lines.csv")
        return file
    }

    @Test func `is added to all its folios, and what stands there is shown`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        try await desk.book("R-2")
        try await desk.succeed("line", "add", "seeblick", "R-2", "beer")
        let file = try Self.write(
            """
            folio,item,category,description,unit_amount,tax_rate,quantity,service_date,outside_stay
            R-1,,lodging,"Übernachtung, Zimmer 7",119.00,7,,2026-11-18,
            R-2,,lodging,Übernachtung,"99,50",,2,2026-11-18,false
            R-1,beer,,,,,3,,
            R-2,beer,,,,,,2025-11-18,true

            """, to: desk)
        let added = try await desk.succeed("line", "add", "seeblick", "--file", file)
        #expect(
            added == """
                Folio  New lines     Charged        Open  Not covered
                -----  ---------  ----------  ----------  -----------
                R-1            2  129.50 EUR  129.50 EUR     0.00 EUR
                R-2            2  206.00 EUR  206.00 EUR     0.00 EUR

                4 lines were added to 2 folios.

                """)
        let shown = try await desk.json("folio", "show", "seeblick", "R-2")
        let lines = try #require(shown["lines"] as? [[String: Any]])
        #expect(lines.map { $0["gross"] as? Int } == [350, 19900, 350] && lines.map { $0["number"] as? Int } == [1, 2, 3])
        // The columns may come in any order, from standard input as well.
        let piped = try await desk.run(
            ["line", "add", "seeblick", "--file", "-", "--format", "csv"], input: "quantity,item,folio\r\n2,beer,R-1\r\n")
        #expect(piped.exit == 0 && piped.output.hasPrefix("reference,totals_charged,totals_held,"), "\(piped.output)")
        #expect(piped.output.contains("\r\nR-1,136.50,"), "\(piped.output)")
        try await desk.succeed("verify")
    }

    @Test func `is read as a German spreadsheet writes it`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let text = """
            sep=;
            Buchung;Kategorie;Bezeichnung;Einzelpreis;Steuersatz;Menge;Datum;Außerhalb des Aufenthalts;;
            R-1;Übernachtung;Suite;1.200,00 €;7,00 %;1,00;18.11.2026;FALSCH;;
            ;;;;;;;;;
            R-1;Getränke;Wein;"24,50";19%;2
            R-1;minibar;Nüsse;3;;;17.11.2026 00:00;WAHR;;

            """
        let bytes: [UInt8] = text.replacing("\n", with: "\r\n").unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
        let file = try desk.folder.write(bytes, to: "lines.csv")
        try await desk.succeed("line", "add", "seeblick", "--file", file)
        let shown = try await desk.json("folio", "show", "seeblick", "R-1")
        let lines = try #require(shown["lines"] as? [[String: Any]])
        #expect(lines.map { $0["gross"] as? Int } == [120_000, 4900, 300])
        #expect(lines.map { $0["category"] as? String } == ["lodging", "drinks", "minibar"])
        #expect(lines.map { $0["tax_rate"] as? String } == ["7", "19", "19"])
        #expect(lines.map { $0["description"] as? String } == ["Suite", "Wein", "Nüsse"])
        #expect(lines.map { $0["service_date"] as? String } == ["2026-11-18", "2026-11-18", "2026-11-17"])
        try await desk.succeed("verify")
    }

    @Test func `is refused as a whole for a row that is none, with the row's number`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        func refuse(_ row: String, saying sentence: String) async throws {
            let file = try Self.write(
                "folio,item,category,description,unit_amount,quantity,service_date,tax_rate\nR-1,beer,,,,,,\n\n\(row)\nR-1,bear,,,,,,\n",
                to: desk)
            try await desk.refuse(
                "line", "add", "seeblick", "--file", file, saying: "Nothing was added because of line 4: " + sentence)
        }
        try await refuse("R-9,beer,,,,,,", saying: "Tenant \"seeblick\" has no folio \"R-9\".")
        try await refuse("R-1,bear,,,,,,", saying: "The catalogue has no \"bear\".")
        try await refuse(",beer,,,,,,", saying: "The field folio is empty.")
        try await refuse("R-1,,,,,,,", saying: "The field category is empty.")
        try await refuse("R-1,,lodging,,100,,,", saying: "The field description is empty.")
        try await refuse("R-1,,lodging,Night,,,,", saying: "The field unit_amount is empty.")
        try await refuse("R-1,beer,minibar,,,,,", saying: "A line with an item cannot also have category.")
        try await refuse("R-1,beer,,,,two,,", saying: "quantity needs a whole number from 1 to 100000, not \"two\".")
        try await refuse("R-1,beer,,,,0,,", saying: "quantity needs a whole number from 1 to 100000, not \"0\".")
        try await refuse(
            "R-1,beer,,,,,11/18/2026,", saying: "service_date needs a day such as 2026-11-20 or 20.11.2026, not \"11/18/2026\".")
        try await refuse("R-1,beer,,,,,2025-11-18,", saying: "18 Nov 2025 is outside the stay")
        try await refuse("R-1,,lodging,Night,three,,,", saying: "\"three\" is not an amount")
        try await refuse("R-1,,lodging,Night,-3,,,", saying: "A line of")
        try await refuse("R-1,,lodging,Night,3,,,much", saying: "tax_rate needs a tax rate of these books (")
        try await refuse("R-1,,Lodging!,Night,3,,,", saying: "category needs a category of these books (")
        try await refuse("R-1,,lodging,Night,3,,,\"0,19\"", saying: "tax_rate needs a tax rate of these books (")
        try await refuse("R-1,,lodging,Night,3,50,,", saying: "unit_amount may be 3 or 3,50.")
        try await refuse("R-1,beer,,,,1.000,,", saying: "quantity needs a whole number from 1 to 100000, not \"1.000\".")
    }

    @Test func `names its own columns where it is refused`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        func refuse(_ text: String, saying sentence: String) async throws {
            try await desk.refuse("line", "add", "seeblick", "--file", try Self.write(text, to: desk), saying: sentence)
        }
        try await refuse("Buchung;Artikel;Einzelpreis\nR-1;beer;3,50\n", saying: "A line with an item cannot also have Einzelpreis.")
        try await refuse("folio;sku;price\nR-1;beer;3,50\n", saying: "because the price list sets it, or leave sku empty.")
        try await refuse("folio;quantity\nR-1;2\n", saying: "The file says of no line what is charged.")
        try await refuse(
            "folio;quantity;category\nR-1;2;minibar\n",
            saying: "Add the column item, with items of the price list, or description and unit_amount.")
        try await refuse("folio;Artikel;quantity\nR-1;;2\n", saying: "The field Artikel is empty.")
    }

    @Test func `is refused where it is no file of lines, or too long`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        func refuse(_ text: String, saying sentence: String) async throws {
            try await desk.refuse("line", "add", "seeblick", "--file", try Self.write(text, to: desk), saying: sentence)
        }
        try await refuse("", saying: "The file is empty")
        try await refuse("folio,item\n", saying: "There are no lines to add.")
        try await refuse("item\nbeer\n", saying: "The first line does not name the column folio.")
        try await refuse("folio,item,qantity\nR-1,beer,2\n", saying: "There is no column qantity in a file of this kind.")
        try await refuse("folio,item\nR-1\n", saying: "Line 2 has 1 field, but the first line names 2.")
        let row = "R-1,beer\n"
        try await refuse("folio,item\n" + String(repeating: row, count: 251), saying: "More than 250 lines cannot be added at once.")
        try await desk.refuse("line", "add", "seeblick", "--file", "/nowhere.csv", saying: "There is no file")
        try await desk.succeed(
            "line", "add", "seeblick", "--file", try Self.write("folio,item\n" + String(repeating: row, count: 250), to: desk))
    }

    @Test func `takes the place of everything that is said of one line`() async throws {
        let desk = try await Desk()
        let before = dump(desk.file)
        for arguments in [["R-1", "--file", "x.csv"], ["--file", "x.csv", "--quantity", "2"], ["--file", "x.csv", "--outside-stay"]] {
            let told = try await desk.run(["line", "add", "seeblick"] + arguments)
            #expect(told.exit == 2 && told.errors.contains("everything about the lines comes from the file"), "\(told.errors)")
        }
        for arguments in [[], ["R-1"]] {
            let told = try await desk.run(["line", "add", "seeblick"] + arguments)
            #expect(told.exit == 2 && told.errors.contains("A line needs REFERENCE and SKU, or --file."), "\(told.errors)")
        }
        #expect(dump(desk.file) == before)
        let help = try await desk.run(["line", "add", "--help"])
        #expect(help.output.contains("at most 250 lines") && help.output.contains("unit_amount"), "\(help.output)")
    }
}
