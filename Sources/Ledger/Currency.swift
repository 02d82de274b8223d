/// An ISO 4217 currency, written in lower case as Stripe writes it.
///
/// - Source: ISO 4217 exponents. How Stripe scales the few currencies where it differs (ISK, UGX) is
///   the Stripe module's business, see `StripeAmount`.
package struct Currency: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Three lower-case letters, for example `eur`.
    package let code: String
    /// Digits after the decimal mark in the smallest unit: 2 for EUR, 0 for JPY, 3 for KWD.
    package let exponent: Int

    /// The currency of the operator's monthly price, whatever a tenant's books are kept in.
    package static let eur = Currency(code: "eur", exponent: 2)

    /// - Parameter code: Any case; only currencies that Stripe accepts are known.
    /// - Returns: `nil` for anything else.
    package init?(_ code: String) {
        let code = code.lowercased()
        guard let exponent = Self.exponents[code] else { return nil }
        self.init(code: code, exponent: exponent)
    }

    private init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
    }

    package var description: String { code.uppercased() }

    private static let exponents: [String: Int] = {
        var exponents: [String: Int] = [:]
        for code in "eur usd gbp chf dkk nok sek pln czk huf ron bgn aud cad nzd hkd sgd mxn brl inr thb twd try aed ils zar".split(
            separator: " ")
        {
            exponents[String(code)] = 2
        }
        for code in "bif clp djf gnf isk jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(separator: " ") {
            exponents[String(code)] = 0
        }
        for code in "bhd jod kwd omr tnd".split(separator: " ") { exponents[String(code)] = 3 }
        return exponents
    }()
}
