import JSON

extension Account {
    static let setupIntentRoutes: [Route] = [
        Route("POST /v1/setup_intents") { try $0.createSetupIntent($1) },
        Route("GET /v1/setup_intents") { account, call in
            let filters = ["customer", "payment_method"].compactMap { call.parameters.text($0) }
            return try account.list(
                account.setupIntents, call, noun: "setup_intent", keys: filters.first.map { [$0] },
                where: { intent in filters.allSatisfy { $0 == intent.customer || $0 == intent.paymentMethod } }, render: \.json)
        },
        Route("GET /v1/setup_intents/{intent}") { try $0.setupIntent($1.id).json },
        Route("POST /v1/setup_intents/{intent}") { try $0.updateSetupIntent($1) },
        Route("POST /v1/setup_intents/{intent}/confirm") { account, call in
            let intent = try account.setupIntent(call.id)
            guard intent.status != .succeeded, intent.status != .canceled else {
                throw account.unexpectedState(
                    intent, "You cannot confirm this SetupIntent because it has a status of \(intent.status.rawValue).")
            }
            try account.choose(call.parameters, for: call.id)
            try account.confirmSetup(call.id)
            return try account.setupIntent(call.id).json
        },
        Route("POST /v1/setup_intents/{intent}/cancel") { try $0.cancelSetupIntent($1) },
    ]

    func setupIntent(_ id: String) throws -> SetupIntent {
        guard let intent = setupIntents[id] else { throw StripeError.noSuch("setupintent", id, param: "intent") }
        return intent
    }

    private func unexpectedState(_ intent: SetupIntent, _ message: String) -> StripeError {
        StripeError(message: message, code: "setup_intent_unexpected_state", setupIntent: intent.json)
    }

    private func createSetupIntent(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        if let customer = parameters.text("customer") { try requireCustomer(customer) }
        let types = try methodTypes(parameters)
        let confirms = parameters.bool("confirm") ?? false
        if confirms { try requireReturnURL(parameters) }
        let id = mint("seti_1")
        // Every recorded answer says off_session, whatever was sent.
        let intent = SetupIntent(
            id: id, created: now, clientSecret: mint(id + "_secret_", length: 30), customer: parameters.text("customer"),
            paymentMethodTypes: types.types, automaticPaymentMethods: types.automatic,
            options: parameters["payment_method_options"] ?? .emptyObject,
            usage: "off_session", metadata: parameters.metadata(), description: parameters["description"] ?? .null,
            returnURL: parameters.text("return_url"))
        setupIntents.append(intent, keys: [intent.customer])
        emit("setup_intent.created", intent.json)
        try choose(parameters, for: id)
        if confirms { try confirmSetup(id) }
        return try setupIntent(id).json
    }

    func choose(_ parameters: Parameters, for id: String) throws {
        let intent = try setupIntent(id)
        if let url = parameters.text("return_url") { setupIntents.update(id) { $0.returnURL = url } }
        guard let method = try chosenMethod(parameters, customer: intent.customer) else { return }
        setupIntents.update(id) {
            $0.paymentMethod = method.id
            $0.status = .requiresConfirmation
        }
        setupIntents.add(key: method.id, to: id)
    }

    private func updateSetupIntent(_ call: Call) throws -> JSON {
        let intent = try setupIntent(call.id)
        if let customer = call.parameters.text("customer") { try requireCustomer(customer) }
        guard intent.status != .succeeded,
            intent.status != .canceled || call.parameters.root.members?.allSatisfy({ $0.key == "metadata" }) == true
        else { throw unexpectedState(intent, "You cannot update this SetupIntent because it has a status of \(intent.status.rawValue).") }
        setupIntents.update(call.id) {
            $0.metadata = call.parameters.metadata(over: $0.metadata)
            if let description = call.parameters["description"] { $0.description = description }
            if let customer = call.parameters.text("customer") { $0.customer = customer }
        }
        if let customer = call.parameters.text("customer") { setupIntents.add(key: customer, to: call.id) }
        try choose(call.parameters, for: call.id)
        return try setupIntent(call.id).json
    }

