import JSON

/// A card kept for later, without a payment.
struct SetupIntent: Stored {
    enum Status: String, Sendable {
        case requiresPaymentMethod = "requires_payment_method"
        case requiresConfirmation = "requires_confirmation"
        case requiresAction = "requires_action"
        case succeeded
        case canceled
    }

    let id: String
    let created: Int
    let clientSecret: String
    var status = Status.requiresPaymentMethod
    var customer: String?
    var paymentMethod: String?
    var paymentMethodTypes: [String]
    var automaticPaymentMethods: JSON?
    var options: JSON
    var usage: String
    var metadata: JSON
    var description: JSON = .null
    var returnURL: String?
    var latestAttempt: String?
    var lastSetupError: JSON = .null
    var nextAction: JSON = .null
    var cancellationReason: String?
    var session: String?

    var json: JSON {
        .object([
            ("id", .text(id)), ("object", "setup_intent"), ("application", nil),
            ("automatic_payment_methods", automaticPaymentMethods ?? .null),
            ("cancellation_reason", JSON(cancellationReason)), ("client_secret", .text(clientSecret)), ("created", .int(created)),
            ("customer", JSON(customer)), ("customer_account", nil), ("description", description), ("excluded_payment_method_types", nil),
            ("flow_directions", nil), ("last_setup_error", lastSetupError), ("latest_attempt", JSON(latestAttempt)), ("livemode", false),
            ("mandate", nil), ("metadata", metadata), ("next_action", nextAction), ("on_behalf_of", nil),
            ("payment_method", JSON(paymentMethod)),
            ("payment_method_configuration_details", nil), ("payment_method_options", optionsJSON),
            ("payment_method_types", JSON(paymentMethodTypes)), ("single_use_mandate", nil), ("status", .text(status.rawValue)),
            ("usage", .text(usage)),
        ])
    }

    private var optionsJSON: JSON {
        guard paymentMethodTypes.contains("card") else { return .emptyObject }
        let card: JSON = .object([("mandate_options", nil), ("network", nil), ("request_three_d_secure", "automatic")])
        return .object([("card", card.merging(options["card"] ?? .null))])
    }
}
