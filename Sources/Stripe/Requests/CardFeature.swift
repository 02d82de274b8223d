/// An optional feature of a card hold, for accounts that have it: there, "if available" leaves the rest to the card, and what was granted is
/// on the charge. Any other account is refused, with an intent left open.
///
/// - Source: docs.stripe.com, "Place a hold on a payment method" and the four feature pages.
package enum CardFeature: String, Sendable {
    case extendedAuthorization = "extended_authorization"
    case incrementalAuthorization = "incremental_authorization"
    case multicapture, overcapture

    /// For `payment_method_options[card]`.
    static func form(_ requested: [CardFeature]) -> Form {
        var form = Form()
        for feature in requested { form.append("request_" + feature.rawValue, "if_available") }
        return form
    }
}
