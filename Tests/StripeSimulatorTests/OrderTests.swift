import Testing

@testable import StripeSimulator

@Suite struct OrderTests {
    let bench = Bench()

    @Test func `the clock moves ahead at any time, backwards only while nothing is there`() {
        #expect(bench.get("/_sim/clock").int("now") == Bench.start)
        #expect(bench.order("clock", #"{"advance_seconds":60}"#).int("now") == Bench.start + 60)
        #expect(bench.order("clock", #"{"now":1371000000,"running":false}"#).int("now") == 1_371_000_000)
        #expect(bench.get("/_sim/clock")["running"] == false)
        _ = bench.customer()
        #expect(bench.order("clock", #"{"now":1370000000}"#).status == 400)
        #expect(bench.order("clock", #"{"advance_seconds":-1}"#).status == 400)
        #expect(bench.order("clock", #"{"forward":1}"#).status == 400)
        #expect(bench.order("clock", #"{"now":1371086400,"running":true}"#)["running"] == true)
    }

    @Test func `a reset forgets everything, and the same seed makes the same ids again`() {
        let before = bench.customer()
        bench.order("reset")
        #expect(bench.get("/v1/customers").data.isEmpty)
        let other = Bench()
        #expect(other.customer() == before)
    }

    @Test func `keys have accounts of their own`() {
        _ = bench.customer()
        #expect(bench.get("/v1/customers", headers: [("Authorization", "Bearer sk_test_other")]).data.isEmpty)
        #expect(bench.get("/_sim/ledger")["accounts"]?.arrayValue?.count == 2)
    }

    @Test func `prices are set per account and method`() {
        bench.order("account", #"{"key":"sk_test_bench","fee":{"percent":"2.9","fixed":30},"methods":["card","klarna"]}"#)
        let paid = bench.pay(10_000)
        #expect(bench.get("/v1/balance_transactions/" + bench.charge(of: paid).text("balance_transaction")).int("fee") == 320)
        #expect(bench.order("account", #"{"key":"sk_test_bench","fee":{"percent":"cheap"}}"#).status == 400)
        #expect(bench.order("account", #"{"key":"sk_test_bench","colour":"red"}"#).status == 400)
        #expect(bench.order("account", #"{"id":"acct_unknown"}"#).status == 400)
    }

    @Test(arguments: ["nonsense", "checkout/cs_unknown/pay"])
    func `an order that is not understood says so`(path: String) {
        #expect(bench.order(path).status == 400)
        #expect(bench.order("clock", "{").status == 400)
    }
}
