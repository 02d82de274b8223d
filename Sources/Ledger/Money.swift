/// An amount in its currency's smallest unit: EUR 12.34 is 1234, JPY 12 is 12.
///
/// There is no `+` on purpose: adding can fail, and the call should say so.
package struct Money: Hashable, Codable, Sendable {
    /// Signed: a negative amount goes the other way.
    package let minorUnits: Int64
    /// Amounts of two currencies cannot be added.
    package let currency: Currency

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// The largest amount that anybody may write, in minor units: twelve digits, as Stripe's largest charge. A million of them can be added
    /// within `OutsideNumber.range`.
    package static let largest: Int64 = 999_999_999_999

    /// Nothing, in that currency.
    package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    /// Exactly 0.
    package var isZero: Bool { minorUnits == 0 }
    /// Below 0.
    package var isNegative: Bool { minorUnits < 0 }
    /// Above 0.
    package var isPositive: Bool { minorUnits > 0 }
}

/// What can go wrong with an amount.
package enum MoneyError: Refusal, Equatable {
    case overflow
    case currencyMismatch(Currency, Currency)
    case unreadable(String, Currency)
    case tooManyDecimals(String, Currency)
    case weightsUnusable

    package var code: String {
        switch self {
        case .overflow: "amount_too_large"
        case .currencyMismatch: "wrong_currency"
        case .unreadable, .tooManyDecimals: "amount_invalid"
        case .weightsUnusable: "weights_unusable"
        }
    }

    package var message: String {
        switch self {
        case .overflow: "The amount is too large."
        case .currencyMismatch(let a, let b): "An amount in \(b) cannot be booked in books that are kept in \(a)."
        case .unreadable("", _): "An amount is missing."
        case .unreadable(let text, _): "\"\(text)\" is not an amount."
        case .tooManyDecimals(let text, let currency):
            "\"\(text)\" has more decimals than \(currency) has (\(currency.exponent))."
        case .weightsUnusable: "An amount cannot be split with these shares."
        }
    }

    package var hint: String? {
        switch self {
        case .overflow: "Check the amount and the quantity for a typing error."
        case .currencyMismatch(let a, _): "Give the amount in \(a)."
        case .unreadable(_, let currency), .tooManyDecimals(_, let currency):
            "Write it like \(Money.example(300, currency).plain) or \(Language.english.number(Money.example(1200, currency)))."
        case .weightsUnusable: "Give at least one share; none may be negative, and not all may be zero."
        }
    }
}

extension Money {
    /// - Throws: `.currencyMismatch`, `.overflow`.
    package func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch(currency, other.currency) }
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(minorUnits: sum, currency: currency)
    }

    /// - Throws: `.currencyMismatch`, `.overflow`.
    package func subtracting(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch(currency, other.currency) }
        let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(minorUnits: difference, currency: currency)
    }

    /// - Throws: `.overflow` for the one amount whose opposite does not exist.
    package func negated() throws(MoneyError) -> Money {
        guard minorUnits != .min else { throw .overflow }
        return Money(minorUnits: -minorUnits, currency: currency)
    }

    /// - Throws: `.overflow`.
    package func times(_ quantity: Int64) throws(MoneyError) -> Money {
        let (product, overflow) = minorUnits.multipliedReportingOverflow(by: quantity)
        guard !overflow else { throw .overflow }
        return Money(minorUnits: product, currency: currency)
    }

    /// - Throws: `.currencyMismatch`, `.overflow`.
    package static func sum(_ amounts: some Sequence<Money>, in currency: Currency) throws(MoneyError) -> Money {
        var total = Money.zero(currency)
        for amount in amounts { total = try total.adding(amount) }
        return total
    }

    /// Splits this amount in proportion to `weights` without losing a unit.
    ///
    ///     try Money(minorUnits: 100, currency: .eur).split(by: [1, 1, 1])  // 34, 33, 33
    ///
    /// - Parameter weights: One per part, 1...10,000 of them, each 0...1,000,000,000, not all 0.
    /// - Returns: `weights.count` amounts in the same order. They sum to `self` exactly; each is less than
    ///   one unit from its exact share; weight 0 gets 0.
    /// - Throws: `.weightsUnusable` when `weights` is outside those bounds.
    /// - Source: Largest remainder (Hamilton). Ties go to the earlier part, so that a document printed twice
    ///   shows the same lines.
    package func split(by weights: [Int64]) throws(MoneyError) -> [Money] {
        guard (1...10_000).contains(weights.count), weights.allSatisfy({ (0...1_000_000_000).contains($0) }) else {
            throw .weightsUnusable
        }
        let total = Int128(weights.reduce(0, +))
        guard total > 0 else { throw .weightsUnusable }
        let sign: Int128 = minorUnits < 0 ? -1 : 1
        let magnitude = Int128(minorUnits) * sign
        var parts = weights.map { magnitude * Int128($0) / total }
        let remainders = weights.map { magnitude * Int128($0) % total }
        let missing = Int(magnitude - parts.reduce(0, +))
        let order = weights.indices.sorted { (remainders[$0], -$0) > (remainders[$1], -$1) }
        for index in order.prefix(missing) { parts[index] += 1 }
        return parts.map { Money(minorUnits: Int64($0 * sign), currency: currency) }
    }
}

// MARK: - Printing

extension Money: CustomStringConvertible {
    /// `343.30`, with a minus sign in front when negative and as many decimals as the currency has.
    package var plain: String {
        let digits = String(minorUnits.magnitude)
        let sign = minorUnits < 0 ? "-" : ""
        guard currency.exponent > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
        return sign + padded.dropLast(currency.exponent) + "." + padded.suffix(currency.exponent)
    }

    /// `343.30 EUR`.
    package var description: String { "\(plain) \(currency)" }
}
