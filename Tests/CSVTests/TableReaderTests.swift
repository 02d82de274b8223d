import TestSupport
import Testing

@testable import CSV

/// Columns a and b, both required.
private let pair = [TableColumn("a", isRequired: true), TableColumn("b", "Preis", isRequired: true)]

private func rows(_ bytes: [UInt8], columns: [TableColumn] = pair, allowsMore: Bool = false) throws -> [TableRow] {
    var table = try TableReader(bytes, columns: columns, allowsMore: allowsMore)
    var rows: [TableRow] = []
    while let row = try table.next() { rows.append(row) }
    return rows
}

private func rows(_ text: String, columns: [TableColumn] = pair, allowsMore: Bool = false) throws -> [TableRow] {
    try rows(Array(text.utf8), columns: columns, allowsMore: allowsMore)
}

private func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
}

@Suite struct `A table file` {
    @Test func `has quotes, doubled quotes, separators and line ends inside its fields`() throws {
        let records = try rows("a,b\r\n1,\"x, \"\"y\"\"\r\nz\"\r\n\"\",ü\r\n")
        #expect(records.map(\.fields) == [["1", "x, \"y\"\r\nz"], ["", "ü"]])
        #expect(records.map(\.line) == [2, 4])
        #expect(try rows("\"a\", \"b\"\n\"1\", \"2, 3\"\n").map(\.fields) == [["1", "2, 3"]])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `has line ends of any system, and empty rows are passed over`(end: String) throws {
        let records = try rows("\(end)a,b\(end)1,2\(end)\(end),\(end) , \(end)3,\(end)5,6")
        #expect(records.map(\.fields) == [["1", "2"], ["3", ""], ["5", "6"]])
        #expect(records.map(\.line) == [3, 7, 8])
    }

    @Test(arguments: [",", ";", "\t"])
    func `is separated by what makes most columns of its first line, or by what that line names`(separator: String) throws {
        let text = "a,b\n1,\"x;y\tz\"\n".replacing(",", with: separator)
        for text in [text, "sep=\(separator)\n\(text)", "SEP=\(separator)\r\n\(text)", "\"sep=\(separator)\"\(separator)\n\(text)"] {
            let rows = try rows(text)
            #expect(rows.map(\.fields) == [["1", "x;y\tz"].map { $0.replacing(",", with: separator) }], "\(text)")
            #expect(rows[0].line == (text.lowercased().contains("sep=") ? 3 : 2))
        }
    }

    @Test func `may name a separator that is not the one that it has`() {
        #expect(throws: TableRefusal.columnUnknown("a,b", known: pair)) { try rows("sep=;\na,b\n1,2\n") }
        #expect(throws: TableRefusal.separatorUnknown("|")) { try rows("sep=|\na|b\n1|2\n") }
    }

