import Ledger

extension LedgerService {
    /// The least that Stripe takes in one payment, in minor units of the currency.
    package static func smallestPayment(in currency: Currency) -> Int64 { StripeLimits.minimum(in: currency) }
}
