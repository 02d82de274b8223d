/// Whose money a card spends. Of a debit or a prepaid card a hold blocks money that its owner has, of a credit card only a limit.
package struct CardFunding: OpenEnum {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let credit: CardFunding = "credit"
    package static let debit: CardFunding = "debit"
    package static let prepaid: CardFunding = "prepaid"
    /// Stripe's own word where the network does not say.
    package static let unknown: CardFunding = "unknown"
}
