import Testing

@testable import StripeSimulator

@Suite struct ListTests {
    let bench = Bench()

    private func ids(_ answer: Bench.Answer) -> [String] { answer.data.compactMap { $0["id"]?.textValue } }

    @Test func `lists come newest first, and cursors give the neighbouring page on either side`() {
        let made = (0..<7).map { _ in bench.customer() }
        let newest = Array(made.reversed())
        #expect(ids(bench.get("/v1/customers", "limit=3")) == Array(newest[0..<3]))
        #expect(bench.get("/v1/customers", "limit=3")["has_more"] == true)
        #expect(ids(bench.get("/v1/customers", "limit=3&starting_after=\(newest[2])")) == Array(newest[3..<6]))
        #expect(ids(bench.get("/v1/customers", "limit=2&ending_before=\(newest[5])")) == Array(newest[3..<5]))
        #expect(bench.get("/v1/customers", "limit=2&ending_before=\(newest[2])")["has_more"] == false)
        #expect(bench.get("/v1/customers", "limit=7")["has_more"] == false, "a full last page has no more")
        #expect(ids(bench.get("/v1/customers", "limit=0")).count == 1)
        #expect(ids(bench.get("/v1/customers", "limit=1000")).count == 7)
    }

    @Test func `bad cursors and limits are refused`() {
        let customer = bench.customer()
        #expect(bench.get("/v1/customers", "starting_after=cus_unknown").error == "400 resource_missing starting_after")
        #expect(bench.get("/v1/customers", "starting_after=\(customer)&ending_before=\(customer)").status == 400)
        #expect(bench.get("/v1/customers", "limit=many").error == "400 parameter_invalid_integer limit")
        #expect(bench.get("/v1/payment_intents/pi_unknown").error == "404 resource_missing intent")
    }

    @Test func `filters by customer, time and type walk only what they name`() {
        let guest = bench.customer()
        let own = bench.hold(more: "&customer=\(guest)").id
        bench.time.advance(seconds: 60)
        let later = bench.hold(more: "&customer=\(guest)").id
        _ = bench.hold()
        #expect(ids(bench.get("/v1/payment_intents", "customer=\(guest)")) == [later, own])
        #expect(ids(bench.get("/v1/payment_intents", "customer=\(guest)&created[lt]=\(Bench.start + 60)")) == [own])
        #expect(ids(bench.get("/v1/payment_intents", "created[gte]=\(Bench.start + 60)")).count == 2)
        let types = bench.get("/v1/events", "types[0]=customer.created&types[1]=charge.succeeded&limit=100").data.map { $0["type"] }
        #expect(types == ["charge.succeeded", "charge.succeeded", "charge.succeeded", "customer.created"])
        #expect(bench.get("/v1/events", "type=charge.*&limit=100").data.count == 3)
        #expect(bench.get("/v1/balance_transactions", "type=no_such").data.isEmpty)
    }

    @Test func `events are listed for 30 days`() {
        let customer = bench.customer()
        let event = bench.get("/v1/events").data.first?["id"]?.textValue ?? ""
        #expect(bench.get("/v1/events/\(event)").text("data.object.id") == customer)
        bench.time.advance(seconds: 31 * day)
        bench.post("/v1/customers/\(customer)", "name=New")
        #expect(bench.get("/v1/events").data.count == 1)
        #expect(bench.get("/v1/events/\(event)").status == 404)
    }

    @Test func `expansion puts objects in the place of ids, in lists and four levels deep`() {
        let paid = bench.pay(more: "&customer=\(bench.customer())")
        let list = bench.get("/v1/payment_intents", "expand[]=data.latest_charge.balance_transaction&expand[]=data.customer")
        #expect(list.text("data.0.latest_charge.balance_transaction.type") == "charge")
        #expect(list.text("data.0.customer.email") == "guest@example.com")
        let transaction = bench.get("/v1/balance_transactions", "expand[]=data.source.payment_intent")
        #expect(transaction.text("data.0.source.payment_intent.id") == paid.id)
        #expect(bench.get("/v1/payment_intents/\(paid.id)", "expand[]=nonsense").status == 400)
        #expect(bench.get("/v1/payment_intents/\(paid.id)", "expand[]=amount").status == 400)
    }
}
