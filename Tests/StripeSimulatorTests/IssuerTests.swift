import Testing

@testable import StripeSimulator

/// Issuers look at the physical card: at what is held and taken with it, under whatever ids.
@Suite struct IssuerTests {
    let bench = Bench()

    /// A saved card: the query that charges or holds with it while its holder is away, and its id.
    private func saved(_ card: String = "pm_card_visa", _ order: String = "{}") -> (id: String, away: String) {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/\(card)/attach", "customer=\(customer)").id
        #expect(bench.order("payment_methods/\(method)", order).status == 200)
        return (method, "&customer=\(customer)&off_session=true")
    }

    private func page(_ more: String = "&payment_intent_data[capture_method]=manual") -> String {
        bench.post(
            "/v1/checkout/sessions",
            "mode=payment&success_url=https://shop.test/ok&line_items[0][price_data][currency]=eur&line_items[0][quantity]=1"
                + "&line_items[0][price_data][unit_amount]=30000&line_items[0][price_data][product_data][name]=Stay" + more
        ).id
    }

    // MARK: Limits

    @Test func `a limit counts all live holds and what was taken`() {
        let card = saved("pm_card_visa", #"{"limit":50000}"#)
        let first = bench.hold(30_000, card: card.id, more: card.away)
        #expect(first.status == 200)
        let second = bench.hold(20_001, card: card.id, more: card.away)
        #expect(second.error == "402 card_declined -")
        #expect(second.text("error.decline_code") == "insufficient_funds")
        #expect(second.text("error.advice_code") == "try_again_later")
        #expect(bench.pay(20_001, card: card.id, more: card.away).status == 402, "a payment needs room like a hold")
        #expect(bench.hold(20_000, card: card.id, more: card.away).status == 200, "to the last cent")
        bench.post("/v1/payment_intents/\(first.id)/capture", "amount_to_capture=10000")
        #expect(bench.hold(20_001, card: card.id, more: card.away).status == 402)
        #expect(bench.pay(20_000, card: card.id, more: card.away).status == 200, "what was not captured is free again")
    }

    @Test func `cancelled, expired and refunded money is free again`() {
        let card = saved("pm_card_mastercard", #"{"limit":30000}"#)
        let cancelled = bench.hold(30_000, card: card.id, more: card.away)
        bench.post("/v1/payment_intents/\(cancelled.id)/cancel")
        #expect(bench.hold(30_000, card: card.id, more: card.away).status == 200)
        bench.time.advance(seconds: 7 * day)
        let paid = bench.pay(30_000, card: card.id, more: card.away)
        #expect(paid.status == 200, "the hold has expired")
        #expect(bench.hold(100, card: card.id, more: card.away).status == 402)
        bench.post("/v1/refunds", "payment_intent=\(paid.id)&amount=10000")
        #expect(bench.hold(10_001, card: card.id, more: card.away).status == 402)
        #expect(bench.hold(10_000, card: card.id, more: card.away).status == 200)
    }

    @Test func `a raise counts against the limit, and a refused one leaves the hold as it was`() {
        bench.order("account", #"{"key":"sk_test_bench","features":["incremental_authorization"]}"#)
        let card = saved("pm_card_visa", #"{"limit":50000}"#)
        let increments = "&payment_method_options[card][request_incremental_authorization]=if_available"
        let hold = bench.hold(30_000, card: card.id, more: card.away + increments)
        let refused = bench.post("/v1/payment_intents/\(hold.id)/increment_authorization", "amount=50001")
        #expect(refused.error == "402 card_declined -")
        #expect(refused.text("error.decline_code") == "insufficient_funds")
        #expect(refused.text("error.network_decline_code") == "51")
        #expect(bench.get("/v1/payment_intents/\(hold.id)").int("amount_capturable") == 30_000)
        #expect(bench.post("/v1/payment_intents/\(hold.id)/increment_authorization", "amount=50000").status == 200)
        #expect(bench.hold(100, card: card.id, more: card.away).status == 402)
    }

    @Test func `a limit is of the card, whoever saved it and under whatever id`() {
        let card = saved("pm_card_visa", #"{"limit":50000}"#)
        let again = saved("pm_card_visa")
        #expect(bench.hold(30_000, card: card.id, more: card.away).status == 200)
        #expect(bench.hold(30_000, card: again.id, more: again.away).status == 402)
        let other = saved("pm_card_mastercard")
        #expect(bench.hold(30_000, card: other.id, more: other.away).status == 200)
    }

    @Test func `a limit can be changed and taken away`() {
        let card = saved("pm_card_visa", #"{"limit":0}"#)
        #expect(bench.hold(100, card: card.id, more: card.away).status == 402)
        bench.order("payment_methods/\(card.id)", #"{"limit":100}"#)
        #expect(bench.hold(100, card: card.id, more: card.away).status == 200)
        bench.order("payment_methods/\(card.id)", #"{"limit":null}"#)
        #expect(bench.hold(90_000, card: card.id, more: card.away).status == 200)
    }

    @Test func `over the limit a card speaks in the words that were ordered for it`() {
        let card = saved("pm_card_visa", #"{"limit":100,"decline":"insufficient_funds","advice_code":"do_not_try_again"}"#)
        #expect(bench.hold(101, card: card.id, more: card.away).text("error.advice_code") == "do_not_try_again")
    }

    // MARK: Refusals by use

    @Test func `a card refuses the second hold while the first one lives, and no payment`() {
        let card = saved("pm_card_visa", #"{"refuses_second_hold":true,"decline":"do_not_honor"}"#)
        let first = bench.hold(card: card.id, more: card.away)
        #expect(first.status == 200)
        let second = bench.hold(card: card.id, more: card.away)
        #expect(second.error == "402 card_declined -")
        #expect(second.text("error.decline_code") == "do_not_honor")
        #expect(bench.pay(card: card.id, more: card.away).status == 200)
        bench.post("/v1/payment_intents/\(first.id)/capture")
        #expect(bench.hold(card: card.id, more: card.away).status == 200, "the first one is over")
        #expect(bench.hold(card: card.id, more: card.away).status == 402)
        bench.time.advance(seconds: 5 * day)
        #expect(bench.hold(card: card.id, more: card.away).status == 200)
    }

    @Test func `a card refuses attempts without its holder from a given one on, and goes on with the holder`() {
        let card = saved("pm_card_visa", #"{"declines_off_session_from_use":3,"advice_code":"confirm_card_data"}"#)
        let present = card.away.replacing("&off_session=true", with: "")
        #expect(bench.hold(card: card.id, more: present).status == 200)
        #expect(bench.hold(card: card.id, more: card.away).status == 200)
        #expect(bench.pay(card: card.id, more: card.away).status == 200)
        for _ in 1...2 {
            #expect(bench.hold(card: card.id, more: card.away).text("error.advice_code") == "confirm_card_data")
        }
        #expect(bench.hold(card: card.id, more: present).status == 200)
        bench.order("payment_methods/\(card.id)", #"{"declines_off_session_from_use":null}"#)
        #expect(bench.hold(card: card.id, more: card.away).status == 200)
    }

    @Test(arguments: [
        ("pm_card_sim_doNotTryAgain", 1, "stop_payment_order", "do_not_try_again"),
        ("pm_card_sim_confirmCardData", 1, "expired_card", "confirm_card_data"),
        ("pm_card_sim_refusesSecondOffSession", 2, "insufficient_funds", "try_again_later"),
    ])
    func `a test card refuses without an order`(card: String, from: Int, code: String, advice: String) {
        let card = saved(card)
        #expect(bench.hold(card: card.id, more: card.away.replacing("&off_session=true", with: "")).status == 200)
        for _ in 1..<from { #expect(bench.hold(card: card.id, more: card.away).status == 200) }
        let refused = bench.hold(card: card.id, more: card.away)
        #expect(refused.text("error.decline_code") == code)
        #expect(refused.text("error.advice_code") == advice)
    }

    @Test func `a test card has a limit, another one refuses the second hold, both by their numbers, too`() {
        let limited = #"{"card":"4000 9900 0000 0012"}"#
        #expect(bench.order("checkout/\(page())/pay", limited).status == 200)
        #expect(bench.order("checkout/\(page())/pay", limited).text("error.decline_code") == "insufficient_funds")
        let once = #"{"payment_method":"pm_card_sim_refusesSecondHold"}"#
        #expect(bench.order("checkout/\(page())/pay", once).status == 200)
        #expect(bench.order("checkout/\(page())/pay", once).status == 402)
    }

    @Test func `every test card has a number that can be one, and a name of its own`() {
        for card in TestCard.all { #expect(CardEntry.passesLuhn(card.number), "\(card.name)") }
        #expect(Set(TestCard.all.map(\.name)).count == TestCard.all.count)
    }

    // MARK: What a card is

    @Test func `one physical card has one fingerprint, on methods and on charges`() {
        let first = bench.get("/v1/payment_methods/" + saved().id)
        let card = saved()
        let second = bench.get("/v1/payment_methods/" + card.id)
        #expect(first.id != second.id)
        #expect(first.text("card.fingerprint") == second.text("card.fingerprint"))
        let charge = bench.charge(of: bench.hold(card: card.id, more: card.away))
        #expect(charge.text("payment_method_details.card.fingerprint") == second.text("card.fingerprint"))
        let other = bench.get("/v1/payment_methods/" + saved("pm_card_mastercard").id)
        #expect(other.text("card.fingerprint") != second.text("card.fingerprint"))
    }

    @Test func `physical cards with one number are told apart by name, and then share nothing`() {
        let anna = saved("pm_card_visa", #"{"physical_card":"Anna's","limit":30000}"#)
        let annaAgain = saved("pm_card_visa", #"{"physical_card":"Anna's"}"#)
        let ben = saved("pm_card_visa", #"{"physical_card":"Ben's"}"#)
        let prints = [anna, annaAgain, ben, saved()].map { bench.get("/v1/payment_methods/\($0.id)").text("card.fingerprint") }
        #expect(prints[0] == prints[1] && Set(prints).count == 3)
        #expect(bench.hold(30_000, card: anna.id, more: anna.away).status == 200)
        #expect(bench.hold(30_000, card: annaAgain.id, more: annaAgain.away).status == 402)
        #expect(bench.hold(30_000, card: ben.id, more: ben.away).status == 200)
        #expect(bench.order("payment_methods/\(ben.id)", #"{"physical_card":"Cleo's"}"#).status == 400, "it was used already")
    }

    @Test func `a renewed card has another fingerprint and the same issuer, who remembers`() {
        let card = saved("pm_card_visa", #"{"limit":30000,"physical_card":"Anna's"}"#)
        let before = bench.get("/v1/payment_methods/\(card.id)").text("card.fingerprint")
        #expect(bench.hold(30_000, card: card.id, more: card.away).status == 200)
        bench.order("payment_methods/\(card.id)", #"{"renew":{"last4":"1881"}}"#)
        #expect(bench.get("/v1/payment_methods/\(card.id)").text("card.fingerprint") != before)
        #expect(bench.hold(100, card: card.id, more: card.away).status == 402)
    }

    @Test(arguments: [
        ("pm_card_visa", "visa", "credit", "US"), ("pm_card_visa_debit", "visa", "debit", "US"),
        ("pm_card_mastercard_prepaid", "mastercard", "prepaid", "US"), ("pm_card_sim_prepaid", "visa", "prepaid", "DE"),
        ("pm_card_sim_unknownFunding", "visa", "unknown", "DE"), ("pm_card_at", "visa", "credit", "AT"),
        ("pm_card_amex", "amex", "credit", "US"), ("pm_card_discover", "discover", "credit", "US"),
    ])
    func `brand, funding and country are on method and charge`(card: String, brand: String, funding: String, country: String) {
        let card = saved(card)
        let method = bench.get("/v1/payment_methods/\(card.id)")
        let charge = bench.charge(of: bench.hold(card: card.id, more: card.away))
        for (answer, place) in [(method, "card."), (charge, "payment_method_details.card.")] {
            #expect(answer.text(place + "brand") == brand)
            #expect(answer.text(place + "funding") == funding)
            #expect(answer.text(place + "country") == country)
        }
    }

    @Test func `an order says what funding and country a card has, wherever it is saved`() {
        let first = saved("pm_card_visa", #"{"physical_card":"Anna's"}"#)
        let second = saved("pm_card_visa", #"{"physical_card":"Anna's","funding":"debit","country":"FR"}"#)
        let third = saved("pm_card_visa", #"{"physical_card":"Anna's"}"#)
        for card in [first, second, third] {
            let method = bench.get("/v1/payment_methods/\(card.id)")
            #expect(method.text("card.funding") == "debit" && method.text("card.country") == "FR")
        }
        let charge = bench.charge(of: bench.hold(card: third.id, more: third.away))
        #expect(charge.text("payment_method_details.card.funding") == "debit")
        bench.order("payment_methods/\(third.id)", #"{"country":null}"#)
        #expect(bench.get("/v1/payment_methods/\(first.id)")["card.country"] == .null)
        #expect(bench.get("/v1/payment_methods/" + saved().id).text("card.funding") == "credit", "another card of that number")
    }

    @Test func `a guest's card is ordered before the page is paid`() {
        let order =
            #"{"payment_method":"pm_card_mastercard","issuer":{"physical_card":"the one of R-1","funding":"debit","limit":29999}}"#
        let refused = bench.order("checkout/\(page())/pay", order)
        #expect(refused.text("error.decline_code") == "insufficient_funds")
        let paid = bench.order("checkout/\(page())/pay", order.replacing("29999", with: "30000"))
        let intent = bench.get("/v1/payment_intents/" + paid.text("payment_intent"), "expand[]=latest_charge&expand[]=payment_method")
        #expect(intent.text("payment_method.card.brand") == "mastercard" && intent.text("payment_method.card.funding") == "debit")
        #expect(intent.text("latest_charge.payment_method_details.card.checks.cvc_check") == "pass", "typed on the page")
        #expect(intent.text("latest_charge.billing_details.email") == "guest@example.com")
    }

    @Test(arguments: [
        #"{"limit":-1}"#, #"{"limit":"much"}"#, #"{"advice_code":"ask_again"}"#, #"{"network_advice_code":"soon"}"#, #"{"funding":"gold"}"#,
        #"{"country":"Germany"}"#, #"{"refuses_second_hold":1}"#, #"{"declines_off_session_from_use":0}"#, #"{"physical_card":""}"#,
        #"{"decline":7}"#, #"{"colour":"red"}"#,
    ])
    func `an order that is not understood changes nothing`(order: String) {
        let card = saved("pm_card_visa", #"{"limit":100}"#)
        let refused = bench.order("payment_methods/\(card.id)", String(order.dropLast()) + #","declines_from_use":1}"#)
        #expect(refused.status == 400)
        #expect(refused.text("error.message").count > 10)
        #expect(bench.hold(100, card: card.id, more: card.away).status == 200)
        #expect(bench.hold(100, card: card.id, more: card.away).status == 402)
    }
}
