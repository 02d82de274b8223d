import JSON
import Ledger
import LedgerService

/// Where Stripe delivers.
enum WebhookRoutes {
    static let all = [receive]

    private static let shape = Shape<Bool>(
        "WebhookReceived", "The event is on the disk.",
        [
            .flag("received", "Always true.", example: true) { _ in true },
            .flag("known", "Whether it had come before.", example: false) { $0 },
        ])

    private static let receive = Route(
        .post, "/stripe/webhooks/{tenant}", "receiveWebhook", needs: nil, "Receive an event of Stripe's",
        about: """
            Stripe shows who it is by `Stripe-Signature` over the raw body. A genuine event is stored, answered at once, and worked off in the \
            background; one that came before changes nothing.
            """,
        body: .raw(about: "An event as Stripe sends it."), answers: [RouteAnswer(200, "It is kept.", shape)],
        refusals: [
            "stripe_account_missing", "webhook_signature_malformed", "webhook_signature_wrong", "webhook_time_wrong",
            "webhook_secret_missing",
            "webhook_malformed", "webhook_mode_wrong", "webhook_version_foreign",
        ]
    ) { call in
        let received = try await call.ledger.receiveWebhook(
            tenant: call.tenantID, signatureHeader: call.request.header("stripe-signature"), body: call.request.body)
        return Reply(200, shape, received == .knownAlready)
    }
}
