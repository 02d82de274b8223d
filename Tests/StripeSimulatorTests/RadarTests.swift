import JSON
import Testing

@testable import StripeSimulator

@Suite struct `What fraud prevention says` {
    let bench = Bench()

    private func outcome(_ card: String = "pm_card_visa") -> JSON? { bench.charge(of: bench.hold(card: card))["outcome"] }

    @Test func `is a level for cards, and a score only where the account has Radar for Fraud Teams`() {
        #expect(outcome()?["risk_level"] == "normal" && outcome()?["risk_score"] == nil)
        #expect(outcome("pm_card_riskLevelElevated")?["risk_level"] == "elevated")
        #expect(outcome("pm_card_riskLevelHighest")?["risk_level"] == "highest")
        bench.order("account", #"{"radar":"fraud_teams"}"#)
        #expect(outcome()?["risk_score"] == 20 && outcome("pm_card_riskLevelHighest")?["risk_score"] == 90)
        bench.order("account", #"{"radar":"none"}"#)
        #expect(outcome()?["risk_level"] == nil && outcome()?["risk_score"] == nil && outcome()?["type"] == "authorized")
        #expect(bench.order("account", #"{"radar":"sonar"}"#).status == 400)
    }

    @Test func `of a method that is no card is that nothing was assessed`() {
        bench.order("account", #"{"methods":["card","klarna"],"risk":{"level":"highest"}}"#)
        let klarna = bench.post(
            "/v1/payment_intents",
            "amount=6500&currency=eur&confirm=true&return_url=http://x.test&payment_method_types[0]=klarna&payment_method_data[type]=klarna"
                + "&payment_method_data[billing_details][email]=a@b.de&payment_method_data[billing_details][address][country]=DE")
        bench.order("intents/\(klarna.id)/authenticate")
        let charge = bench.charge(of: bench.get("/v1/payment_intents/\(klarna.id)"))
        #expect(charge.text("outcome.risk_level") == "not_assessed" && charge["outcome.risk_score"] == nil)
    }

    @Test func `follows the orders, of one charge and of those from now on`() {
        let charge = bench.hold().text("latest_charge")
        #expect(bench.order("charges/\(charge)", #"{"risk":{"level":"elevated","score":71}}"#).int("outcome.risk_score") == 71)
        #expect(bench.order("charges/\(charge)", #"{"risk":{"level":null}}"#)["outcome.risk_level"] == nil)
        bench.order("account", #"{"risk":{"level":"highest"}}"#)
        #expect(outcome()?["risk_level"] == "highest")
        bench.order("account", #"{"risk":null}"#)
        #expect(outcome()?["risk_level"] == "normal")
        for wrong in [#"{"level":"high"}"#, #"{"score":101}"#, #"{"colour":1}"#, "5"] {
            #expect(bench.order("charges/\(charge)", "{\"risk\":\(wrong)}").status == 400, "\(wrong)")
        }
    }

    @Test func `of a blocked card is the highest`() {
        let refused = bench.hold(card: "pm_card_radarBlock")
        let charge = bench.get("/v1/charges/" + refused.text("error.charge"))
        #expect(charge.text("outcome.type") == "blocked" && charge.text("outcome.risk_level") == "highest")
    }

    @Test func `the issuer checks what was entered, and nothing else`() {
        func checks(_ number: String, _ address: String = "") -> JSON? {
            let method = bench.post(
                "/v1/payment_methods",
                "type=card&card[number]=\(number)&card[exp_month]=5&card[exp_year]=2031&card[cvc]=123" + address)
            #expect(method["card.checks"] == bench.charge(of: bench.pay(card: method.id))["payment_method_details.card.checks"])
            return method["card.checks"]
        }
        let address = "&billing_details[address][line1]=x&billing_details[address][postal_code]=1"
        #expect(checks("4242424242424242") == ["address_line1_check": nil, "address_postal_code_check": nil, "cvc_check": "pass"])
        #expect(
            checks("4242424242424242", address)
                == ["address_line1_check": "pass", "address_postal_code_check": "pass", "cvc_check": "pass"])
        #expect(checks("4000000000000101")?["cvc_check"] == "fail")
        #expect(
            checks("4000000000000010", address)
                == ["address_line1_check": "fail", "address_postal_code_check": "fail", "cvc_check": "pass"])
        #expect(checks("4000000000000044", address)?["address_line1_check"] == "unavailable")
    }
}

@Suite struct `A review at Stripe` {
    let bench = Bench()

    private func opened(_ intent: Bench.Answer) -> Bench.Answer { bench.order("charges/\(intent.text("latest_charge"))/review") }

    @Test func `is opened by hand, stands on charge and intent, and is closed once`() {
        let intent = bench.hold()
        _ = bench.eventTypes()
        let review = opened(intent)
        #expect(review["open"] == true && review.text("opened_reason") == "manual" && review["closed_reason"] == .null)
        #expect(review.text("payment_intent") == intent.id)
        #expect(bench.get("/v1/payment_intents/\(intent.id)").text("review") == review.id)
        #expect(bench.charge(of: intent).text("review") == review.id)
        #expect(opened(intent).status == 400)
        #expect(bench.get("/v1/reviews").data.map { $0["id"] } == [.text(review.id)])
        #expect(bench.post("/v1/reviews/\(review.id)/approve").text("closed_reason") == "approved")
        #expect(bench.post("/v1/reviews/\(review.id)/approve").status == 400)
        #expect(bench.get("/v1/reviews/\(review.id)").text("reason") == "approved")
        #expect(bench.get("/v1/reviews").data.isEmpty)
        #expect(bench.eventTypes() == ["review.opened", "review.closed"])
        #expect(bench.get("/v1/payment_intents/\(intent.id)").text("status") == "requires_capture", "approving captures nothing")
        #expect(bench.get("/v1/charges/\(intent.text("latest_charge"))", "expand[0]=review")["review.open"] == false)
    }

    @Test func `of elevated risk opens by itself with Radar for Fraud Teams`() {
        bench.order("account", #"{"radar":"fraud_teams"}"#)
        let intent = bench.hold(card: "pm_card_riskLevelElevated")
        #expect(bench.charge(of: intent).text("outcome.type") == "manual_review")
        #expect(bench.get("/v1/reviews").data.first?["opened_reason"] == "rule")
        bench.order("account", #"{"radar":"standard"}"#)
        _ = bench.hold(card: "pm_card_riskLevelElevated")
        #expect(bench.get("/v1/reviews").data.count == 1)
    }

    @Test func `ends with what it is about`() {
        let (held, paid, contested, reported) = (bench.hold(), bench.pay(), bench.pay(), bench.pay())
        let reviews = [held, paid, contested, reported].map(opened)
        bench.post("/v1/payment_intents/\(held.id)/cancel")
        bench.post("/v1/refunds", "payment_intent=\(paid.id)&amount=100")
        #expect(bench.get("/v1/reviews/\(reviews[1].id)")["open"] == true, "a part is not the whole")
        bench.post("/v1/refunds", "payment_intent=\(paid.id)")
        bench.order("charges/\(contested.text("latest_charge"))/dispute")
        bench.post("/v1/refunds", "payment_intent=\(reported.id)&reason=fraudulent")
        let reasons = reviews.map { bench.get("/v1/reviews/\($0.id)").text("closed_reason") }
        #expect(reasons == ["canceled", "refunded", "disputed", "refunded_as_fraud"])
    }

    @Test func `is closed on order, with one of Stripe's reasons`() {
        let review = opened(bench.pay())
        #expect(bench.order("reviews/\(review.id)", #"{"closed_reason":"enough"}"#).status == 400)
        #expect(bench.order("reviews/\(review.id)", #"{"closed_reason":"acknowledged"}"#).text("closed_reason") == "acknowledged")
        #expect(bench.order("reviews/\(review.id)").status == 400)
        #expect(bench.get("/v1/reviews/prv_none").status == 404)
    }
}

@Suite struct `An early fraud warning` {
    let bench = Bench()

    private func warned(_ intent: Bench.Answer) -> Bench.Answer {
        bench.order("charges/\(intent.text("latest_charge"))/early_fraud_warning", #"{"fraud_type":"made_with_stolen_card"}"#)
    }
    private func isActionable(_ warning: Bench.Answer) -> Bool? {
        bench.get("/v1/radar/early_fraud_warnings/\(warning.id)")["actionable"]?.boolValue
    }

    @Test func `comes after a test card's payment, and is listed by charge and intent`() {
        let paid = bench.pay(card: "pm_card_createIssuerFraudRecord")
        bench.pay()
        _ = bench.eventTypes()
        bench.time.advance(seconds: 3)
        #expect(bench.eventTypes() == ["radar.early_fraud_warning.created"])
        for filter in ["", "charge=\(paid.text("latest_charge"))", "payment_intent=\(paid.id)"] {
            let listed = bench.get("/v1/radar/early_fraud_warnings", filter).data
            #expect(listed.map { $0["payment_intent"] } == [.text(paid.id)], "\(filter)")
        }
        #expect(bench.get("/v1/radar/early_fraud_warnings", "payment_intent=pi_other").data.isEmpty)
        #expect(bench.get("/v1/radar/early_fraud_warnings/issfr_none").status == 404)
    }

    @Test func `ends with a dispute, and with a refund of the whole; a refund that fails brings it back`() {
        let (contested, refunded) = (bench.pay(), bench.pay())
        let (first, second) = (warned(contested), warned(refunded))
        #expect(first["actionable"] == true && first.text("fraud_type") == "made_with_stolen_card")
        _ = bench.eventTypes()
        bench.order("charges/\(contested.text("latest_charge"))/dispute")
        #expect(isActionable(first) == false && bench.eventTypes().last == "radar.early_fraud_warning.updated")
        bench.post("/v1/refunds", "payment_intent=\(refunded.id)&amount=6499")
        #expect(isActionable(second) == true)
        let rest = bench.post("/v1/refunds", "payment_intent=\(refunded.id)")
        #expect(isActionable(second) == false)
        bench.order("refunds/\(rest.id)", #"{"outcome":"failed"}"#)
        #expect(isActionable(second) == true)
    }

    @Test func `also comes of a hold, and of a charge that was contested before`() {
        #expect(warned(bench.hold())["actionable"] == true)
        let contested = bench.pay()
        bench.order("charges/\(contested.text("latest_charge"))/dispute")
        #expect(warned(contested)["actionable"] == false)
        #expect(bench.order("charges/\(contested.text("latest_charge"))/early_fraud_warning", #"{"fraud_type":"x"}"#).status == 400)
    }
}
