/// What a Stripe account may ask for when a card is held: each by itself, as Stripe grants it. Whether the card takes part, its charge says.
///
/// - Source: docs.stripe.com, "Place a hold on a payment method" and the four feature pages.
package enum CardFeature: String, CaseIterable, Sendable {
    /// A hold lives for up to 30 days.
    case extendedAuthorization = "extended_authorization"
    /// A hold can be raised.
    case incrementalAuthorization = "incremental_authorization"
    /// A hold can be captured in several parts.
    case multicapture
    /// More than the hold can be captured.
    case overcapture
}

extension Set<CardFeature> {
    /// In the order of `CardFeature`.
    package var inOrder: [CardFeature] { CardFeature.allCases.filter(contains) }
}
