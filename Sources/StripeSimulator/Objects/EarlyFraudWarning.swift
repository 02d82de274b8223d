import JSON

/// An issuer's report that a charge may be fraud. It names no day by which anything has to be done.
struct EarlyFraudWarning: Stored {
    let id: String
    let created: Int
    let charge: String
    let paymentIntent: String?
    /// One of `fraudTypes`.
    let fraudType: String
    /// Neither contested nor given back as a whole.
    var isActionable: Bool

    static let fraudTypes = [
        "card_never_received", "fraudulent_card_application", "made_with_counterfeit_card", "made_with_lost_card", "made_with_stolen_card",
        "misc", "unauthorized_use_of_card",
    ]

    var json: JSON {
        .object([
            ("id", .text(id)), ("object", "radar.early_fraud_warning"), ("actionable", .bool(isActionable)), ("charge", .text(charge)),
            ("created", .int(created)), ("fraud_type", .text(fraudType)), ("livemode", false), ("payment_intent", JSON(paymentIntent)),
        ])
    }
}
