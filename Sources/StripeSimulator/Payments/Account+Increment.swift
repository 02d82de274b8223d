import JSON

extension Account {
    /// Attempts that Stripe allows on one intent, declined ones included.
    static let incrementLimit = 10

    /// Raises a hold to a new total. A decline leaves the old hold as it was.
    func incrementAuthorization(_ call: Call) throws -> JSON {
        let intent = try paymentIntent(call.id)
        let total = call.parameters.int("amount") ?? 0
        guard intent.status == .requiresCapture, let chargeID = intent.latestCharge, let charge = charges[chargeID],
            charge.amountCaptured == 0
        else {
            throw unexpectedState(
                intent,
                "This PaymentIntent's authorization could not be incremented because it has a status of \(intent.status.rawValue). Only "
                    + "a PaymentIntent "
                    + "with one of the following statuses may be incremented: requires_capture.")
        }
        guard charge.hold?.mayIncrement == true else {
            throw StripeError(
                message: "This PaymentIntent does not support incremental authorization: it was not requested when the payment was made.",
                paymentIntent: intent.json)
        }
        guard total > intent.amount else {
            throw StripeError(
                message:
                    "The amount must be the new total and greater than the current amount, "
                    + "\(StripeAmounts.shown(intent.amount, intent.currency)).",
                code: "parameter_invalid_integer", param: "amount", paymentIntent: intent.json)
        }
        guard intent.increments < Self.incrementLimit else {
            throw StripeError(
                message: "This PaymentIntent has reached the maximum of \(Self.incrementLimit) authorization increments.",
                code: "payment_intent_unexpected_state", paymentIntent: intent.json)
        }
        let largestStep = max(50_000, intent.amount * 5)
        guard total - intent.amount <= largestStep else {
            throw StripeError(
                message: "The authorization can be raised by at most \(StripeAmounts.shown(largestStep, intent.currency)) at once.",
                code: "amount_too_large", param: "amount", paymentIntent: intent.json)
        }
        paymentIntents.update(call.id) { $0.increments += 1 }
        if let decline = declineToRaise(charge, by: total - intent.amount) {
            var error = StripeError(decline, of: nil, charge: chargeID)
            (error.code, error.param) = ("card_declined", nil)
            error.paymentIntent = try paymentIntent(call.id).json
            throw error
        }
        charges.update(chargeID) {
            $0.amount = total
            $0.hold?.amountAuthorized = total
            if $0.hold?.mayOvercaptureUpTo != nil { $0.hold?.mayOvercaptureUpTo = Self.overcaptureCeiling(total) }
        }
        paymentIntents.update(call.id) {
            $0.amount = total
            $0.amountCapturable = total
            $0.metadata = call.parameters.metadata(over: $0.metadata)
            if let description = call.parameters["description"] { $0.description = description }
        }
        emit("payment_intent.amount_capturable_updated", try paymentIntent(call.id).json)
        return try paymentIntent(call.id).json
    }
}
