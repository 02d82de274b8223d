/// The account that a secret key opens.
package struct Account: StripeObject {
    /// `acct_…`.
    package let id: String
    /// ISO 3166 in capitals: `DE`.
    package let country: String?
    /// ISO 4217 in lower case: `eur`.
    package let defaultCurrency: String?
    /// Whether it can take payments (`charges_enabled`).
    package let chargesEnabled: Bool?
    /// Whether it can pay out to its bank (`payouts_enabled`).
    package let payoutsEnabled: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, country
        case defaultCurrency = "default_currency"
        case chargesEnabled = "charges_enabled"
        case payoutsEnabled = "payouts_enabled"
    }
}
