import Testing

@testable import StripeSimulator

@Suite struct AuthenticationTests {
    let bench = Bench()

    @Test func `3DS on session waits for the holder, without a charge, and goes on after success`() {
        let intent = bench.hold(card: "pm_card_authenticationRequired")
        #expect(intent.status == 200)
        #expect(intent.text("status") == "requires_action")
        #expect(intent.text("next_action.type") == "use_stripe_sdk")
        #expect(intent["latest_charge"] == .null)
        #expect(bench.post("/v1/payment_intents/\(intent.id)/capture").error == "400 payment_intent_unexpected_state -")
        bench.order("intents/\(intent.id)/authenticate", #"{"outcome":"succeed"}"#)
        let held = bench.get("/v1/payment_intents/\(intent.id)")
        #expect(held.text("status") == "requires_capture")
        #expect(bench.charge(of: held).text("payment_method_details.card.three_d_secure.result") == "authenticated")
    }

    @Test func `3DS that fails leaves the intent open with the reason`() {
        let intent = bench.hold(card: "pm_card_authenticationRequired", more: "&return_url=https://shop.test/back")
        #expect(intent.text("next_action.redirect_to_url.return_url") == "https://shop.test/back")
        bench.order("intents/\(intent.id)/authenticate", #"{"outcome":"fail"}"#)
        let failed = bench.get("/v1/payment_intents/\(intent.id)")
        #expect(failed.text("status") == "requires_payment_method")
        #expect(failed.text("last_payment_error.code") == "payment_intent_authentication_failure")
        #expect(failed["latest_charge"] == .null)
    }

    @Test func `off session the same card answers 402 authentication_required, without a charge, and leaves the intent open`() {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_authenticationRequired/attach", "customer=\(customer)").id
        let refused = bench.hold(card: method, more: "&customer=\(customer)&off_session=true")
        #expect(refused.status == 402)
        #expect(refused.text("error.code") == "authentication_required")
        #expect(refused.text("error.decline_code") == "authentication_required")
        #expect(refused["error.charge"] == nil)
        #expect(refused.text("error.payment_intent.status") == "requires_payment_method")
        #expect(refused.text("error.payment_intent.last_payment_error.payment_method.id") == method)
        #expect(bench.get("/v1/payment_intents", "customer=\(customer)").data.count == 1)
    }

    @Test func `error_on_requires_action refuses instead of waiting`() {
        let refused = bench.hold(card: "pm_card_authenticationRequired", more: "&error_on_requires_action=true")
        #expect(refused.text("error.decline_code") == "authentication_not_handled")
    }

    @Test func `a card that was set up pays off session, and usage answers off_session whatever was sent`() {
        let customer = bench.customer()
        let setup = bench.post(
            "/v1/setup_intents",
            "customer=\(customer)&confirm=true&payment_method=pm_card_authenticationRequiredOnSetup&payment_method_types[0]=card&usage=on_session"
        )
        #expect(setup.text("usage") == "off_session")
        #expect(setup.text("status") == "requires_action")
        bench.order("intents/\(setup.id)/authenticate")
        let done = bench.get("/v1/setup_intents/\(setup.id)")
        #expect(done.text("status") == "succeeded")
        let method = done.text("payment_method")
        #expect(bench.get("/v1/customers/\(customer)/payment_methods").data.first?["id"]?.textValue == method)
        #expect(bench.hold(card: method, more: "&customer=\(customer)&off_session=true").text("status") == "requires_capture")
        #expect(bench.post("/v1/setup_intents/\(setup.id)/cancel").error == "400 setup_intent_unexpected_state -")
    }
}
