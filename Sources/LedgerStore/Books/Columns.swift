import Ledger

/// Days and months are kept as ISO 8601 text: readable with any tool, and in order.
extension Day: Bindable { package var bound: SQL.Value { .text(description) } }
extension Month: Bindable { package var bound: SQL.Value { .text(description) } }
/// What guests consume, in the order of `Category.consumption`: `drinks,minibar`.
extension Set: Bindable where Element == Category {
    package var bound: SQL.Value { .text(inOrder.map(\.name).joined(separator: ",")) }
}

extension Row {
    func day(_ column: some RowColumn) throws -> Day { try known(Day(string(column)), column) }
    func optionalDay(_ column: some RowColumn) throws -> Day? { try optionalString(column).map { try known(Day($0), column) } }
    func month(_ column: some RowColumn) throws -> Month { try known(Month(string(column)), column) }
    func category(_ column: some RowColumn) throws -> Category { try known(Category(string(column)), column) }
    func categories(_ column: some RowColumn) throws -> Set<Category> {
        Set(try string(column).split(separator: ",").map { try known(Category(String($0)), column) })
    }
    func taxRate(_ column: some RowColumn) throws -> TaxRate { try known(TaxRate(string(column)), column) }
    func money(_ column: some RowColumn, _ currency: Currency) throws -> Money { Money(minorUnits: try int64(column), currency: currency) }

    /// The word for a kind or a state that moves money: one that is not known must not be taken for another.
    ///
    /// - Parameter what: Which row it is, for the operator: `payment 2 of folio R-4711`.
    /// - Throws: `UnreadableRow` for a word that names no case.
    func word<Name: RawRepresentable<String>>(_ column: some RowColumn, of what: @autoclosure () throws -> String) throws -> Name {
        guard let name = Name(rawValue: try string(column)) else { throw try unreadable(column, of: what()) }
        return name
    }

    /// The same where nothing may be said.
    func optionalWord<Name: RawRepresentable<String>>(_ column: some RowColumn, of what: @autoclosure () throws -> String) throws -> Name? {
        try optionalString(column) == nil ? nil : word(column, of: what())
    }

    func unreadable(_ column: some RowColumn, of what: String = "a row") -> UnreadableRow {
        UnreadableRow(row: what, column: name(of: column))
    }

    /// The failure in this column and the three after it: code, reason, detail, actor; `nil` where there is none.
    func failure(_ column: some RowColumn) throws -> Failure? {
        guard let code = try optionalString(column) else { return nil }
        return Failure(
            code: code, reason: try optionalString(column.index + 1), detail: try optionalString(column.index + 2),
            actor: try optionalString(column.index + 3))
    }

    private func known<Value>(_ value: Value?, _ column: some RowColumn) throws -> Value {
        guard let value else { throw unreadable(column) }
        return value
    }
}

/// A stored text that names nothing this program knows: the file was written by something else.
package struct UnreadableRow: Error, Equatable, CustomStringConvertible {
    /// Which row, where that is known: `line 3 of folio R-4711`.
    package let row: String
    /// As the statement calls it.
    package let column: String

    package var description: String { "column \(column) of \(row) makes no sense" }
}
