@testable import JSON
import Testing

@Suite struct `JSON values` {
    @Test func `what is written is read back`() throws {
        let value: JSON = ["b": [1, -2, true, nil, "ä\n\"\u{1F600}"], "a": ["c": "d", "e": .decimal("1.5e3")]]
        #expect(try JSON(reading: value.bytes) == value)
    }

    @Test func `escapes become characters, pairs of them one`() throws {
        #expect(try JSON(reading: Array(#""\u00e4\ud83d\ude00\/\t""#.utf8)) == "ä\u{1F600}/\t")
    }

    @Test(arguments: [
        ("", JSONError.Reason.unexpectedEnd, 0), ("{", .unexpectedEnd, 1), ("[1,]", .unexpectedByte, 3), ("01", .badNumber, 1),
        ("1.", .badNumber, 2), ("+1", .unexpectedByte, 0), ("\"\u{1}\"", .badText, 2), ("nul", .unexpectedEnd, 3),
        ("{\"a\":1} 2", .rest, 8), ("{'a':1}", .unexpectedByte, 1), ("\"\\ud800\"", .badText, 7), ("-", .badNumber, 1),
        ("{\"a\":1,\"a\":2}", .duplicateKey("a"), 10), (String(repeating: "[", count: 65), .tooDeep, 64),
    ])
    func `what is no JSON is refused, with the place`(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason: reason, offset: offset)) { try JSON(reading: Array(text.utf8)) }
    }

    @Test func `a name has as many bytes as the reader takes, and is not compared before`() throws {
        func object(_ bytes: Int) -> [UInt8] { Array("{\"\(String(repeating: "\u{301}\u{327}", count: bytes / 4))\":1}".utf8) }
        #expect(JSON(parsing: object(64)) != nil)
        #expect(throws: JSONError(reason: .nameTooLong(most: 64), offset: 71)) { try JSON(reading: object(68)) }
        #expect(throws: JSONError(reason: .nameTooLong(most: 64), offset: 400_003)) { try JSON(reading: object(400_000)) }
        #expect(try JSON(reading: object(400), longestName: 400).members?.count == 1)
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) == nil)
    }

    @Test func `a number beyond Int64 stays a text`() throws {
        #expect(try JSON(reading: Array("9223372036854775808".utf8)) == .decimal("9223372036854775808"))
    }
}
