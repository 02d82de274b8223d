import JSON

extension Account {
    static let checkoutRoutes: [Route] = [
        Route("POST /v1/checkout/sessions") { try $0.createSession($1) },
        Route("GET /v1/checkout/sessions") { account, call in
            let filters = ["payment_intent", "customer"].compactMap { call.parameters.text($0) }
            let status = call.parameters.text("status")
            return try account.list(
                account.sessions, call, noun: "checkout.session", keys: filters.first.map { [$0] },
                where: { session in
                    filters.allSatisfy { $0 == session.customer || $0 == session.paymentIntent }
                        && (status ?? session.status) == session.status
                }, render: \.json)
        },
        Route("GET /v1/checkout/sessions/{session}") { try $0.session($1.id).json },
        Route("POST /v1/checkout/sessions/{session}") { account, call in
            _ = try account.session(call.id)
            account.sessions.update(call.id) { $0.metadata = call.parameters.metadata(over: $0.metadata) }
            return try account.session(call.id).json
        },
        Route("POST /v1/checkout/sessions/{session}/expire") { account, call in
            let session = try account.session(call.id)
            guard session.status == "open" else {
                throw StripeError(
                    message:
                        "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of "
                        + "`\(session.status)`."
                )
            }
            account.expireIfOpen(call.id)
            return try account.session(call.id).json
        },
        Route("GET /v1/checkout/sessions/{session}/line_items") { account, call in
            let session = try account.session(call.id)
            let limit = min(max(call.parameters.int("limit") ?? 10, 1), 100)
            var items = session.lineItems[...]
            if let after = call.parameters.text("starting_after") { items = items.drop { $0["id"] != .text(after) }.dropFirst() }
            return .object([
                ("object", "list"), ("data", .array(Array(items.prefix(limit)))), ("has_more", .bool(items.count > limit)),
                ("url", .text(call.path)),
            ])
        },
    ]

    func session(_ id: String) throws -> CheckoutSession {
        guard let session = sessions[id] else { throw StripeError.noSuch("checkout.session", id, param: "session") }
        return session
    }

    private func createSession(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        let mode = parameters.text("mode") ?? "payment"
        guard mode != "subscription" else { throw StripeError.invalid("The simulator knows the modes payment and setup.", param: "mode") }
        if let uiMode = parameters.text("ui_mode"), uiMode != "hosted_page" {
            throw StripeError.invalid("The simulator serves the hosted page only: ui_mode must be hosted_page.", param: "ui_mode")
        }
        guard parameters.text("success_url") != nil else { throw StripeError.missing("success_url") }
        if parameters.has("customer"), parameters.has("customer_email") {
            throw StripeError.invalid("You may only specify one of these parameters: customer, customer_email.", param: "customer_email")
        }
        try checkEmail(parameters.text("customer_email"), param: "customer_email")
        if let customer = parameters.text("customer") { try requireCustomer(customer) }
        let expiresAt = parameters.int("expires_at") ?? now + 86_400
        guard expiresAt >= now + 30 * 60, expiresAt <= now + 86_400 else {
            throw StripeError.invalid(
                "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
                param: "expires_at")
        }
        try checkFeatures(parameters)
        let types = try sessionTypes(parameters, mode: mode)
        let id = mint(isLive ? "cs_live_a1" : "cs_test_a1", length: 56)
        let lines = mode == "payment" ? try sessionLines(parameters, id: id) : []
        let session = CheckoutSession(
            id: id, created: now, mode: mode, url: "\(world.publicURL)/c/pay/\(id)", expiresAt: expiresAt,
            currency: lines.first?.currency ?? parameters.text("currency")?.lowercased(), lines: lines, request: parameters.root,
            paymentMethodTypes: types, metadata: parameters.metadata(), paymentStatus: mode == "payment" ? "unpaid" : "no_payment_required",
            customer: parameters.text("customer"), customerDetails: initialDetails(parameters))
        if let total = session.amountTotal { try StripeAmounts.check(total, session.currency ?? settings.currency, param: "line_items") }
        sessions.append(session, keys: [session.customer])
        if mode == "setup" { makeSetupIntent(for: id) }
        schedule(.sessionExpires(id), at: expiresAt)
        return try self.session(id).json
    }

    private func initialDetails(_ parameters: Parameters) -> JSON {
        let customer = parameters.text("customer").flatMap { customers[$0] }
        guard let email = parameters.text("customer_email") ?? customer?.email else { return .null }
        return Self.details(email: email, name: nil)
    }

    static func details(email: String?, name: String?) -> JSON {
        .object([
            ("address", nil), ("business_name", nil), ("email", JSON(email)), ("individual_name", nil), ("name", JSON(name)),
            ("phone", nil),
            ("tax_exempt", "none"), ("tax_ids", nil),
        ])
    }

