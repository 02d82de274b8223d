import JSON

extension Account {
    /// Tries to pay: asks for authentication, redirects, charges, holds or declines.
    ///
    /// - Throws: 402 with the intent as it was left.
    func confirm(_ id: String, _ parameters: Parameters) throws {
        let intent = try paymentIntent(id)
        guard let methodID = intent.paymentMethod, let method = paymentMethods[methodID] else {
            throw unexpectedState(
                intent,
                "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent "
                    + "with a payment "
                    + "method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.")
        }
        if method.isSpent { throw StripeError.spentMethod }
        if let customer = intent.customer { try requireCustomer(customer) }
        let isOffSession = isOffSession(parameters)
        if intent.asksFor("request_incremental_authorization"), !settings.features.contains("incremental_authorization") {
            throw StripeError(
                message:
                    "This account is not eligible for the requested card features. See "
                    + "https://stripe.com/docs/payments/flexible-payments for more details.",
                code: "payment_intent_invalid_parameter",
                param: "payment_method_options[card][request_incremental_authorization]", paymentIntent: intent.json)
        }
        if intent.capturesManually(method.type), !PaymentMethod.holdable.contains(method.type) {
            throw StripeError(
                message: "The payment method type \(method.type) does not support the capture method manual.",
                code: "payment_intent_invalid_parameter", param: "payment_method_types", paymentIntent: intent.json)
        }
        paymentIntents.update(id) {
            $0.lastPaymentError = .null
            $0.nextAction = .null
            $0.isOffSession = isOffSession
            $0.isAuthenticated = false
        }
        guard let card = method.card else {
            // On the hosted page the payer has signed in to Link already.
            return try method.type == "link" && intent.session != nil ? takeOrHold(id) : redirect(id, method)
        }
        guard needsAuthentication(intent, method, card, isOffSession: isOffSession) else { return try takeOrHold(id) }
        if isOffSession { throw refuse(id, method, .authenticationRequired, makesCharge: false) }
        if parameters.bool("error_on_requires_action") == true {
            let decline = Decline(
                code: "authentication_required", declineCode: "authentication_not_handled", adviceCode: nil,
                message: Decline.authenticationRequired.message)
            throw refuse(id, method, decline, makesCharge: false)
        }
        requireAction(id, returnURL: intent.returnURL)
    }

    private func needsAuthentication(_ intent: PaymentIntent, _ method: PaymentMethod, _ card: TestCard, isOffSession: Bool) -> Bool {
        // The phone has asked for face or finger already.
        if method.wallet == "apple_pay", !isOffSession { return false }
        let request = intent.options["card"]?["request_three_d_secure"]?.textValue
        if !isOffSession, request == "any" || request == "challenge", card.authentication != nil || request == "challenge" { return true }
        return switch card.authentication {
        case nil: false
        case .always: true
        case .unlessSetUp: !method.isSetUp
        case .onSession: !isOffSession
        }
    }

    /// The payer must authenticate on a page of their bank.
    private func requireAction(_ id: String, returnURL: String?) {
        let url = JSON.text("\(world.publicURL)/c/3ds/\(id)")
        let action: JSON =
            if let returnURL {
                .object([
                    ("redirect_to_url", .object([("return_url", .text(returnURL)), ("url", url)])), ("type", "redirect_to_url"),
                ])
            } else {
                .object([
                    ("type", "use_stripe_sdk"),
                    (
                        "use_stripe_sdk",
                        .object([("source", .text(mint("src_"))), ("stripe_js", url), ("type", "three_d_secure_redirect")])
                    ),
                ])
            }
        paymentIntents.update(id) {
            $0.status = .requiresAction
            $0.nextAction = action
        }
        emit("payment_intent.requires_action", paymentIntents[id]?.json ?? .null)
    }

    /// The payer came back from the bank's page.
    ///
    /// - Throws: The decline that may follow.
    func finishAuthentication(_ id: String, succeeded: Bool) throws {
        let intent = try paymentIntent(id)
        guard intent.status == .requiresAction, let method = intent.paymentMethod.flatMap({ paymentMethods[$0] }) else {
            throw unexpectedState(intent, "This PaymentIntent waits for no action; its status is \(intent.status.rawValue).")
        }
        guard method.card != nil else { return try finishRedirect(id, method, approved: succeeded) }
        paymentIntents.update(id) { $0.nextAction = .null }
        guard succeeded else {
            _ = failAuthentication(id, method)
            return
        }
        paymentIntents.update(id) { $0.isAuthenticated = true }
        try takeOrHold(id)
    }

    private func failAuthentication(_ id: String, _ method: PaymentMethod) -> StripeError {
        let decline = Decline(
            code: "payment_intent_authentication_failure", declineCode: "", adviceCode: nil,
            message:
                "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to "
                + "attempt to "
                + "fulfill this PaymentIntent again.")
        return refuse(id, method, decline, makesCharge: false)
    }

