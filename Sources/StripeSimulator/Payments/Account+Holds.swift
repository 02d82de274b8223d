import JSON

extension Account {
    /// How long cards are held, in seconds.
    ///
    /// - Source: Stripe's pages "Place a hold on a payment method" and "Place an extended hold on an online card payment". The second one
    ///   restricts Visa to payments with the guest for other trades only: the simulated accounts are hotels.
    enum HoldPeriod {
        static let usual = 7 * 86_400

        /// Visa gives less when the merchant initiates the payment.
        static func of(_ brand: String, isOffSession: Bool) -> Int {
            brand == "visa" && isOffSession ? 4 * 86_400 + 18 * 3600 : usual
        }

        /// Nil for networks that do not extend.
        static func extended(_ brand: String) -> Int? {
            switch brand {
            case "visa": 29 * 86_400 + 18 * 3600
            case "mastercard", "amex", "discover": 30 * 86_400
            default: nil
            }
        }

        /// Klarna: until midnight UTC at the end of the 28th day.
        static func klarna(from now: Int) -> Int { (now / 86_400 + 28) * 86_400 }
    }

    func hold(_ intent: PaymentIntent, _ method: PaymentMethod) -> Charge.Hold {
        guard let card = method.card else {
            let isLink = method.type == "link"
            return Charge.Hold(
                amountAuthorized: intent.amount, captureBefore: isLink ? now + HoldPeriod.usual : HoldPeriod.klarna(from: now))
        }
        let mayUse = { (feature: String) in
            intent.asksFor("request_" + feature) && self.settings.features.contains(feature)
                && card.name != "credit_disableEnterpriseCardFeatures"
        }
        let extended = mayUse("extended_authorization") ? HoldPeriod.extended(card.brand) : nil
        return Charge.Hold(
            amountAuthorized: intent.amount,
            captureBefore: now + (extended ?? HoldPeriod.of(card.brand, isOffSession: intent.isOffSession)),
            mayIncrement: intent.asksFor("request_incremental_authorization") && settings.features.contains("incremental_authorization"),
            mayOvercaptureUpTo: mayUse("overcapture") ? Self.overcaptureCeiling(intent.amount) : nil, isExtended: extended != nil,
            mayCaptureSeveralTimes: mayUse("multicapture"))
    }

    /// Lodging may capture 15 % more than was held, rounded down.
    static func overcaptureCeiling(_ amount: Int) -> Int { amount + amount * 15 / 100 }

    func capturePaymentIntent(_ call: Call) throws -> JSON {
        let intent = try paymentIntent(call.id)
        guard intent.status == .requiresCapture, let chargeID = intent.latestCharge, let charge = charges[chargeID], let hold = charge.hold
        else {
            throw cannotCapture(intent)
        }
        let amount = call.parameters.int("amount_to_capture") ?? intent.amountCapturable
        let isFinal = call.parameters.bool("final_capture") ?? true
        try check(amount, intent: intent, hold: hold, isFinal: isFinal)
        charges.update(chargeID) {
            $0.amountCaptured += amount
            $0.isCaptured = $0.amountCaptured > 0
            $0.hold?.isOver = isFinal
            if let suffix = call.parameters["statement_descriptor_suffix"] { $0.statementDescriptorSuffix = suffix }
        }
        paymentIntents.update(call.id) {
            $0.amountReceived += amount
            $0.amountCapturable = isFinal ? 0 : $0.amountCapturable - amount
            if isFinal || $0.amountCapturable == 0 { $0.status = .succeeded }
            if $0.amountReceived > $0.amount { $0.amount = $0.amountReceived }
            $0.metadata = call.parameters.metadata(over: $0.metadata)
        }
        books.captured[charge.currency, default: 0] += amount
        let isDone = paymentIntents[call.id]?.status == .succeeded
        if amount > 0 { settle(chargeID, amount: amount, isWhole: isFinal && charge.amountCaptured == 0) }
        let captured = charges[chargeID]?.json ?? .null
        if isDone {
            emit("charge.captured", captured)
            emit("payment_intent.succeeded", try paymentIntent(call.id).json)
        } else {
            emit("charge.updated", captured, previous: .object([("amount_captured", .int(charge.amountCaptured))]))
            emit("payment_intent.amount_capturable_updated", try paymentIntent(call.id).json)
        }
        if isDone { follow(chargeID) }
        return try paymentIntent(call.id).json
    }

    /// Books a capture now, or later where the account's transactions are ordered to be late.
    private func settle(_ charge: String, amount: Int, isWhole: Bool) {
        guard isWhole, let delay = settings.transactionDelay else { return settleCapture(charge, amount: amount) }
        settleLater(charge, delay: delay)
    }

