/// A way to pay, saved or used once.
package struct PaymentMethod: StripeObject {
    package struct Kind: OpenEnum {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let card: Kind = "card"
        package static let klarna: Kind = "klarna"
        package static let sofort: Kind = "sofort"
        package static let giropay: Kind = "giropay"
    }

    /// What may be shown of a card.
    package struct Card: Decodable, Sendable, Equatable {
        package let brand: String?
        package let last4: String?
        package let expiryMonth: Int?
        package let expiryYear: Int?
        package let country: String?
        package let funding: String?

        private enum CodingKeys: String, CodingKey {
            case brand, last4, country, funding
            case expiryMonth = "exp_month"
            case expiryYear = "exp_year"
        }
    }

    package let id: String
    package let type: Kind?
    /// `nil` for a method that is attached to nobody, and so cannot be used again.
    @Reference package var customer: String?
    package let card: Card?
}
