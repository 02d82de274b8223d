import JSON

/// A charge that fraud prevention, or a person, wants looked at before the goods are handed out.
struct Review: Stored {
    let id: String
    let created: Int
    let charge: String
    let paymentIntent: String?
    /// `rule` or `manual`.
    let openedReason: String
    let billingZip: JSON
    /// One of `closedReasons`; nil while it is open.
    var closedReason: String?

    var isOpen: Bool { closedReason == nil }
    /// The list is of what still needs somebody.
    var isListed: Bool { isOpen }

    static let openedReasons = ["rule", "manual"]
    static let closedReasons = [
        "acknowledged", "approved", "canceled", "disputed", "payment_never_settled", "redacted", "refunded", "refunded_as_fraud",
    ]

    var json: JSON {
        .object([
            ("id", .text(id)), ("object", "review"), ("billing_zip", billingZip), ("charge", .text(charge)),
            ("closed_reason", JSON(closedReason)), ("created", .int(created)), ("ip_address", nil), ("ip_address_location", nil),
            ("livemode", false), ("open", .bool(isOpen)), ("opened_reason", .text(openedReason)), ("payment_intent", JSON(paymentIntent)),
            ("reason", .text(closedReason ?? openedReason)), ("session", nil),
        ])
    }
}
