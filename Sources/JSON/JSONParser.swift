/// Why a text is no JSON value, and where.
package struct JSONError: Error, Equatable {
    /// `rest`: something stands behind the value.
    package enum Reason: Sendable, Equatable {
        case unexpectedEnd
        case unexpectedByte
        case badNumber
        case badText
        /// Two parsers would disagree about which of them counts.
        case duplicateKey(String)
        /// Longer than the reader takes.
        case nameTooLong(most: Int)
        /// More than 64 levels.
        case tooDeep
        case rest
    }

    /// Of the first thing that was wrong.
    package let reason: Reason
    /// Bytes before the place where reading stopped.
    package let offset: Int
}

extension JSON {
    /// Reads one value, strictly: no comments, no trailing commas, no second member of one name, nothing after it.
    ///
    /// A whole number that fits is `.int`; every other number keeps its text as `.decimal`.
    /// - Parameter longestName: Of a member, in bytes. Swift compares texts in normal form, and one of many combining marks takes time
    ///   with the square of its length.
    /// - Throws: `JSONError`.
    /// - Source: RFC 8259.
    package init(reading bytes: [UInt8], longestName: Int = 64) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, longestName: longestName)
        self = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.atEnd else { throw JSONError(reason: .rest, offset: parser.position) }
    }

    /// - Returns: nil for anything that `init(reading:)` refuses.
    package init?(parsing bytes: [UInt8]) {
        guard let value = try? JSON(reading: bytes) else { return nil }
        self = value
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    let longestName: Int
    var position = 0

    var atEnd: Bool { position == bytes.count }
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: position) }
    private var wrongByte: JSONError { error(atEnd ? .unexpectedEnd : .unexpectedByte) }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        skipSpace()
        guard depth < 64 else { throw error(.tooDeep) }
        guard let byte = next else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for offset in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[offset]) else { throw wrongByte }
        }
        return value
    }

    private mutating func members(depth: Int) throws(JSONError) -> [(key: String, value: JSON)] {
        position += 1
        var members: [(key: String, value: JSON)] = []
        var names = Set<String>()
        skipSpace()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw wrongByte }
            let key = try text()
            guard key.utf8.count <= longestName else { throw error(.nameTooLong(most: longestName)) }
            guard names.insert(key).inserted else { throw error(.duplicateKey(key)) }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw wrongByte }
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw wrongByte }
        }
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
        position += 1
        var values: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return values }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return values }
            guard take(UInt8(ascii: ",")) else { throw wrongByte }
        }
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        if let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { throw error(.badNumber) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        // No longer number fits.
        if isWhole, text.utf8.count <= 20, let whole = Int(text) { return .int(whole) }
        return .decimal(text)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw error(.badNumber) }
    }

    private mutating func text() throws(JSONError) -> String {
        position += 1
        let start = position
        // Most texts hold no escape, and are taken as they stand.
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        var output = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: output, as: UTF8.self) else { throw error(.badText) }
                return text
            case 0..<0x20: throw error(.badText)
            case UInt8(ascii: "\\"): output.append(contentsOf: String(try escape()).utf8)
            default: output.append(byte)
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard let byte = next else { throw error(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw error(.badText) }
            let second = try codeUnit()
            guard (0xDC00..<0xE000).contains(second) else { throw error(.badText) }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))!
        default: throw error(.badText)
        }
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw error(.badText)
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }
}