    private func check(_ amount: Int, intent: PaymentIntent, hold: Charge.Hold, isFinal: Bool) throws {
        func refused(_ message: String, code: String?, param: String) -> StripeError {
            StripeError(message: message, code: code, param: param, paymentIntent: intent.json)
        }
        if !isFinal, !hold.mayCaptureSeveralTimes {
            throw refused(
                "This payment cannot be captured several times: multicapture is unavailable for it.",
                code: "payment_intent_invalid_parameter",
                param: "final_capture")
        }
        if amount < 0 { throw refused("The amount to capture must not be negative.", code: nil, param: "amount_to_capture") }
        if amount == 0, !(hold.mayCaptureSeveralTimes && isFinal) {
            throw refused("This value must be greater than or equal to 1.", code: "parameter_invalid_integer", param: "amount")
        }
        let ceiling = hold.mayOvercaptureUpTo.map { $0 - intent.amountReceived } ?? intent.amountCapturable
        guard amount <= ceiling else {
            throw refused(
                "The amount to capture, \(StripeAmounts.shown(amount, intent.currency)), is more than can be captured, "
                    + "\(StripeAmounts.shown(ceiling, intent.currency)).", code: "amount_too_large", param: "amount_to_capture")
        }
    }

    private func cannotCapture(_ intent: PaymentIntent) -> StripeError {
        let wasHeld = intent.latestCharge.flatMap { charges[$0] }?.hold != nil
        if intent.status == .succeeded, wasHeld {
            return unexpectedState(
                intent,
                "This PaymentIntent could not be captured because it has already been captured; the remainder of the authorized amount "
                    + "has been released."
            )
        }
        return unexpectedState(
            intent,
            "This PaymentIntent could not be captured because it has a status of \(intent.status.rawValue). Only a PaymentIntent with "
                + "one of the "
                + "following statuses may be captured: requires_capture.")
    }

    func cancelPaymentIntent(_ call: Call) throws -> JSON {
        let intent = try paymentIntent(call.id)
        guard intent.status != .succeeded, intent.status != .canceled else {
            throw unexpectedState(
                intent,
                "You cannot cancel this PaymentIntent because it has a status of \(intent.status.rawValue). Only a PaymentIntent with "
                    + "one of the "
                    + "following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, "
                    + "requires_confirmation, "
                    + "requires_action, expired, processing.")
        }
        if let session = intent.session.flatMap({ sessions[$0] }), session.status == "open" {
            throw unexpectedState(
                intent,
                "You cannot cancel this PaymentIntent because it was created by a Checkout Session that is still open. Expire the "
                    + "session instead."
            )
        }
        cancel(call.id, reason: call.parameters.text("cancellation_reason"))
        return try paymentIntent(call.id).json
    }

    /// Releases everything held; no Refund comes of it.
    func cancel(_ id: String, reason: String?) {
        guard let intent = paymentIntents[id] else { return }
        if intent.status == .requiresCapture, intent.amountReceived > 0 { return endPartlyCaptured(intent) }
        if intent.status == .requiresCapture, let charge = intent.latestCharge { charges.update(charge) { $0.hold?.isOver = true } }
        paymentIntents.update(id) {
            $0.status = .canceled
            $0.amountCapturable = 0
            $0.canceledAt = now
            $0.cancellationReason = reason
            $0.nextAction = .null
            $0.processing = .null
        }
        emit("payment_intent.canceled", paymentIntents[id]?.json ?? .null)
        if let charge = intent.latestCharge { closeReview(ofCharge: charge, as: "canceled") }
    }

    /// The rest of a hold that was captured in part is let go: what was captured is what was paid.
    private func endPartlyCaptured(_ intent: PaymentIntent) {
        guard let chargeID = intent.latestCharge else { return }
        charges.update(chargeID) { $0.hold?.isOver = true }
        paymentIntents.update(intent.id) {
            $0.status = .succeeded
            $0.amountCapturable = 0
        }
        emit("charge.captured", charges[chargeID]?.json ?? .null)
        emit("payment_intent.succeeded", paymentIntents[intent.id]?.json ?? .null)
    }

    /// The issuer takes back what was not captured in time.
    func expireHold(_ chargeID: String) {
        guard let charge = charges[chargeID], let hold = charge.hold, !hold.isOver,
            let intent = charge.paymentIntent.flatMap({ paymentIntents[$0] })
        else { return }
        guard intent.status == .requiresCapture else { return }
        if intent.amountReceived > 0 { return endPartlyCaptured(intent) }
        charges.update(chargeID) { $0.hold?.isOver = true }
        emit("charge.expired", charges[chargeID]?.json ?? .null)
        cancel(intent.id, reason: "expired")
    }
}
