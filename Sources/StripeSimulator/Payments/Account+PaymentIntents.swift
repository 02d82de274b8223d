import JSON

extension Account {
    static let paymentIntentRoutes: [Route] = [
        Route("POST /v1/payment_intents") { try $0.createPaymentIntent($1) },
        Route("GET /v1/payment_intents") { account, call in
            try account.list(
                account.paymentIntents, call, noun: "payment_intent", keys: call.parameters.text("customer").map { [$0] }, render: \.json)
        },
        Route("GET /v1/payment_intents/{intent}") { try $0.paymentIntent($1.id).json },
        Route("POST /v1/payment_intents/{intent}") { try $0.updatePaymentIntent($1) },
        Route("POST /v1/payment_intents/{intent}/confirm") { try $0.confirmPaymentIntent($1) },
        Route("POST /v1/payment_intents/{intent}/capture") { try $0.capturePaymentIntent($1) },
        Route("POST /v1/payment_intents/{intent}/cancel") { try $0.cancelPaymentIntent($1) },
        Route("POST /v1/payment_intents/{intent}/increment_authorization") { try $0.incrementAuthorization($1) },
    ]

    func paymentIntent(_ id: String) throws -> PaymentIntent {
        guard let intent = paymentIntents[id] else { throw StripeError.noSuch("payment_intent", id, param: "intent") }
        return intent
    }

    /// The intent is stored before it is confirmed: a refused create leaves an open intent behind, as at Stripe.
    private func createPaymentIntent(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        let amount = parameters.int("amount") ?? 0
        let currency = (parameters.text("currency") ?? "").lowercased()
        let confirms = parameters.bool("confirm") ?? false
        try StripeAmounts.check(amount, currency)
        try check(parameters, confirms: confirms)
        try checkEmail(parameters.text("receipt_email"), param: "receipt_email")
        if confirms, !isOffSession(parameters) { try requireReturnURL(parameters) }
        let types = try methodTypes(parameters)
        let id = mint("pi_3")
        var intent = PaymentIntent(
            id: id, created: now, clientSecret: mint(id + "_secret_", length: 25), amount: amount, currency: currency,
            captureMethod: parameters.text("capture_method") ?? "automatic_async",
            confirmationMethod: parameters.text("confirmation_method") ?? "automatic", customer: parameters.text("customer"),
            paymentMethodTypes: types.types, automaticPaymentMethods: types.automatic,
            options: parameters["payment_method_options"] ?? .emptyObject,
            setupFutureUsage: parameters.text("setup_future_usage"), metadata: parameters.metadata())
        apply(parameters, to: &intent)
        if let method = try chosenMethod(parameters, customer: intent.customer) {
            guard types.types.contains(method.type) else { throw wrongType(method.type, types.types) }
            intent.paymentMethod = method.id
            intent.status = .requiresConfirmation
        }
        paymentIntents.append(intent, keys: [intent.customer])
        emit("payment_intent.created", intent.json)
        if confirms { try confirm(id, parameters) }
        return try paymentIntent(id).json
    }

