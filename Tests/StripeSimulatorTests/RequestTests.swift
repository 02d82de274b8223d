import Testing

@testable import StripeSimulator

@Suite struct RequestTests {
    let bench = Bench()

    @Test func `keys, versions, addresses and accounts are checked before anything happens`() {
        #expect(
            bench.get("/v1/balance", headers: [("Authorization", "Basic c2tfdGVzdF9iZW5jaDo=")]).status == 200, "sk_test_bench as user name"
        )
        #expect(bench.get("/v1/balance", headers: [("Authorization", "Bearer pk_live_12345678")]).status == 401)
        #expect(bench.get("/v1/balance", headers: [("Authorization", "")]).status == 401)
        #expect(bench.get("/v1/balance", headers: [("Stripe-Version", "2014-01-31")]).status == 400)
        #expect(
            bench.get("/v1/balance", headers: [("Stripe-Version", "2026-08-26.dahlia")]).header("Stripe-Version") == "2026-08-26.dahlia")
        #expect(bench.get("/v1/nonsense").status == 404)
        #expect(bench.get("/v1/balance", headers: [("Stripe-Account", "acct_stranger")]).error == "403 account_invalid -")
        #expect(bench.get("/v1/balance").header("Request-Id")?.hasPrefix("req_") == true)
    }

    @Test func `a platform acts for an account that was connected to it`() {
        let hotel = bench.get("/v1/account", headers: [("Authorization", "Bearer sk_test_hotel")]).id
        let refused = bench.get("/v1/account", headers: [("Stripe-Account", hotel)])
        #expect(refused.status == 403)
        bench.order("account", "{\"key\":\"sk_test_bench\",\"connect\":[\"\(hotel)\"]}")
        #expect(bench.get("/v1/account", headers: [("Stripe-Account", hotel)]).id == hotel)
    }

    @Test(arguments: [
        ("amount=100&currency=eur&amout=1", "400 parameter_unknown amout"),
        (
            "amount=100&currency=eur&payment_method_options[card][nonsense]=1",
            "400 parameter_unknown payment_method_options[card][nonsense]"
        ),
        ("currency=eur", "400 parameter_missing amount"), ("amount=ten&currency=eur", "400 parameter_invalid_integer amount"),
        ("amount=100&currency=eur&confirm=perhaps", "400 - confirm"),
        ("amount=100&currency=eur&capture_method=later", "400 - capture_method"),
        ("amount=100&currency=", "400 parameter_invalid_empty currency"),
        ("amount=100&currency=eur&payment_method=pm_none", "400 resource_missing payment_method"),
        ("amount=100&currency=eur&metadata=x", "400 - metadata"),
        ("amount=100&currency=eur&payment_method_types=card", "400 - payment_method_types"),
    ])
    func `parameters are refused by name`(form: String, error: String) {
        #expect(bench.post("/v1/payment_intents", form).error == error)
        #expect(bench.get("/v1/payment_intents").data.isEmpty)
    }

    @Test func `metadata is laid over, unset by an empty value, and limited`() {
        let customer = bench.post("/v1/customers", "metadata[a]=1&metadata[b]=2").id
        #expect(bench.post("/v1/customers/\(customer)", "metadata[a]=&metadata[c]=3")["metadata"] == ["b": "2", "c": "3"])
        #expect(bench.post("/v1/customers/\(customer)", "metadata=")["metadata"] == [:])
        let many = (0...50).map { "metadata[k\($0)]=v" }.joined(separator: "&")
        #expect(bench.post("/v1/customers", many).status == 400)
    }
}
