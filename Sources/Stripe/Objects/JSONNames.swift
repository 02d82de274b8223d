/// Looks over JSON that strangers may have written, before it is decoded: names of members are compared there, and that costs with the
/// square of their length.
package enum JSONNames {
    /// - Returns: Whether no member's name is longer than so many bytes, as it is written.
    package static func areShort(in text: some Collection<UInt8>, most: Int = 512) -> Bool {
        var index = text.startIndex
        while let start = text[index...].firstIndex(of: UInt8(ascii: "\"")) {
            var end = text.index(after: start)
            var length = 0
            while end < text.endIndex, text[end] != UInt8(ascii: "\"") {
                let isEscape = text[end] == UInt8(ascii: "\\")
                end = text.index(after: end)
                length += 1
                if isEscape, end < text.endIndex {
                    end = text.index(after: end)
                    length += 1
                }
            }
            guard end < text.endIndex else { return true }
            index = text.index(after: end)
            let next = text[index...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
            if next == UInt8(ascii: ":"), length > most { return false }
        }
        return true
    }
}
