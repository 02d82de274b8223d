import Ledger

/// A value whose amounts are bare minor units, and the currency that they are in.
@dynamicMemberLookup
package struct InCurrency<Value: Sendable>: Sendable {
    /// As it is kept, without a currency.
    package let value: Value
    /// Of all its amounts.
    package let currency: Currency

    package init(_ value: Value, _ currency: Currency) {
        self.value = value
        self.currency = currency
    }

    /// Members of the value, as if they were its own.
    package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }

    /// - Parameter minorUnits: One of the value's amounts.
    func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
}
