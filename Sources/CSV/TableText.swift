/// The bytes of a table file, as UTF-8.
enum TableText {
    /// Reads UTF-8, UTF-16 and Windows-1252, with a byte order mark or without.
    ///
    /// - Throws: `TableRefusal.workbook`, `.notText`, `.encodingUnknown`.
    static func utf8(_ bytes: [UInt8]) throws(TableRefusal) -> [UInt8] {
        // A ZIP file, as .xlsx and .ods are, and the container of .xls.
        guard !bytes.starts(with: [0x50, 0x4B, 3, 4]), !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { throw .workbook }
        // Other documents that are called a table.
        let start = String(decoding: bytes.prefix(16), as: UTF8.self).lowercased()
        guard !["%pdf", "{\\rtf", "<html", "<!doctype", "<?xml", "<table"].contains(where: start.hasPrefix) else { throw .workbook }
        var text = try decoded(bytes)
        // The end of a file in DOS.
        if text.last == 0x1A { text.removeLast() }
        if let place = text.firstIndex(of: 0) { throw .notText(line: line(of: place, in: text)) }
        if let place = firstMangled(text) { throw .mangled(line: line(of: place, in: text)) }
        return text
    }

    /// UTF-8 that some program took for Windows-1252 and wrote as UTF-8 again: `Ã¤` for `ä`.
    private static func firstMangled(_ text: [UInt8]) -> Int? {
        var place = text.startIndex
        while let start = text[place...].firstIndex(of: 0xC3) {
            // `Ã` and one of `¤¶¼©¨`, or `Ÿ„–œ` behind it.
            if text[start...].starts(with: [0xC3, 0x83]) {
                let rest = text[(start + 2)...].prefix(3)
                let isMark = rest.first == 0xC2 && rest.dropFirst().first.map { [0xA4, 0xB6, 0xBC, 0xA9, 0xA8].contains($0) } == true
                let isOther = [[0xC5, 0xB8], [0xE2, 0x80, 0x9E], [0xE2, 0x80, 0x93], [0xC5, 0x93]].contains { rest.starts(with: $0) }
                if isMark || isOther { return start }
            }
            place = start + 1
        }
        return nil
    }

    private static func decoded(_ bytes: [UInt8]) throws(TableRefusal) -> [UInt8] {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { throw .notText(line: 1) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try fromUTF16(bytes.dropFirst(2), low: 0) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try fromUTF16(bytes.dropFirst(2), low: 1) }
        // Without a mark: a name of a column begins with a letter of ASCII, whose other half is zero.
        if bytes.count > 3, bytes[0] != 0, bytes[1] == 0, bytes[2] != 0 { return try fromUTF16(bytes[...], low: 0) }
        if bytes.count > 3, bytes[0] == 0, bytes[1] != 0, bytes[2] == 0 { return try fromUTF16(bytes[...], low: 1) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try fromUTF8(Array(bytes.dropFirst(3)), isMarked: true) }
        return try fromUTF8(bytes, isMarked: false)
    }

