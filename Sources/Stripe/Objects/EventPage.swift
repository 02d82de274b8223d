import Foundation

extension Event: StripeListed {
    /// Each event keeps its own bytes of the page, as a webhook would have delivered them.
    package static func page(_ body: Data) throws -> ListPage<Event> {
        try ListPage(body) { try Event(raw: $0) }
    }
}

/// Cuts a JSON text without changing a byte of it.
enum JSONSlices {
    /// - Parameters:
    ///   - name: A key of the outermost object, written without escapes.
    ///   - text: Valid JSON; of anything else the result is some nonsense inside its bounds.
    /// - Returns: The elements of the array under that key; none if there is no such array.
    static func elements(of name: String, in text: Data) -> [Data] {
        let key = Array("\"\(name)\"".utf8)
        var elements: [Data] = []
        var depth = 0
        var stringStart: Int?
        var isEscaped = false
        var lastString = 0..<0  // the latest string at depth 1: the key, once a value follows
        var isInside = false
        var elementStart: Int?
        text.withUnsafeBytes { bytes in
            func close(at index: Int) {
                guard let start = elementStart else { return }
                elements.append(Data(bytes[start..<index]))
                elementStart = nil
            }
            for (index, byte) in bytes.enumerated() {
                if let start = stringStart {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        if depth == 1 { lastString = start..<(index + 1) }
                        stringStart = nil
                    }
                    continue
                }
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): continue
                case UInt8(ascii: ",") where isInside && depth == 2:
                    close(at: trimmed(bytes, index))
                    continue
                case UInt8(ascii: "]") where isInside && depth == 2:
                    close(at: trimmed(bytes, index))
                    isInside = false
                    depth = 1
                    continue
                default: break
                }
                if isInside, depth == 2, elementStart == nil { elementStart = index }
                switch byte {
                case UInt8(ascii: "\""): stringStart = index
                case UInt8(ascii: "["):
                    if depth == 1, bytes[lastString].elementsEqual(key) { isInside = true }
                    depth += 1
                case UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
            }
        }
        return elements
    }

    /// - Returns: `index` without the blanks before it.
    private static func trimmed(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        var index = index
        while index > 0, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index - 1]) { index -= 1 }
        return index
    }
}
