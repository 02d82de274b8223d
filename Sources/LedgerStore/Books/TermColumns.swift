import Ledger

/// The columns that hold the same in a line and in an item of the price list. The amount has a name of its own in each table, and the tax
/// rate may be missing in one.
extension LineTerms {
    static let columns: StaticString = "category, description"
    enum Column: Int, ColumnNames { case category, description }

    /// - Parameter others: The statement's columns before these.
    init<Others: ColumnNames>(from row: borrowing Row, behind others: Others.Type, _ unitAmount: Money) throws {
        let first = Others.allCases.count
        self.init(try row.category(first + Column.category.index), try row.string(first + Column.description.index), unitAmount)
    }

    /// In the order of `columns`.
    var values: SQL { "\(category.name), \(description)" }
}
