import JSON

extension Account {
    /// What create, update and confirm refuse before they begin.
    func check(_ parameters: Parameters, confirms: Bool) throws {
        if let customer = parameters.text("customer") { try requireCustomer(customer) }
        for name in ["off_session", "error_on_requires_action", "mandate_data"] where parameters.has(name) && !confirms {
            throw StripeError.invalid(
                "You may only specify one of these parameters with `confirm=true`: off_session, error_on_requires_action, mandate_data.",
                param: name)
        }
        if parameters.has("automatic_payment_methods"), parameters["automatic_payment_methods", "enabled"] == true,
            parameters.has("payment_method_types")
        {
            throw StripeError.invalid(
                "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
                param: "automatic_payment_methods")
        }
        if parameters.text("statement_descriptor") != nil, parameters.texts("payment_method_types") == ["card"] {
            throw StripeError.invalid(
                "The `statement_descriptor` parameter is not supported for payments with a card. Use `statement_descriptor_suffix` "
                    + "instead.",
                param: "statement_descriptor")
        }
        if let suffix = parameters.text("statement_descriptor_suffix"), suffix.count > 22 {
            throw StripeError.invalid(
                "The statement descriptor suffix must be at most 22 characters.", param: "statement_descriptor_suffix")
        }
    }

    func isOffSession(_ parameters: Parameters) -> Bool {
        switch parameters["off_session"] {
        case .bool(let value): value
        case .text: true
        default: false
        }
    }

    /// Automatic methods may redirect the payer, so they need a way back.
    func requireReturnURL(_ parameters: Parameters) throws {
        let isAutomatic = parameters["automatic_payment_methods"] != nil || parameters["payment_method_types"] == nil
        guard isAutomatic, parameters.text("automatic_payment_methods", "allow_redirects") != "never", parameters.text("return_url") == nil,
            parameters["automatic_payment_methods", "enabled"] != false
        else { return }
        throw StripeError.invalid(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods "
                + "might "
                + "redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based "
                + "payment methods, "
                + "set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when "
                + "creating "
                + "PaymentIntents.", param: "return_url")
    }

    /// The methods an intent takes: those listed, or those switched on for the account.
    func methodTypes(_ parameters: Parameters) throws -> (types: [String], automatic: JSON?) {
        if let types = parameters.texts("payment_method_types"), !types.isEmpty { return (try checked(types: types), nil) }
        if parameters["automatic_payment_methods", "enabled"] == false { return (["card"], nil) }
        let redirects = parameters.text("automatic_payment_methods", "allow_redirects") ?? "always"
        let excluded = parameters.texts("excluded_payment_method_types") ?? []
        let types = settings.methods.filter { !excluded.contains($0) && (redirects == "always" || $0 == "card" || $0 == "link") }
        return (types, .object([("allow_redirects", .text(redirects)), ("enabled", true)]))
    }

    /// - Throws: Stripe's refusal of a type that is not switched on.
    func checked(types: [String], param: String = "payment_method_types") throws -> [String] {
        for type in types where !settings.methods.contains(type) {
            throw StripeError.invalid(
                "The payment method type provided: \(type) is invalid. Please ensure the provided type is activated in your dashboard "
                    + "(https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features "
                    + "that you are "
                    + "trying to use.", code: "payment_intent_invalid_parameter", param: param)
        }
        return types
    }

    func wrongType(_ type: String, _ allowed: [String]) -> StripeError {
        .invalid(
            "The PaymentMethod provided (\(type)) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the "
                + "following types: "
                + "\(allowed.joined(separator: ", ")).", code: "payment_intent_invalid_parameter", param: "payment_method")
    }

    /// The payment method named or described in the request.
    ///
    /// - Throws: Refusals of a method that is unknown, spent, or another customer's.
    func chosenMethod(_ parameters: Parameters, customer: String?) throws -> PaymentMethod? {
        if let data = parameters["payment_method_data"], data.members != nil {
            return try makePaymentMethod(from: data, param: "payment_method_data")
        }
        guard let id = parameters.text("payment_method") else { return nil }
        let method = try paymentMethod(forUse: id, param: "payment_method")
        if method.isSpent { throw StripeError.spentMethod }
        if let owner = method.customer {
            guard let customer else {
                throw StripeError.invalid(
                    "The payment method \(id) belongs to a customer. Please include the customer in the request to use it.",
                    code: "parameter_missing", param: "source")
            }
            guard owner == customer else {
                throw StripeError.invalid(
                    "The customer does not have a payment method with the ID \(id). The payment method must be attached to the customer.",
                    param: "payment_method")
            }
        }
        return method
    }

    func requireCustomer(_ id: String, param: String = "customer") throws {
        guard let customer = customers[id], !customer.isDeleted else { throw StripeError.noSuch("customer", id, param: param, status: 400) }
    }
}

extension StripeError {
    /// A method that was detached, or used once without a customer.
    static let spentMethod = StripeError.invalid(
        "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account "
            + "without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple "
            + "times, you must attach it to a Customer first.", param: "payment_method")
}
