import Ledger

/// Days and months are kept as ISO 8601 text: readable with any tool, and in order.
extension Day: Bindable { package var bound: SQL.Value { .text(description) } }
extension Month: Bindable { package var bound: SQL.Value { .text(description) } }

extension Row {
    func day(_ column: Int) throws -> Day { try known(Day(string(column)), column) }
    func optionalDay(_ column: Int) throws -> Day? { try optionalString(column).map { try known(Day($0), column) } }
    func month(_ column: Int) throws -> Month { try known(Month(string(column)), column) }
    func category(_ column: Int) throws -> Category { try known(Category(string(column)), column) }
    func taxRate(_ column: Int) throws -> TaxRate { try known(TaxRate(string(column)), column) }
    func money(_ column: Int, _ currency: Currency) throws -> Money { Money(minorUnits: try int64(column), currency: currency) }

    private func known<Value>(_ value: Value?, _ column: Int) throws -> Value {
        guard let value else { throw UnreadableRow(column: column) }
        return value
    }
}

/// A stored text that names nothing this program knows: the file was written by something else.
package struct UnreadableRow: Error, CustomStringConvertible {
    package let column: Int

    package var description: String { "column \(column) of a stored row makes no sense" }
}
