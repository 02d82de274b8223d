/// How a visit to the hosted page went on.
enum PageOutcome {
    /// Paid, held or saved: on to the shop.
    case completed(successURL: String)
    /// The bank's or the provider's page comes next.
    case continues(url: String)
}

extension Account {
    /// What the hosted page's button does: pays or saves with this method.
    ///
    /// - Throws: The decline, in Stripe's shape; the session stays open.
    func pay(_ sessionID: String, with method: PaymentMethod, email: String?, name: String?) throws -> PageOutcome {
        let session = try session(sessionID)
        guard session.status == "open" else {
            throw StripeError(message: "This Checkout Session is \(session.status) and can no longer be used.")
        }
        if let customer = session.customer { try requireCustomer(customer) }
        guard session.offers(method) else {
            throw StripeError(message: "This page does not offer \(method.wallet ?? method.type).", param: "payment_method")
        }
        if let email { sessions.update(sessionID) { $0.customerDetails = Self.details(email: email, name: name) } }
        do {
            if session.mode == "setup" { return try save(sessionID, method) }
            let intentID = try preparedIntent(sessionID, method)
            try confirm(intentID, Parameters(root: .emptyObject))
            return try outcome(of: sessionID)
        } catch let error as StripeError {
            sessions.update(sessionID) { $0.lastRefusal = error }
            throw error
        }
    }

    /// The intent of a payment page is made when somebody first pays.
    private func preparedIntent(_ sessionID: String, _ method: PaymentMethod) throws -> String {
        let session = try session(sessionID)
        if session.customer == nil, needsCustomer(session, method) { giveCustomer(sessionID) }
        let customer = sessions[sessionID]?.customer
        if let id = session.paymentIntent {
            paymentIntents.update(id) {
                $0.paymentMethod = method.id
                $0.status = .requiresConfirmation
            }
            return id
        }
        let data = session.request["payment_intent_data"] ?? .emptyObject
        let id = mint("pi_3")
        let intent = PaymentIntent(
            id: id, created: now, clientSecret: mint(id + "_secret_", length: 25), amount: session.amountTotal ?? 0,
            currency: session.currency ?? settings.currency, status: .requiresConfirmation,
            captureMethod: data["capture_method"]?.textValue ?? "automatic_async", confirmationMethod: "automatic", customer: customer,
            paymentMethod: method.id, paymentMethodTypes: session.paymentMethodTypes,
            options: session.request["payment_method_options"] ?? .emptyObject, setupFutureUsage: data["setup_future_usage"]?.textValue,
            metadata: data["metadata"] ?? .emptyObject, description: data["description"] ?? .null,
            receiptEmail: data["receipt_email"] ?? .null,
            statementDescriptor: data["statement_descriptor"] ?? .null,
            statementDescriptorSuffix: data["statement_descriptor_suffix"] ?? .null,
            shipping: data["shipping"].map { Shipping.json($0) } ?? .null, transferGroup: data["transfer_group"] ?? .null,
            returnURL: "\(world.publicURL)/c/pay/\(sessionID)", session: sessionID)
        paymentIntents.append(intent, keys: [customer])
        sessions.update(sessionID) { $0.paymentIntent = id }
        sessions.add(key: id, to: sessionID)
        emit("payment_intent.created", intent.json)
        return id
    }

    private func needsCustomer(_ session: CheckoutSession, _ method: PaymentMethod) -> Bool {
        session.request["customer_creation"]?.textValue == "always" || session.request["payment_intent_data"]?["setup_future_usage"] != nil
            || session.request["payment_method_options"]?[method.type]?["setup_future_usage"]?.textValue == "off_session"
    }

    private func giveCustomer(_ sessionID: String) {
        let details = sessions[sessionID]?.customerDetails ?? .null
        let customer = addCustomer(
            details: .object([("email", details["email"] ?? .null), ("name", details["name"] ?? .null)].filter { !$0.1.isNull }),
            metadata: .emptyObject)
        sessions.update(sessionID) { $0.customer = customer.id }
        sessions.add(key: customer.id, to: sessionID)
        if let intent = sessions[sessionID]?.setupIntent {
            setupIntents.update(intent) { $0.customer = customer.id }
            setupIntents.add(key: customer.id, to: intent)
        }
    }

    private func save(_ sessionID: String, _ method: PaymentMethod) throws -> PageOutcome {
        let session = try session(sessionID)
        guard let intent = session.setupIntent else { return .completed(successURL: "") }
        if session.customer == nil, session.request["customer_creation"]?.textValue == "always" { giveCustomer(sessionID) }
        setupIntents.update(intent) {
            $0.paymentMethod = method.id
            $0.status = .requiresConfirmation
            $0.returnURL = "\(world.publicURL)/c/pay/\(sessionID)"
        }
        try confirmSetup(intent)
        return try outcome(of: sessionID)
    }

    /// Where the payer goes from here; completes the session when its intent is through.
    func outcome(of sessionID: String) throws -> PageOutcome {
        let session = try session(sessionID)
        let action =
            session.setupIntent.flatMap { setupIntents[$0]?.nextAction } ?? session.paymentIntent.flatMap { paymentIntents[$0]?.nextAction }
        if let url = action?["redirect_to_url"]?["url"]?.textValue { return .continues(url: url) }
        let isDone =
            session.mode == "setup"
            ? session.setupIntent.flatMap { setupIntents[$0] }?.status == .succeeded
            : session.paymentIntent.flatMap { paymentIntents[$0] }.map { [.succeeded, .requiresCapture, .processing].contains($0.status) }
                ?? false
        guard isDone else { return .continues(url: session.url) }
        if session.status == "open" { complete(sessionID) }
        return .completed(successURL: Self.successURL(session))
    }

    private func complete(_ sessionID: String) {
        sessions.update(sessionID) {
            $0.status = "complete"
            $0.lastRefusal = nil
            if $0.mode == "payment", $0.paymentIntent.flatMap({ paymentIntents[$0] })?.status == .succeeded { $0.paymentStatus = "paid" }
        }
        emit("checkout.session.completed", sessions[sessionID]?.json ?? .null)
    }

    /// A payment that was `processing` when the page was left has come to an end.
    func sessionSettled(_ intent: PaymentIntent, succeeded: Bool) {
        guard let id = intent.session, sessions[id] != nil else { return }
        if succeeded { sessions.update(id) { $0.paymentStatus = "paid" } }
        emit(succeeded ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed", sessions[id]?.json ?? .null)
    }

    static func successURL(_ session: CheckoutSession) -> String {
        (session.request["success_url"]?.textValue ?? "").replacing("{CHECKOUT_SESSION_ID}", with: session.id)
    }
}
