/// A table for people, as wide as the terminal at most.
///
/// Columns that may give way shrink, the widest first. When that is not enough, every row is written
/// as a small list of its own: nothing that matters is ever cut off.
struct TableLayout {
    let text: String

    private static let gap = 2
    /// Below this a shortened word says nothing.
    private static let narrowest = 8

    init(_ table: Table, width: Int?) {
        let titles = table.columns.map(\.title)
        let rows = table.rows.map { $0.map(\.shown) }
        let total = table.total?.map { $0 == .missing ? "" : $0.shown }
        var widths = titles.map(displayWidth)
        for row in rows + (total.map { [$0] } ?? []) {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], displayWidth(cell)) }
        }
        guard Self.shrink(&widths, of: table.columns, to: width) else {
            text = Self.lists(table, rows)
            return
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: String(repeating: " ", count: Self.gap)) + "\n"
        var text = Self.line(titles, table.columns, widths) + rule
        for row in rows { text += Self.line(row, table.columns, widths) }
        if let total { text += rule + Self.line(total, table.columns, widths) }
        self.text = text
    }

    private static func shrink(_ widths: inout [Int], of columns: [Column], to width: Int?) -> Bool {
        guard let width else { return true }
        var excess = widths.reduce(0, +) + gap * (widths.count - 1) - width
        while excess > 0 {
            let candidates = widths.indices.filter { columns[$0].fit != .whole && widths[$0] > narrowest }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return false }
            widths[widest] -= 1
            excess -= 1
        }
        return true
    }

    private static func line(_ cells: [String], _ columns: [Column], _ widths: [Int]) -> String {
        let blocks = cells.indices.map { index in
            switch columns[index].fit {
            case .wrapped: wrapped(cells[index], to: widths[index])
            case .shortened, .whole: [shortened(cells[index], to: widths[index])]
            }
        }
        var text = ""
        for row in 0..<(blocks.map(\.count).max() ?? 0) {
            var line = ""
            for (index, block) in blocks.enumerated() {
                if index > 0 { line += String(repeating: " ", count: gap) }
                line += padded(row < block.count ? block[row] : "", to: widths[index], right: columns[index].isRightAligned)
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    private static func lists(_ table: Table, _ rows: [[String]]) -> String {
        let width = table.columns.map { displayWidth($0.title) }.max() ?? 0
        return rows.map { row in
            zip(table.columns, row).map { "\(padded($0.title, to: width))  \($1)\n" }.joined()
        }.joined(separator: "\n")
    }
}