    /// - Throws: 402 when the issuer refuses.
    func confirmSetup(_ id: String) throws {
        let intent = try setupIntent(id)
        guard let methodID = intent.paymentMethod, let method = paymentMethods[methodID] else {
            throw unexpectedState(intent, "You cannot confirm this SetupIntent because it's missing a payment method.")
        }
        if method.isSpent { throw StripeError.spentMethod }
        if let customer = intent.customer { try requireCustomer(customer) }
        if method.card?.authentication == nil, let decline = declineToSave(method) { throw refuseSetup(id, method, decline) }
        guard method.card?.authentication == nil || (method.card?.authentication == .unlessSetUp && method.isSetUp) else {
            let url = JSON.text("\(world.publicURL)/c/3ds/\(id)")
            setupIntents.update(id) {
                $0.status = .requiresAction
                $0.nextAction =
                    if let back = $0.returnURL {
                        .object([("redirect_to_url", .object([("return_url", .text(back)), ("url", url)])), ("type", "redirect_to_url")])
                    } else {
                        .object([
                            ("type", "use_stripe_sdk"),
                            ("use_stripe_sdk", .object([("stripe_js", url), ("type", "three_d_secure_redirect")])),
                        ])
                    }
            }
            emit("setup_intent.requires_action", try setupIntent(id).json)
            return
        }
        succeedSetup(id, method)
    }

    /// The holder came back from the bank's page.
    func finishSetupAuthentication(_ id: String, succeeded: Bool) throws {
        let intent = try setupIntent(id)
        guard intent.status == .requiresAction, let method = intent.paymentMethod.flatMap({ paymentMethods[$0] }) else {
            throw unexpectedState(intent, "This SetupIntent waits for no action; its status is \(intent.status.rawValue).")
        }
        guard succeeded else {
            let decline = Decline(
                code: "setup_intent_authentication_failure", declineCode: "", adviceCode: nil,
                message: "The latest attempt to set up the payment method has failed because authentication failed.")
            _ = refuseSetup(id, method, decline, reachesNetwork: false)
            return
        }
        if let decline = declineToSave(method) { throw refuseSetup(id, method, decline) }
        succeedSetup(id, method)
    }

    private func succeedSetup(_ id: String, _ method: PaymentMethod) {
        paymentMethods.update(method.id) { $0.isSetUp = true }
        setupIntents.update(id) {
            $0.status = .succeeded
            $0.nextAction = .null
            $0.lastSetupError = .null
            $0.latestAttempt = mint("setatt_1")
        }
        if let customer = setupIntents[id]?.customer { attach(method.id, to: customer) }
        emit("setup_intent.succeeded", setupIntents[id]?.json ?? .null)
    }

    private func refuseSetup(_ id: String, _ method: PaymentMethod, _ decline: Decline, reachesNetwork: Bool = true) -> StripeError {
        var error = StripeError(decline, of: method, reachesNetwork: reachesNetwork)
        let shown = error.lastError
        setupIntents.update(id) {
            $0.status = .requiresPaymentMethod
            $0.paymentMethod = nil
            $0.nextAction = .null
            $0.lastSetupError = shown
            $0.latestAttempt = mint("setatt_1")
        }
        error.setupIntent = setupIntents[id]?.json
        emit("setup_intent.setup_failed", setupIntents[id]?.json ?? .null)
        return error
    }

    private func cancelSetupIntent(_ call: Call) throws -> JSON {
        let intent = try setupIntent(call.id)
        guard intent.status != .succeeded, intent.status != .canceled else {
            throw unexpectedState(
                intent,
                "You cannot cancel this SetupIntent because it has a status of \(intent.status.rawValue). Only a SetupIntent with one of "
                    + "the following "
                    + "statuses may be canceled: requires_payment_method, requires_confirmation, requires_action.")
        }
        setupIntents.update(call.id) {
            $0.status = .canceled
            $0.cancellationReason = call.parameters.text("cancellation_reason")
            $0.nextAction = .null
        }
        emit("setup_intent.canceled", try setupIntent(call.id).json)
        return try setupIntent(call.id).json
    }
}
