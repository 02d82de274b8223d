extension StripeRequest {
    /// Makes an intent that the guest confirms, or confirms it at once with a method. Answers `PaymentIntent`.
    ///
    /// - Parameter confirmWith: `pm_…`; `nil` leaves the intent waiting for a method.
    package static func createIntent(
        _ taking: Taking, _ amount: StripeAmount, customer: String? = nil, confirmWith paymentMethod: String? = nil,
        methods: [PaymentMethod.Kind] = [.card], returnURL: String? = nil, metadata: [String: String]
    ) -> StripeRequest {
        .post(
            "/v1/payment_intents",
            [
                "amount": .integer(amount.integer),
                "currency": .string(amount.currency.code),
                "customer": customer.map(FormValue.string),
                "payment_method": paymentMethod.map(FormValue.string),
                "payment_method_types": .list(methods.map { .string($0.rawValue) }),
                "capture_method": .string((taking == .hold ? PaymentIntent.CaptureMethod.manual : .automatic).rawValue),
                "confirm": paymentMethod == nil ? nil : true,
                "return_url": returnURL.map(FormValue.string),
                "metadata": .form(Form(sorted: metadata)),
            ])
    }

    /// Tries an intent with a method. Answers `PaymentIntent`; a decline leaves the intent open.
    package static func confirmIntent(_ intent: String, with paymentMethod: String, returnURL: String? = nil) -> StripeRequest {
        .post(
            path("payment_intents", intent, "confirm"),
            ["payment_method": .string(paymentMethod), "return_url": returnURL.map(FormValue.string)])
    }

    /// Changes what was given along; the amount only before money is held. Answers `PaymentIntent`.
    package static func updateIntent(_ intent: String, amount: StripeAmount? = nil, metadata: [String: String] = [:]) -> StripeRequest {
        .post(
            path("payment_intents", intent),
            ["amount": amount.map { .integer($0.integer) }, "metadata": .form(Form(sorted: metadata))])
    }

    /// Saves a card for payments without the guest. Answers `SetupIntent`.
    package static func createSetupIntent(
        customer: String, confirmWith paymentMethod: String, returnURL: String? = nil, metadata: [String: String] = [:]
    ) -> StripeRequest {
        .post(
            "/v1/setup_intents",
            [
                "customer": .string(customer),
                "payment_method": .string(paymentMethod),
                "payment_method_types": ["card"],
                "usage": "off_session",
                "confirm": true,
                "return_url": returnURL.map(FormValue.string),
                "metadata": .form(Form(sorted: metadata)),
            ])
    }

    /// Gives up the saving of a card. Answers `SetupIntent`.
    package static func cancelSetupIntent(_ id: String) -> StripeRequest { .post(path("setup_intents", id, "cancel")) }

    /// Gives a method to a customer. Answers `PaymentMethod`; a test id makes a method of its own.
    package static func attachPaymentMethod(_ id: String, to customer: String) -> StripeRequest {
        .post(path("payment_methods", id, "attach"), ["customer": .string(customer)])
    }
}
