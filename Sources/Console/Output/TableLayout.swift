/// A table for people, as wide as the terminal at most.
///
/// A table that is too wide gives way step by step: titles break at their blanks; columns without any value are left out,
/// a currency stands once in the title, and texts shrink, the widest first; date and time stand below each other; details
/// are left out, and named below the table. If all of that is not enough, each row becomes a list of names and values.
/// References, states and amounts are never cut.
struct TableLayout {
    let text: String

    private static let gap = 2

    init(_ table: Table, width: Int?) {
        let all = table.rows + (table.total.map { [$0] } ?? [])
        let meaningful = table.columns.indices.filter { column in column == 0 || all.contains { $0[column] != .missing } }
        for step in LaidColumn.Step.allCases {
            let columns = (step == .titles ? Array(table.columns.indices) : meaningful).map { LaidColumn($0, of: table, step) }
            guard let widths = Self.widths(columns, within: width) else { continue }
            text = Self.grid(columns, widths)
            return
        }
        var kept = meaningful
        let details = meaningful.filter { table.columns[$0].detail != nil }.sorted { table.columns[$0].detail! < table.columns[$1].detail! }
        for (count, detail) in details.enumerated() {
            kept.removeAll { $0 == detail }
            let columns = kept.map { LaidColumn($0, of: table, .times) }
            guard let widths = Self.widths(columns, within: width) else { continue }
            let left = details.prefix(count + 1).sorted().map { table.columns[$0].title }
            text = Self.grid(columns, widths) + sentences("Left out here: \(left.joined(separator: ", ")).", width: width)
            return
        }
        text = Self.lists(table, meaningful, width)
    }

    /// - Returns: `nil` when the columns do not fit, not even at their narrowest.
    private static func widths(_ columns: [LaidColumn], within width: Int?) -> [Int]? {
        var widths = columns.map(\.natural)
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + gap * (widths.count - 1) - width
        while excess > 0 {
            let candidates = widths.indices.filter { widths[$0] > columns[$0].narrowest }
            guard let index = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[index] -= 1
            excess -= 1
        }
        return widths
    }

    private static func grid(_ columns: [LaidColumn], _ widths: [Int]) -> String {
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: String(repeating: " ", count: gap)) + "\n"
        let titles = zip(columns, widths).map { wrapped($0.title, to: $1) }
        let height = titles.map(\.count).max() ?? 0
        // A title that needs fewer lines than others stands on the last ones.
        var text = lines(titles.map { Array(repeating: "", count: height - $0.count) + $0 }, columns, widths) + rule
        for row in columns.first?.cells.indices ?? 0..<0 {
            text += lines(zip(columns, widths).map { $0.lines($0.cells[row], to: $1) }, columns, widths)
        }
        guard columns.contains(where: { $0.total != nil }) else { return text }
        return text + rule + lines(zip(columns, widths).map { $0.lines($0.total ?? "", to: $1) }, columns, widths)
    }

    /// Cells beside each other, each of one line or more.
    private static func lines(_ cells: [[String]], _ columns: [LaidColumn], _ widths: [Int]) -> String {
        var text = ""
        for row in 0..<(cells.map(\.count).max() ?? 0) {
            var line = ""
            for (index, cell) in cells.enumerated() {
                if index > 0 { line += String(repeating: " ", count: gap) }
                line += padded(row < cell.count ? cell[row] : "", to: widths[index], right: columns[index].isRightAligned)
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    private static func lists(_ table: Table, _ columns: [Int], _ width: Int?) -> String {
        func list(_ cells: [Cell], _ columns: [Int]) -> String {
            fieldList(columns.map { (table.columns[$0].title, cells[$0]) }, width: width)
        }
        let total = table.total.map { total in list(total, columns.filter { total[$0] != .missing }) }
        return (table.rows.map { list($0, columns) } + (total.map { [$0] } ?? [])).joined(separator: "\n")
    }
}
