import JSON
import Ledger
import LedgerService

/// Where Stripe delivers.
enum WebhookRoutes {
    static let all = [receive]

    private static let shape = Shape<ReceivedWebhook>(
        "WebhookReceived", "The event was taken.",
        [
            .flag("received", "Always true.", example: true) { _ in true },
            .flag("known", "Whether it had come before.", example: false) { $0 == .knownAlready },
            .optionalChoice(
                "dropped", "Why the books cannot use it: it was counted and let go, and the operator is told.",
                of: DroppedEvents.Reason.allCases.map(\.rawValue)
            ) { if case .dropped(let reason) = $0 { reason.rawValue } else { nil } },
        ])

    private static let receive = Route(
        .post, "/stripe/webhooks/{tenant}", "receiveWebhook", needs: nil, "Receive an event of Stripe's",
        about: """
            Stripe shows who it is by `Stripe-Signature` over the raw body. A genuine event is always answered 200: it is stored and worked off \
            in the background. One that came before changes nothing, and one that these books cannot use is counted and let go. The version \
            of Stripe's API that the endpoint is set to does not matter. What is not signed by Stripe gets one answer, the same for every address, \
            without a request id; the service's log says why.
            """,
        // As much as Stripe's events have where they are delivered to others (Amazon EventBridge).
        body: .raw(about: "An event as Stripe sends it."), bodyBytes: 256 << 10, isVital: true,
        answers: [RouteAnswer(200, "It was taken.", shape)], refusals: ["webhook_refused", "webhook_time_wrong"]
    ) { call in
        let received = try await call.ledger.receiveWebhook(
            tenant: call.tenantID, signatureHeader: call.request.header("stripe-signature"), body: call.request.body)
        return Reply(200, shape, received)
    }
}
