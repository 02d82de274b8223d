import Foundation
import TestSupport
import Testing

/// `catalogue import`: a price list from a spreadsheet.
@Suite struct `A price list in a file` {
    private static func write(_ bytes: [UInt8], to desk: Desk) throws -> String {
        let file = try desk.folder.write(bytes, to: "prices.csv")
        return file
    }

    private static func prices(_ desk: Desk) async throws -> [String] {
        let listed = try await desk.json("catalogue", "list", "seeblick")
        return try #require(listed["data"] as? [[String: Any]]).map {
            "\($0["sku"]!) \($0["description"]!) \($0["price"]!) \($0["category"]!) \($0["tax_rate"] as? String ?? "-")"
        }
    }

    @Test func `sets what stands there, and leaves other items as they are`() async throws {
        let desk = try await Desk()
        try await desk.succeed(
            "catalogue", "set", "seeblick", "old", "--description", "Alt", "--price", "1.00", "--category", "other")
        let text =
            "Artikel\tBezeichnung\tPreis\tKategorie\tSteuer %\r\nbeer\tBier 0,33 l\t3,80\tMinibar\t19\r\n"
            + "suite-cake\tTorte \"\"\t1.200,50 €\tSpeisen\t\r\n"
        let wide: [UInt8] = text.replacing(" \"\"", with: "").utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
        let file = try Self.write([0xFF, 0xFE] + wide, to: desk)
        let change = try await desk.json("catalogue", "import", "seeblick", file)
        #expect(change as? [String: Int] == ["added": 1, "changed": 1, "unchanged": 0, "others": 1])
        #expect(
            try await Self.prices(desk) == ["beer Bier 0,33 l 380 minibar 19", "old Alt 100 other -", "suite-cake Torte 120050 food -"])
        let again = try await desk.json("catalogue", "import", "seeblick", file)
        #expect(again as? [String: Int] == ["added": 0, "changed": 0, "unchanged": 2, "others": 1])
    }

    @Test func `can be the exported price list, whatever stands in its descriptions`() async throws {
        let desk = try await Desk()
        try await desk.succeed(
            "catalogue", "set", "seeblick", "odd", "--description", "=1+\"2\"; x, y", "--price", "1234.50", "--category", "shop", "--tax",
            "none")
        let exported = try await desk.run(["catalogue", "list", "seeblick", "--format", "csv"])
        let before = dump(desk.file)
        let told = try await desk.run(["catalogue", "import", "seeblick", "-", "--format", "json"], input: exported.output)
        #expect(told.output.contains("\"unchanged\":2"), "\(told.output) \(told.errors)")
        #expect(dump(desk.file) == before)
    }

    @Test func `is refused as a whole for a row that is none, with its line`() async throws {
        let desk = try await Desk()
        func refuse(_ row: String, saying sentence: String) async throws {
            let text = "sku;description;price;category;tax_rate;currency\nwine;Wein;7,50;drinks;;\n\(row)\n"
            try await desk.refuse(
                "catalogue", "import", "seeblick", try Self.write(Array(text.utf8), to: desk),
                saying: "Nothing was changed because of line 3: " + sentence)
        }
        try await refuse(";Bier;3;minibar;;", saying: "The field sku is empty.")
        try await refuse("beer;;3;minibar;;", saying: "The field description is empty.")
        try await refuse("beer;Bier;;minibar;;", saying: "The field price is empty.")
        try await refuse("beer;Bier;3;;;", saying: "The field category is empty.")
        try await refuse("beer;Bier;1.200;minibar;;", saying: "\"1.200\" has more decimals than EUR has (2).")
        try await refuse("beer;Bier;3 USD;minibar;;", saying: "An amount in USD cannot be booked")
        try await refuse("beer;Bier;3;minibar;;usd", saying: "An amount in USD cannot be booked")
        try await refuse("beer;Bier;0,00;minibar;;", saying: "A price must be above zero, and €0.00 is not.")
        try await refuse("beer;Bier;-3,00;minibar;;", saying: "A price must be above zero, and \u{2212}€3.00 is not.")
        try await refuse("beer;Bier;3;minibar;0,19;", saying: "tax_rate needs a tax rate of these books (")
        try await refuse("beer;Bier;3;Mini Bar!;;", saying: "category needs a category of these books (")
        try await refuse("wine;Wein;8;drinks;;", saying: "The item wine is on line 2 already.")
        try await desk.refuse(
            "catalogue", "import", "seeblick", try Self.write(Array("PK\u{3}\u{4}".utf8), to: desk), saying: "The file is a workbook")
        try await desk.refuse(
            "catalogue", "import", "seeblick", try Self.write(Array("sku;description;price;category\n".utf8), to: desk),
            saying: "The file has no items.")
        try await desk.refuse("catalogue", "import", "nobody", "-", saying: "There is no tenant")
    }
}
