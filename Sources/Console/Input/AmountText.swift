import Ledger

/// An amount as it was typed. It becomes money when the currency is known.
package struct AmountText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    /// Reads it as `Money(reading:in:)` does.
    ///
    /// - Throws: `MoneyError` when it is no amount, too large, or has more decimals than the currency; `AmountRefusal`
    ///   when it is below zero, or zero.
    package func positive(in currency: Currency) throws -> Money {
        let money = try notNegative(in: currency)
        guard money.isPositive else { throw AmountRefusal.zero }
        return money
    }

    /// The same, with zero allowed: a fee that is waived.
    ///
    /// - Throws: `MoneyError`, `AmountRefusal.negative`.
    package func notNegative(in currency: Currency) throws -> Money {
        let money = try Money(reading: text, in: currency)
        guard !money.isNegative else { throw AmountRefusal.negative(money) }
        return money
    }
}

/// An amount that no verb takes.
package enum AmountRefusal: OperatorRefusal, Equatable {
    case negative(Money)
    case zero

    package var code: String {
        switch self {
        case .negative: "amount_negative"
        case .zero: "amount_zero"
        }
    }

    package var message: String {
        switch self {
        case .negative(let money): "The amount \(money) is below zero."
        case .zero: "The amount is zero."
        }
    }

    package var hint: String? {
        switch self {
        case .negative: "Give it without the minus sign; the verb decides the direction."
        case .zero: "Give an amount above zero."
        }
    }
}
