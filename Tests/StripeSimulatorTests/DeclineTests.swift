import Testing

@testable import StripeSimulator

@Suite struct DeclineTests {
    let bench = Bench()

    @Test(arguments: [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline", "try_again_later"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds", "try_again_later"),
        ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card", "do_not_try_again"),
        ("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card", "do_not_try_again"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card", "confirm_card_data"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc", "confirm_card_data"),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error", "try_again_later"),
        ("pm_card_visa_chargeDeclinedFraudulent", "card_declined", "fraudulent", "try_again_later"),
    ])
    func `a declined create answers 402 and leaves an open intent behind`(card: String, code: String, declineCode: String, advice: String) {
        let refused = bench.pay(card: card)
        #expect(refused.status == 402)
        #expect(refused.text("error.type") == "card_error")
        #expect(refused.text("error.code") == code)
        #expect(refused.text("error.decline_code") == declineCode)
        #expect(refused.text("error.advice_code") == advice)
        let intent = bench.get("/v1/payment_intents/" + refused.text("error.payment_intent.id"))
        #expect(intent.text("status") == "requires_payment_method")
        #expect(intent["payment_method"] == .null)
        #expect(intent.text("last_payment_error.decline_code") == declineCode)
        #expect(intent.text("latest_charge") == refused.text("error.charge"))
        #expect(bench.charge(of: intent).text("status") == "failed")
        #expect(bench.eventTypes() == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"])
        #expect(bench.get("/v1/balance_transactions").data.isEmpty)
    }

    @Test func `a card that attaches but declines later is refused at the payment only`() {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=\(customer)")
        #expect(method.status == 200)
        #expect(bench.pay(card: method.id, more: "&customer=\(customer)").text("error.decline_code") == "generic_decline")
        #expect(bench.post("/v1/payment_methods/pm_card_chargeDeclined/attach", "customer=\(customer)").status == 402)
    }

    @Test func `a card declines from the n-th use, off session only, or by raw number, as ordered`() {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_visa/attach", "customer=\(customer)").id
        bench.order("payment_methods/\(method)", #"{"declines_from_use":2,"decline":"insufficient_funds"}"#)
        #expect(bench.pay(card: method, more: "&customer=\(customer)").status == 200)
        #expect(bench.pay(card: method, more: "&customer=\(customer)").text("error.decline_code") == "insufficient_funds")
        let other = bench.post("/v1/payment_methods/pm_card_mastercard/attach", "customer=\(customer)").id
        bench.order("payment_methods/\(other)", #"{"declines_off_session":true}"#)
        #expect(bench.pay(card: other, more: "&customer=\(customer)").status == 200)
        #expect(bench.pay(card: other, more: "&customer=\(customer)&off_session=true").status == 402)
        let number =
            "&payment_method_data[type]=card&payment_method_data[card][number]=4000000000009995&payment_method_data[card][exp_month]=1"
        let raw = bench.post(
            "/v1/payment_intents",
            "amount=900&currency=eur&confirm=true&payment_method_types[0]=card&payment_method_data[card][exp_year]=2030" + number)
        #expect(raw.text("error.decline_code") == "insufficient_funds")
    }

    @Test func `what issuer and network advise is in the error, in the intent and in the charge`() {
        let refused = bench.pay(card: "pm_card_visa_chargeDeclinedLostCard")
        #expect(refused.text("error.network_decline_code") == "41")
        #expect(refused["error.network_advice_code"] == nil, "Visa gives none")
        let intent = bench.get("/v1/payment_intents/" + refused.text("error.payment_intent.id"))
        #expect(intent.text("last_payment_error.advice_code") == "do_not_try_again")
        #expect(intent.text("last_payment_error.network_decline_code") == "41")
        let outcome = bench.charge(of: intent)
        #expect(outcome.text("outcome.advice_code") == "do_not_try_again")
        #expect(outcome.text("outcome.network_decline_code") == "41")
        #expect(outcome["outcome.network_advice_code"] == .null)
    }

    @Test func `an order chooses the advice, and whether there is any`() {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_mastercard/attach", "customer=\(customer)").id
        let order =
            #"{"declines_from_use":1,"decline":"do_not_honor","advice_code":"do_not_try_again","network_advice_code":"03","#
            + #""network_decline_code":"79"}"#
        #expect(bench.order("payment_methods/\(method)", order).status == 200)
        let refused = bench.hold(card: method, more: "&customer=\(customer)&off_session=true")
        #expect(refused.error == "402 card_declined -")
        #expect(refused.text("error.decline_code") == "do_not_honor")
        let intent = bench.get("/v1/payment_intents/" + refused.text("error.payment_intent.id"))
        for (holder, answer) in [("error", refused), ("last_payment_error", intent), ("outcome", bench.charge(of: intent))] {
            #expect(answer.text(holder + ".advice_code") == "do_not_try_again")
            #expect(answer.text(holder + ".network_advice_code") == "03")
            #expect(answer.text(holder + ".network_decline_code") == "79")
        }
        bench.order("payment_methods/\(method)", #"{"advice_code":null,"network_advice_code":null}"#)
        let silent = bench.hold(card: method, more: "&customer=\(customer)&off_session=true")
        #expect(silent["error.advice_code"] == nil && silent["error.network_advice_code"] == nil)
        #expect(bench.get("/v1/charges/" + silent.text("error.charge"))["outcome.advice_code"] == .null)
        bench.order("payment_methods/\(method)", #"{"decline":"expired_card"}"#)
        let stale = bench.hold(card: method, more: "&customer=\(customer)&off_session=true")
        #expect(stale.text("error.code") == "expired_card")
        #expect(stale.text("error.advice_code") == "confirm_card_data", "a decline comes with its usual advice")
    }

    @Test func `the advice of a card that always declines can be chosen, too`() {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=\(customer)").id
        bench.order("payment_methods/\(method)", #"{"advice_code":"do_not_try_again"}"#)
        #expect(bench.pay(card: method, more: "&customer=\(customer)").text("error.advice_code") == "do_not_try_again")
    }

    @Test func `where no issuer was asked the network has said nothing`() {
        let blocked = bench.pay(card: "pm_card_radarBlock")
        #expect(blocked["error.network_decline_code"] == nil)
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_authenticationRequired/attach", "customer=\(customer)").id
        let unasked = bench.pay(card: method, more: "&customer=\(customer)&off_session=true")
        #expect(unasked.error == "402 authentication_required -")
        #expect(unasked["error.network_decline_code"] == nil && unasked["error.advice_code"] == nil)
    }

    @Test(arguments: [
        ("4242424242424241", "12", "2030", "incorrect_number"), ("4242424242424242", "13", "2030", "invalid_expiry_month"),
        ("4242424242424242", "2", "2026", "invalid_expiry_month"), ("4242424242424242", "2", "2020", "invalid_expiry_year"),
        ("4929000000006", "2", "2030", "card_declined"),
    ])
    func `card data that cannot be right is refused when it is entered`(number: String, month: String, year: String, code: String) {
        let answer = bench.post("/v1/payment_methods", "type=card&card[number]=\(number)&card[exp_month]=\(month)&card[exp_year]=\(year)")
        #expect(answer.status == 402)
        #expect(answer.text("error.code") == code)
    }
}
