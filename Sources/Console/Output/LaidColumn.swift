import Ledger

/// A column with its cells as people see them, and how wide it can be.
struct LaidColumn {
    /// How far a table gives way.
    enum Step: CaseIterable {
        /// Only titles break.
        case titles
        /// Texts shrink, and a currency stands in the title.
        case texts
        /// Date and time stand below each other, too.
        case times
    }

    let title: String
    let cells: [String]
    /// `nil` when the table has none; empty when this column has none.
    let total: String?
    let isRightAligned: Bool
    /// Columns of the terminal before anything that may give way in this step has done so.
    let natural: Int
    /// And after it.
    let narrowest: Int
    private let fit: Column.Fit

    init(_ index: Int, of table: Table, _ step: Step) {
        let column = table.columns[index]
        let cells = table.rows.map { $0[index] }
        let all = cells + (table.total.map { [$0[index]] } ?? [])
        let currency = step == .titles ? nil : onlyCurrency(of: all)
        func shown(_ cell: Cell) -> String {
            switch cell {
            case .money(let money) where currency != nil: money.plain
            case .instant where step == .times: cell.shown.replacing("T", with: " ")
            default: cell.shown
            }
        }
        title = column.title + (currency.map { " \($0)" } ?? "")
        self.cells = cells.map(shown)
        total = table.total.map { $0[index] == .missing ? "" : shown($0[index]) }
        isRightAligned = column.isRightAligned
        let breaks = step == .times && column.kind == .instant
        fit = breaks ? .wrapped : column.fit

        let texts = self.cells + (total.map { [$0] } ?? [])
        let cell = texts.map(breaks ? widestWord : displayWidth).max() ?? 0
        let titleWord = widestWord(of: title)
        natural = max(step == .titles ? displayWidth(title) : titleWord, cell)
        // Narrower than this, a shortened word says nothing, a sentence is hard to read, and its words are broken.
        let readable =
            switch (step, column.fit) {
            case (.titles, _), (_, .whole): cell
            case (_, .shortened): 8
            case (_, .wrapped): max(12, min(30, texts.map(widestWord).max() ?? 0))
            }
        narrowest = max(titleWord, min(cell, readable))
    }

    func lines(_ cell: String, to width: Int) -> [String] { fit == .wrapped ? wrapped(cell, to: width) : [shortened(cell, to: width)] }
}