    @Test func `is read in every encoding that spreadsheets write`() throws {
        let text = "a;b\r\nMüller & Söhne;„5 €“\r\n"
        let expected = [["Müller & Söhne", "„5 €“"]]
        let western: [UInt8] = text.unicodeScalars.map {
            switch $0 {
            case "€": 0x80
            case "„": 0x84
            case "“": 0x93
            default: UInt8($0.value)
            }
        }
        let encoded: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), western, [0xFF, 0xFE] + utf16(text, isBig: false),
            [0xFE, 0xFF] + utf16(text, isBig: true), utf16(text, isBig: false), utf16(text, isBig: true), Array(text.utf8) + [0x1A],
        ]
        for bytes in encoded { #expect(try rows(bytes).map(\.fields) == expected, "\(bytes.prefix(8))") }
    }

    @Test func `that is half of one encoding and half of another is refused with its line`() {
        let bytes = Array("a,b\n1,ü\n2,".utf8) + [0xFC] + Array("\n".utf8)
        #expect(throws: TableRefusal.encodingUnknown(line: 3)) { try rows(bytes) }
        #expect(throws: TableRefusal.encodingUnknown(line: 2)) { try rows([0xEF, 0xBB, 0xBF] + Array("a,b\n1,".utf8) + [0xFC]) }
        // A byte that Windows-1252 leaves free.
        #expect(throws: TableRefusal.encodingUnknown(line: 2)) { try rows(Array("a,b\n1,".utf8) + [0x81]) }
        // Half a letter of UTF-16, and one half too many.
        #expect(throws: TableRefusal.encodingUnknown(line: 2)) { try rows([0xFF, 0xFE] + utf16("a,b\n1,2", isBig: false) + [0x0A]) }
        #expect(throws: TableRefusal.encodingUnknown(line: 2)) {
            try rows([0xFF, 0xFE] + utf16("a,b\n1,", isBig: false) + [0x00, 0xD8, 0x31, 0])
        }
    }

    @Test func `of another encoding of eight bits is not taken for Windows-1252`() throws {
        func refuse(_ letters: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
            #expect(throws: TableRefusal.encodingUnknown(line: 2), sourceLocation: sourceLocation) {
                try rows(Array("a,b\n1,".utf8) + letters + Array("\n".utf8))
            }
        }
        // Knödel and Chef’s on a Mac, Knödel and Käse in DOS, tea in Shift JIS, Russian and Polish.
        refuse(Array("Kn".utf8) + [0x9A] + Array("del".utf8))
        refuse(Array("Chef".utf8) + [0xD5] + Array("s".utf8))
        refuse(Array("Kn".utf8) + [0x94] + Array("del".utf8))
        refuse(Array("K".utf8) + [0x84] + Array("se".utf8))
        refuse([0x92, 0x83])
        refuse([0xCF, 0xE8, 0xE2, 0xEE])
        refuse([0xAF] + Array("urek".utf8))
        let western: [UInt8] = [
            0xDC, 0x62, 0x65, 0x72, 0x20, 0x43, 0x61, 0x66, 0xE9, 0x20, 0x84, 0x52, 0xF6, 0xDF, 0x6C, 0x93, 0x20, 0x96, 0x20, 0x35, 0x80,
        ]
        #expect(try rows(Array("a,b\n1,".utf8) + western).first?["b"] == "Über Café „Rößl“ – 5€")
        #expect(throws: TableRefusal.mangled(line: 2)) { try rows("a,b\n1,GetrÃ¤nk\n") }
        #expect(throws: TableRefusal.mangled(line: 3)) { try rows("a,b\n1,2\n3,FlÃŸe\n") }
    }

    @Test func `with the whole row in one field says so`() {
        for text in ["\"a,b\"\n\"1,2\"\n", "a|b\n1|2\n", "sep=;\na,b\n1,2\n"] {
            do {
                _ = try rows(text)
                Issue.record("\(text) was read")
            } catch {
                #expect((error as? TableRefusal)?.hint?.hasPrefix("The whole first row is one field.") == true, "\(text): \(error)")
            }
        }
    }

    @Test func `that is no table in text is refused with what to do`() {
        #expect(throws: TableRefusal.workbook) { try rows([0x50, 0x4B, 3, 4, 20, 0, 6, 0]) }
        #expect(throws: TableRefusal.workbook) { try rows([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]) }
        for text in ["%PDF-1.7\n", "{\\rtf1", "<html><table>", "<?xml version=\"1.0\"?>"] {
            #expect(throws: TableRefusal.workbook) { try rows(text) }
        }
        #expect(throws: TableRefusal.notText(line: 2)) { try rows(Array("a,b\n1,\0\n".utf8)) }
        #expect(throws: TableRefusal.notText(line: 1)) { try rows([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) }
        #expect(throws: TableRefusal.noHeader) { try rows([]) }
        #expect(throws: TableRefusal.noHeader) { try rows([0xFF, 0xFE]) }
        #expect(throws: TableRefusal.noHeader) { try rows("\n\n;;\n") }
        #expect(TableRefusal.workbook.hint == "In the spreadsheet, save it as \"CSV UTF-8\".")
    }

    @Test(arguments: ["a,b", "b,a", "A,B", " a , B ", "a,Preis", "PREIS,a", "\"a\",\"b\""])
    func `has its columns in any order, by any of their names`(header: String) throws {
        let names = header.lowercased()
        let isTurned = names.hasPrefix("b") || names.hasPrefix("preis")
        let row = try #require(try rows("\(header)\n\(isTurned ? "2,1" : "1,2")\n").first)
        #expect(row["a"] == "1" && row["b"] == "2")
    }

    @Test func `may write a name of two words with blanks or hyphens`() throws {
        for name in ["tax_rate", "Tax Rate", "TAX-RATE", "Steuersatz", "steuersatz "] {
            #expect(try rows("\(name)\n7\n", columns: [TableColumn("tax_rate", "Steuersatz")]).first?["tax_rate"] == "7", "\(name)")
        }
    }

    @Test func `with semicolons or tabs may leave out empty fields at the end, or have more of them`() throws {
        #expect(try rows("a;b\n1\n2;3;;\n").map(\.fields) == [["1", ""], ["2", "3"]])
        #expect(try rows("a;b;;\n1;2;;\n3;4\n").map { [$0["a"], $0["b"]] } == [["1", "2"], ["3", "4"]])
        #expect(throws: TableRefusal.fieldCount(line: 2, found: 3, expected: 2)) { try rows("a;b\n1;2;3\n") }
        #expect(throws: TableRefusal.columnUnnamed(line: 3)) { try rows("a;b;\n1;2;\n3;4;5\n") }
    }

    @Test func `with commas has as many fields in each row as names, so that a decimal comma is noticed`() {
        let columns = [TableColumn("a"), TableColumn("b"), TableColumn("c"), TableColumn("d")]
        #expect(throws: TableRefusal.fieldCount(line: 2, found: 5, expected: 4)) { try rows("a,b,c,d\n1,3,50,x,\n", columns: columns) }
        #expect(throws: TableRefusal.fieldCount(line: 2, found: 3, expected: 4)) { try rows("a,b,c,d\n1,3,50\n", columns: columns) }
    }

    @Test(arguments: [
        ("a,c\n1,2\n", TableRefusal.columnUnknown("c", known: pair)),
        ("a\n1\n", .columnsMissing([pair[1]], found: ["a"])),
        ("a,b,A\n", .columnTwice("A")),
        ("b,a,Preis\n", .columnTwice("Preis")),
        ("a,b\n1,2\n1,2,3\n", .fieldCount(line: 3, found: 3, expected: 2)),
        ("a,b\n\n1\n", .fieldCount(line: 3, found: 1, expected: 2)),
        ("a,b\n1,x\"y\n", .strayQuote(line: 2)),
        ("a,b\n1,\"x\"y\n", .strayQuote(line: 2)),
        ("a,b\n1,\"x\n\n2,3", .openQuote(line: 2)),
    ])
    func `that is wrong is refused with the place`(text: String, refusal: TableRefusal) {
        #expect(throws: refusal) { try rows(text) }
        for words in [refusal.german, .init(refusal.message, hint: refusal.hint)] {
            #expect(words.message.hasSuffix(".") && words.hint?.hasSuffix(".") == true, "\(words)")
        }
    }

    @Test func `may have more columns where its reader says so`() throws {
        #expect(try rows("b,more,a\n1,2,3\n", allowsMore: true).first?["a"] == "3")
        #expect(throws: TableRefusal.columnTwice("more")) { try rows("a,b,more,more\n", allowsMore: true) }
    }

    @Test func `does not fill the memory, nor the time`() throws {
        #expect(throws: TableRefusal.tooLong(line: 2)) { try rows("a,b\n1,\"" + String(repeating: "x\n", count: 600_000)) }
        #expect(throws: TableRefusal.tooLong(line: 2)) { try rows("a,b\n" + String(repeating: ",", count: 3 << 20)) }
        #expect(throws: TableRefusal.tooLong(line: 2)) { try rows("a,b\n1," + String(repeating: "x", count: 16 * 1024 + 1) + "\n") }
        func marks(_ count: Int) -> String { "e" + String(repeating: "\u{301}\u{327}", count: count / 4) }
        #expect(try rows("a,b,\(marks(252))\n1,2,3\n", allowsMore: true).count == 1)
        #expect(throws: TableRefusal.tooLong(line: 1)) { try rows("a,b,\(marks(260))\n1,2,3\n", allowsMore: true) }
        #expect(throws: TableRefusal.tooLong(line: 1)) { try rows((0...1000).map { String($0) }.joined(separator: ",") + "\n") }
        #expect(throws: TableRefusal.fileTooLarge) { try rows([UInt8](repeating: 97, count: TableReader.largest + 1)) }
    }

    @Test func `that our CSV wrote is read back`() throws {
        var random = Noise(seed: 7)
        let letters = ["a", ",", ";", "\"", "\n", "\r", "ü", "", " ", "山", "=", "-", "'"]
        for _ in 0..<500 {
            let fields = (0..<2).map { _ in "x" + (0..<5).map { _ in letters.randomElement(using: &random)! }.joined() + "x" } + ["=1+2"]
            let line = fields.map(CSVField.text).joined(separator: ",")
            #expect(try rows("a,b,end\n\(line)\n", allowsMore: true).map(\.fields) == [fields])
        }
    }
}
