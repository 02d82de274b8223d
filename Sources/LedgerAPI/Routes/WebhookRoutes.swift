import JSON
import Ledger
import LedgerService
import LedgerShapes

/// Where Stripe delivers.
enum WebhookRoutes {
    static let all = [receive]

    private static let shape = Shape<ReceivedWebhook>(
        "WebhookReceived", "The event was accepted.",
        [
            .flag("received", "Always true.", example: true) { _ in true },
            .flag("known", "Whether the event was received before.", example: false) { $0 == .knownAlready },
            .optionalChoice(
                "dropped", "Why these books cannot use the event. It was counted and dropped, and the operator is told.",
                of: DroppedEvents.Reason.allCases.map(\.rawValue)
            ) { if case .dropped(let reason) = $0 { reason.rawValue } else { nil } },
        ])

    private static let receive = Route(
        .post, "/stripe/webhooks/{tenant}", "receiveWebhook", needs: nil, "Receive a Stripe event",
        about: """
            Stripe authenticates with `Stripe-Signature` over the raw body. A genuine event is always answered with 200: it is stored and processed \
            in the background. A repeated event changes nothing, and an event that these books cannot use is counted and dropped. The API version \
            of the endpoint does not matter. A request that is not signed by Stripe always gets the same answer, whatever the tenant, \
            without a request id; the service's log says why.
            """,
        // As much as Stripe's events have where they are delivered to others (Amazon EventBridge).
        body: .raw(about: "An event as Stripe sends it."), bodyBytes: 256 << 10, isVital: true,
        answers: [RouteAnswer(200, "It was accepted.", shape)], refusals: ["webhook_refused", "webhook_time_wrong"]
    ) { call in
        let received = try await call.ledger.receiveWebhook(
            tenant: call.tenantID, signatureHeader: call.request.header("stripe-signature"), body: call.request.body)
        return Reply(200, shape, received)
    }
}
