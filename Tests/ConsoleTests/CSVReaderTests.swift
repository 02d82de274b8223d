import CSV
import Foundation
import Testing

@testable import Console

/// Rows of a text that arrives `chunk` bytes at a time.
private func rows(_ text: String, columns: [String] = ["a", "b"], chunk: Int = 3) throws -> [CSVRecord] {
    try rows(Array(text.utf8), columns: columns, chunk: chunk)
}

private func rows(_ bytes: [UInt8], columns: [String] = ["a", "b"], chunk: Int = 3) throws -> [CSVRecord] {
    var rest = bytes[...]
    let reader = try CSVReader(columns: columns) { () throws(CSVRefusal) in
        defer { rest = rest.dropFirst(chunk) }
        return Array(rest.prefix(chunk))
    }
    var records: [CSVRecord] = []
    while let record = try reader.next() { records.append(record) }
    return records
}

@Suite struct `Reading CSV` {
    @Test(arguments: 1...12)
    func `quotes, doubled quotes, commas and line ends inside a field come out as they went in`(chunk: Int) throws {
        let records = try rows("a,b\r\n1,\"x, \"\"y\"\"\r\nz\"\r\n\"\",ü\r\n", chunk: chunk)
        #expect(records.map(\.fields) == [["1", "x, \"y\"\r\nz"], ["", "ü"]])
        #expect(records.map(\.line) == [2, 4])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `all line ends are read, also a missing last one and empty lines`(end: String) throws {
        let records = try rows("a,b\(end)1,2\(end)\(end)3,\(end)5,6")
        #expect(records.map(\.fields) == [["1", "2"], ["3", ""], ["5", "6"]])
        #expect(records.map(\.line) == [2, 4, 5])
    }

    @Test func `a byte order mark is not part of the first name`() throws {
        #expect(try rows("\u{FEFF}a,b\n1,2\n").map { $0["a"] } == ["1"])
    }

    @Test func `columns are found by name, in any order`() throws {
        let record = try #require(try rows("b,more,a\n1,2,3\n").first)
        #expect(record["a"] == "3")
        #expect(record["b"] == "1")
    }

    @Test(arguments: [
        ("", CSVRefusal.noHeader),
        ("a,c\n1,2\n", .columnsMissing(["b"], found: ["a", "c"])),
        ("a,b,a\n", .columnTwice("a")),
        ("a,b\n1,2\n1,2,3\n", .fieldCount(line: 3, found: 3, expected: 2)),
        ("a,b\n\n1\n", .fieldCount(line: 3, found: 1, expected: 2)),
        ("a,b\n1,x\"y\n", .strayQuote(line: 2)),
        ("a,b\n1,\"x\"y\n", .strayQuote(line: 2)),
        ("a,b\n1,\"x\n\n2,3", .openQuote(line: 2)),
    ])
    func `what is wrong is told with its line`(text: String, refusal: CSVRefusal) {
        #expect(throws: refusal) { try rows(text) }
    }

    @Test func `text that is not UTF-8 is told with its line`() {
        #expect(throws: CSVRefusal.notUTF8(line: 2)) { try rows(Array("a,b\n1,".utf8) + [0xFC] + Array("\n".utf8)) }
    }

    @Test func `a row without end does not fill the memory`() {
        #expect(throws: CSVRefusal.tooLong(line: 2)) {
            try rows("a,b\n1,\"" + String(repeating: "x\n", count: 600_000), chunk: 65_536)
        }
    }

    @Test func `names of columns and fields are counted before anything looks at them`() throws {
        func marks(_ count: Int) -> String { String(repeating: "\u{301}\u{327}", count: count / 4) }
        #expect(try rows("a,b,\(marks(256))\n1,2,3\n").count == 1)
        #expect(throws: CSVRefusal.tooLong(line: 1)) { try rows("a,b,\(marks(260))\n1,2,3\n") }
        #expect(throws: CSVRefusal.tooLong(line: 1)) { try rows((0...1000).map { String($0) }.joined(separator: ",") + "\n") }
        #expect(throws: CSVRefusal.tooLong(line: 2)) { try rows("a,b\n1," + String(repeating: "x", count: 16 * 1024 + 1) + "\n") }
    }

    @Test func `sentences name the line and what was found`() {
        #expect(CSVRefusal.fieldCount(line: 3, found: 1, expected: 20).message == "Line 3 has 1 field, but the first line names 20.")
        #expect(
            CSVRefusal.columnsMissing(["adr", "meal"], found: ["a"]).message == "The first line does not name the columns adr and meal.")
    }

    @Test func `fields written by our CSV are read back`() throws {
        var random = SplitMix64(seed: 7)
        let letters = ["a", ",", "\"", "\n", "\r", "ü", "", " ", "山"]
        for _ in 0..<500 {
            let fields = (0..<2).map { _ in (0..<5).map { _ in letters.randomElement(using: &random)! }.joined() } + ["end"]
            let line = fields.map(CSVField.number).joined(separator: ",")
            #expect(try rows("a,b,end\n\(line)\n").map(\.fields) == [fields])
        }
    }

    @Test func `a file is read from disk, and a missing one told`() throws {
        let path = NSTemporaryDirectory() + "console-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "a,b\n".appending(String(repeating: "1,2\n", count: 50_000)).write(toFile: path, atomically: true, encoding: .utf8)
        let reader = try CSVReader(file: path, columns: ["b"])
        var count = 0
        while let record = try reader.next() { count += Int(record["b"])! }
        #expect(count == 100_000)
        #expect(throws: CSVRefusal.file(.notFound("/nowhere.csv"))) { try CSVReader(file: "/nowhere.csv", columns: []) }
        #expect(throws: CSVRefusal.file(.directory("/tmp"))) { try CSVReader(file: "/tmp", columns: []) }
    }
}

@Suite struct `Secret files` {
    private func read(_ bytes: [UInt8]) throws -> String {
        let path = NSTemporaryDirectory() + "console-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do { return try SecretFile.read(path) } catch { return error.code }
    }

    @Test func `white space around a secret is not part of it`() throws {
        #expect(try read(Array("  sk_test_1\r\n\n".utf8)) == "sk_test_1")
    }

    @Test func `a file that cannot hold a secret is refused`() throws {
        #expect(try read([]) == "file_empty")
        #expect(try read(Array(" \n".utf8)) == "file_empty")
        #expect(try read([0xFF, 0xFE]) == "file_content_unusable")
        #expect(try read(Array("sk_test_1\nsk_test_2\n".utf8)) == "file_content_unusable")
        #expect(try read([UInt8](repeating: 65, count: 100_000)) == "file_content_unusable")
        #expect(throws: FileRefusal.notFound("/nowhere")) { try SecretFile.read("/nowhere") }
        #expect(throws: FileRefusal.directory("/tmp")) { try SecretFile.read("/tmp") }
    }
}

/// - Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014.
private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
