import JSON
import Testing

@testable import StripeSimulator

@Suite struct RedactionTests {
    let bench = Bench()

    @Test func `a redacted customer leaves no name and no mail anywhere, and the money stays`() {
        let page = bench.post(
            "/v1/checkout/sessions",
            "mode=payment&success_url=https://shop.test/ok&customer_creation=always&line_items[0][quantity]=1"
                + "&line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=500"
                + "&line_items[0][price_data][product_data][name]=Night&payment_intent_data[setup_future_usage]=off_session")
        bench.order("checkout/\(page.id)/pay", #"{"card":"4242424242424242","email":"karl@example.com","name":"Karl"}"#)
        let session = bench.get("/v1/checkout/sessions/\(page.id)")
        let (customer, intent) = (session.text("customer"), bench.get("/v1/payment_intents/" + session.text("payment_intent")))
        #expect(session.text("customer_details.email") == "karl@example.com")
        #expect(bench.order("redact/\(customer)").status == 200)
        for path in [
            "/v1/customers/\(customer)", "/v1/checkout/sessions/\(page.id)", "/v1/payment_methods/" + intent.text("payment_method"),
            "/v1/payment_intents/\(intent.id)", "/v1/charges/" + intent.text("latest_charge"),
        ] {
            let text = String(decoding: bench.get(path).response.body, as: UTF8.self)
            #expect(!text.contains("karl@example.com") && !text.contains("Karl"), "\(path)")
        }
        #expect(bench.get("/v1/customers/\(customer)")["email"] == .null)
        #expect(bench.get("/v1/checkout/sessions/\(page.id)")["customer_details.name"] == .null)
        #expect(bench.get("/v1/charges/" + intent.text("latest_charge"))["billing_details.name"] == .null)
        #expect(bench.get("/v1/payment_intents/\(intent.id)").int("amount_received") == 500)
    }

    @Test func `one object is redacted alone, and an order for what holds nobody says so`() {
        let method = bench.post(
            "/v1/payment_methods", "type=card&card[token]=tok_visa&billing_details[name]=Karl&billing_details[email]=karl@example.com"
        ).id
        bench.order("redact/\(method)")
        #expect(bench.get("/v1/payment_methods/\(method)")["billing_details.name"] == .null)
        let paid = bench.pay()
        let refund = bench.post("/v1/refunds", "payment_intent=\(paid.id)").id
        #expect(bench.order("redact/\(refund)").status == 400)
        #expect(bench.order("redact/cus_unknown").status == 400)
    }
}
