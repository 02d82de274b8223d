import Ledger

/// One row of a CSV file.
package struct CSVRecord: Sendable, Equatable {
    /// The line of the file on which it begins, counted from 1.
    package let line: Int
    package let fields: [String]
    private let positions: [String: Int]

    init(line: Int, fields: [String], positions: [String: Int]) {
        self.line = line
        self.fields = fields
        self.positions = positions
    }

    /// The field under a column that the reader was asked to require.
    package subscript(_ column: String) -> String {
        guard let position = positions[column] else { preconditionFailure("the column \(column) was not required") }
        return fields[position]
    }

    /// The field under a column that the file may have; `nil` where it has none, and where nothing stands in it.
    package func optional(_ column: String) -> String? {
        guard let position = positions[column], !fields[position].isEmpty else { return nil }
        return fields[position]
    }
}

/// What is wrong with a CSV file, and where.
package enum CSVRefusal: OperatorRefusal, Equatable {
    case file(FileRefusal)
    case noHeader
    case columnsMissing([String], found: [String])
    case columnTwice(String)
    case fieldCount(line: Int, found: Int, expected: Int)
    case strayQuote(line: Int)
    case openQuote(line: Int)
    case notUTF8(line: Int)
    case tooLong(line: Int)

    package var code: String {
        if case .file(let refusal) = self { refusal.code } else { "csv_invalid" }
    }

    package var message: String {
        switch self {
        case .file(let refusal): refusal.message
        case .noHeader: "The file is empty: its first line must name the columns."
        case .columnsMissing(let names, _):
            "The first line does not name the column\(names.count == 1 ? "" : "s") \(listed(names, conjunction: "and"))."
        case .columnTwice(let name): "The first line names the column \(name) twice."
        case .fieldCount(let line, let found, let expected):
            "Line \(line) has \(found) field\(found == 1 ? "" : "s"), but the first line names \(expected)."
        case .strayQuote(let line): "Line \(line) has a quotation mark where none is allowed."
        case .openQuote(let line): "The quotation mark in line \(line) is never closed."
        case .notUTF8(let line): "Line \(line) is not UTF-8 text."
        case .tooLong(let line): "The row that begins in line \(line) is too long for one row."
        }
    }

    package var hint: String? {
        switch self {
        case .file(let refusal): refusal.hint
        case .columnsMissing(_, let found): "It names: \(found.joined(separator: ", ")). Add the missing ones there, separated by commas."
        case .noHeader, .columnTwice: "Compare it with a freshly exported file."
        case .fieldCount: "A comma inside a field needs quotation marks around the field."
        case .strayQuote, .openQuote, .tooLong: "Put quotation marks around the whole field, and double those inside it."
        case .notUTF8: "Export the file again as UTF-8."
        }
    }
}
