import JSON

extension PaymentMethod {
    /// Types whose money can be held.
    static let holdable: Set<String> = ["card", "klarna", "link", "paypal", "affirm", "afterpay_clearpay", "alma", "billie", "amazon_pay"]
}

extension Account {
    /// Klarna, Sofort and giropay send the payer away and back.
    func redirect(_ id: String, _ method: PaymentMethod) throws {
        let intent = try paymentIntent(id)
        try checkLimits(intent, method)
        guard !intent.isOffSession || method.isSetUp else { throw refuse(id, method, .authenticationRequired, makesCharge: false) }
        if intent.isOffSession { return try takeOrHold(id) }
        guard let returnURL = intent.returnURL else {
            throw StripeError(
                message: "A `return_url` must be specified because this payment method redirects the customer.", code: "parameter_missing",
                param: "return_url", paymentIntent: intent.json)
        }
        let url = JSON.text("\(world.publicURL)/c/redirect/\(id)")
        paymentIntents.update(id) {
            $0.status = .requiresAction
            $0.nextAction = .object([
                ("redirect_to_url", .object([("return_url", .text(returnURL)), ("url", url)])), ("type", "redirect_to_url"),
            ])
        }
        emit("payment_intent.requires_action", try paymentIntent(id).json)
    }

    /// - Source: Stripe's page "Klarna payments"; Sofort and giropay took EUR only.
    private func checkLimits(_ intent: PaymentIntent, _ method: PaymentMethod) throws {
        if ["sofort", "giropay"].contains(method.type), intent.currency != "eur" {
            throw StripeError(
                message: "The payment method type \(method.type) accepts eur only.", code: "payment_intent_invalid_parameter",
                param: "currency",
                paymentIntent: intent.json)
        }
        if method.type == "klarna", intent.amount > 1_000_000 {
            throw StripeError(
                message: "Amount must be no more than \(StripeAmounts.shown(1_000_000, intent.currency)) for Klarna.",
                code: "amount_too_large",
                param: "amount", paymentIntent: intent.json)
        }
    }

    /// The payer came back from Klarna or the bank.
    func finishRedirect(_ id: String, _ method: PaymentMethod, approved: Bool) throws {
        paymentIntents.update(id) { $0.nextAction = .null }
        guard approved else {
            let decline = Decline(
                code: "payment_method_customer_decline", declineCode: "", adviceCode: nil,
                message: "The customer declined or did not complete the payment with \(method.type).")
            _ = refuse(id, method, decline, makesCharge: true)
            return
        }
        guard method.type == "sofort" else { return try takeOrHold(id) }
        try startProcessing(id, method)
    }

    /// Sofort: the bank answers days later. Until then nothing is paid.
    private func startProcessing(_ id: String, _ method: PaymentMethod) throws {
        let intent = try paymentIntent(id)
        var charge = makeCharge(intent, method)
        charge.status = "pending"
        charge.isPaid = false
        charges.append(charge, keys: [id, intent.customer])
        paymentIntents.update(id) {
            $0.status = .processing
            $0.latestCharge = charge.id
        }
        emit("charge.pending", charge.json)
        emit("payment_intent.processing", try paymentIntent(id).json)
        schedule(.paymentSettles(intent: id), at: now + settings.sofortDays * 86_400)
    }

    /// The bank's answer to a payment that was `processing`.
    func settleProcessing(_ id: String) {
        guard let intent = paymentIntents[id], intent.status == .processing, let chargeID = intent.latestCharge,
            let method = intent.paymentMethod.flatMap({ paymentMethods[$0] })
        else { return }
        guard issuer(of: method).declinesFromUse == nil else {
            charges.update(chargeID) {
                $0.status = "failed"
                $0.failureCode = "payment_intent_payment_attempt_failed"
                $0.failureMessage = "The payment failed at the bank."
            }
            let decline = Decline(
                code: "payment_intent_payment_attempt_failed", declineCode: "", adviceCode: nil, message: "The payment failed at the bank.")
            emit("charge.failed", charges[chargeID]?.json ?? .null)
            _ = refuse(id, method, decline, makesCharge: false)
            sessionSettled(intent, succeeded: false)
            return
        }
        charges.update(chargeID) {
            $0.status = "succeeded"
            $0.isPaid = true
            $0.isCaptured = true
            $0.amountCaptured = $0.amount
        }
        paymentIntents.update(id) {
            $0.status = .succeeded
            $0.amountReceived = $0.amount
        }
        if let charge = charges[chargeID] { take(charge) }
        emit("charge.succeeded", charges[chargeID]?.json ?? .null)
        emit("payment_intent.succeeded", paymentIntents[id]?.json ?? .null)
        sessionSettled(intent, succeeded: true)
    }
}
