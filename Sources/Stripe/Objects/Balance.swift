import Ledger

/// What Stripe owes the account, per currency.
package struct Balance: Decodable, Sendable, Equatable {
    /// One currency's part of the balance.
    package struct Sum: Decodable, Sendable, Equatable {
        /// Stripe's integer; negative when the account owes Stripe.
        package let amount: Int64
        /// ISO 4217 in lower case: `eur`.
        package let currency: String
    }

    /// What can be paid out now, one sum per currency.
    package let available: [Sum]
    /// What becomes available later, one sum per currency.
    package let pending: [Sum]

    /// Available and pending together, in Stripe's integer; 0 in a currency that was never used.
    package func total(_ currency: String) -> Int64 {
        (available + pending).filter { $0.currency == currency }.map(\.amount).clampedSum
    }
}
