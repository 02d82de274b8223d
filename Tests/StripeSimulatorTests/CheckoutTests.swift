import Testing

@testable import StripeSimulator

@Suite struct CheckoutTests {
    let bench = Bench()
    let lines =
        "&line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=30000"
        + "&line_items[0][price_data][product_data][name]=Stay&line_items[0][quantity]=1"

    private func session(_ more: String = "", mode: String = "payment") -> Bench.Answer {
        bench.post(
            "/v1/checkout/sessions",
            "mode=\(mode)&success_url=https://shop.test/ok?s={CHECKOUT_SESSION_ID}&cancel_url=https://shop.test/no&metadata[folio]=R-1"
                + (mode == "payment" ? lines : "") + more)
    }

    @Test func `a page that holds: the intent is made when the guest pays, and carries its own metadata only`() {
        let page = session("&payment_intent_data[capture_method]=manual&payment_intent_data[metadata][hold]=H-1")
        #expect(page["payment_intent"] == .null)
        #expect(page.text("url") == "http://sim.test/c/pay/\(page.id)")
        #expect(page.int("amount_total") == 30000)
        let paid = bench.order("checkout/\(page.id)/pay", #"{"card":"4242424242424242"}"#)
        #expect(paid.text("redirect") == "https://shop.test/ok?s=\(page.id)")
        let done = bench.get("/v1/checkout/sessions/\(page.id)", "expand[]=payment_intent.latest_charge")
        #expect(done.text("status") == "complete")
        #expect(done.text("payment_status") == "unpaid")
        #expect(done["url"] == .null)
        #expect(done.text("payment_intent.status") == "requires_capture")
        #expect(done["payment_intent.metadata"] == ["hold": "H-1"])
        #expect(done["payment_intent.latest_charge.metadata"] == ["hold": "H-1"])
        #expect(bench.get("/v1/checkout/sessions", "payment_intent=\(done.text("payment_intent.id"))").data.count == 1)
        #expect(
            bench.eventTypes() == [
                "payment_intent.created", "charge.succeeded", "payment_intent.amount_capturable_updated", "checkout.session.completed",
            ])
    }

