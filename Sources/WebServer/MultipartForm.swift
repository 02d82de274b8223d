/// A form that carries files, as a browser sends it.
///
/// - Source: RFC 7578; RFC 2046, section 5.1.1; the HTML Standard, "Multipart form data", on quotation marks and line ends in names.
package enum MultipartForm {
    /// One field of the form.
    package struct Part: Sendable {
        /// The field's name.
        package let name: String
        /// The file's name as the browser has it; nil for a field without a file, empty when no file was chosen.
        package let fileName: String?
        /// The value, or the file's bytes.
        package let content: ArraySlice<UInt8>
    }

    /// Why a form is not read.
    package enum Fault: Error, Equatable { case malformed, tooManyParts }

    private static let longestHead = 1024

    /// What separates the parts.
    ///
    /// - Parameter contentType: The header's value.
    /// - Returns: nil for another kind of body.
    package static func boundary(_ contentType: String?) -> String? {
        guard let contentType, contentType.utf8.count <= 512 else { return nil }
        let fields = contentType.split(separator: ";")
        guard fields.first?.trimmedBlanks.lowercased() == "multipart/form-data" else { return nil }
        let value = fields.dropFirst().map(\.trimmedBlanks).first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst(9)
        let boundary = value.map { String($0.filter { $0 != "\"" }) } ?? ""
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    /// The parts in the order sent.
    ///
    /// - Parameter most: So many parts are read.
    /// - Throws: `Fault`.
    package static func parts(_ body: [UInt8], boundary: String, most: Int) throws(Fault) -> [Part] {
        let (delimiter, end) = (Array("\r\n--\(boundary)".utf8), Array("--".utf8))
        // The first delimiter has no line end before it.
        guard body.starts(with: delimiter.dropFirst(2)) else { throw .malformed }
        var rest = body[(delimiter.count - 2)...]
        var parts: [Part] = []
        while true {
            if rest.starts(with: end) { return parts }
            guard rest.starts(with: [13, 10]) else { throw .malformed }
            guard parts.count < most else { throw .tooManyParts }
            let headStart = rest.startIndex + 2
            guard let headEnd = body.place(of: [13, 10, 13, 10], from: rest.startIndex, to: rest.startIndex + Self.longestHead),
                let contentEnd = body.place(of: delimiter, from: headEnd + 2, to: body.endIndex)
            else { throw .malformed }
            // A head without lines: its end is the line end that it began with.
            let head = body[min(headStart, headEnd)..<headEnd]
            let content = min(headEnd + 4, contentEnd)..<contentEnd
            parts.append(try part(head, body[content]))
            rest = body[(contentEnd + delimiter.count)...]
        }
    }

    private static func part(_ head: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) throws(Fault) -> Part {
        let field = Array("content-disposition:".utf8)
        let lines = head.split { $0 == 13 || $0 == 10 }
        guard let line = lines.first(where: { $0.prefix(field.count).elementsEqual(field) { lowered($0) == $1 } }) else { throw .malformed }
        var (name, fileName) = (String?.none, String?.none)
        for (key, value) in parameters(line.dropFirst(field.count)) {
            if name == nil, key.elementsEqual("name".utf8) { name = unescaped(value) }
            if fileName == nil, key.elementsEqual("filename".utf8) { fileName = unescaped(value) }
        }
        guard let name else { throw .malformed }
        return Part(name: name, fileName: fileName, content: content)
    }

    /// `form-data; name="a"; filename="b"`: a semicolon may stand inside quotation marks, a quotation mark only as `%22`. Keys are lowered.
    private static func parameters(_ text: ArraySlice<UInt8>) -> [(key: [UInt8], value: ArraySlice<UInt8>)] {
        var isQuoted = false
        let fields = text.split { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ";") && !isQuoted
        }
        return fields.compactMap { field in
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let value = withoutBlanks(field[(equals + 1)...])
            let isWrapped = value.count >= 2 && value.first == UInt8(ascii: "\"") && value.last == UInt8(ascii: "\"")
            return (withoutBlanks(field[..<equals]).map(lowered), isWrapped ? value.dropFirst().dropLast() : value)
        }
    }

    private static func withoutBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        let start = text.drop(while: isBlank)
        return start.lastIndex { !isBlank($0) }.map { start[...$0] } ?? []
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    /// Browsers escape three characters of a name, and nothing else.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "%")) else { return text }
        return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}

extension Substring {
    fileprivate var trimmedBlanks: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return start.lastIndex { $0 != " " && $0 != "\t" }.map { String(start[...$0]) } ?? ""
    }
}

extension [UInt8] {
    /// Where the bytes begin, at or after `start`, and end before `end`.
    fileprivate func place(of bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        var place = start
        let last = Swift.min(end, count) - bytes.count
        while place <= last {
            guard let next = self[place...last].firstIndex(of: bytes[0]) else { return nil }
            if self[next..<(next + bytes.count)].elementsEqual(bytes) { return next }
            place = next + 1
        }
        return nil
    }
}
