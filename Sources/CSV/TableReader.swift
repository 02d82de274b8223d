import Ledger

/// Reads a table as spreadsheets and programs write it, row by row.
///
/// UTF-8, UTF-16 or Windows-1252; separated by comma, semicolon or tab, which a line such as `sep=;` may name; the names of the columns in
/// the first row, in any case and order; empty rows are passed over. What can be read in two ways is refused.
/// - Source: RFC 4180; Microsoft's support pages on saving as "CSV UTF-8", "CSV" and "Unicode Text", and on `sep=`.
package struct TableReader {
    /// The names in the first row that are not empty, in their order, as the file has them.
    package let header: [String]

    private var scanner: TableScanner
    /// With a comma, the decimal comma of a price that is not in quotation marks would move all that follows by one column.
    private let isExact: Bool
    private let names: [String]
    private let positions: [String: Int]

    /// So much is read of one file, in bytes.
    package static let largest = 64 << 20
    private static let (mostColumns, longestName) = (1000, 256)

    /// Checks that the first row names every required column.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - allowsMore: Whether the file may have further columns, which are not read.
    /// - Throws: `TableRefusal`.
    package init(_ bytes: [UInt8], columns: [TableColumn], allowsMore: Bool = false) throws(TableRefusal) {
        guard bytes.count <= Self.largest else { throw .fileTooLarge }
        let text = try TableText.utf8(bytes)
        let begin = Self.separatorLine(text)
        (scanner, names) = try Self.header(text, begin, columns)
        isExact = scanner.separatorIsComma
        header = names.filter { !$0.isBlank }
        var positions: [String: Int] = [:]
        for (position, name) in names.enumerated() where !name.isBlank {
            let plain = TableColumn.compared(name)
            let column = columns.first { $0.isCalled(plain) }
            guard column != nil || allowsMore else { throw .columnUnknown(name, known: columns) }
            guard positions.updateValue(position, forKey: column?.name ?? name) == nil else { throw .columnTwice(name) }
        }
        self.positions = positions
        let missing = columns.filter { $0.isRequired && positions[$0.name] == nil }
        guard missing.isEmpty else { throw .columnsMissing(missing, found: header) }
    }

    /// - Returns: `nil` after the last row.
    /// - Throws: `TableRefusal` for the first row that is wrong.
    package mutating func next() throws(TableRefusal) -> TableRow? {
        guard let (line, found) = try scanner.next() else { return nil }
        var fields = found
        if !isExact {
            // Spreadsheets leave out empty fields at the end of a row, or write more of them than there are names.
            while fields.count > names.count, fields.last!.isBlank { fields.removeLast() }
            while fields.count < names.count { fields.append("") }
        }
        guard fields.count == names.count else { throw .fieldCount(line: line, found: fields.count, expected: names.count) }
        for (name, field) in zip(names, fields) where name.isBlank && !field.isBlank { throw .columnUnnamed(line: line) }
        return TableRow(
            line: line, fields: fields.map(Self.content), isSeparatedByComma: isExact, names: names, positions: positions)
    }

    /// The apostrophe that `CSVField.text` puts in front of what a spreadsheet would take for a formula is not part of the text.
    private static func content(_ field: String) -> String {
        let text = field.trimmed
        guard text.first == "'", let second = text.unicodeScalars.dropFirst().first, CSVField.formulaStarts.contains(second) else {
            return text
        }
        return String(text.dropFirst())
    }

    /// A first line that names the separator: `sep=;`, as Excel reads and writes it.
    private static func separatorLine(_ text: [UInt8]) -> (separator: UInt8?, start: Int) {
        let end = text.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.endIndex
        // In quotation marks, and with further separators, after a spreadsheet has written it again.
        let line = text[..<end].filter { $0 != UInt8(ascii: "\"") }
        guard line.count >= 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=" else { return (nil, 0) }
        guard line.dropFirst(5).allSatisfy({ separators.contains($0) }) else { return (nil, 0) }
        return (line[4], end)
    }

    private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// The first row, separated by what makes most columns of it; of two the one that makes more fields.
    private static func header(
        _ text: [UInt8], _ begin: (separator: UInt8?, start: Int), _ columns: [TableColumn]
    ) throws(TableRefusal) -> (TableScanner, [String]) {
        if let named = begin.separator, !separators.contains(named) { throw .separatorUnknown(String(UnicodeScalar(named))) }
        var best: (scanner: TableScanner, names: [String], score: (Int, Int))?
        var fault = TableRefusal.noHeader
        for separator in begin.separator.map({ [$0] }) ?? separators {
            var scanner = TableScanner(text, separator: separator, from: begin.start, line: 1)
            do throws(TableRefusal) {
                guard let (_, names) = try scanner.next() else { continue }
                // Before they are compared: that costs with the square of a name's length.
                guard names.count <= mostColumns, names.allSatisfy({ $0.utf8.count <= longestName }) else { throw .tooLong(line: 1) }
                let plain = names.map(TableColumn.compared)
                let score = (columns.count { column in plain.contains(where: column.isCalled) }, names.count)
                if best.map({ score > $0.score }) ?? true { best = (scanner, names, score) }
            } catch { fault = error }
        }
        guard let best else { throw fault }
        return (best.scanner, best.names)
    }
}

/// One row of a table file.
package struct TableRow: Sendable, Equatable {
    /// The line of the file on which it begins, counted from 1.
    package let line: Int
    /// Without white space around them, in the order of the file's columns.
    package let fields: [String]
    /// Whether commas separate the fields, so that a decimal comma may do it, too.
    package let isSeparatedByComma: Bool
    private let names: [String]
    private let positions: [String: Int]

    init(line: Int, fields: [String], isSeparatedByComma: Bool, names: [String], positions: [String: Int]) {
        (self.line, self.fields, self.isSeparatedByComma) = (line, fields, isSeparatedByComma)
        (self.names, self.positions) = (names, positions)
    }

    /// The field to the right of a column; nil at the end, and if the file does not have the column.
    package func field(behind column: String) -> String? {
        positions[column].flatMap { fields.indices.contains($0 + 1) ? fields[$0 + 1] : nil }
    }

    /// What the file itself calls a column.
    package func name(of column: String) -> String { positions[column].map { names[$0].trimmed } ?? column }

    /// Whether the file has a column.
    package func has(_ column: String) -> Bool { positions[column] != nil }

    /// The field under a column; empty if the file does not have it.
    package subscript(_ column: String) -> String { positions[column].map { fields[$0] } ?? "" }

    /// The field under a column; `nil` if the file does not have it, or nothing stands there.
    package func optional(_ column: String) -> String? {
        let field = self[column]
        return field.isEmpty ? nil : field
    }
}