    /// Charges or holds, once nothing more is asked of the payer.
    func takeOrHold(_ id: String) throws {
        let intent = try paymentIntent(id)
        guard let methodID = intent.paymentMethod, let method = paymentMethods[methodID] else { return }
        let isHold = intent.capturesManually(method.type)
        if let decline = decline(intent, method, isHold: isHold) { throw refuse(id, method, decline, makesCharge: true) }
        var charge = makeCharge(intent, method)
        if isHold {
            charge.hold = hold(intent, method)
        } else {
            charge.isCaptured = true
            charge.amountCaptured = charge.amount
            charge.feeIsLate = intent.captureMethod == "automatic_async"
        }
        charges.append(charge, keys: [intent.id, intent.customer, method.issuer])
        keepForLater(intent, method)
        paymentIntents.update(id) {
            $0.latestCharge = charge.id
            $0.status = isHold ? .requiresCapture : .succeeded
            $0.amountCapturable = isHold ? $0.amount : 0
            $0.amountReceived = isHold ? 0 : $0.amount
            $0.nextAction = .null
            $0.processing = .null
        }
        if let hold = charge.hold {
            schedule(.holdExpires(charge: charge.id), at: hold.captureBefore)
        } else {
            take(charge)
        }
        assess(charge)
        emit("charge.succeeded", charges[charge.id]?.json ?? .null)
        emit(isHold ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", paymentIntents[id]?.json ?? .null)
        if charges[charge.id]?.outcome["type"] == "manual_review" { openReview(of: charge.id, reason: "rule") }
        follow(charge.id)
    }

    /// Books what a charge took; asynchronous captures get their balance transaction later.
    func take(_ charge: Charge) {
        books.captured[charge.currency, default: 0] += charge.amountCaptured
        if charge.feeIsLate || settings.transactionDelay != nil {
            settleLater(charge.id, delay: settings.transactionDelay ?? Self.lateFeeSeconds)
        } else {
            settleCapture(charge.id)
        }
    }

    func makeCharge(_ intent: PaymentIntent, _ method: PaymentMethod) -> Charge {
        Charge(
            id: mint(method.type == "card" ? "ch_3" : "py_3"), created: now, paymentIntent: intent.id, paymentMethod: method.id,
            amount: intent.amount,
            currency: intent.currency, customer: intent.customer, description: intent.description, metadata: intent.metadata,
            receiptEmail: intent.receiptEmail, shipping: intent.shipping, statementDescriptor: intent.statementDescriptor,
            statementDescriptorSuffix: intent.statementDescriptorSuffix, billingDetails: method.billingDetails,
            risk: risk(of: method), details: method.chargeDetails(isAuthenticated: intent.isAuthenticated), type: method.type)
    }

    /// A method used with a customer and `setup_future_usage` stays with the customer; one used alone is spent.
    private func keepForLater(_ intent: PaymentIntent, _ method: PaymentMethod) {
        let usage = intent.savesForLater(method.type)
        guard let customer = intent.customer, usage != nil else {
            if method.customer == nil { paymentMethods.update(method.id) { $0.isSpent = true } }
            return
        }
        if usage == "off_session" { paymentMethods.update(method.id) { $0.isSetUp = true } }
        attach(method.id, to: customer)
    }

    /// Refuses an attempt: the intent goes back to `requires_payment_method` and keeps the reason.
    ///
    /// - Parameter makesCharge: False when the attempt never reached the issuer as a payment.
    func refuse(_ id: String, _ method: PaymentMethod, _ decline: Decline, makesCharge: Bool) -> StripeError {
        var chargeID: String?
        if makesCharge, let intent = paymentIntents[id] {
            var charge = makeCharge(intent, method)
            charge.isPaid = false
            charge.status = "failed"
            charge.failureCode = decline.code
            charge.failureMessage = decline.message
            charge.outcome = Outcome.declined(decline, isBlocked: method.card?.isBlocked == true)
            charges.append(charge, keys: [id, intent.customer])
            chargeID = charge.id
            paymentIntents.update(id) { $0.latestCharge = charge.id }
        }
        var error = StripeError(
            decline, of: paymentMethods[method.id] ?? method, charge: chargeID,
            reachesNetwork: makesCharge && method.card?.isBlocked == false)
        let shown = error.lastError
        paymentIntents.update(id) {
            $0.status = .requiresPaymentMethod
            $0.paymentMethod = nil
            $0.nextAction = .null
            $0.processing = .null
            $0.lastPaymentError = shown
        }
        error.paymentIntent = paymentIntents[id]?.json
        if let chargeID { emit("charge.failed", charges[chargeID]?.json ?? .null) }
        emit("payment_intent.payment_failed", paymentIntents[id]?.json ?? .null)
        return error
    }

    /// What a test card brings about once money was taken from it.
    func follow(_ chargeID: String) {
        guard let charge = charges[chargeID], charge.isCaptured, let card = paymentMethods[charge.paymentMethod]?.card else { return }
        if card.dispute != nil { schedule(.disputeOpens(charge: chargeID), at: now + Self.disputeDelaySeconds) }
        if card.isReportedAsFraud { schedule(.fraudWarningComes(charge: chargeID), at: now + Self.fraudWarningDelaySeconds) }
    }
}

extension StripeError {
    /// As it stays in `last_payment_error` and `last_setup_error`.
    var lastError: JSON {
        var copy = self
        copy.paymentIntent = nil
        copy.setupIntent = nil
        var inner = copy.json(requestLogURL: "")["error"] ?? .emptyObject
        inner["request_log_url"] = nil
        return inner
    }
}
