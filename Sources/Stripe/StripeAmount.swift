import Ledger

/// An amount as Stripe writes it: an integer, scaled by Stripe's rules rather than ISO's.
///
/// Nothing else in the product scales an amount by a power of ten.
///
/// - Source: docs.stripe.com, "Supported currencies": ISK and UGX are sent with two decimals that are
///   always 00; amounts in three-decimal currencies end in 0.
package struct StripeAmount: Sendable, Hashable, CustomStringConvertible {
    /// What goes over the wire.
    package let integer: Int64
    /// Decides the scale.
    package let currency: Currency

    /// - Parameter minorUnits: In ISO's smallest unit, as the ledger keeps it.
    package init(minorUnits: Int64, currency: Currency) throws(StripeAmountError) {
        if Self.sentWithTwoDecimals.contains(currency.code) {
            let (product, overflow) = minorUnits.multipliedReportingOverflow(by: 100)
            guard !overflow else { throw .tooLarge(currency) }
            integer = product
        } else {
            guard currency.exponent != 3 || minorUnits % 10 == 0 else { throw .tooPrecise(minorUnits, currency) }
            integer = minorUnits
        }
        self.currency = currency
    }

    /// - Throws: `.tooLarge` where the scaled integer does not fit, `.tooPrecise` where a third decimal is not 0.
    package init(_ money: Money) throws(StripeAmountError) {
        try self.init(minorUnits: money.minorUnits, currency: money.currency)
    }

    /// - Parameters:
    ///   - integer: As read from Stripe.
    ///   - currency: As read from Stripe, lower case.
    package init(stripe integer: Int64, currency code: String) throws(StripeAmountError) {
        guard let currency = Currency(code) else { throw .unknownCurrency(code) }
        guard !Self.sentWithTwoDecimals.contains(currency.code) || integer % 100 == 0 else { throw .tooPrecise(integer, currency) }
        self.integer = integer
        self.currency = currency
    }

    /// In ISO's smallest unit, as the ledger keeps it.
    package var minorUnits: Int64 { Self.sentWithTwoDecimals.contains(currency.code) ? integer / 100 : integer }

    /// In the ledger's units.
    package var money: Money { Money(minorUnits: minorUnits, currency: currency) }

    package var description: String { "\(integer) \(currency.code)" }

    private static let sentWithTwoDecimals: Set<String> = ["isk", "ugx"]

    /// The least that Stripe takes in one payment, in the ledger's minor units; `nil` where none is published.
    ///
    /// Stripe checks it after conversion into the account's settlement currency, so for a foreign currency
    /// this is a good guess and Stripe's `amount_too_small` the last word.
    ///
    /// - Source: docs.stripe.com, "Supported currencies", minimum and maximum charge amounts.
    package static func minimum(_ currency: Currency) -> Int64? { minimums[currency.code] }

    private static let minimums: [String: Int64] = [
        "eur": 50, "usd": 50, "chf": 50, "gbp": 30, "czk": 1500, "dkk": 250, "nok": 300, "sek": 300, "pln": 200, "huf": 17_500,
        "ron": 200, "jpy": 50,
    ]
}

/// Why an amount has no form at Stripe, or none in the ledger.
package enum StripeAmountError: Refusal, Equatable {
    case tooLarge(Currency)
    case tooPrecise(Int64, Currency)
    case unknownCurrency(String)

    package var code: String {
        switch self {
        case .tooLarge: "amount_too_large"
        case .tooPrecise: "amount_too_precise"
        case .unknownCurrency: "currency_unknown"
        }
    }

    package var message: String {
        switch self {
        case .tooLarge(let currency): "The amount in \(currency) is too large for Stripe."
        case .tooPrecise(let units, let currency): "Stripe cannot process \(units) units of \(currency)."
        case .unknownCurrency(let code): "The currency \"\(code)\" is not known."
        }
    }

    package var hint: String? {
        if case .tooPrecise(_, let currency) = self, currency.exponent == 3 {
            "Round the amount in \(currency) so that its last digit is 0."
        } else {
            nil
        }
    }
}
