/// The account that a secret key opens.
package struct Account: StripeObject {
    package let id: String
    package let country: String?
    package let defaultCurrency: String?
    package let chargesEnabled: Bool?
    package let payoutsEnabled: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, country
        case defaultCurrency = "default_currency"
        case chargesEnabled = "charges_enabled"
        case payoutsEnabled = "payouts_enabled"
    }
}
