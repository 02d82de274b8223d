extension StripeRequest {
    /// Sends money from the balance to the bank now. Answers `Payout`, which Stripe cannot itemise.
    package static func createPayout(_ amount: StripeAmount, metadata: [String: String] = [:]) -> StripeRequest {
        .post(
            "/v1/payouts",
            [
                "amount": .integer(amount.integer), "currency": .string(amount.currency.code),
                "metadata": .form(Form(sorted: metadata)),
            ])
    }

    /// Contests a dispute with a text. Answers `Dispute`.
    ///
    /// - Parameter submit: Hands the evidence in; it can be done once.
    package static func contest(dispute: String, text: String, submit: Bool) -> StripeRequest {
        .post(
            path("disputes", dispute),
            ["evidence": ["uncategorized_text": .string(text)], "submit": .boolean(submit)])
    }

    /// Gives a dispute up: it counts as lost. Answers `Dispute`.
    package static func closeDispute(_ id: String) -> StripeRequest { .post(path("disputes", id, "close")) }

    /// Has events delivered to an address. Answers `WebhookEndpoint`, which has its signing secret this once.
    ///
    /// - Parameter events: `*` for all.
    package static func createWebhookEndpoint(url: String, events: [String] = ["*"]) -> StripeRequest {
        .post(
            "/v1/webhook_endpoints",
            [
                "url": .string(url), "enabled_events": .list(events.map(FormValue.string)),
                "api_version": .string(StripeClient.apiVersion),
            ])
    }

    /// Turns an address off or on again. Answers `WebhookEndpoint`.
    package static func setWebhookEndpoint(_ id: String, disabled: Bool) -> StripeRequest {
        .post(path("webhook_endpoints", id), ["disabled": .boolean(disabled)])
    }
}
