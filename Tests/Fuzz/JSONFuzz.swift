import Foundation
import JSON
import TestSupport
import Testing

/// Request bodies, Stripe's answers and events: all of them are JSON that somebody else wrote.
@Suite struct `Damaged JSON` {
    private static let samples = [
        #"{"reference":"R-4711","lines":[{"item":"beer","quantity":2,"tax_rate":null}],"paid":true,"amount":-30000}"#,
        #"[1,1.5e-3,-0,9223372036854775807,9223372036854775808,"\u00e4\ud83d\ude00\n",[],{},[[[[]]]]]"#,
        #"  "a \"quoted\" \\ text"  "#, "-12.50e+7", #"{"a":{"b":{"c":{"d":[true,false,null]}}}}"#,
    ].map { Array($0.utf8) }

    /// Foundation reads it, too, and reads the same; and what is written is read back.
    @Test(arguments: Noise.seeds)
    func `are read as another reader would, or refused`(seed: UInt64) throws {
        var noise = Noise(seed: seed)
        for _ in 0..<Noise.rounds {
            let bytes = noise.damaged(Self.samples, words: Noise.words)
            let text = String(decoding: bytes, as: UTF8.self)
            let value: JSON
            do { value = try JSON(reading: bytes) } catch {
                #expect((0...bytes.count).contains(error.offset), "\(text)")
                continue
            }
            #expect(try JSON(reading: value.bytes) == value, "\(text)")
            if value.holdsUnusualNumber { continue }
            let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            #expect(other.map { value.says($0) } == true, "\(text)")
        }
    }

    @Test func `nested without end are refused before the stack is`() {
        for opening in ["[", "{\"a\":", "[{\"a\":"] {
            let bytes = Array(String(repeating: opening, count: 200_000).utf8)
            #expect { try JSON(reading: bytes) } throws: { ($0 as? JSONError)?.reason == .tooDeep }
        }
    }
}

extension JSON {
    /// Numbers that Foundation rounds or refuses.
    fileprivate var holdsUnusualNumber: Bool {
        switch self {
        case .decimal: true
        case .array(let values): values.contains { $0.holdsUnusualNumber }
        case .object(let members): members.contains { $0.value.holdsUnusualNumber }
        default: false
        }
    }

    /// Whether Foundation's value is the same.
    fileprivate func says(_ other: Any) -> Bool {
        switch self {
        case .null: other is NSNull
        case .bool(let value): (other as? NSNumber)?.boolValue == value
        case .int(let value): (other as? NSNumber)?.int64Value == Int64(value)
        case .text(let value): (other as? String).map { Array($0.utf8) == Array(value.utf8) } ?? false
        case .array(let values):
            (other as? [Any]).map { $0.count == values.count && zip(values, $0).allSatisfy { $0.says($1) } } ?? false
        case .object(let members):
            (other as? [String: Any]).map { other in
                other.count == members.count && members.allSatisfy { member in other[member.key].map { member.value.says($0) } ?? false }
            } ?? false
        case .decimal, .raw: false
        }
    }
}
