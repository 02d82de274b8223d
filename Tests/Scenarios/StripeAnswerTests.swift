import Foundation
import TestSupport
import Testing

/// What the simulated Stripe answers over real connections.
@Suite struct `Stripe over HTTP` {
    @Test func `six creates at once with one key make one intent, and other parameters are refused`() async throws {
        let stripe = try await StripeOverHTTP()
        let answers = try await withThrowingTaskGroup(of: StripeOverHTTP.Answer.self) { group in
            for _ in 0..<6 { group.addTask { try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold, key: "key-1") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let made = answers.filter { $0.status == 200 && $0.headers["idempotent-replayed"] == nil }
        #expect(made.count == 1)
        for answer in answers where answer.headers["idempotent-replayed"] == "true" {
            #expect(answer.status == 200 && answer.id == made.first?.id)
            #expect(answer.headers["original-request"] == made.first?.headers["request-id"])
        }
        for answer in answers where answer.status != 200 {
            #expect(answer.status == 409 && answer.text("error.code") == "idempotency_key_in_use")
        }
        #expect(try await stripe.get("/v1/payment_intents").count("data") == 1)

        let other = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold + "&description=other", key: "key-1")
        #expect(other.status == 400 && other.text("error.type") == "idempotency_error" && other.text("error.code") == nil)
        #expect(try await stripe.get("/v1/payment_intents").count("data") == 1)
    }

    @Test func `while the first call still runs, the same key is in use`() async throws {
        let stripe = try await StripeOverHTTP()
        try await stripe.simulator.order(
            "POST", "/_sim/faults",
            ["route": "POST /v1/payment_intents", "fault": "effect_then_late_answer", "delay_milliseconds": 300])
        // Its clock stands still, so the first call runs for it until the clock is moved.
        let first = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold, key: "key-1")
        let second = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold, key: "key-1")
        #expect(second.status == 409 && second.text("error.code") == "idempotency_key_in_use")
        try await stripe.advance(seconds: 1)
        let third = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold, key: "key-1")
        #expect(third.status == 200 && third.id == first.id && third.headers["idempotent-replayed"] == "true")
    }

    @Test func `a hold of 65.00 captured to 50.00 is 50.00 received, no refund and one balance transaction`() async throws {
        let stripe = try await StripeOverHTTP()
        let hold = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        let captured = try await stripe.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=5000&expand%5B0%5D=latest_charge")
        #expect(captured.int("amount") == 6500 && captured.int("amount_received") == 5000 && captured.int("amount_capturable") == 0)
        #expect(captured.text("status") == "succeeded")
        #expect(captured.int("latest_charge.amount_captured") == 5000 && captured.int("latest_charge.amount_refunded") == 0)
        #expect(try await stripe.get("/v1/refunds").count("data") == 0)
        let transactions = try await stripe.get("/v1/balance_transactions")
        #expect(transactions.count("data") == 1 && transactions.int("data.0.amount") == 5000)
    }

    @Test func `a hold left alone for 7 days is canceled as expired, which events tell, and cannot be captured`() async throws {
        let stripe = try await StripeOverHTTP()
        let hold = try await stripe.post("/v1/payment_intents", StripeOverHTTP.hold)
        try await stripe.advance(seconds: 7 * 86_400)
        let expired = try await stripe.get("/v1/payment_intents/\(hold.id)")
        #expect(expired.text("status") == "canceled" && expired.text("cancellation_reason") == "expired")
        let events = try await stripe.get("/v1/events?limit=2")
        #expect(events.text("data.0.type") == "payment_intent.canceled" && events.text("data.1.type") == "charge.expired")
        #expect(try await stripe.get("/v1/events?type=charge.refunded").count("data") == 0)
        let late = try await stripe.post("/v1/payment_intents/\(hold.id)/capture")
        #expect(late.status == 400 && late.text("error.code") == "payment_intent_unexpected_state")
        #expect(late.text("error.payment_intent.status") == "canceled")
    }
}