    @Test func `setup mode saves the card with the customer`() {
        let customer = bench.customer()
        let page = session("&customer=\(customer)", mode: "setup")
        #expect(page.text("payment_status") == "no_payment_required")
        bench.order("checkout/\(page.id)/pay", #"{"card":"4000002760003184"}"#)
        let done = bench.get("/v1/checkout/sessions/\(page.id)", "expand[]=setup_intent.payment_method")
        #expect(done.text("setup_intent.status") == "succeeded")
        #expect(done.text("setup_intent.payment_method.customer") == customer)
    }

    @Test func `a card that is saved carries its own metadata only, and so does the refund of a page`() {
        let page = session("&customer=\(bench.customer())&setup_intent_data[metadata][books]=B-1", mode: "setup")
        #expect(bench.get("/v1/setup_intents/" + page.text("setup_intent"))["metadata"] == ["books": "B-1"])
        let plain = session("&customer=\(bench.customer())", mode: "setup")
        #expect(bench.get("/v1/setup_intents/" + plain.text("setup_intent"))["metadata"] == [:])
        let paid = session()
        bench.order("checkout/\(paid.id)/pay", #"{"card":"4242424242424242"}"#)
        let intent = bench.get("/v1/checkout/sessions/\(paid.id)").text("payment_intent")
        #expect(bench.get("/v1/payment_intents/\(intent)")["metadata"] == [:])
        #expect(bench.post("/v1/refunds", "payment_intent=\(intent)")["metadata"] == [:])
    }

    @Test func `a deleted customer gets no page, and pays on none that is open`() {
        let customer = bench.customer()
        let open = session("&customer=\(customer)")
        let setup = session("&customer=\(customer)", mode: "setup")
        _ = bench.delete("/v1/customers/\(customer)")
        #expect(session("&customer=\(customer)").error == "400 resource_missing customer")
        for page in [open, setup] {
            #expect(bench.order("checkout/\(page.id)/pay", #"{"card":"4242424242424242"}"#).error == "400 resource_missing customer")
            #expect(bench.get("/v1/checkout/sessions/\(page.id)").text("status") == "open")
        }
    }

    @Test func `a decline leaves the page open; another card pays with the same intent`() {
        let page = session("&payment_intent_data[setup_future_usage]=off_session")
        #expect(bench.order("checkout/\(page.id)/pay", #"{"card":"4000000000009995"}"#).status == 402)
        let tried = bench.get("/v1/checkout/sessions/\(page.id)")
        #expect(tried.text("status") == "open")
        #expect(bench.post("/v1/payment_intents/\(tried.text("payment_intent"))/cancel").error == "400 payment_intent_unexpected_state -")
        bench.order("checkout/\(page.id)/pay", #"{"card":"4242424242424242"}"#)
        let done = bench.get("/v1/checkout/sessions/\(page.id)")
        #expect(done.text("payment_status") == "paid")
        #expect(done.text("payment_intent") == tried.text("payment_intent"))
        #expect(done.text("customer").hasPrefix("cus_"), "saving the card made a customer")
    }

    @Test func `a page expires by the clock or on order, and then takes no money`() {
        let page = session("&expires_at=\(Bench.start + 1800)")
        bench.time.advance(seconds: 1800)
        #expect(bench.get("/v1/checkout/sessions/\(page.id)").text("status") == "expired")
        #expect(bench.order("checkout/\(page.id)/pay", #"{"card":"4242424242424242"}"#).status == 400)
        #expect(bench.post("/v1/checkout/sessions/\(page.id)/expire").status == 400)
        #expect(bench.eventTypes() == ["checkout.session.expired"])
        #expect(session("&expires_at=\(Bench.start + 1800 + 1799)").error == "400 - expires_at")
    }

    @Test func `a whole hold with a method that cannot hold is refused`() {
        bench.order("account", #"{"key":"sk_test_bench","methods":["card","sofort"]}"#)
        let refused = session("&payment_intent_data[capture_method]=manual&payment_method_types[0]=card&payment_method_types[1]=sofort")
        #expect(refused.error == "400 payment_intent_invalid_parameter payment_method_types")
        #expect(session("&payment_intent_data[capture_method]=manual")["payment_method_types"] == ["card"])
    }

    @Test func `the page itself holds the card without JavaScript, tells a decline in plain German, and sends the guest back`() {
        let page = session("&payment_intent_data[capture_method]=manual&locale=de")
        let path = "/c/pay/\(page.id)"
        let form = String(decoding: bench.get(path).response.body, as: UTF8.self)
        #expect(form.contains("<html lang=\"de\">"))
        #expect(form.contains("300,00 EUR"))
        #expect(form.contains("nur vorgemerkt, längstens bis") && form.contains("März"))
        #expect(form.contains("https://shop.test/no"))
        let entry = "method=card&email=a%40b.de&name=Anna&expiry=12%2F30&cvc=123&number="
        let declined = bench.send("POST", path, body: entry + "4000000000009995")
        #expect(declined.status == 402)
        #expect(String(decoding: declined.response.body, as: UTF8.self).contains("Der Kartenrahmen reicht nicht aus."))
        let paid = bench.send("POST", path, body: entry + "4242+4242+4242+4242")
        #expect(paid.status == 303)
        #expect(paid.header("Location") == "https://shop.test/ok?s=\(page.id)")
        #expect(bench.get("/v1/checkout/sessions/\(page.id)").text("customer_details.email") == "a@b.de")
    }

    @Test func `3DS on the page goes through the bank's page and back`() {
        let page = session()
        let entry = "method=card&email=a%40b.de&name=Anna&expiry=12%2F30&cvc=123&number=4000002760003184"
        let toBank = bench.send("POST", "/c/pay/\(page.id)", body: entry).header("Location") ?? ""
        #expect(toBank.contains("/c/3ds/pi_"))
        let bankPage = String(toBank.dropFirst("http://sim.test".count))
        #expect(bench.get(bankPage).status == 200)
        let refused = bench.send("POST", bankPage, body: "outcome=fail")
        #expect(refused.header("Location") == "http://sim.test/c/pay/\(page.id)")
        #expect(String(decoding: bench.get("/c/pay/\(page.id)").response.body, as: UTF8.self).contains("not confirmed"))
        _ = bench.send("POST", "/c/pay/\(page.id)", body: entry)
        #expect(bench.send("POST", bankPage, body: "outcome=succeed").header("Location") == "https://shop.test/ok?s=\(page.id)")
    }
}
