import Foundation
import JSON
import TestSupport
import Testing

/// Money that the guest is owed and Stripe does not give back: no step of a plan, but a credit with its reason, and the folio closes.
@Suite struct `A credit that Stripe does not give back` {
    static let folios = "/v1/tenants/seeblick/folios"

    /// Paid 150.00, and 120.00 are charged: 30.00 are to go back.
    private func overpaid() async throws -> PaidHouse { try await PaidHouse(paid: 15000, lines: [("lodging", 12000)]) }

    private func expectCredit(
        _ house: PaidHouse, _ done: House.Answer, amount: Int = 3000, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)", sourceLocation: sourceLocation)
        let folio = try await house.folio()
        #expect(
            folio["totals"]?["open"] == .int(-amount) && folio["totals"]?["open_credit"] == .int(amount), "\(folio)",
            sourceLocation: sourceLocation)
        let warning = folio["warnings"]?.arrayValue?.first { $0["code"] == "open_credit" }
        #expect(warning?["message"]?.textValue?.contains("contests") == true, "\(folio)", sourceLocation: sourceLocation)
    }

    @Test func `is none while the bank has taken all of it back: then the guest owes the bill again`() async throws {
        let house = try await overpaid()
        try await house.dispute()
        try await house.sync()
        let plan = try await house.plan()
        #expect(plan["due"] == 0 && plan["steps"] == [] && plan["rest"] == 0, "\(plan)")
        let done = try await house.checkOut()
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)")
        let totals = try await house.folio()["totals"]
        #expect(totals?["open"] == 12000 && totals?["withdrawn"] == 15000 && totals?["open_credit"] == 0, "\(totals ?? .null)")
        #expect(try await house.refunds().isEmpty, "nothing was even asked for")
    }

    @Test func `is no step of a plan while the payment is contested`() async throws {
        let house = try await overpaid()
        try await house.dispute(amount: 1000)
        try await house.sync()
        let plan = try await house.plan()
        #expect(plan["due"] == -2000 && plan["steps"] == [] && plan["rest"] == -2000, "\(plan)")
        let warning = plan["warnings"]?[0]
        #expect(warning?["code"] == "not_refundable" && warning?["amount"] == 2000)
        #expect(warning?["reason"]?.textValue?.contains("contests") == true)
        try await expectCredit(house, try await house.checkOut(), amount: 2000)
        #expect(try await house.refunds().isEmpty, "nothing was even asked for")
        let german = try await house.send("GET", "\(Self.folios)/R-1", headers: [("Accept-Language", "de")])
        #expect(german.text.contains("Guthaben") && german.text.contains("Bank des Gastes"))
    }

    /// The dispute comes between the plan that was shown and the button, and no news of it.
    @Test func `comes of a refund that is refused because of a dispute nobody had heard of`() async throws {
        let house = try await overpaid()
        try await house.dispute()
        try await expectCredit(house, try await house.checkOut())
        try await house.sync()
        let totals = try await house.folio()["totals"]
        #expect(totals?["open_credit"] == 0 && totals?["open"] == 12000, "the bank gave the guest all of it: \(totals ?? .null)")
        try await house.expectAtStripe(taken: 15000, back: 0)
    }

    /// The news comes while the check-out is stuck in a step before.
    @Test func `comes of a dispute between two steps`() async throws {
        let house = try await overpaid()
        let page = try await house.send("POST", "\(Self.folios)/R-1/holds", ["amount": 20000])
        try await house.simulator.pay(page: page.json["payment_url"]?.textValue)
        try await house.sync()
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/payment_intents/{id}/cancel", "fault": "cut_before_effect", "times": 30])
        let plan = try await house.plan()
        #expect(plan["steps"]?.arrayValue?.map { $0["do"] } == ["release", "refund"])
        let stuck = try await house.send("POST", "\(Self.folios)/R-1/check-out", ["plan": plan["id"] ?? .null])
        #expect(stuck.status == 503, "\(stuck.text)")
        try await house.dispute()
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.sync()
        try await house.sync()
        let folio = try await house.folio()
        #expect(folio["state"] == "checked_out" && folio["totals"]?["open"] == 12000, "\(folio)")
        #expect(folio["totals"]?["open_credit"] == 0, "\(folio)")
        try await house.expectAtStripe(taken: 15000, back: 0)
    }

    @Test(arguments: ["cancellation", "no-show"]) func `lets a stay end without a check-out, too`(ending: String) async throws {
        let house = try await overpaid()
        try await house.dispute()
        let done = try await house.send("POST", "\(Self.folios)/R-1/\(ending)", ["fee": 0, "reason": "ill"])
        #expect(done.status == 200 && done.json["totals"]?["open_credit"] == 15000, "\(done.text)")
        #expect(try await house.folio()["state"] == (ending == "no-show" ? "no_show" : "cancelled"))
        try await house.expectAtStripe(taken: 15000, back: 0)
    }

    /// The bank has given the guest the money: whoever paid the credit outside as well would pay it twice.
    @Test(arguments: [(10700, 0), (3000, 7700)]) func `is none as far as a lost dispute has paid it`(contested: Int, left: Int) async throws
    {
        let house = try await PaidHouse()
        let dispute = try await house.dispute(amount: contested)
        let done = try await house.send("POST", "\(Self.folios)/R-1/cancellation", ["fee": 0, "reason": "ill"])
        #expect(done.json["totals"]?["open_credit"] == 10700, "nobody knows yet how it ends: \(done.text)")
        try await house.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": "lost"])
        try await house.sync()
        let folio = try await house.folio()
        #expect(folio["totals"]?["open_credit"] == .int(left), "\(folio)")
        #expect(folio["warnings"]?.arrayValue?.contains { $0["code"] == "open_credit" } == (left > 0))
        try await house.expectAtStripe(taken: 10700, back: 0)
    }

    @Test func `of a lost dispute is not given back again out of another payment`() async throws {
        let house = try await overpaid()
        let page = try await house.send("POST", "\(Self.folios)/R-1/payments", ["amount": 5000])
        try await house.simulator.pay(page: page.json["payment_url"]?.textValue)
        let dispute = try await house.dispute(amount: 8000)
        try await house.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": "lost"])
        try await house.sync()
        let plan = try await house.plan()
        #expect(plan["due"] == 0 && plan["steps"] == [] && plan["rest"] == 0, "200.00 paid, 120.00 charged, 80.00 lost: \(plan)")
    }

    @Test func `is given back out of the folio's other payments first`() async throws {
        let house = try await PaidHouse(paid: 15000, lines: [])
        for amount in [2000, 1000] {
            let page = try await house.send("POST", "\(Self.folios)/R-1/payments", ["amount": .int(amount)])
            try await house.simulator.pay(page: page.json["payment_url"]?.textValue)
            try await house.sync()
        }
        try await house.charge("lodging", 15500)
        // Known: what is contested is passed over. Not known: what Stripe refuses goes back another way, in the same check-out.
        try await house.dispute(3)
        let plan = try await house.plan()
        #expect(plan["steps"]?.arrayValue?.map { [$0["payment"], $0["amount"]] } == [[3, 1000], [2, 1500]])
        let done = try await house.checkOut()
        #expect(done.json["state"] == "checked_out" && done.json["totals"]?["open"] == 0, "\(done.text)")
        #expect(
            done.json["steps"]?.arrayValue?.map { [$0["payment"], $0["amount"], $0["state"]] }.contains([2, 2000, "done"]) == true,
            "\(done.text)")
        try await house.expectAtStripe(taken: 18000, back: 2500)
    }

    @Test func `is given back after all once the dispute is won`() async throws {
        let house = try await overpaid()
        let dispute = try await house.dispute()
        _ = try await house.checkOut()
        let refused = try await house.refund(3000, bill: nil)
        #expect(refused.status == 422 && refused.code == "payment_not_refundable", "\(refused.text)")
        #expect(refused.json["detail"]?.textValue?.contains("contests") == true && refused.json["hint"] != .null)
        #expect(try await house.folio()["refunds"]?.arrayValue?.count == 1, "only the one of the check-out was decided")
        try await house.sync()
        try await house.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": "won"])
        try await house.sync()
        let won = try await house.folio()["totals"]
        #expect(won?["open_credit"] == 0 && won?["open"] == -3000)
        #expect(try await house.refund(3000, bill: nil).status == 201)
        #expect(try await house.folio()["totals"]?["open"] == 0)
        try await house.expectAtStripe(taken: 15000, back: 3000)
    }

    @Test func `is one, too, while a dispute is about a part only`() async throws {
        let house = try await overpaid()
        try await house.dispute(amount: 500)
        try await house.sync()
        #expect(try await house.plan()["steps"] == [])
        try await expectCredit(house, try await house.checkOut(), amount: 2500)
    }

    @Test func `is none while the bank only asks`() async throws {
        let house = try await overpaid()
        try await house.dispute(inquiry: true)
        try await house.sync()
        #expect(try await house.plan()["steps"]?[0]?["do"] == "refund")
        #expect(try await house.checkOut().json["totals"]?["open"] == 0)
        try await house.expectAtStripe(taken: 15000, back: 3000)
    }

    @Test func `is none of a payment of which at Stripe everything has gone back: that is read first`() async throws {
        let house = try await overpaid()
        try await house.refundAtStripe(15000)
        #expect(try await house.checkOut().code == "plan_changed")
        let done = try await house.checkOut()
        // 150.00 went back, and 120.00 of it nobody asks the guest for again.
        #expect(done.json["state"] == "checked_out" && done.json["totals"]?["set_aside"] == 12000, "\(done.text)")
        let totals = try await house.folio()["totals"]
        #expect(totals?["open_credit"] == 0 && totals?["open"] == 12000, "\(totals ?? .null)")
        try await house.expectAtStripe(taken: 15000, back: 15000)
    }

    /// More was asked for than is left at Stripe: the picture here is old, and nothing is said of the payment.
    @Test func `is none when only the amount was too much: the news says how it stands`() async throws {
        let house = try await overpaid()
        try await house.refundAtStripe(14000)
        #expect(try await house.checkOut().code == "plan_changed")
        #expect(try await house.folio()["payments"]?[0]?["refund_refusal"] == .null)
        let done = try await house.checkOut()
        #expect(done.json["state"] == "checked_out" && done.json["totals"]?["set_aside"] == 11000, "\(done.text)")
        try await house.expectAtStripe(taken: 15000, back: 14000)
    }

    @Test func `is listed for accounting, by program and by command`() async throws {
        let house = try await overpaid()
        try await house.dispute()
        _ = try await house.checkOut()
        let listed = try await house.send("GET", "\(Self.folios)")
        #expect(listed.json["data"]?[0]?["totals"]?["open_credit"] == 3000)
        let output = try await house.house.succeed("folio", "list", "seeblick", "--format", "json")
        #expect(output.contains("\"open_credit\":3000"), "\(output)")
        let shown = try await house.house.json("folio", "show", "seeblick", "R-1")
        #expect("\(shown)".contains("contests"), "\(shown)")
    }

    /// The bill was lowered with it, and stays so; whoever asked is told.
    @Test func `comes of a refund with the bill lowered that Stripe refuses`() async throws {
        let house = try await PaidHouse()
        try await house.dispute()
        let refused = try await house.refund(5000, bill: "lowered", key: "lowered")
        #expect(refused.status == 422 && refused.code == "stripe_refused", "\(refused.text)")
        #expect(refused.json["detail"]?.textValue?.contains("bill was lowered") == true, "\(refused.text)")
        #expect(try await house.refund(5000, bill: "lowered", key: "lowered").body == refused.body)
        let folio = try await house.folio()
        #expect(folio["totals"]?["charged"] == 5700 && folio["totals"]?["open_credit"] == 5000, "\(folio)")
        try await expectCredit(house, try await house.checkOut(), amount: 5000)
    }
}
