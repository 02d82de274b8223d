import Testing

@testable import StripeSimulator

@Suite struct IdempotencyTests {
    let bench = Bench()
    let form = "amount=6500&currency=eur&capture_method=manual&confirm=true&payment_method=pm_card_visa&payment_method_types[0]=card"

    @Test func `the same key gives the first answer again, marked as replayed`() {
        let first = bench.post("/v1/payment_intents", form, key: "k1")
        let again = bench.post("/v1/payment_intents", form, key: "k1")
        #expect(again.response.body == first.response.body)
        #expect(first.header("Idempotent-Replayed") == nil)
        #expect(again.header("Idempotent-Replayed") == "true")
        #expect(again.header("Original-Request") == first.header("Request-Id"))
        #expect(again.header("Request-Id") != first.header("Request-Id"))
        #expect(bench.get("/v1/payment_intents").data.count == 1)
        let event = bench.get("/v1/events", "type=payment_intent.created").data.first
        #expect(event?["request"] == ["id": .text(first.header("Request-Id") ?? ""), "idempotency_key": "k1"])
    }

    @Test func `other parameters or another endpoint are an idempotency_error without code; another order is not`() {
        bench.post("/v1/payment_intents", form, key: "k1")
        let other = bench.post("/v1/payment_intents", form + "&description=x", key: "k1")
        #expect(other.error == "400 - -")
        #expect(other.text("error.type") == "idempotency_error")
        #expect(bench.post("/v1/customers", "", key: "k1").text("error.type") == "idempotency_error")
        let shuffled = form.split(separator: "&").reversed().joined(separator: "&")
        #expect(bench.post("/v1/payment_intents", shuffled, key: "k1").header("Idempotent-Replayed") == "true")
    }

    @Test func `declines and 500s are kept, refused parameters and 401 are not, and all is forgotten after a day`() {
        let decline = form.replacing("pm_card_visa", with: "pm_card_chargeDeclined")
        bench.post("/v1/payment_intents", decline, key: "declined")
        #expect(bench.post("/v1/payment_intents", decline, key: "declined").header("Idempotent-Replayed") == "true")
        bench.post("/v1/payment_intents", "amount=ten&currency=eur", key: "refused")
        #expect(bench.post("/v1/payment_intents", form, key: "refused").status == 200)
        bench.order("faults", #"{"fault":"error_after_effect","route":"POST /v1/payment_intents"}"#)
        let failed = bench.post("/v1/payment_intents", form, key: "failed")
        #expect(failed.status == 500)
        #expect(failed.header("Stripe-Should-Retry") == "false")
        let replayed = bench.post("/v1/payment_intents", form, key: "failed")
        #expect(replayed.status == 500)
        #expect(replayed.header("Idempotent-Replayed") == "true")
        let count = bench.get("/v1/payment_intents").data.count
        #expect(count == 3)
        bench.time.advance(seconds: day)
        #expect(bench.post("/v1/payment_intents", form, key: "declined").status == 200)
        #expect(bench.get("/v1/payment_intents").data.count == count + 1)
    }

    @Test func `a replay answers even after the object is gone`() {
        let customer = bench.post("/v1/customers", "email=a@b.de", key: "c")
        _ = bench.delete("/v1/customers/\(customer.id)")
        #expect(bench.post("/v1/customers", "email=a@b.de", key: "c").id == customer.id)
    }

    @Test func `while the first call still runs, the key is in use`() {
        bench.order("faults", #"{"fault":"effect_then_late_answer","delay_milliseconds":5000}"#)
        #expect(bench.post("/v1/payment_intents", form, key: "k").response.transport == .delayed(milliseconds: 5000))
        #expect(bench.post("/v1/payment_intents", form, key: "k").error == "409 idempotency_key_in_use -")
        bench.time.advance(seconds: 5)
        #expect(bench.post("/v1/payment_intents", form, key: "k").status == 200)
        #expect(bench.get("/v1/payment_intents").data.count == 1)
    }
}
