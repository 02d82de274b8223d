/// The optional features of a card hold. Asked for "if available", they cost nothing where the card or the
/// account does not have them; what was granted is on the charge.
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
