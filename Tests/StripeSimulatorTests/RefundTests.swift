import Testing

@testable import StripeSimulator

/// Refunds that do not go through at once.
@Suite struct RefundTests {
    let bench = Bench()

    private func available() -> Int? { bench.get("/v1/balance").int("available.0.amount") }

    /// A refund of 65.00 that waits for money: none is available.
    private func waiting() -> Bench.Answer {
        bench.order("account", #"{"key":"sk_test_bench","debit_negative_balances":false}"#)
        return bench.post("/v1/refunds", "payment_intent=\(bench.pay().id)")
    }

    /// A refund of a Klarna payment, whose payer is asked where the money shall go.
    private func asking() -> Bench.Answer {
        bench.order("account", #"{"key":"sk_test_bench","methods":["card","klarna"]}"#)
        let intent = bench.post(
            "/v1/payment_intents",
            "amount=5000&currency=eur&capture_method=automatic&confirm=true&return_url=https://shop.test&payment_method_types[0]=klarna"
                + "&payment_method_data[type]=klarna&payment_method_data[billing_details][email]=a@b.de"
                + "&payment_method_data[billing_details][address][country]=DE")
        bench.order("intents/\(intent.id)/authenticate")
        let refund = bench.post("/v1/refunds", "payment_intent=\(intent.id)")
        return bench.order("refunds/\(refund.id)", #"{"outcome":"requires_action"}"#)
    }

    @Test func `a refund that waits for money and is cancelled at the Dashboard has moved none`() {
        let refund = waiting()
        #expect(bench.post("/v1/refunds/\(refund.id)/cancel").status == 400, "by the API only requires_action is cancelled")
        let canceled = bench.order("refunds/\(refund.id)", #"{"outcome":"canceled"}"#)
        #expect(canceled.text("status") == "canceled")
        #expect(canceled.text("failure_reason") == "merchant_request")
        #expect(canceled["failure_balance_transaction"] == nil)
        #expect(canceled["pending_reason"] == nil)
        #expect(bench.get("/v1/charges/" + refund.text("charge")).int("amount_refunded") == 0)
        bench.time.advance(seconds: 7 * day)
        bench.order("balance_transactions", #"{"key":"sk_test_bench","type":"topup","amount":100000}"#)
        #expect(bench.get("/v1/refunds/\(refund.id)").text("status") == "canceled")
        #expect(bench.get("/v1/balance_transactions").data.map { $0["type"] } == ["topup", "charge"])
    }

    @Test func `a refund that waits may be told to succeed or to fail, and takes its money only then`() {
        let refund = waiting()
        let made = bench.order("refunds/\(refund.id)", #"{"outcome":"succeeded"}"#)
        #expect(bench.get("/v1/balance_transactions/" + made.text("balance_transaction")).int("amount") == -6500)
        let other = bench.post("/v1/refunds", "payment_intent=\(bench.pay().id)")
        #expect(bench.order("refunds/\(other.id)", #"{"outcome":"failed"}"#)["failure_balance_transaction"] == nil)
        #expect(bench.get("/v1/balance_transactions", "type=refund_failure").data.isEmpty)
        #expect(available() == -6500)
    }

    @Test func `refunds that wait are made oldest first, as far as the money goes`() {
        let first = waiting()
        let second = bench.post("/v1/refunds", "payment_intent=\(bench.pay(1000).id)")
        #expect(second.text("status") == "pending")
        bench.order("balance_transactions", #"{"key":"sk_test_bench","type":"topup","amount":2000}"#)
        #expect(bench.get("/v1/refunds/\(second.id)").text("status") == "pending", "the older one comes first")
        bench.order("balance_transactions", #"{"key":"sk_test_bench","type":"topup","amount":5000}"#)
        #expect(bench.get("/v1/refunds/\(first.id)").text("status") == "succeeded")
        #expect(bench.get("/v1/refunds/\(second.id)").text("status") == "pending")
        bench.order("balance_transactions", #"{"key":"sk_test_bench","type":"topup","amount":500}"#)
        #expect(bench.get("/v1/refunds/\(second.id)").text("status") == "succeeded")
        #expect(available() == 0)
        #expect(bench.get("/v1/events", "type=refund.updated").data.count == 2)
    }

    @Test func `a refund whose payer must act can be cancelled, and what it took comes back`() {
        let refund = asking()
        #expect(refund.text("status") == "requires_action")
        #expect(refund.text("next_action.display_details.email_sent.email_sent_to") == "a@b.de")
        let canceled = bench.post("/v1/refunds/\(refund.id)/cancel", "expand[]=failure_balance_transaction")
        #expect(canceled.text("status") == "canceled")
        #expect(canceled.text("failure_reason") == "merchant_request")
        #expect(canceled.int("failure_balance_transaction.amount") == 5000)
        #expect(canceled.text("failure_balance_transaction.type") == "refund_failure")
        #expect(canceled["next_action"] == nil)
        #expect(bench.get("/v1/charges/" + refund.text("charge")).int("amount_refunded") == 0)
        #expect(bench.post("/v1/refunds/\(refund.id)/cancel").status == 400)
        #expect(bench.eventTypes().last == "refund.updated")
    }

    @Test func `a payer who does not act loses the refund after 45 days, one who acts gets it`() {
        let lost = asking()
        let made = asking()
        bench.order("refunds/\(made.id)", #"{"outcome":"succeeded"}"#)
        bench.time.advance(seconds: 45 * day)
        #expect(bench.get("/v1/refunds/\(lost.id)").text("status") == "failed")
        #expect(bench.get("/v1/refunds/\(made.id)").text("status") == "succeeded")
    }

    @Test func `a card's payer is asked nothing`() {
        let refund = bench.post("/v1/refunds", "payment_intent=\(bench.pay().id)")
        #expect(bench.order("refunds/\(refund.id)", #"{"outcome":"requires_action"}"#).status == 400)
    }
}
