/// The optional features of a card hold, for accounts that have them (interchange-plus pricing): there, "if
/// available" leaves the rest to the card, and what was granted is on the charge. Any other account is
/// refused, with an intent left open.
///
/// - Source: docs.stripe.com, "Place a hold on a payment method" and the four feature pages.
package enum CardFeatures {
    /// For `payment_method_options[card]`.
    static let requestAll: Form = [
        "request_extended_authorization": "if_available",
        "request_incremental_authorization": "if_available",
        "request_multicapture": "if_available",
        "request_overcapture": "if_available",
    ]
}
