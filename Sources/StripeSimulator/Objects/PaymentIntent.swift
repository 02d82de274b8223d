import JSON

/// One payment from the wish to the money.
struct PaymentIntent: Stored {
    enum Status: String, Sendable {
        case requiresPaymentMethod = "requires_payment_method"
        case requiresConfirmation = "requires_confirmation"
        case requiresAction = "requires_action"
        case processing
        case requiresCapture = "requires_capture"
        case succeeded
        case canceled
    }

    let id: String
    let created: Int
    let clientSecret: String
    var amount: Int
    var currency: String
    var status = Status.requiresPaymentMethod
    var captureMethod: String
    var confirmationMethod: String
    var customer: String?
    var paymentMethod: String?
    var paymentMethodTypes: [String]
    /// As shown; nil when the types were listed by the caller.
    var automaticPaymentMethods: JSON?
    var excludedTypes: JSON = .null
    /// `payment_method_options` as sent.
    var options: JSON
    var setupFutureUsage: String?
    var metadata: JSON
    var description: JSON = .null
    var receiptEmail: JSON = .null
    var statementDescriptor: JSON = .null
    var statementDescriptorSuffix: JSON = .null
    var shipping: JSON = .null
    var transferGroup: JSON = .null
    var returnURL: String?
    var latestCharge: String?
    /// Of its latest charge, also when it is closed.
    var review: String?
    var amountCapturable = 0
    var amountReceived = 0
    var lastPaymentError: JSON = .null
    var nextAction: JSON = .null
    var processing: JSON = .null
    var canceledAt: Int?
    var cancellationReason: String?
    /// The Checkout Session that made it.
    var session: String?
    /// Of the ten that Stripe allows, declined ones included.
    var increments = 0
    /// The customer is away: no authentication is possible.
    var isOffSession = false
    /// The holder has just authenticated.
    var isAuthenticated = false

    /// Card options asked for at creation, by their request name.
    func asksFor(_ feature: String) -> Bool { options["card"]?[feature]?.textValue == "if_available" }

    /// Manual for the whole intent or for this method.
    func capturesManually(_ type: String) -> Bool {
        captureMethod == "manual" || options[type]?["capture_method"]?.textValue == "manual"
    }

    /// Whether the card is to be kept for later, by the intent or by the method's own option.
    func savesForLater(_ type: String) -> String? {
        let own = options[type]?["setup_future_usage"]?.textValue
        return own == "none" ? nil : own ?? setupFutureUsage
    }

    var json: JSON {
        .object([
            ("id", .text(id)), ("object", "payment_intent"), ("amount", .int(amount)), ("amount_capturable", .int(amountCapturable)),
            ("amount_details", .object([("tip", .emptyObject)])), ("amount_received", .int(amountReceived)), ("application", nil),
            ("application_fee_amount", nil), ("automatic_payment_methods", automaticPaymentMethods ?? .null),
            ("canceled_at", JSON(canceledAt)),
            ("cancellation_reason", JSON(cancellationReason)), ("capture_method", .text(captureMethod)),
            ("client_secret", .text(clientSecret)),
            ("confirmation_method", .text(confirmationMethod)), ("created", .int(created)), ("currency", .text(currency)),
            ("customer", JSON(customer)), ("customer_account", nil), ("description", description),
            ("excluded_payment_method_types", excludedTypes),
            ("last_payment_error", lastPaymentError), ("latest_charge", JSON(latestCharge)), ("livemode", false), ("metadata", metadata),
            ("next_action", nextAction), ("on_behalf_of", nil), ("payment_method", JSON(paymentMethod)),
            ("payment_method_configuration_details", nil), ("payment_method_options", optionsJSON),
            ("payment_method_types", JSON(paymentMethodTypes)), ("processing", processing), ("receipt_email", receiptEmail),
            ("review", JSON(review)),
            ("setup_future_usage", JSON(setupFutureUsage)), ("shipping", shipping), ("source", nil),
            ("statement_descriptor", statementDescriptor),
            ("statement_descriptor_suffix", statementDescriptorSuffix), ("status", .text(status.rawValue)), ("transfer_data", nil),
            ("transfer_group", transferGroup),
        ])
    }

    private var optionsJSON: JSON {
        .object(
            paymentMethodTypes.map { type in
                let sent = options[type] ?? .null
                let shown: JSON =
                    switch type {
                    case "card":
                        .object([
                            ("installments", nil), ("mandate_options", nil), ("network", nil), ("request_three_d_secure", "automatic"),
                        ])
                    case "klarna": .object([("preferred_locale", nil)])
                    case "sofort": .object([("preferred_language", nil)])
                    case "link": .object([("persistent_token", nil)])
                    case "paypal": .object([("preferred_locale", nil), ("reference", nil)])
                    default: .emptyObject
                    }
                return (type, shown.merging(sent))
            })
    }
}