    private func checkFeatures(_ parameters: Parameters) throws {
        let name = "request_incremental_authorization"
        guard parameters.text("payment_method_options", "card", name) == "if_available",
            !settings.features.contains("incremental_authorization")
        else { return }
        throw StripeError.invalid(
            "This account is not eligible for the requested card features. See https://stripe.com/docs/payments/flexible-payments for "
                + "more details.",
            code: "payment_intent_invalid_parameter", param: "payment_method_options[card][\(name)]")
    }

    /// A whole-session hold hides the methods that cannot hold, and refuses them when they were listed.
    private func sessionTypes(_ parameters: Parameters, mode: String) throws -> [String] {
        let holds = parameters.text("payment_intent_data", "capture_method") == "manual"
        guard let types = parameters.texts("payment_method_types"), !types.isEmpty else {
            if mode == "setup" { return ["card"] }
            return settings.methods.filter { !holds || PaymentMethod.holdable.contains($0) }
        }
        _ = try checked(types: types)
        if holds, let type = types.first(where: { !PaymentMethod.holdable.contains($0) }) {
            throw StripeError.invalid(
                "The payment method type \(type) does not support the capture method manual.", code: "payment_intent_invalid_parameter",
                param: "payment_method_types")
        }
        return types
    }

    private func sessionLines(_ parameters: Parameters, id: String) throws -> [CheckoutSession.Line] {
        guard let items = parameters["line_items"]?.arrayValue, !items.isEmpty else { throw StripeError.missing("line_items") }
        guard items.count <= 100 else {
            throw StripeError.invalid("A Checkout Session may hold at most 100 line items.", param: "line_items")
        }
        return try items.enumerated().map { position, item in
            let data = item["price_data"] ?? .null
            let path = "line_items[\(position)]"
            guard data.members != nil else { throw StripeError.missing("\(path)[price_data]") }
            guard let currency = data["currency"]?.textValue?.lowercased() else {
                throw StripeError.missing("\(path)[price_data][currency]")
            }
            guard StripeAmounts.isKnown(currency) else {
                throw StripeError.invalid("Invalid currency: \(currency)", param: "\(path)[price_data][currency]")
            }
            guard let name = data["product_data"]?["name"]?.textValue else {
                throw StripeError.missing("\(path)[price_data][product_data][name]")
            }
            guard let amount = data["unit_amount"]?.intValue else { throw StripeError.missing("\(path)[price_data][unit_amount]") }
            guard amount >= 0 else {
                throw StripeError.invalid(
                    "Invalid non-negative integer", code: "parameter_invalid_integer", param: "\(path)[price_data][unit_amount]")
            }
            guard let quantity = item["quantity"]?.intValue, quantity > 0 else { throw StripeError.missing("\(path)[quantity]") }
            return CheckoutSession.Line(
                id: mint("li_1"), priceID: mint("price_1"), productID: mint("prod_", length: 14), name: name,
                description: data["product_data"]?["description"]?.textValue, unitAmount: amount, quantity: quantity, currency: currency,
                created: now)
        }
    }

    private func makeSetupIntent(for id: String) {
        guard let session = sessions[id] else { return }
        let data = session.request["setup_intent_data"] ?? .emptyObject
        let intentID = mint("seti_1")
        let intent = SetupIntent(
            id: intentID, created: now, clientSecret: mint(intentID + "_secret_", length: 30), customer: session.customer,
            paymentMethodTypes: session.paymentMethodTypes, options: session.request["payment_method_options"] ?? .emptyObject,
            usage: "off_session",
            metadata: data["metadata"] ?? .emptyObject, description: data["description"] ?? .null, session: id)
        setupIntents.append(intent, keys: [intent.customer])
        sessions.update(id) { $0.setupIntent = intentID }
        emit("setup_intent.created", intent.json)
    }

    /// The page can no longer be used; an intent that a refused card left behind goes with it.
    func expireIfOpen(_ id: String) {
        guard let session = sessions[id], session.status == "open" else { return }
        sessions.update(id) { $0.status = "expired" }
        if let intent = session.paymentIntent.flatMap({ paymentIntents[$0] }), intent.status != .canceled, intent.status != .succeeded {
            cancel(intent.id, reason: "abandoned")
        }
        if let intent = session.setupIntent.flatMap({ setupIntents[$0] }), intent.status != .succeeded {
            setupIntents.update(intent.id) {
                $0.status = .canceled
                $0.cancellationReason = "abandoned"
            }
            emit("setup_intent.canceled", setupIntents[intent.id]?.json ?? .null)
        }
        emit("checkout.session.expired", sessions[id]?.json ?? .null)
    }
}