    /// - Parameter low: Which of two bytes is the lower half: 0 or 1.
    private static func fromUTF16(_ bytes: ArraySlice<UInt8>, low: Int) throws(TableRefusal) -> [UInt8] {
        let start = bytes.startIndex
        guard bytes.count % 2 == 0 else { throw .encodingUnknown(line: line(ofUTF16: bytes, low: low)) }
        let units = stride(from: start, to: bytes.endIndex, by: 2).map { UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + 1 - low]) << 8 }
        guard let text = String(validating: units, as: UTF16.self) else { throw .encodingUnknown(line: line(ofUTF16: bytes, low: low)) }
        return Array(text.utf8)
    }

    /// What is not UTF-8 is Windows-1252 if nothing in it looks like UTF-8: then a part of it would be read wrongly.
    private static func fromUTF8(_ bytes: [UInt8], isMarked: Bool) throws(TableRefusal) -> [UInt8] {
        guard let wrong = firstWrong(bytes) else { return bytes }
        guard !isMarked, !wrong.hasOther else { throw .encodingUnknown(line: line(of: wrong.place, in: bytes)) }
        var scalars: [Unicode.Scalar] = []
        for (place, byte) in bytes.enumerated() {
            guard let scalar = windows1252(byte) else { throw .encodingUnknown(line: line(of: place, in: bytes)) }
            scalars.append(scalar)
        }
        if let place = firstForeign(scalars) { throw .encodingUnknown(line: line(of: place, in: bytes)) }
        return Array(String(String.UnicodeScalarView(scalars)).utf8)
    }

    /// Where a text that was read as Windows-1252 shows that it was another encoding of eight bits: Mac, DOS, Shift JIS and Cyrillic put
    /// signs inside words, capitals behind small letters, and letters that German and its neighbours hardly use.
    private static func firstForeign(_ scalars: [Unicode.Scalar]) -> Int? {
        func isLetter(_ place: Int) -> Bool { scalars.indices.contains(place) && scalars[place].properties.isAlphabetic }
        for (place, scalar) in scalars.enumerated() where !scalar.isASCII {
            let (before, behind) = (isLetter(place - 1), isLetter(place + 1))
            let isLetter = scalar.properties.isAlphabetic
            let isInside = before && behind && !isLetter && scalar != "\u{2019}" && scalar != "\u{AD}"
            let isBesideSign = scalar == "\u{AF}" && (before || behind)
            let isCapital = scalar.properties.isUppercase && before && scalars[place - 1].properties.isLowercase
            let isThird = isLetter && place >= 2 && scalars[(place - 2)..<place].allSatisfy { !$0.isASCII && $0.properties.isAlphabetic }
            if isInside || isBesideSign || isCapital || isThird || "ŠšŽžŸƒ".unicodeScalars.contains(scalar) { return place }
        }
        return nil
    }

    /// The first byte that is not UTF-8, and whether any letter of more than one byte is; `nil` if all is UTF-8.
    private static func firstWrong(_ bytes: [UInt8]) -> (place: Int, hasOther: Bool)? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var parser = UTF8.ForwardParser()
        var (input, place, first, hasOther) = (bytes.makeIterator(), 0, Int?.none, false)
        while true {
            switch parser.parseScalar(from: &input) {
            case .valid(let encoded):
                place += encoded.count
                hasOther = hasOther || encoded.count > 1
            case .error(let length):
                first = first ?? place
                place += length
            case .emptyInput: return (first ?? 0, hasOther)
            }
        }
    }

    /// - Returns: `nil` for the five bytes that stand for nothing.
    /// - Source: WHATWG Encoding Standard, index windows-1252; it gives those five to control characters, which no table has.
    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        let scalar = Array("€\u{0}‚ƒ„…†‡ˆ‰Š‹Œ\u{0}Ž\u{0}\u{0}‘’“”•–—˜™š›œ\u{0}žŸ".unicodeScalars)[Int(byte - 0x80)]
        return scalar == "\u{0}" ? nil : scalar
    }

    /// Counted from 1.
    private static func line(of place: Int, in bytes: [UInt8]) -> Int { 1 + bytes[..<place].count { $0 == 0x0A } }

    /// The line of the first unit that belongs to no letter, or the last one.
    private static func line(ofUTF16 bytes: ArraySlice<UInt8>, low: Int) -> Int {
        var line = 1
        var isOpen = false
        for place in stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2) {
            let unit = UInt16(bytes[place + low]) | UInt16(bytes[place + 1 - low]) << 8
            let isTrailing = UTF16.isTrailSurrogate(unit)
            if isTrailing != isOpen { return line }
            isOpen = UTF16.isLeadSurrogate(unit)
            if unit == 0x0A { line += 1 }
        }
        return line
    }
}
