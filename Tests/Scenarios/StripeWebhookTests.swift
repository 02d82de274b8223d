import Foundation
import Ledger
import Stripe
import TestSupport
import Testing

/// Webhooks of the simulated Stripe, sent to a real port.
@Suite struct `Stripe's webhooks over HTTP` {
    private static let types = ["payment_intent.created", "charge.succeeded", "payment_intent.amount_capturable_updated"]

    /// Signatures carry the system's time, wherever the simulated clock stands.
    private func verify(_ message: WebhookReceiver.Message, with secrets: [Secret]) throws {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        try WebhookSignature.verify(header: message.signature, body: message.body, secrets: secrets, now: now)
    }

    private func mode(_ mode: String, _ stripe: StripeOverHTTP) async throws {
        try await stripe.simulator.order("POST", "/_sim/webhooks", ["mode": mode])
    }

    @Test func `every message is signed with the endpoint's own secret`() async throws {
        let stripe = try await StripeOverHTTP()
        let receiver = try WebhookReceiver()
        let endpoint = try await stripe.addEndpoint(receiver.url, types: Self.types)
        _ = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        let messages = try await receiver.messages(atLeast: 3)
        #expect(Set(messages.map(\.type)) == Set(Self.types))
        for message in messages {
            try verify(message, with: [endpoint.secret])
            #expect(throws: WebhookSignatureError.mismatch) { try verify(message, with: [Secret("whsec_other")!]) }
        }
        await receiver.stop()
    }

    @Test func `messages can be doubled, and can be lost while the event stays in the list`() async throws {
        let stripe = try await StripeOverHTTP()
        let receiver = try WebhookReceiver()
        _ = try await stripe.addEndpoint(receiver.url, types: ["payment_intent.created"])
        try await mode("duplicate", stripe)
        _ = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        #expect(Set(try await receiver.messages(atLeast: 2).map(\.id)).count == 1)

        try await mode("drop", stripe)
        let lost = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        try await mode("normal", stripe)
        let sent = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        let bodies = try await receiver.messages(atLeast: 3).map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.count == 3 && bodies[2].contains(sent.id) && !bodies.contains { $0.contains(lost.id) })
        let events = try await stripe.get("/v1/events?type=payment_intent.created")
        #expect(events.text("data.1.data.object.id") == lost.id)
        await receiver.stop()
    }

    @Test func `after a 500 the message comes again a minute later, signed afresh`() async throws {
        let stripe = try await StripeOverHTTP()
        let receiver = try WebhookReceiver(answering: [500])
        let endpoint = try await stripe.addEndpoint(receiver.url, types: ["payment_intent.created"])
        _ = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        let first = try #require(try await receiver.messages(atLeast: 1).first)
        // The signature's time counts in seconds of the system's clock.
        try await Task.sleep(for: .milliseconds(1100))
        try await stripe.advance(seconds: 60)
        let messages = try await receiver.messages(atLeast: 2)
        #expect(messages.count == 2 && messages[1].id == first.id && messages[1].body == first.body)
        #expect(messages[1].signedAt != first.signedAt)
        try verify(messages[1], with: [endpoint.secret])
        // The endpoint confirmed it: nothing is owed any more.
        try await eventually("the confirmation") {
            try await stripe.get("/v1/events?type=payment_intent.created").int("data.0.pending_webhooks") == 0
        }
        await receiver.stop()
    }

    @Test func `while a secret is rolled, both sign; afterwards the new one alone`() async throws {
        let stripe = try await StripeOverHTTP()
        let receiver = try WebhookReceiver()
        let endpoint = try await stripe.addEndpoint(receiver.url, types: ["payment_intent.created"])
        let rolled = try await stripe.simulator.order("POST", "/_sim/webhook_endpoints/\(endpoint.id)/roll", ["overlap_seconds": 3600])
        let fresh = try #require((rolled["secret"] as? String).flatMap { Secret($0) })
        _ = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        let during = try await receiver.messages(atLeast: 1)[0]
        #expect(during.signatures == 2)
        try verify(during, with: [endpoint.secret])
        try verify(during, with: [fresh])

        try await stripe.advance(seconds: 3600)
        _ = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        let after = try await receiver.messages(atLeast: 2)[1]
        #expect(after.signatures == 1)
        try verify(after, with: [fresh])
        #expect(throws: WebhookSignatureError.mismatch) { try verify(after, with: [endpoint.secret]) }
        await receiver.stop()
    }
}
