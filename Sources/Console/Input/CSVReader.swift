import Foundation
import Ledger

/// Reads a CSV file row by row, without holding it in memory.
///
/// - Source: RFC 4180, plus what files in the wild have: LF line ends, a UTF-8 byte order mark, a last line without
///   end, empty lines (which are passed over).
package final class CSVReader {
    /// The names in the first line, in their order.
    package let header: [String]

    private var scanner: CSVScanner
    private static let (mostColumns, longestName) = (1000, 256)
    private let positions: [String: Int]

    /// Opens a file and checks that its first line names every column of `columns`; it may name more, in any order.
    ///
    /// - Throws: `CSVRefusal`.
    package convenience init(file path: String, columns: [String]) throws(CSVRefusal) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw .file(.notFound(path)) }
        guard !isDirectory.boolValue else { throw .file(.directory(path)) }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .file(.notReadable(path)) }
        try self.init(handle, path, columns: columns)
    }

    /// The same for what stands on standard input.
    package convenience init(standardInput columns: [String]) throws(CSVRefusal) {
        try self.init(.standardInput, "-", columns: columns)
    }

    private convenience init(_ handle: FileHandle, _ name: String, columns: [String]) throws(CSVRefusal) {
        try self.init(columns: columns) { () throws(CSVRefusal) in
            do { return Array(try handle.read(upToCount: 64 * 1024) ?? Data()) } catch { throw .file(.notReadable(name)) }
        }
    }

    /// - Parameter more: The next bytes; none at the end.
    init(columns: [String], more: @escaping () throws(CSVRefusal) -> [UInt8]) throws(CSVRefusal) {
        scanner = CSVScanner(more: more)
        guard let (_, names) = try scanner.next() else { throw .noHeader }
        header = names
        // Before they are compared: that costs with the square of a name's length.
        guard names.count <= Self.mostColumns, names.allSatisfy({ $0.utf8.count <= Self.longestName }) else { throw .tooLong(line: 1) }
        var positions: [String: Int] = [:]
        for (position, name) in names.enumerated() {
            guard positions.updateValue(position, forKey: name) == nil else { throw .columnTwice(name) }
        }
        self.positions = positions
        let missing = columns.filter { positions[$0] == nil }
        guard missing.isEmpty else { throw .columnsMissing(missing, found: names) }
    }

    /// - Returns: `nil` after the last row.
    /// - Throws: `CSVRefusal` for the first row that is wrong.
    package func next() throws(CSVRefusal) -> CSVRecord? {
        guard let (line, fields) = try scanner.next() else { return nil }
        guard fields.count == header.count else {
            throw .fieldCount(line: line, found: fields.count, expected: header.count)
        }
        return CSVRecord(line: line, fields: fields, positions: positions)
    }
}

/// Bytes to fields. Knows lines and quotes, and no column.
private struct CSVScanner {
    private let more: () throws(CSVRefusal) -> [UInt8]
    private var buffer: [UInt8] = []
    private var position = 0
    private var line = 1
    private var atStart = true

    private static let longestRow = 1024 * 1024
    private static let longestField = 16 * 1024

    init(more: @escaping () throws(CSVRefusal) -> [UInt8]) { self.more = more }

    /// The next row that is not an empty line, with the line on which it begins.
    mutating func next() throws(CSVRefusal) -> (line: Int, fields: [String])? {
        try skipByteOrderMark()
        while let byte = try peek() {
            guard byte == .newline || byte == .carriageReturn else { return try row() }
            try lineEnd()
        }
        return nil
    }

    private mutating func row() throws(CSVRefusal) -> (line: Int, fields: [String]) {
        let first = line
        var fields: [String] = []
        var length = 0
        while true {
            let bytes = try peek() == .quote ? quotedField(first, &length) : plainField(first, &length)
            guard bytes.count <= Self.longestField else { throw .tooLong(line: first) }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(line: line) }
            fields.append(text)
            guard try peek() == .comma else { break }
            position += 1
            // Fields without a letter take room, too.
            length += 1
            guard length <= Self.longestRow else { throw .tooLong(line: first) }
        }
        try lineEnd()
        return (first, fields)
    }

    private mutating func plainField(_ first: Int, _ length: inout Int) throws(CSVRefusal) -> [UInt8] {
        var field: [UInt8] = []
        while let byte = try peek(), byte != .comma, byte != .newline, byte != .carriageReturn {
            guard byte != .quote else { throw .strayQuote(line: line) }
            field.append(byte)
            position += 1
            length += 1
            guard length <= Self.longestRow else { throw .tooLong(line: first) }
        }
        return field
    }

    private mutating func quotedField(_ first: Int, _ length: inout Int) throws(CSVRefusal) -> [UInt8] {
        let opened = line
        position += 1
        var field: [UInt8] = []
        while let byte = try peek() {
            position += 1
            length += 1
            guard length <= Self.longestRow else { throw .tooLong(line: first) }
            if byte == .quote {
                // Doubled: one quotation mark. Alone: the field is over.
                guard try peek() == .quote else {
                    guard try [nil, .comma, .newline, .carriageReturn].contains(peek()) else { throw .strayQuote(line: line) }
                    return field
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
    private mutating func lineEnd() throws(CSVRefusal) {
        guard let byte = try peek() else { return }
        position += 1
        if byte == .carriageReturn, try peek() == .newline { position += 1 }
        line += 1
    }

    private mutating func skipByteOrderMark() throws(CSVRefusal) {
        guard atStart else { return }
        atStart = false
        while buffer.count < 3 {
            let bytes = try more()
            guard !bytes.isEmpty else { break }
            buffer += bytes
        }
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func peek() throws(CSVRefusal) -> UInt8? {
        if position == buffer.count {
            buffer = try more()
            position = 0
        }
        return position < buffer.count ? buffer[position] : nil
    }
}

extension UInt8 {
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
