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
