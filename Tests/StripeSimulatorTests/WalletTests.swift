import JSON
import Testing

@testable import StripeSimulator

/// Link and the phones' wallets, behind a page.
@Suite struct WalletTests {
    let bench = Bench()

    private func page(_ more: String = "") -> Bench.Answer {
        bench.post(
            "/v1/checkout/sessions",
            "mode=payment&success_url=https://shop.test/ok&line_items[0][price_data][currency]=eur&line_items[0][quantity]=1"
                + "&line_items[0][price_data][unit_amount]=30000&line_items[0][price_data][product_data][name]=Stay" + more)
    }

    private func pay(_ page: Bench.Answer, _ order: String) -> Bench.Answer {
        let paid = bench.order("checkout/\(page.id)/pay", order)
        guard paid.status == 200 else { return paid }
        return bench.get("/v1/payment_intents/" + paid.text("payment_intent"), "expand[]=latest_charge&expand[]=payment_method")
    }

    private func turnLinkOn() { bench.order("account", #"{"key":"sk_test_bench","methods":["card","link"]}"#) }

    @Test(arguments: ["apple_pay", "google_pay"])
    func `a phone's wallet pays with a card, and the charge names the wallet`(wallet: String) {
        let paid = pay(page(), "{\"wallet\":\"\(wallet)\",\"card\":\"5555555555554444\"}")
        #expect(paid.text("status") == "succeeded")
        #expect(paid.text("payment_method.type") == "card")
        let shown: JSON = .object([(wallet, .emptyObject), ("dynamic_last4", "0015"), ("type", .text(wallet))])
        #expect(paid["payment_method.card.wallet"] == shown)
        #expect(paid["latest_charge.payment_method_details.card.wallet"] == shown)
        #expect(paid.text("latest_charge.payment_method_details.card.brand") == "mastercard")
    }

    @Test func `Link is a method of its own where the page lists it`() {
        turnLinkOn()
        let paid = pay(page(), #"{"method":"link","email":"a@b.de"}"#)
        #expect(paid.text("status") == "succeeded")
        #expect(paid.text("payment_method.type") == "link")
        #expect(paid["payment_method.link"] == ["email": "a@b.de"])
        #expect(paid["latest_charge.payment_method_details"] == .object([("link", ["country": "DE"]), ("type", "link")]))
        #expect(paid.text("latest_charge.id").hasPrefix("py_"))
        bench.time.advance(seconds: 2)
        #expect(bench.get("/v1/balance_transactions", "type=payment").data.count == 1)
    }

    @Test func `Link holds like a card, and what was saved with it is charged later without the guest`() {
        turnLinkOn()
        let more = "&payment_intent_data[capture_method]=manual&payment_intent_data[setup_future_usage]=off_session"
        let held = pay(page(more), #"{"method":"link"}"#)
        #expect(held.text("status") == "requires_capture")
        let later = bench.post(
            "/v1/payment_intents",
            "amount=900&currency=eur&customer=\(held.text("customer"))&payment_method=\(held.text("payment_method.id"))"
                + "&payment_method_types[0]=link&off_session=true&confirm=true")
        #expect(later.text("status") == "succeeded")
        bench.time.advance(seconds: 7 * day)
        #expect(bench.get("/v1/payment_intents/\(held.id)").text("cancellation_reason") == "expired")
    }

    @Test func `on a page for cards Link is the wallet of the card in it`() {
        let paid = pay(page("&payment_method_types[0]=card"), #"{"method":"link"}"#)
        #expect(paid.text("payment_method.type") == "card")
        #expect(
            paid["latest_charge.payment_method_details.card.wallet"]
                == .object([("link", .emptyObject), ("dynamic_last4", nil), ("type", "link")]))
        #expect(paid.text("latest_charge.payment_method_details.card.last4") == "4242")
    }

    @Test func `a session that says so shows no Link, neither as a method nor as a wallet`() {
        turnLinkOn()
        for types in ["", "&payment_method_types[0]=card"] {
            let page = page("&wallet_options[link][display]=never" + types)
            #expect(page["wallet_options"] == ["link": ["display": "never"]])
            #expect(pay(page, #"{"method":"link"}"#).status == 400)
            #expect(pay(page, #"{"wallet":"link"}"#).status == 400)
            #expect(!String(decoding: bench.get("/c/pay/\(page.id)").response.body, as: UTF8.self).contains("Link"))
            #expect(pay(page, #"{"wallet":"google_pay"}"#).text("status") == "succeeded")
        }
        #expect(String(decoding: bench.get("/c/pay/\(page().id)").response.body, as: UTF8.self).contains("Link"))
        #expect(page()["wallet_options"] == .null)
    }

    @Test func `nobody gets round a page that shows no Link, and a hold by Link needs one that does`() {
        turnLinkOn()
        let hold = "&payment_intent_data[capture_method]=manual"
        let without = page(hold + "&wallet_options[link][display]=never")
        let typed = bench.send("POST", "/c/pay/\(without.id)", body: "method=link&email=a%40b.de&name=Anna")
        #expect(typed.status == 402)
        let saved = pay(page(hold), #"{"method":"link"}"#).text("payment_method.id")
        #expect(pay(without, "{\"payment_method\":\"\(saved)\"}").status == 400)
        #expect(bench.get("/v1/checkout/sessions/\(without.id)")["payment_intent"] == .null)
        #expect(pay(without, #"{"card":"4242424242424242"}"#).text("status") == "requires_capture")
        #expect(pay(page(hold + "&wallet_options[link][display]=auto"), #"{"method":"link"}"#).text("status") == "requires_capture")
    }

    @Test func `a card in a wallet is saved, declined and confirmed like another one`() {
        #expect(pay(page(), #"{"wallet":"google_pay","card":"4000000000009995"}"#).error == "402 card_declined -")
        #expect(pay(page(), #"{"wallet":"purse"}"#).status == 400)
        let waiting = bench.order(
            "checkout/\(page().id)/pay", #"{"wallet":"google_pay","card":"4000002760003184","authentication":"leave"}"#)
        #expect(waiting.text("next").contains("/c/3ds/"))
        let phone = bench.order(
            "checkout/\(page().id)/pay", #"{"wallet":"apple_pay","card":"4000002760003184","authentication":"leave"}"#)
        #expect(phone.text("payment_status") == "paid", "the phone has asked its owner already")
    }
}
