/// A way to pay, saved or used once.
package struct PaymentMethod: StripeObject {
    /// Stripe's `type`. Sofort and giropay have ended; old payments still name them.
    package struct Kind: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let card: Kind = "card"
        package static let klarna: Kind = "klarna"
        /// Where Link is a method of its own. A card that lies in Link is a card.
        package static let link: Kind = "link"
        package static let sofort: Kind = "sofort"
        package static let giropay: Kind = "giropay"
    }

    /// What may be shown of a card.
    package struct Card: Decodable, Sendable, Equatable {
        /// The network: `visa`, `mastercard`, `amex`, `unknown`.
        package let brand: String?
        /// The last four digits of its number.
        package let last4: String?
        /// 1...12.
        package let expiryMonth: Int?
        /// Four digits.
        package let expiryYear: Int?
        /// Of the issuer, ISO 3166 in capitals: `DE`.
        package let country: String?
        /// Nil where Stripe does not say.
        package let funding: CardFunding?
        /// Stripe's word for the number, the same under each `pm_…` of one physical card within an account.
        package let fingerprint: String?

        private enum CodingKeys: String, CodingKey {
            case brand, last4, country, funding, fingerprint
            case expiryMonth = "exp_month"
            case expiryYear = "exp_year"
        }
    }

    /// `pm_…`; it stays when the network renews the card.
    package let id: String
    /// Nil where Stripe does not say.
    package let type: Kind?
    /// `nil` for a method that is attached to nobody, and so cannot be used again.
    @Reference package var customer: String?
    /// Nil unless it is a card. Digits and expiry change when the network renews it.
    package let card: Card?
}
