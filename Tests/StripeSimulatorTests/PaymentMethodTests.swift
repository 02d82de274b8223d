import Testing

@testable import StripeSimulator

@Suite struct PaymentMethodTests {
    let bench = Bench()

    @Test func `attaching a test id makes a method of its own, and detaching it is for good`() {
        let customer = bench.customer()
        let first = bench.post("/v1/payment_methods/pm_card_visa/attach", "customer=\(customer)")
        let second = bench.post("/v1/payment_methods/pm_card_visa/attach", "customer=\(customer)")
        #expect(first.id != second.id)
        #expect(first.text("customer") == customer)
        let detached = bench.post("/v1/payment_methods/\(first.id)/detach")
        #expect(detached["customer"] == .null)
        #expect(bench.post("/v1/payment_methods/\(first.id)/attach", "customer=\(customer)").status == 400)
        #expect(bench.pay(card: first.id).error == "400 - payment_method")
        #expect(bench.get("/v1/payment_methods", "customer=\(customer)&type=card").data.count == 1)
    }

    @Test func `a card of another customer is refused, and so is one without its customer`() {
        let owner = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_visa/attach", "customer=\(owner)").id
        #expect(bench.pay(card: method, more: "&customer=\(bench.customer())").error == "400 - payment_method")
        #expect(bench.pay(card: method).error == "400 parameter_missing source")
    }

    @Test func `setup_future_usage keeps the card with the customer`() {
        let customer = bench.customer()
        let hold = bench.hold(more: "&customer=\(customer)&setup_future_usage=off_session")
        let method = hold.text("payment_method")
        #expect(bench.get("/v1/payment_methods/\(method)").text("customer") == customer)
        #expect(bench.pay(card: method, more: "&customer=\(customer)&off_session=true").text("status") == "succeeded")
    }

    @Test func `a card that its network renews keeps its id and stays good, with new digits`() {
        let customer = bench.customer()
        let method = bench.hold(more: "&customer=\(customer)&setup_future_usage=off_session").text("payment_method")
        let before = bench.get("/v1/payment_methods/\(method)")
        _ = bench.eventTypes()
        bench.order("payment_methods/\(method)", #"{"renew":{"last4":"1881","exp_month":5,"exp_year":2031}}"#)
        let renewed = bench.get("/v1/payment_methods/\(method)")
        #expect(renewed.text("card.last4") == "1881")
        #expect(renewed.int("card.exp_year") == 2031)
        #expect(renewed.text("card.fingerprint") != before.text("card.fingerprint"))
        #expect(bench.eventTypes() == ["payment_method.automatically_updated"])
        let event = bench.get("/v1/events", "type=payment_method.automatically_updated").data.first
        #expect(event?["data"]?["previous_attributes"]?["card"]?["last4"] == "4242")
        #expect(event?["data"]?["previous_attributes"]?["card"]?["brand"] == nil)
        let paid = bench.pay(card: method, more: "&customer=\(customer)&off_session=true")
        #expect(paid.text("status") == "succeeded")
        #expect(bench.charge(of: paid).text("payment_method_details.card.last4") == "1881")
        #expect(bench.order("payment_methods/\(method)", #"{"renew":{"last4":"18"}}"#).status == 400)
    }

    @Test func `a card that is only prolonged keeps its number and its fingerprint`() {
        let method = bench.post("/v1/payment_methods/pm_card_visa/attach", "customer=\(bench.customer())")
        bench.order("payment_methods/\(method.id)", #"{"renew":{"last4":"4242","exp_year":2040}}"#)
        let renewed = bench.get("/v1/payment_methods/\(method.id)")
        #expect(renewed.text("card.fingerprint") == method.text("card.fingerprint"))
        #expect(renewed.int("card.exp_year") == 2040)
        let event = bench.get("/v1/events", "type=payment_method.automatically_updated").data.first
        #expect(event?["data"]?["previous_attributes"]?["card"]?.members?.map(\.key) == ["exp_year"])
    }

    @Test func `no card of a deleted customer is charged, and a live hold on one is still captured`() {
        let customer = bench.customer()
        let hold = bench.hold(more: "&customer=\(customer)&setup_future_usage=off_session")
        let method = hold.text("payment_method")
        let waiting = bench.post(
            "/v1/payment_intents", "amount=900&currency=eur&customer=\(customer)&payment_method=\(method)&payment_method_types[0]=card")
        _ = bench.eventTypes()
        _ = bench.delete("/v1/customers/\(customer)")
        #expect(bench.eventTypes() == ["payment_method.detached", "customer.deleted"])
        #expect(bench.pay(card: method, more: "&customer=\(customer)&off_session=true").error == "400 resource_missing customer")
        #expect(bench.pay(card: method).error == "400 - payment_method")
        #expect(bench.post("/v1/payment_intents/\(waiting.id)/confirm").error == "400 - payment_method")
        #expect(bench.post("/v1/payment_intents/\(hold.id)/capture", "amount_to_capture=5000").int("amount_received") == 5000)
        let expanded = bench.get("/v1/payment_intents/\(hold.id)", "expand[0]=customer")
        #expect(expanded["customer.deleted"] == true)
    }

    @Test func `a deleted customer says so, leaves the lists, and lets its cards go`() {
        let customer = bench.customer()
        let method = bench.post("/v1/payment_methods/pm_card_visa/attach", "customer=\(customer)").id
        #expect(bench.delete("/v1/customers/\(customer)")["deleted"] == true)
        #expect(bench.get("/v1/customers/\(customer)")["deleted"] == true)
        #expect(bench.get("/v1/customers").data.isEmpty)
        #expect(bench.get("/v1/payment_methods/\(method)")["customer"] == .null)
        #expect(bench.pay(more: "&customer=\(customer)").error == "400 resource_missing customer")
    }
}
