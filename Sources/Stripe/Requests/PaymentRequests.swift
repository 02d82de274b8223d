// A call that changes something expands nothing. To expand an object needs the right to read it, and a restricted key without that right would
// be refused the money. What an answer names and does not show is read afterwards.
//
// - Source: docs.stripe.com/stripe-apps/reference/permissions, "Object permissions".

extension StripeRequest {
    /// What becomes of the money of an intent.
    package enum Taking: Sendable, Equatable {
        /// Reserved until it is captured or released.
        case hold
        /// Taken at once. `automatic`, not `automatic_async`, so that its charge has its balance transaction at once.
        case charge
    }

    /// Holds or takes money on a saved card while the guest is not there. Answers `PaymentIntent`; when the issuer
    /// refuses, the error names the intent that was left open.
    package static func createOffSessionIntent(
        _ taking: Taking, _ amount: StripeAmount, customer: String, paymentMethod: String, description: String? = nil,
        metadata: [String: String], features: [CardFeature] = []
    ) -> StripeRequest {
        .post(
            "/v1/payment_intents",
            [
                "amount": .integer(amount.integer),
                "currency": .string(amount.currency.code),
                "customer": .string(customer),
                "payment_method": .string(paymentMethod),
                "payment_method_types": ["card"],
                "off_session": true,
                "confirm": true,
                "capture_method": .string((taking == .hold ? PaymentIntent.CaptureMethod.manual : .automatic).rawValue),
                "payment_method_options": taking == .hold && !features.isEmpty ? ["card": .form(CardFeature.form(features))] : nil,
                "description": description.map(FormValue.string),
                "metadata": .form(Form(sorted: metadata)),
            ])
    }

    /// Takes held money; what is not taken is let go, for good. Answers `PaymentIntent`.
    ///
    /// - Parameter amount: More than 0. More than is held only as far as the charge allows.
    package static func capture(_ intent: String, _ amount: StripeAmount) -> StripeRequest {
        .post(path("payment_intents", intent, "capture"), ["amount_to_capture": .integer(amount.integer)])
    }

    /// Raises a hold. Answers `PaymentIntent`.
    ///
    /// - Parameter total: The new total, not the difference.
    package static func increment(_ intent: String, to total: StripeAmount) -> StripeRequest {
        .post(path("payment_intents", intent, "increment_authorization"), ["amount": .integer(total.integer)])
    }

    /// Releases a hold, or gives up an open attempt. Answers `PaymentIntent`.
    package static func cancelIntent(_ intent: String, reason: PaymentIntent.CancellationReason? = nil) -> StripeRequest {
        .post(path("payment_intents", intent, "cancel"), ["cancellation_reason": reason.map { .string($0.rawValue) }])
    }

    /// Gives money back. Answers `Refund`.
    package static func createRefund(
        of intent: String, _ amount: StripeAmount, reason: String? = "requested_by_customer", metadata: [String: String]
    ) -> StripeRequest {
        .post(
            "/v1/refunds",
            [
                "payment_intent": .string(intent),
                "amount": .integer(amount.integer),
                "reason": reason.map(FormValue.string),
                "metadata": .form(Form(sorted: metadata)),
            ])
    }
}
