import Testing

@testable import StripeSimulator

@Suite struct FaultTests {
    let bench = Bench()

    @Test(arguments: [
        ("cut_before_effect", 500, 0), ("effect_then_no_answer", 200, 1), ("idempotency_key_in_use", 409, 0), ("lock_timeout", 429, 0),
        ("rate_limit", 429, 0), ("error_before_effect", 500, 0), ("error_after_effect", 500, 1), ("unavailable", 503, 0),
        ("truncated_body", 200, 1),
        ("wrong_content_type", 200, 1), ("slow_first_byte", 200, 1),
    ])
    func `each fault has its answer, with or without the effect, as often as ordered`(fault: String, status: Int, made: Int) {
        bench.order("faults", "{\"fault\":\"\(fault)\",\"route\":\"POST /v1/customers\",\"times\":1}")
        #expect(bench.post("/v1/customers", "name=A").response.status == status)
        #expect(bench.get("/v1/customers").data.count == made)
        let next = bench.post("/v1/customers", "name=B")
        #expect(next.status == 200)
        #expect(next.response.transport == .normal)
    }

    @Test func `transports and headers say how the answer goes wrong`() {
        bench.order("faults", #"{"fault":"effect_then_no_answer"}"#)
        #expect(bench.post("/v1/customers").response.transport == .cutConnection)
        bench.order("faults", #"{"fault":"rate_limit","retry_after":3}"#)
        #expect(bench.post("/v1/customers").header("Retry-After") == "3")
        bench.order("faults", #"{"fault":"lock_timeout","status":409}"#)
        #expect(bench.post("/v1/customers").error == "409 lock_timeout -")
        bench.order("faults", #"{"fault":"wrong_content_type"}"#)
        #expect(bench.post("/v1/customers").header("Content-Type") == "text/html")
    }

    @Test func `a fault hits its route only, and may let some pass first`() {
        bench.order("faults", #"{"fault":"unavailable","route":"POST /v1/payment_intents/{id}/capture","skip":1}"#)
        let first = bench.hold().id
        let second = bench.hold().id
        #expect(bench.post("/v1/payment_intents/\(first)/capture").status == 200)
        #expect(bench.post("/v1/payment_intents/\(second)/capture").status == 503)
        #expect(bench.order("faults", #"{"fault":"nonsense"}"#).status == 400)
        #expect(bench.order("faults", #"{"fault":"unavailable","route":"capture"}"#).status == 400)
    }

    @Test func `an account with a limit is refused beyond it, second by second`() {
        bench.order("account", #"{"key":"sk_test_bench","rate_limit":2}"#)
        #expect([1, 2, 3].map { _ in bench.get("/v1/balance").status } == [200, 200, 429])
        bench.time.advance(seconds: 1)
        #expect(bench.get("/v1/balance").status == 200)
    }
}
