import Testing

@testable import StripeSimulator

@Suite struct KeyTests {
    let bench = Bench()

    private func bearer(_ key: String) -> [(name: String, value: String)] { [("Authorization", "Bearer " + key)] }

    @Test func `one account opens to several keys, named by a key or by its id`() {
        let account = bench.get("/v1/account").id
        let customer = bench.customer()
        #expect(bench.order("account", #"{"key":"sk_test_second","same_as":"sk_test_bench"}"#).text("id") == account)
        #expect(bench.order("account", "{\"key\":\"rk_test_third\",\"same_as\":\"\(account)\"}")["keys"]?.arrayValue?.count == 3)
        for key in ["sk_test_second", "rk_test_third"] {
            #expect(bench.get("/v1/customers/\(customer)", headers: bearer(key)).id == customer)
            #expect(bench.get("/v1/account", headers: bearer(key)).id == account)
        }
        #expect(bench.get("/_sim/ledger")["accounts"]?.arrayValue?.count == 1)
    }

    @Test func `a key that opens an account opens no other`() {
        _ = bench.get("/v1/account", headers: bearer("sk_test_taken"))
        #expect(bench.order("account", #"{"key":"sk_test_taken","same_as":"sk_test_bench"}"#).status == 400)
        #expect(bench.order("account", #"{"key":"sk_test_bench","same_as":"sk_test_bench"}"#).status == 200)
        #expect(bench.order("account", #"{"key":"sk_test_new","same_as":"acct_unknown"}"#).status == 400)
    }

    @Test func `a restricted key is refused what it may not do with 403, and nothing of it is kept under the idempotency key`() {
        let hold = bench.hold()
        bench.order(
            "account",
            #"{"key":"rk_test_desk","same_as":"sk_test_bench","forbidden":["GET /v1/account","GET /v1/payment_intents/{id}","POST /v1/refunds"]}"#
        )
        let refused = bench.get("/v1/account", headers: bearer("rk_test_desk"))
        #expect(refused.error == "403 more_permissions_required -")
        #expect(refused.text("error.type") == "invalid_request_error")
        #expect(refused.text("error.message").contains(bench.get("/v1/account").id))
        #expect(refused.text("error.message").contains("Having the 'rak_accounts_kyc_basic_read' permission would allow"))
        #expect(bench.get("/v1/payment_intents/\(hold.id)", headers: bearer("rk_test_desk")).status == 403)
        #expect(bench.post("/v1/payment_intents/\(hold.id)/capture", headers: bearer("rk_test_desk")).status == 200)
        let refund = { self.bench.post("/v1/refunds", "payment_intent=\(hold.id)", key: "k1", headers: self.bearer("rk_test_desk")) }
        #expect(refund().status == 403)
        bench.order("account", #"{"key":"rk_test_desk","forbidden":[]}"#)
        #expect(refund().status == 200)
    }

    @Test func `a restricted key that may not read an object may not expand it, and its call has no effect`() {
        let hold = bench.hold()
        bench.order(
            "account",
            #"{"key":"rk_test_desk","same_as":"sk_test_bench","forbidden":["GET /v1/charges","GET /v1/balance_transactions/{id}"]}"#)
        let desk = bearer("rk_test_desk")
        for (path, right) in [("latest_charge", "charge"), ("latest_charge.balance_transaction", "charge")] {
            let refused = bench.post("/v1/payment_intents/\(hold.id)/capture", "expand[]=\(path)", headers: desk)
            #expect(refused.error == "403 more_permissions_required -")
            #expect(refused.text("error.message").contains("'rak_\(right)_read'"))
        }
        #expect(bench.get("/v1/payment_intents/\(hold.id)", headers: desk).text("status") == "requires_capture")
        #expect(bench.post("/v1/payment_intents/\(hold.id)/capture", "expand[]=payment_method", headers: desk).status == 200)
        let refund = bench.post("/v1/refunds", "payment_intent=\(hold.id)&expand[]=balance_transaction", headers: desk)
        #expect(refund.text("error.message").contains("'rak_balance_transaction_read'"))
        #expect(bench.get("/v1/refunds").data.isEmpty)
    }

    @Test func `only restricted keys lack rights, and only to endpoints that are there`() {
        #expect(bench.order("account", #"{"key":"sk_test_bench","forbidden":["GET /v1/account"]}"#).status == 400)
        #expect(bench.order("account", #"{"key":"rk_test_x","same_as":"sk_test_bench","forbidden":["GET /v1/nothing"]}"#).status == 400)
    }

    @Test func `live objects and test objects of one account know nothing of each other`() {
        let account = bench.get("/v1/account").id
        bench.order("account", #"{"key":"sk_live_bench","same_as":"sk_test_bench"}"#)
        let live = bearer("sk_live_bench")
        #expect(bench.get("/v1/account", headers: live).id == account)
        let form = "amount=6500&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types[0]=card"
        let paid = bench.post("/v1/payment_intents", form, headers: live)
        #expect(paid["livemode"] == true)
        #expect(bench.get("/v1/charges/" + paid.text("latest_charge"), headers: live)["livemode"] == true)
        let missing = bench.get("/v1/payment_intents/\(paid.id)")
        #expect(missing.error == "404 resource_missing intent")
        #expect(missing.text("error.message").contains("exists in live mode, but a test mode key was used"))
        #expect(bench.get("/v1/payment_intents").data.isEmpty)
        #expect(
            bench.get("/v1/events", headers: live).data.allSatisfy { $0["livemode"] == true && $0["data"]?["object"]?["livemode"] == true })
        #expect(bench.get("/v1/events").data.isEmpty)
        #expect(bench.get("/v1/balance", headers: live)["livemode"] == true)
        #expect(bench.pay()["livemode"] == false)
        #expect(bench.post("/v1/payment_intents", "amount=1", headers: live).status == 400)
    }

    @Test func `a live page has a live id, and its orders are found by it`() {
        let page = bench.post(
            "/v1/checkout/sessions",
            "mode=payment&success_url=https://shop.test/ok&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur"
                + "&line_items[0][price_data][unit_amount]=500&line_items[0][price_data][product_data][name]=Night",
            headers: bearer("rk_live_bench"))
        #expect(page.id.hasPrefix("cs_live_"))
        #expect(page["livemode"] == true)
        #expect(bench.order("checkout/\(page.id)/pay", #"{"card":"4242424242424242"}"#).text("payment_status") == "paid")
    }
}
