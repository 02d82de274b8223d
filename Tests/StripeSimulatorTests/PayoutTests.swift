import Testing

@testable import StripeSimulator

@Suite struct PayoutTests {
    let bench = Bench()

    @Test func `a daily payout carries what is available, and its parts add up to it`() {
        bench.order("account", #"{"key":"sk_test_bench","payouts":{"schedule":"daily","delay_days":7}}"#)
        let paid = bench.pay(10_000)
        bench.pay(5_000)
        bench.post("/v1/refunds", "payment_intent=\(paid.id)&amount=1000")
        bench.time.advance(seconds: 8 * day)
        let payout = bench.get("/v1/payouts").data.first
        let id = payout?["id"]?.textValue ?? ""
        #expect(payout?["amount"] == 13_725, "98.25 + 49.00 + 0.00 - 10.00 = 137.25 after fees 1.75 and 1.00")
        #expect(payout?["automatic"] == true)
        let parts = bench.get("/v1/balance_transactions", "payout=\(id)").data
        let net = parts.filter { $0["type"] != "payout" }.reduce(0) { $0 + ($1["net"]?.intValue ?? 0) }
        #expect(net == 13_725)
        #expect(parts.contains { $0["type"] == "payout" })
        bench.time.advance(seconds: 2 * day)
        #expect(bench.get("/v1/payouts/\(id)").text("status") == "paid")
        #expect(bench.get("/v1/payouts/\(id)").text("reconciliation_status") == "completed")
        let types = bench.eventTypes()
        #expect(types.contains("payout.reconciliation_completed"))
        #expect(types.contains("payout.paid"))
        #expect(bench.get("/v1/balance").int("available.0.amount") == 0)
    }

    @Test func `a manual payout needs the money, cannot be itemised, and may fail at the bank`() {
        bench.pay(10_000)
        #expect(bench.post("/v1/payouts", "amount=100&currency=eur").error == "400 balance_insufficient -")
        bench.time.advance(seconds: 7 * day)
        let payout = bench.post("/v1/payouts", "amount=9000&currency=eur")
        #expect(payout["automatic"] == false)
        #expect(bench.get("/v1/balance_transactions", "payout=\(payout.id)").status == 400)
        #expect(bench.get("/v1/balance").int("available.0.amount") == 825)
        bench.order("payouts/\(payout.id)", #"{"fail":"account_closed"}"#)
        let failed = bench.get("/v1/payouts/\(payout.id)")
        #expect(failed.text("status") == "failed")
        #expect(failed.text("failure_code") == "account_closed")
        #expect(bench.get("/v1/balance").int("available.0.amount") == 9825)
        #expect(bench.get("/v1/balance_transactions", "payout=po_unknown").error == "400 resource_missing payout")
    }
}
