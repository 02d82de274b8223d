import CSV
import Ledger
import WebServer

/// One column of a file for a spreadsheet. Its type says how its values are written: a text is never taken for a
/// number because it looks like one, and only a text is kept from being run as a formula.
struct SheetColumn<Row>: Sendable {
    let head: Phrase
    private let read: @Sendable (Row, Language) -> String

    private init(_ head: Phrase, _ read: @escaping @Sendable (Row, Language) -> String) {
        self.head = head
        self.read = read
    }

    /// - Returns: The field as written to the file, quoted if necessary.
    func field(_ row: Row, in language: Language) -> String { read(row, language) }
}

extension SheetColumn {
    static func text(_ head: Phrase, _ read: @escaping @Sendable (Row) -> String?) -> Self {
        Self(head) { row, _ in CSVField.text(read(row) ?? "") }
    }

    /// Words of this program's own.
    static func words(_ head: Phrase, _ read: @escaping @Sendable (Row) -> Phrase?) -> Self {
        Self(head) { row, language in CSVField.text(read(row)?.text(in: language) ?? "") }
    }

    static func whole(_ head: Phrase, _ read: @escaping @Sendable (Row) -> Int64?) -> Self {
        Self(head) { row, _ in read(row).map(String.init) ?? "" }
    }

    /// With the language's decimal mark and without a currency, so that a spreadsheet can add it up. The currency is
    /// in a column of its own.
    static func amount(_ head: Phrase, _ read: @escaping @Sendable (Row) -> Money?) -> Self {
        Self(head) { row, language in CSVField.number(read(row).map(language.plain) ?? "") }
    }

    /// The currency of the amounts beside it.
    static func currency(_ head: Phrase = .currency, _ read: @escaping @Sendable (Row) -> Currency?) -> Self {
        Self(head) { row, _ in read(row)?.description ?? "" }
    }

    static func day(_ head: Phrase, _ read: @escaping @Sendable (Row) -> Day) -> Self {
        Self(head) { row, language in CSVField.number(read(row).text(in: language)) }
    }

    /// ISO 8601 in UTC.
    static func instant(_ head: Phrase, _ read: @escaping @Sendable (Row) -> Instant) -> Self {
        Self(head) { row, _ in read(row).description }
    }

    static func hexadecimal(_ head: Phrase, _ read: @escaping @Sendable (Row) -> [UInt8]) -> Self {
        Self(head) { row, _ in Ledger.hexadecimal(read(row)) }
    }
}

/// A file for a spreadsheet. Semicolons and decimal commas in German, because that is what a German Excel opens by
/// itself.
struct Sheet<Row>: Sendable {
    let columns: [SheetColumn<Row>]
    let language: Language

    /// U+FEFF, by which Excel sees what the bytes are, and the line with the columns' heads. UTF-8.
    var beginning: [UInt8] { [0xEF, 0xBB, 0xBF] + line(columns.map { CSVField.text($0.head.text(in: language)) }) }

    func lines(_ rows: some Sequence<Row>) -> [UInt8] {
        rows.reduce(into: []) { bytes, row in bytes += line(columns.map { $0.field(row, in: language) }) }
    }

    private func line(_ fields: [String]) -> [UInt8] {
        Array(CSVField.line(fields, separator: language == .german ? ";" : ",").utf8)
    }
}

extension Visit {
    func file<Row>(_ columns: [SheetColumn<Row>], _ rows: [Row], _ name: String) -> HTTPResponse {
        let sheet = Sheet(columns: columns, language: language)
        return file(name, .bytes(sheet.beginning + sheet.lines(rows)))
    }

    func file(_ name: String, _ body: HTTPResponse.Body) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", "attachment; filename=\"\(name)\""),
            ], body: body)
    }
}
