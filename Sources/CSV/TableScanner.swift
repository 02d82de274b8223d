/// Text to fields. Knows lines and quotes, and no column.
///
/// - Source: RFC 4180, plus what files in the wild have: other separators, LF and CR line ends, a last line without end.
struct TableScanner {
    private let text: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var line: Int

    private static let longestRow = 1024 * 1024
    private static let longestField = 16 * 1024

    /// - Parameters:
    ///   - text: UTF-8.
    ///   - start: Where to begin.
    ///   - line: The number of the line that begins there.
    init(_ text: [UInt8], separator: UInt8, from start: Int, line: Int) {
        (self.text, self.separator, position, self.line) = (text, separator, start, line)
    }

    var separatorIsComma: Bool { separator == UInt8(ascii: ",") }

    /// The next row that has something in it, with the line on which it begins.
    mutating func next() throws(TableRefusal) -> (line: Int, fields: [String])? {
        while let byte = peek() {
            if byte == .newline || byte == .carriageReturn {
                lineEnd()
                continue
            }
            let row = try row()
            // Spreadsheets write an empty row as nothing but separators, of which the first line need not know the right one.
            if row.fields.contains(where: { field in !field.allSatisfy { $0.isWhitespace || $0 == ";" || $0 == "," } }) { return row }
        }
        return nil
    }

    private mutating func row() throws(TableRefusal) -> (line: Int, fields: [String]) {
        let (first, start) = (line, position)
        var fields: [String] = []
        while true {
            skipBlanksBeforeQuote()
            let bytes = peek() == .quote ? try quotedField(first) : try plainField()
            guard bytes.count <= Self.longestField, position - start <= Self.longestRow else { throw .tooLong(line: first) }
            fields.append(String(decoding: bytes, as: UTF8.self))
            guard peek() == separator else { break }
            position += 1
        }
        lineEnd()
        return (first, fields)
    }

    /// Some programs write `"a", "b"`.
    private mutating func skipBlanksBeforeQuote() {
        var place = position
        while place < text.count, text[place] == UInt8(ascii: " ") { place += 1 }
        if place < text.count, text[place] == .quote { position = place }
    }

    private mutating func plainField() throws(TableRefusal) -> ArraySlice<UInt8> {
        let start = position
        while let byte = peek(), byte != separator, byte != .newline, byte != .carriageReturn {
            guard byte != .quote else { throw .strayQuote(line: line) }
            position += 1
        }
        return text[start..<position]
    }

    private mutating func quotedField(_ first: Int) throws(TableRefusal) -> ArraySlice<UInt8> {
        let (opened, start) = (line, position)
        position += 1
        var field: [UInt8] = []
        while let byte = peek() {
            position += 1
            guard position - start <= Self.longestRow else { throw .tooLong(line: first) }
            if byte == .quote {
                // Doubled: one quotation mark. Alone: the field is over.
                guard peek() == .quote else {
                    guard [nil, separator, .newline, .carriageReturn].contains(peek()) else { throw .strayQuote(line: line) }
                    return field[...]
                }
                position += 1
            } else if byte == .newline {
                line += 1
            }
            field.append(byte)
        }
        throw .openQuote(line: opened)
    }

    /// Takes CR LF, LF, or CR; nothing at the end of the file.
    private mutating func lineEnd() {
        guard let byte = peek() else { return }
        position += 1
        if byte == .carriageReturn, peek() == .newline { position += 1 }
        line += 1
    }

    private func peek() -> UInt8? { position < text.count ? text[position] : nil }
}

extension UInt8 {
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
