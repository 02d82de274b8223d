import Ledger

/// How Stripe scales, bounds and shows amounts.
enum StripeAmounts {
    /// Digits behind the mark in what Stripe sends. ISK and UGX are sent with two decimals that must be 00.
    static func exponent(_ currency: String) -> Int {
        currency == "isk" || currency == "ugx" ? 2 : Currency(currency)?.exponent ?? 2
    }

    static func isKnown(_ currency: String) -> Bool { Currency(currency) != nil }

    /// The smallest charge in the currency's smallest unit.
    ///
    /// - Source: Stripe's page "Supported currencies", minimum charge amounts.
    static let minimum: [String: Int] = [
        "eur": 50, "usd": 50, "chf": 50, "gbp": 30, "czk": 1500, "dkk": 250, "nok": 300, "sek": 300, "pln": 200, "huf": 17500, "ron": 200,
        "jpy": 50,
    ]
    static let maximum = 99_999_999

    /// For a message: `€0.50 eur`.
    static func shown(_ amount: Int, _ currency: String) -> String {
        let digits = exponent(currency)
        var text = String(amount.magnitude)
        if digits > 0 {
            text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
        }
        let symbol = ["eur": "€", "usd": "$", "gbp": "£", "jpy": "¥"][currency] ?? ""
        return "\(amount < 0 ? "-" : "")\(symbol)\(text) \(currency)"
    }

    /// - Throws: What Stripe answers for an amount no payment can have.
    static func check(_ amount: Int, _ currency: String, param: String = "amount") throws {
        guard isKnown(currency) else {
            throw StripeError.invalid(
                "Invalid currency: \(currency). Stripe currently supports the currencies of its list.", param: "currency")
        }
        guard amount >= 1 else {
            throw StripeError.invalid("This value must be greater than or equal to 1.", code: "parameter_invalid_integer", param: param)
        }
        guard amount <= maximum else {
            throw StripeError.invalid("Amount must be no more than \(shown(maximum, currency))", code: "amount_too_large", param: param)
        }
        if amount < minimum[currency] ?? 1 {
            throw StripeError.invalid(
                "Amount must be at least \(shown(minimum[currency] ?? 1, currency))", code: "amount_too_small", param: param)
        }
        if exponent(currency) == 3, amount % 10 != 0 {
            throw StripeError.invalid("Invalid amount: the last digit of an amount in \(currency) must be 0.", param: param)
        }
        if currency == "isk" || currency == "ugx", amount % 100 != 0 {
            throw StripeError.invalid(
                "Invalid amount: amounts in \(currency) have no decimals; the last two digits must be 00.", param: param)
        }
    }

    /// - Parameter rate: In millionths of the target's unit for one of the source's.
    /// - Returns: Rounded half up, sign kept.
    static func convert(_ amount: Int, from: String, to: String, rate: Int) -> Int {
        var numerator = UInt128(amount.magnitude) * UInt128(rate.magnitude)
        var denominator: UInt128 = 1_000_000
        let shift = exponent(to) - exponent(from)
        for _ in 0..<max(0, shift) { numerator *= 10 }
        for _ in 0..<max(0, -shift) { denominator *= 10 }
        let converted = Int(clamping: (numerator + denominator / 2) / denominator)
        return amount < 0 ? -converted : converted
    }
}
