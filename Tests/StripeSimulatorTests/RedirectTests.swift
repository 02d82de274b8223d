import Testing

@testable import StripeSimulator

/// Klarna, Sofort and giropay.
@Suite struct RedirectTests {
    let bench = Bench()

    private func switchOn() { bench.order("account", #"{"key":"sk_test_bench","methods":["card","klarna","sofort","giropay"]}"#) }

    private func intent(_ type: String, _ more: String = "") -> Bench.Answer {
        bench.post(
            "/v1/payment_intents",
            "amount=9000&currency=eur&confirm=true&return_url=https://shop.test/back&payment_method_types[0]=\(type)&payment_method_data[type]=\(type)"
                + "&payment_method_data[billing_details][email]=a@b.de&payment_method_data[billing_details][address][country]=DE"
                + (type == "sofort" ? "&payment_method_data[sofort][country]=DE" : "") + more)
    }

    @Test(arguments: ["klarna", "sofort", "giropay"])
    func `they are off unless the account has them`(type: String) {
        #expect(intent(type).error == "400 payment_intent_invalid_parameter payment_method_types")
    }

    @Test func `Klarna holds for 28 days and is captured like a card`() {
        switchOn()
        let intent = intent("klarna", "&capture_method=manual")
        #expect(intent.text("status") == "requires_action")
        bench.order("intents/\(intent.id)/authenticate")
        let held = bench.get("/v1/payment_intents/\(intent.id)")
        #expect(held.text("status") == "requires_capture")
        #expect(held.text("latest_charge").hasPrefix("py_"))
        #expect(bench.post("/v1/payment_intents/\(intent.id)/capture", "amount_to_capture=8000").int("amount_received") == 8000)
        #expect(bench.get("/v1/balance_transactions").data.first?["type"] == "payment")
        let other = self.intent("klarna", "&capture_method=manual").id
        bench.order("intents/\(other)/authenticate")
        bench.time.advance(seconds: 28 * day)
        #expect(bench.get("/v1/payment_intents/\(other)").text("cancellation_reason") == "expired")
    }

    @Test func `Sofort is processing for days, and only then paid`() {
        switchOn()
        let intent = intent("sofort")
        bench.order("intents/\(intent.id)/authenticate")
        #expect(bench.get("/v1/payment_intents/\(intent.id)").text("status") == "processing")
        #expect(bench.get("/v1/balance_transactions").data.isEmpty)
        bench.time.advance(seconds: 5 * day)
        let paid = bench.get("/v1/payment_intents/\(intent.id)")
        #expect(paid.text("status") == "succeeded")
        #expect(paid.int("amount_received") == 9000)
        #expect(self.intent("sofort", "&capture_method=manual").error == "400 payment_intent_invalid_parameter payment_method_types")
    }

    @Test(arguments: [true, false])
    func `Sofort that is shown while it is on its way is on the balance once, and comes back when it fails`(fails: Bool) {
        switchOn()
        bench.order("account", #"{"key":"sk_test_bench","pending_payments":true}"#)
        let intent = intent("sofort")
        bench.order("intents/\(intent.id)/authenticate")
        let processing = bench.get("/v1/payment_intents/\(intent.id)")
        #expect(processing.text("status") == "processing")
        let charge = processing.text("latest_charge")
        #expect(bench.get("/v1/balance_transactions").data.map { $0["source"] } == [.text(charge)])
        if fails { bench.order("payment_methods/\(processing.text("payment_method"))", #"{"declines_from_use":1}"#) }
        bench.time.advance(seconds: 5 * day)
        let moved = bench.get("/v1/balance_transactions").data
        #expect(moved.map { $0["amount"] } == (fails ? [-9000, 9000] : [9000]))
        #expect(moved.first?["reporting_category"] == (fails ? "charge_failure" : "charge"))
        let ended = bench.get("/v1/charges/\(charge)")
        #expect(ended.text("status") == (fails ? "failed" : "succeeded"))
        #expect(ended["failure_balance_transaction"] == (fails ? moved.first?["id"] : .null))
    }

    @Test func `a payer who turns back leaves the intent open`() {
        switchOn()
        let intent = intent("giropay")
        bench.order("intents/\(intent.id)/authenticate", #"{"outcome":"fail"}"#)
        let failed = bench.get("/v1/payment_intents/\(intent.id)")
        #expect(failed.text("status") == "requires_payment_method")
        #expect(failed.text("last_payment_error.code") == "payment_method_customer_decline")
    }
}
