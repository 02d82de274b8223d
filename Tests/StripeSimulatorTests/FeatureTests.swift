import Testing

@testable import StripeSimulator

/// What interchange-plus accounts may do with a hold.
@Suite struct FeatureTests {
    let bench = Bench()
    let increments = "&payment_method_options[card][request_incremental_authorization]=if_available"

    @Test func `asking for increments on an ordinary account is refused and leaves an intent open`() {
        let customer = bench.customer()
        let refused = bench.hold(more: increments + "&customer=\(customer)")
        #expect(refused.text("error.code") == "payment_intent_invalid_parameter")
        let open = bench.get("/v1/payment_intents", "customer=\(customer)").data
        #expect(open.count == 1)
        #expect(open.first?["id"]?.textValue == refused.text("error.payment_intent.id"))
        #expect(bench.post("/v1/payment_intents/\(refused.text("error.payment_intent.id"))/cancel").text("status") == "canceled")
    }

    @Test func `a hold is raised to a new total, ten attempts at most, declines counted`() {
        bench.order("account", #"{"key":"sk_test_bench","features":["incremental_authorization"]}"#)
        let hold = bench.hold(more: increments)
        #expect(bench.charge(of: hold).text("payment_method_details.card.incremental_authorization.status") == "available")
        #expect(bench.post("/v1/payment_intents/\(hold.id)/increment_authorization", "amount=6500").status == 400)
        let raised = bench.post("/v1/payment_intents/\(hold.id)/increment_authorization", "amount=8000")
        #expect(raised.int("amount_capturable") == 8000)
        #expect(bench.charge(of: raised).int("payment_method_details.card.amount_authorized") == 8000)
        bench.order("payment_methods/\(hold.text("payment_method"))", #"{"declines_increments":true}"#)
        for _ in 2...10 {
            let declined = bench.post("/v1/payment_intents/\(hold.id)/increment_authorization", "amount=9000")
            #expect(declined.error == "402 card_declined -")
        }
        #expect(bench.post("/v1/payment_intents/\(hold.id)/increment_authorization", "amount=9000").status == 400)
        #expect(bench.get("/v1/payment_intents/\(hold.id)").int("amount_capturable") == 8000)
        let plain = bench.hold()
        let unasked = bench.post("/v1/payment_intents/\(plain.id)/increment_authorization", "amount=8000")
        #expect(unasked.error == "400 - -")
    }

    @Test func `overcapture reaches 15 per cent, an extended hold a month`() {
        bench.order("account", #"{"key":"sk_test_bench","features":["overcapture","extended_authorization"]}"#)
        let options =
            "&payment_method_options[card][request_overcapture]=if_available"
            + "&payment_method_options[card][request_extended_authorization]=if_available"
        let hold = bench.hold(10_000, more: options)
        let charge = bench.charge(of: hold)
        #expect(charge.int("payment_method_details.card.overcapture.maximum_amount_capturable") == 11_500)
        #expect(charge.int("payment_method_details.card.capture_before") == Bench.start + 29 * 86_400 + 18 * 3600)
        #expect(
            bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=11501").error
                == "400 amount_too_large amount_to_capture")
        let captured = bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=11500")
        #expect(captured.int("amount_received") == 11_500)
        #expect(captured.int("amount") == 11_500)
    }

    @Test(arguments: [
        ("pm_card_visa", 2_570_400 as Int?), ("pm_card_mastercard", 2_592_000), ("pm_card_amex", 2_592_000),
        ("pm_card_discover", 2_592_000),
        ("pm_card_jcb", nil), ("pm_card_credit_disableEnterpriseCardFeatures", nil),
    ])
    func `a hold is extended where account and card have it, with the guest and without`(card: String, extended: Int?) {
        let options = "&payment_method_options[card][request_extended_authorization]=if_available"
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/\(card)/attach", "customer=\(customer)").id
        let usual = card == "pm_card_visa" || card == "pm_card_credit_disableEnterpriseCardFeatures" ? 410_400 : 604_800
        for isOn in [false, true] {
            if isOn { bench.order("account", #"{"key":"sk_test_bench","features":["extended_authorization"]}"#) }
            for (more, ordinary) in [("", 604_800), ("&off_session=true", usual)] {
                let hold = bench.hold(card: method, more: "&customer=\(customer)" + more + options)
                #expect(hold.text("status") == "requires_capture", "if available: never a refusal")
                let charge = bench.charge(of: hold)
                let isExtended = isOn && extended != nil
                let status = charge.text("payment_method_details.card.extended_authorization.status")
                #expect(status == (isExtended ? "enabled" : "disabled"))
                let end = charge.int("payment_method_details.card.capture_before")
                #expect(end == Bench.start + (isExtended ? extended ?? 0 : ordinary))
            }
        }
        let unasked = bench.charge(of: bench.hold(card: method, more: "&customer=\(customer)"))
        #expect(unasked.int("payment_method_details.card.capture_before") == Bench.start + 604_800)
    }

    @Test func `several captures each make their balance transaction, the final one ends the hold`() {
        bench.order("account", #"{"key":"sk_test_bench","features":["multicapture"]}"#)
        let hold = bench.hold(10_000, more: "&payment_method_options[card][request_multicapture]=if_available")
        let first = bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=3000&final_capture=false")
        #expect(first.text("status") == "requires_capture")
        #expect(first.int("amount_capturable") == 7000)
        let last = bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=2000")
        #expect(last.text("status") == "succeeded")
        #expect(last.int("amount_received") == 5000)
        #expect(bench.get("/v1/balance_transactions").data.map { $0["amount"] } == [2000, 3000])
        #expect(bench.post("/v1/payment_intents/\(bench.hold().id)/capture", "amount_to_capture=1&final_capture=false").status == 400)
    }

    @Test func `a hold captured in part and then cancelled has been paid, as far as it was captured`() {
        bench.order("account", #"{"key":"sk_test_bench","features":["multicapture"]}"#)
        let hold = bench.hold(10_000, more: "&payment_method_options[card][request_multicapture]=if_available")
        bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=3000&final_capture=false")
        _ = bench.eventTypes()
        let ended = bench.post("/v1/payment_intents/\(hold.id)/cancel")
        #expect(ended.text("status") == "succeeded")
        #expect(ended.int("amount_received") == 3000)
        #expect(ended.int("amount_capturable") == 0)
        #expect(bench.eventTypes() == ["charge.captured", "payment_intent.succeeded"])
        #expect(bench.post("/v1/payment_intents/\(hold.id)/capture").error == "400 payment_intent_unexpected_state -")
    }
}
