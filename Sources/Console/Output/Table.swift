import CSV
import Ledger

/// A column: what programs call it, what people read above it, and how it gives way on a narrow terminal.
package struct Column: Sendable {
    /// Decides the alignment; `money` also gives a CSV file a column for the currency.
    package enum Kind: Sendable { case text, number, money, date, instant, hash }
    /// What happens to a cell that is wider than its column can be.
    package enum Fit: Sendable { case whole, shortened, wrapped }

    let key: String
    let title: String
    let kind: Kind
    let fit: Fit
    let detail: Int?

    /// - Parameters:
    ///   - key: `snake_case`, stable: programs read it.
    ///   - fit: References and states stay whole; descriptions are shortened or wrapped.
    ///   - detail: Where all columns of a long list do not fit, those with a number are left out, the lowest first; nil stays.
    package init(_ key: String, _ title: String, _ kind: Kind = .text, fit: Fit = .whole, detail: Int? = nil) {
        self.key = key
        self.title = title
        self.kind = kind
        self.fit = fit
        self.detail = detail
    }

    var isRightAligned: Bool { kind == .number || kind == .money }
}

/// Things of one kind, one a row.
package struct Table: Presentable, Sendable {
    let columns: [Column]
    let rows: [[Cell]]
    /// Shown below a rule to people only: programs add up for themselves.
    let total: [Cell]?
    /// What people read when there are no rows.
    let empty: String

    /// - Parameter total: As many cells as columns.
    package init(_ columns: [Column], rows: [[Cell]], total: [Cell]? = nil, empty: String = "Nothing to show.") {
        precondition(
            (rows + (total.map { [$0] } ?? [])).allSatisfy { $0.count == columns.count }, "a row has another length than the columns")
        self.columns = columns
        self.rows = rows
        self.total = total
        self.empty = empty
    }

    package func text(width: Int?) -> String {
        guard !rows.isEmpty else { return paragraph(empty, width: width) }
        return TableLayout(self, width: width).text
    }

    /// A page of a list as the API answers it, the last one: an object a row.
    package func json() -> String { "{\"data\":[" + jsonRows.joined(separator: ",") + "],\"next\":null}\n" }

    var jsonRows: [String] { rows.map { jsonObject(zip(columns, $0).map { ($0.key, $1) }) } }

    /// A header line, then a line per row, each ended by CR LF as RFC 4180 has it. Where there are amounts, the last
    /// column is their currency.
    package func csv() -> String {
        let addsCurrency = columns.contains { $0.kind == .money } && !columns.contains { $0.key == "currency" }
        var lines = [columns.map { CSVField.number($0.key) } + (addsCurrency ? ["currency"] : [])]
        for row in rows {
            lines.append(row.map(\.csv) + (addsCurrency ? [onlyCurrency(of: row)?.code ?? ""] : []))
        }
        return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }
}