    private func updatePaymentIntent(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        try checkEmail(parameters.text("receipt_email"), param: "receipt_email")
        var intent = try paymentIntent(call.id)
        let isOpen = [.requiresPaymentMethod, .requiresConfirmation, .requiresAction].contains(intent.status)
        let always: Set<String> = ["metadata", "description", "expand", "receipt_email", "shipping"]
        if !isOpen, let name = parameters.root.members?.first(where: { !always.contains($0.key) })?.key {
            throw unexpectedState(
                intent,
                "This PaymentIntent's \(name) could not be updated because it has a status of \(intent.status.rawValue). You may only "
                    + "update the "
                    + "\(name) of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, "
                    + "requires_action."
            )
        }
        try check(parameters, confirms: false)
        if let amount = parameters.int("amount") {
            try StripeAmounts.check(amount, parameters.text("currency")?.lowercased() ?? intent.currency)
            intent.amount = amount
        }
        if let currency = parameters.text("currency") { intent.currency = currency.lowercased() }
        if let method = parameters.text("capture_method") { intent.captureMethod = method }
        if let customer = parameters.text("customer") { intent.customer = customer }
        if let usage = parameters["setup_future_usage"] { intent.setupFutureUsage = usage.textValue }
        if let types = parameters.texts("payment_method_types") {
            intent.paymentMethodTypes = try checked(types: types)
            intent.automaticPaymentMethods = nil
        }
        if let options = parameters["payment_method_options"] { intent.options = Self.merge(intent.options, options) }
        intent.metadata = parameters.metadata(over: intent.metadata)
        apply(parameters, to: &intent)
        if let method = try chosenMethod(parameters, customer: intent.customer) {
            intent.paymentMethod = method.id
            intent.status = .requiresConfirmation
            intent.nextAction = .null
        }
        if isOpen { intent.lastPaymentError = .null }
        let changed = intent
        paymentIntents.update(call.id) { $0 = changed }
        if let customer = changed.customer { paymentIntents.add(key: customer, to: call.id) }
        return changed.json
    }

    private func confirmPaymentIntent(_ call: Call) throws -> JSON {
        let intent = try paymentIntent(call.id)
        try check(call.parameters, confirms: true)
        guard [.requiresPaymentMethod, .requiresConfirmation, .requiresAction].contains(intent.status) else {
            throw unexpectedState(
                intent,
                intent.status == .succeeded
                    ? "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
                    : "You cannot confirm this PaymentIntent because it has a status of \(intent.status.rawValue). Only a PaymentIntent "
                        + "with one of the "
                        + "following statuses may be confirmed: requires_confirmation, requires_action, requires_payment_method.")
        }
        if !isOffSession(call.parameters), intent.automaticPaymentMethods?["allow_redirects"] == "always", intent.returnURL == nil {
            try requireReturnURL(call.parameters)
        }
        var changed = intent
        apply(call.parameters, to: &changed)
        if let method = call.parameters.text("capture_method") { changed.captureMethod = method }
        if let usage = call.parameters["setup_future_usage"] { changed.setupFutureUsage = usage.textValue }
        if let options = call.parameters["payment_method_options"] { changed.options = Self.merge(changed.options, options) }
        if let method = try chosenMethod(call.parameters, customer: intent.customer) {
            guard changed.paymentMethodTypes.contains(method.type) else { throw wrongType(method.type, changed.paymentMethodTypes) }
            changed.paymentMethod = method.id
        }
        let ready = changed
        paymentIntents.update(call.id) { $0 = ready }
        try confirm(call.id, call.parameters)
        return try paymentIntent(call.id).json
    }

    /// Parameters that only describe.
    private func apply(_ parameters: Parameters, to intent: inout PaymentIntent) {
        if let value = parameters["description"] { intent.description = value }
        if let value = parameters["receipt_email"] { intent.receiptEmail = value }
        if let value = parameters["statement_descriptor"] { intent.statementDescriptor = value }
        if let value = parameters["statement_descriptor_suffix"] { intent.statementDescriptorSuffix = value }
        if let value = parameters["shipping"] { intent.shipping = Shipping.json(value) }
        if let value = parameters["transfer_group"] { intent.transferGroup = value }
        if let value = parameters["excluded_payment_method_types"], !value.texts.isEmpty { intent.excludedTypes = value }
        if let value = parameters.text("return_url") { intent.returnURL = value }
    }

    /// Options of one method laid over earlier ones; null unsets.
    static func merge(_ old: JSON, _ new: JSON) -> JSON {
        var result = old
        for (type, options) in new.members ?? [] {
            var merged = old[type] ?? .emptyObject
            for (name, value) in options.members ?? [] { merged[name] = value.isNull ? JSON?.none : value }
            result[type] = options.isNull ? JSON?.none : merged
        }
        return result
    }

    func unexpectedState(_ intent: PaymentIntent, _ message: String) -> StripeError {
        StripeError(message: message, code: "payment_intent_unexpected_state", paymentIntent: intent.json)
    }
}
