import Testing

@testable import StripeSimulator

@Suite struct MoneyTests {
    let bench = Bench()

    @Test func `an asynchronous capture gets its balance transaction moments later, with charge.updated`() {
        let intent = bench.post(
            "/v1/payment_intents",
            "amount=34330&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types[0]=card&expand[0]=latest_charge")
        #expect(intent.text("capture_method") == "automatic_async")
        #expect(intent["latest_charge.balance_transaction"] == .null)
        #expect(bench.eventTypes() == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"])
        bench.time.advance(seconds: 2)
        let transaction = bench.get(
            "/v1/balance_transactions/" + bench.get("/v1/charges/" + intent.text("latest_charge.id")).text("balance_transaction"))
        #expect(transaction.int("fee") == 540, "1.5 % of 343.30 is 5.1495, rounded half up, and 0.25")
        #expect(transaction.int("net") == 33790)
        #expect(transaction.text("status") == "pending")
        #expect(transaction["exchange_rate"] == .null)
        #expect(transaction.text("fee_details.0.type") == "stripe_fee")
        let updated = bench.get("/v1/events", "type=charge.updated").data.first
        #expect(updated?["data"]?["previous_attributes"] == ["balance_transaction": nil])
    }

    @Test func `a refund keeps the fee, and refusals of refunds are Stripe's`() {
        let hold = bench.hold()
        let refusedHold = bench.post("/v1/refunds", "payment_intent=\(hold.id)")
        #expect(refusedHold.status == 400)
        #expect(refusedHold["error.code"] == nil)
        #expect(refusedHold.text("error.message").contains("you must cancel"))
        let paid = bench.pay(10_000)
        _ = bench.eventTypes()
        #expect(bench.post("/v1/refunds", "payment_intent=\(paid.id)&amount=10001").error == "400 - amount")
        let refund = bench.post("/v1/refunds", "payment_intent=\(paid.id)&amount=4000")
        #expect(refund.text("status") == "succeeded")
        #expect(refund["livemode"] == nil)
        #expect(bench.eventTypes() == ["refund.created", "charge.refunded"])
        let movement = bench.get("/v1/balance_transactions/" + refund.text("balance_transaction"))
        #expect(movement.int("amount") == -4000)
        #expect(movement.int("fee") == 0)
        bench.post("/v1/refunds", "payment_intent=\(paid.id)")
        #expect(bench.charge(of: paid)["refunded"] == true)
        #expect(bench.post("/v1/refunds", "payment_intent=\(paid.id)").error == "400 charge_already_refunded -")
        #expect(bench.get("/v1/balance").int("pending.0.amount") == -175)
        let ledger = bench.get("/_sim/ledger")
        #expect(ledger.int("accounts.0.captured.eur") == 10_000)
        #expect(ledger.int("accounts.0.refunded.eur") == 10_000)
        #expect(ledger.int("accounts.0.fees.eur") == 175)
    }

    @Test func `a refund may wait, and a refund may fail and bring the money back`() {
        let pending = bench.post("/v1/refunds", "payment_intent=\(bench.pay(card: "pm_card_pendingRefund").id)")
        #expect(pending.text("status") == "pending")
        let failing = bench.post("/v1/refunds", "payment_intent=\(bench.pay(card: "pm_card_refundFail").id)")
        #expect(failing.text("status") == "succeeded")
        bench.time.advance(seconds: 3600)
        #expect(bench.get("/v1/refunds/\(pending.id)").text("status") == "succeeded")
        let failed = bench.get("/v1/refunds/\(failing.id)")
        #expect(failed.text("status") == "failed")
        #expect(bench.get("/v1/balance_transactions/" + failed.text("failure_balance_transaction")).int("amount") == 6500)
        #expect(bench.get("/v1/charges/" + failed.text("charge")).int("amount_refunded") == 0)
    }

    @Test func `without a bank to debit, a refund beyond what is available waits for money, and moves none until then`() {
        bench.order("account", #"{"key":"sk_test_bench","debit_negative_balances":false}"#)
        let refund = bench.post("/v1/refunds", "payment_intent=\(bench.pay().id)")
        #expect(refund.text("status") == "pending")
        #expect(refund.text("pending_reason") == "insufficient_funds")
        #expect(refund["balance_transaction"] == .null)
        #expect(bench.get("/v1/balance").int("pending.0.amount") == 6377)
        bench.time.advance(seconds: 7 * day)
        #expect(bench.get("/v1/refunds/\(refund.id)").text("status") == "pending", "63.77 do not cover 65.00")
        bench.order("balance_transactions", #"{"key":"sk_test_bench","type":"topup","amount":200}"#)
        let made = bench.get("/v1/refunds/\(refund.id)")
        #expect(made.text("status") == "succeeded")
        #expect(made["pending_reason"] == nil)
        #expect(bench.get("/v1/balance_transactions/" + made.text("balance_transaction")).int("amount") == -6500)
        #expect(bench.get("/v1/balance").int("available.0.amount") == 77)
    }

    @Test func `money becomes available at midnight after the account's delay`() {
        bench.pay(10_000)
        #expect(bench.get("/v1/balance").int("available.0.amount") == 0)
        bench.time.advance(seconds: 7 * day)
        let balance = bench.get("/v1/balance")
        #expect(balance.int("available.0.amount") == 9825)
        #expect(balance.int("pending.0.amount") == 0)
    }

    @Test(arguments: [
        ("49", "eur", "400 amount_too_small amount"), ("0", "eur", "400 parameter_invalid_integer amount"),
        ("100000000", "eur", "400 amount_too_large amount"),
        ("10", "xyz", "400 - currency"), ("1001", "kwd", "400 - amount"), ("49", "jpy", "400 amount_too_small amount"),
        ("50", "jpy", "200 - -"),
        ("1010", "kwd", "200 - -"),
    ])
    func `amounts keep to Stripe's bounds`(amount: String, currency: String, answer: String) {
        #expect(bench.post("/v1/payment_intents", "amount=\(amount)&currency=\(currency)&payment_method_types[0]=card").error == answer)
    }

    @Test func `a charge in another currency is converted, with a rate and the conversion fee`() {
        let dollars = bench.post(
            "/v1/payment_intents",
            "amount=10000&currency=usd&capture_method=automatic&confirm=true&payment_method=pm_card_visa&payment_method_types[0]=card")
        let transaction = bench.get("/v1/balance_transactions/" + bench.charge(of: dollars).text("balance_transaction"))
        #expect(transaction.int("amount") == 9200)
        #expect(transaction.text("currency") == "eur")
        #expect(transaction["exchange_rate"] == .decimal("0.92"))
        #expect(transaction.int("fee") == 347, "1.5 % and 2 % of 92.00, and 0.25")
        let yen = bench.post(
            "/v1/payment_intents",
            "amount=10000&currency=jpy&capture_method=automatic&confirm=true&payment_method=pm_card_visa&payment_method_types[0]=card")
        #expect(bench.get("/v1/balance_transactions/" + bench.charge(of: yen).text("balance_transaction")).int("amount") == 6200)
    }
}
