import Ledger

/// What Stripe owes the account, per currency.
package struct Balance: Decodable, Sendable, Equatable {
    package struct Sum: Decodable, Sendable, Equatable {
        package let amount: Int64
        package let currency: String
    }

    package let available: [Sum]
    package let pending: [Sum]

    /// Available and pending together, in Stripe's integer; 0 in a currency that was never used.
    package func total(_ currency: String) -> Int64 {
        (available + pending).filter { $0.currency == currency }.map(\.amount).clampedSum
    }
}
