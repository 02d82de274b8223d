import Foundation
import JSON
import TestSupport
import Testing

/// Money that goes back while a folio is open: what becomes of the bill, and what no check-out may take again. Over HTTP, beside a
/// simulated Stripe whose own pages are used, too.
@Suite struct `Money given back on an open folio` {
    static let folios = "/v1/tenants/seeblick/folios"

    // MARK: - Asked for

    @Test func `needs to say what becomes of the bill, and without that nothing is decided`() async throws {
        let house = try await PaidHouse()
        let refused = try await house.refund(5000, bill: nil, key: "unsaid")
        #expect(refused.status == 422 && refused.code == "bill_missing", "\(refused.text)")
        for word in ["lowered", "unchanged"] {
            #expect(refused.json["detail"]?.textValue?.contains(word) == true && refused.json["hint"]?.textValue?.contains(word) == true)
        }
        let german = try await house.send(
            "POST", "\(Self.folios)/R-1/payments/1/refunds", ["amount": 5000, "reason": "Lärm"], headers: [("Accept-Language", "de")])
        #expect(german.json["hint"]?.textValue?.contains("Nachlass") == true)
        let folio = try await house.folio()
        #expect(folio["refunds"] == [] && folio["lines"]?.arrayValue?.count == 1 && folio["totals"]?["refunded"] == 0)
        #expect(try await house.refunds().isEmpty)
        let wrong = try await house.refund(5000, bill: "raise")
        #expect(wrong.status == 400 && wrong.code == "field_invalid")
    }

    @Test func `with the bill lowered makes an allowance with it, and check-out has nothing left to take`() async throws {
        let house = try await PaidHouse()
        let answer = try await house.refund(5000, bill: "lowered", key: "lowered")
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.json["refunds"]?[0]?["bill"] == "lowered" && answer.json["lines"]?[1]?["kind"] == "allowance")
        #expect(answer.json["lines"]?[1]?["gross"] == -5000 && answer.json["lines"]?[1]?["reason"] == "noisy room")
        #expect(
            answer.json["totals"]?["open"] == 0 && answer.json["totals"]?["set_aside"] == 0 && answer.json["totals"]?["charged"] == 5700)
        #expect(try await house.refund(5000, bill: "lowered", key: "lowered").body == answer.body, "the same request is the same refund")
        let done = try await house.checkOut()
        #expect(done.json["state"] == "checked_out" && done.json["totals"]?["open"] == 0 && done.json["document"]?["gross"] == 5700)
        try await house.expectAtStripe(taken: 10700, back: 5000)
    }

    @Test func `with the bill unchanged is set aside: no check-out takes it again, and the folio closes`() async throws {
        let house = try await PaidHouse()
        let answer = try await house.refund(5000, bill: "unchanged")
        #expect(answer.status == 201 && answer.json["refunds"]?[0]?["bill"] == "unchanged", "\(answer.text)")
        #expect(answer.json["totals"]?["open"] == 5000 && answer.json["totals"]?["set_aside"] == 5000)
        #expect(answer.json["totals"]?["uncovered"] == 0)
        #expect(answer.json["warnings"]?.arrayValue?.map { $0["code"] } == ["refund_set_aside"])
        let plan = try await house.plan()
        #expect(plan["due"] == 0 && plan["steps"] == [] && plan["set_aside"] == 5000 && plan["rest"] == 0)
        #expect(plan["warnings"]?.arrayValue?.map { [$0["code"], $0["amount"]] } == [["refund_set_aside", 5000]])
        let done = try await house.checkOut()
        #expect(done.json["state"] == "checked_out" && done.json["totals"]?["set_aside"] == 5000, "\(done.text)")
        #expect(done.json["warnings"]?[0]?["code"] == "refund_set_aside")
        try await house.expectAtStripe(taken: 10700, back: 5000)
        let late = try await house.decide(1, "charge_again")
        #expect(late.status == 409 && late.code == "folio_closed")
    }

    @Test func `leaves what else is owed to the check-out`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "unchanged")
        try await house.charge("massage", 5950)
        #expect(try await house.plan()["due"] == 5950)
        #expect(try await house.checkOut().json["state"] == "checked_out")
        try await house.expectAtStripe(taken: 10700 + 5950, back: 5000)
    }

    @Test func `goes onto the line with the largest rest, then the next, or onto the one that is named`() async throws {
        let house = try await PaidHouse(
            paid: 25000, lines: [("drinks", 3000), ("lodging", 10700), ("massage", 5950), ("visitors_tax", 350)])
        let spread = try await house.refund(12000, bill: "lowered")
        let allowances = spread.json["lines"]?.arrayValue?.filter { $0["kind"] == "allowance" }.map { [$0["original"], $0["gross"]] }
        #expect(allowances == [[2, -10700], [3, -1300]], "\(spread.text)")
        let named = try await house.refund(1000, bill: "lowered", line: 1)
        #expect(named.json["lines"]?[6]?["original"] == 1 && named.json["lines"]?[6]?["gross"] == -1000)
        let tooMuch = try await house.refund(2001, bill: "lowered", line: 1)
        #expect(tooMuch.status == 422 && tooMuch.code == "allowance_too_large")
        let beyond = try await house.refund(7001, bill: "lowered")
        #expect(beyond.status == 422 && beyond.code == "allowance_too_large", "no more is left of the bill than 70.00")
        let loose = try await house.refund(1000, bill: "unchanged", line: 1)
        #expect(loose.status == 422 && loose.code == "line_unwanted")
        #expect(try await house.folio()["refunds"]?.arrayValue?.count == 2)
        #expect(try await house.refunds().count == 2)
        #expect(try await house.refund(7000, bill: "lowered").status == 201)
        #expect(try await house.checkOut().json["totals"]?["open"] == 0)
    }

    // MARK: - Decided later

    @Test func `is decided later by lowering the bill, once`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "unchanged")
        let before = try await house.plan()["id"]
        let answer = try await house.decide(1, "lowered", key: "decide")
        #expect(answer.status == 200 && answer.json["refunds"]?[0]?["bill"] == "lowered", "\(answer.text)")
        #expect(
            answer.json["totals"]?["set_aside"] == 0 && answer.json["totals"]?["open"] == 0 && answer.json["totals"]?["charged"] == 5700)
        #expect(try await house.decide(1, "lowered", key: "decide").body == answer.body)
        for word in ["lowered", "charge_again"] {
            let again = try await house.decide(1, word)
            #expect(again.status == 409 && again.code == "bill_decided")
        }
        #expect(try await house.plan()["id"] != before)
        #expect(try await house.decide(9, "lowered").code == "refund_not_found")
        let listed = try await house.send("GET", "\(Self.folios)/R-1/refunds")
        #expect(listed.json["data"]?[0]?["bill"] == "lowered")
    }

    @Test func `is decided later by taking it again: shown in the next plan, never taken before`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "unchanged")
        let old = try #require(try await house.plan()["id"])
        #expect(try await house.decide(1, "charge_again").json["refunds"]?[0]?["bill"] == "charge_again")
        let stale = try await house.send("POST", "\(Self.folios)/R-1/check-out", ["plan": old])
        #expect(stale.status == 409 && stale.code == "plan_changed" && stale.json["plan"]?["due"] == 5000, "\(stale.text)")
        try await house.expectAtStripe(taken: 10700, back: 5000)
        #expect(try await house.checkOut().json["totals"]?["open"] == 0)
        try await house.expectAtStripe(taken: 15700, back: 5000)
    }

    @Test func `two refunds are decided each for itself`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(2000, bill: "lowered")
        _ = try await house.refund(3000, bill: "unchanged")
        let folio = try await house.folio()
        #expect(folio["refunds"]?.arrayValue?.map { $0["bill"] } == ["lowered", "unchanged"])
        #expect(folio["totals"]?["open"] == 3000 && folio["totals"]?["set_aside"] == 3000)
        #expect(try await house.decide(1, "charge_again").code == "bill_decided")
        #expect(try await house.checkOut().json["totals"]?["set_aside"] == 3000)
        try await house.expectAtStripe(taken: 10700, back: 5000)
    }

    @Test func `whose line is reversed afterwards gives back the rest only`() async throws {
        for bill in ["lowered", "unchanged"] {
            let house = try await PaidHouse()
            _ = try await house.refund(5000, bill: bill)
            _ = try await house.send("POST", "\(Self.folios)/R-1/lines/1/reversal", ["reason": "moved out"])
            #expect(try await house.plan()["due"] == -5700, "\(bill)")
            #expect(try await house.checkOut().json["totals"]?["open"] == 0)
            try await house.expectAtStripe(taken: 10700, back: 10700)
        }
    }

    /// The allowance settles what was set aside, or the guest pays it: what comes later is not swallowed by it.
    @Test(arguments: ["asked here", "made at Stripe"], ["allowance", "payment"])
    func `that somebody has settled otherwise does not swallow what is charged later`(origin: String, settled: String) async throws {
        let house = try await PaidHouse()
        if origin == "asked here" {
            _ = try await house.refund(5000, bill: "unchanged")
        } else {
            try await house.refundAtStripe(5000)
            try await house.sync()
        }
        #expect(try await house.folio()["totals"]?["set_aside"] == 5000)
        if settled == "allowance" {
            _ = try await house.send("POST", "\(Self.folios)/R-1/lines/1/allowance", ["amount": 5000, "reason": "noisy room"])
        } else {
            let page = try await house.send("POST", "\(Self.folios)/R-1/payments", ["amount": 5000])
            try await house.simulator.pay(page: page.json["payment_url"]?.textValue)
            try await house.sync()
        }
        let done = try await house.folio()["totals"]
        #expect(done?["open"] == 0 && done?["set_aside"] == 0, "\(done ?? .null)")
        try await house.charge("minibar", 3000)
        let totals = try await house.folio()["totals"]
        #expect(totals?["open"] == 3000 && totals?["set_aside"] == 0, "\(totals ?? .null)")
        #expect(try await house.plan()["due"] == 3000)
        #expect(try await house.checkOut().json["totals"]?["open"] == 0)
        try await house.expectAtStripe(taken: settled == "allowance" ? 13700 : 18700, back: 5000)
    }

    /// A line that was entered wrongly is reversed and entered again: that settles nothing.
    @Test func `stays set aside while lines are corrected`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "unchanged")
        _ = try await house.send("POST", "\(Self.folios)/R-1/lines/1/reversal", ["reason": "wrong room"])
        try await house.charge("lodging", 10900)
        let totals = try await house.folio()["totals"]
        #expect(totals?["open"] == 5200 && totals?["set_aside"] == 5000, "\(totals ?? .null)")
        #expect(try await house.plan()["due"] == 200)
    }

    @Test func `of a deposit, before anything is charged, is set aside once there is a bill`() async throws {
        let house = try await PaidHouse(lines: [])
        #expect(try await house.refund(10700, bill: "lowered").code == "allowance_too_large")
        let answer = try await house.refund(10700, bill: "unchanged")
        #expect(answer.json["totals"]?["open"] == 0 && answer.json["totals"]?["set_aside"] == 0)
        try await house.charge("lodging", 12000)
        #expect(try await house.folio()["totals"]?["set_aside"] == 10700)
        #expect(try await house.plan()["due"] == 1300)
        _ = try await house.decide(1, "charge_again")
        #expect(try await house.plan()["due"] == 12000)
    }

    @Test(arguments: ["cancellation", "no-show"]) func `stands in no plan of an ending either`(ending: String) async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "unchanged")
        // Of 107.00 50.00 went back: a fee of 80.00 leaves 23.00 open, and all of that is set aside.
        let done = try await house.send("POST", "\(Self.folios)/R-1/\(ending)", ["fee": 8000, "reason": "ill"])
        #expect(done.status == 200 && done.json["totals"]?["set_aside"] == 2300 && done.json["totals"]?["open"] == 2300, "\(done.text)")
        try await house.expectAtStripe(taken: 10700, back: 5000)
    }

    @Test func `by a cancellation itself is what was paid too much, and asks nothing`() async throws {
        let house = try await PaidHouse()
        let done = try await house.send("POST", "\(Self.folios)/R-1/cancellation", ["fee": 2000, "reason": "ill"])
        #expect(done.json["state"] == "cancelled" && done.json["totals"]?["set_aside"] == 0)
        #expect(try await house.folio()["refunds"]?.arrayValue?.map { $0["bill"] } == [.null])
        try await house.expectAtStripe(taken: 10700, back: 8700)
    }

    // MARK: - Where the bill cannot change

    @Test func `on a closed folio leaves the bill as it is, and nobody is asked for it again`() async throws {
        let house = try await PaidHouse()
        _ = try await house.checkOut()
        let lower = try await house.refund(1000, bill: "lowered")
        #expect(lower.status == 422 && lower.code == "bill_fixed" && lower.json["hint"]?.textValue?.isEmpty == false, "\(lower.text)")
        for bill in [nil, "unchanged"] { #expect(try await house.refund(1000, bill: bill).json["refunds"]?[0]?["bill"] == "unchanged") }
        try await house.refundAtStripe(1000)
        try await house.sync()
        let totals = try await house.folio()["totals"]
        #expect(totals?["open"] == 3000 && totals?["set_aside"] == 3000 && totals?["uncovered"] == 0)
        let nothing = try await house.decide(1, "lowered")
        #expect(nothing.code == "folio_closed")
    }

    @Test func `while the guest is to pay leaves the bill, and the rest of it to the guest`() async throws {
        let house = try await PaidHouse(card: nil)
        try await house.charge("massage", 5950)
        let waiting = try await house.checkOut()
        #expect(waiting.status == 202 && waiting.json["state"] == "awaiting_guest", "\(waiting.text)")
        let lower = try await house.refund(5000, bill: "lowered")
        #expect(lower.status == 422 && lower.code == "bill_fixed")
        #expect(try await house.refund(5000, bill: nil).json["refunds"]?[0]?["bill"] == "unchanged")
        try await house.simulator.pay(page: waiting.json["payment_url"]?.textValue)
        try await house.sync()
        let folio = try await house.folio()
        #expect(folio["state"] == "checked_out" && folio["totals"]?["set_aside"] == 5000 && folio["totals"]?["open"] == 5000)
        try await house.expectAtStripe(taken: 10700 + 5950, back: 5000)
    }

    // MARK: - On Stripe's own pages

    @Test func `on Stripe's own pages is set aside until somebody decides`() async throws {
        let house = try await PaidHouse()
        try await house.refundAtStripe(5000)
        try await house.sync()
        let folio = try await house.folio()
        #expect(folio["refunds"]?[0]?["bill"] == "unchanged" && folio["totals"]?["set_aside"] == 5000)
        #expect(try await house.plan()["steps"] == [])
        let lowered = try await house.decide(1, "lowered")
        #expect(
            lowered.json["totals"]?["open"] == 0 && lowered.json["lines"]?[1]?["reason"]?.textValue == "Bei Stripe veranlasst",
            "\(lowered.text)")
        #expect(try await house.checkOut().json["totals"]?["set_aside"] == 0)
        try await house.expectAtStripe(taken: 10700, back: 5000)
    }

    @Test func `on Stripe's own pages between a plan and the button is not taken by that plan`() async throws {
        let house = try await PaidHouse()
        try await house.charge("massage", 5950)
        let plan = try #require(try await house.plan()["id"])
        try await house.refundAtStripe(5000)
        try await house.sync()
        let stale = try await house.send("POST", "\(Self.folios)/R-1/check-out", ["plan": plan])
        #expect(stale.code == "plan_changed" && stale.json["plan"]?["due"] == 5950)
    }

    /// The check-out has taken its first step, and its second has no answer yet.
    @Test func `on Stripe's own pages while a check-out runs is neither taken again nor in its way`() async throws {
        let house = try await PaidHouse()
        try await house.charge("massage", 5950)
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/payment_intents", "fault": "effect_then_no_answer", "times": 30])
        let plan = try #require(try await house.plan()["id"])
        let stuck = try await house.send("POST", "\(Self.folios)/R-1/check-out", ["plan": plan], key: "button")
        // The news of the charge may come before the call is given up.
        #expect([200, 503].contains(stuck.status), "\(stuck.text)")
        try await house.refundAtStripe(5000)
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.sync()
        let folio = try await house.folio()
        #expect(folio["state"] == "checked_out" && folio["totals"]?["set_aside"] == 5000 && folio["totals"]?["open"] == 5000, "\(folio)")
        try await house.expectAtStripe(taken: 10700 + 5950, back: 5000)
    }

    // MARK: - Refunds that take their time

    @Test func `that is still on its way is set aside as well`() async throws {
        let house = try await PaidHouse(card: "4000000000007726")
        let answer = try await house.refund(5000, bill: "unchanged")
        #expect(answer.json["refunds"]?[0]?["state"] == "pending" && answer.json["totals"]?["set_aside"] == 5000, "\(answer.text)")
        #expect(try await house.plan()["steps"] == [])
        #expect(try await house.checkOut().json["state"] == "checked_out")
    }

    @Test func `that failed leaves nothing to decide, and nothing set aside`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "unchanged")
        try await house.failRefund()
        #expect(try await house.folio()["totals"]?["set_aside"] == 0)
        let late = try await house.decide(1, "lowered")
        #expect(late.status == 422 && late.code == "nothing_to_decide")
        #expect(try await house.plan()["due"] == 0)
    }

    /// The bill stays lowered: the guest was promised as much. The card is closed, so nothing can go back to it.
    @Test func `that fails after the bill was lowered leaves the guest a credit, and the folio can be closed`() async throws {
        let house = try await PaidHouse()
        _ = try await house.refund(5000, bill: "lowered")
        try await house.failRefund()
        let folio = try await house.folio()
        #expect(
            folio["totals"]?["open"] == -5000 && folio["totals"]?["open_credit"] == 5000 && folio["totals"]?["charged"] == 5700, "\(folio)")
        let plan = try await house.plan()
        #expect(plan["due"] == -5000 && plan["steps"] == [] && plan["warnings"]?[0]?["code"] == "not_refundable")
        let done = try await house.checkOut()
        #expect(done.json["state"] == "checked_out" && done.json["warnings"]?[0]?["code"] == "open_credit", "\(done.text)")
    }

    @Test func `while another hold lives takes nothing out of it`() async throws {
        let house = try await PaidHouse()
        let page = try await house.send("POST", "\(Self.folios)/R-1/holds", ["amount": 20000])
        try await house.simulator.pay(page: page.json["payment_url"]?.textValue)
        try await house.sync()
        _ = try await house.refund(5000, bill: "unchanged")
        let plan = try await house.plan()
        #expect(plan["steps"]?.arrayValue?.map { $0["do"] } == ["release"] && plan["due"] == 0, "\(plan)")
        _ = try await house.checkOut()
        try await house.expectAtStripe(taken: 10700, back: 5000)
    }
}

/// A house with one stay, `R-1`, that is paid ahead and billed, and stays open.
struct PaidHouse {
    let house: House
    var simulator: SimulatorProcess { house.simulator }
    private var path: String { "/v1/tenants/seeblick/folios/R-1" }

    /// - Parameters:
    ///   - card: What is paid with; nil pays with one that cannot be charged without the guest.
    ///   - lines: Category and price of one each.
    init(paid: Int = 10700, card: String? = "4242424242424242", lines: [(String, Int)] = [("lodging", 10700)]) async throws {
        house = try await House(tenants: ["seeblick"])
        try await house.guestPays(try await house.book("R-1", amount: paid, mode: "direct"), card: card ?? "4000002760003184")
        try await sync()
        for (category, price) in lines { try await charge(category, price) }
        let open = paid - lines.reduce(0) { $0 + $1.1 }
        #expect(try await folio()["totals"]?["open"] == .int(-open))
    }

    func send(
        _ method: String, _ path: String, _ body: JSON? = nil, key: String? = nil, headers: [(String, String)] = []
    ) async throws -> House.Answer {
        try await house.send(method, path, body, key: key, headers: headers)
    }

    func folio() async throws -> JSON { try await house.send("GET", path).json }
    func plan() async throws -> JSON { try await house.send("GET", path + "/check-out").json["plan"] ?? .null }

    func charge(_ category: String, _ price: Int) async throws {
        let body: JSON = ["category": .text(category), "description": .text(category), "unit_amount": .int(price)]
        #expect(try await house.send("POST", path + "/lines", body).status == 201)
    }

    func refund(_ amount: Int, of payment: Int = 1, bill: String?, line: Int? = nil, key: String? = nil) async throws -> House.Answer {
        var body: JSON = ["amount": .int(amount), "reason": "noisy room"]
        if let bill { body["bill"] = .text(bill) }
        if let line { body["line"] = .int(line) }
        return try await house.send("POST", path + "/payments/\(payment)/refunds", body, key: key)
    }

    func decide(_ refund: Int, _ bill: String, key: String? = nil) async throws -> House.Answer {
        try await house.send("POST", path + "/refunds/\(refund)/decision", ["bill": .text(bill)], key: key)
    }

    @discardableResult func checkOut() async throws -> House.Answer {
        try await house.send("POST", path + "/check-out", ["plan": try await plan()["id"] ?? .null, "nothing_charged": true])
    }

    /// Another process of the program asks Stripe for news.
    func sync() async throws {
        try await house.succeed("sync")
    }

    // MARK: - At Stripe

    func intent(of payment: Int = 1) async throws -> String {
        try #require(try await folio()["payments"]?[payment - 1]?["payment_intent"]?.textValue)
    }

    /// The owner gives money back on Stripe's own pages.
    func refundAtStripe(_ amount: Int, of payment: Int = 1) async throws {
        _ = try await simulator.order(form: "/v1/refunds", "payment_intent=\(try await intent(of: payment))&amount=\(amount)")
    }

    func refunds() async throws -> [[String: Any]] { try await simulator.order("GET", "/v1/refunds")["data"] as? [[String: Any]] ?? [] }

    /// The guest's bank sends the latest refund back.
    func failRefund() async throws {
        let id = try #require(try await refunds().first?["id"] as? String)
        try await simulator.order("POST", "/_sim/refunds/\(id)", ["outcome": "failed"])
        try await sync()
    }

    /// The guest's bank contests a payment.
    ///
    /// - Returns: The dispute's id.
    @discardableResult func dispute(_ payment: Int = 1, amount: Int? = nil, inquiry: Bool = false) async throws -> String {
        let intent = try await simulator.order("GET", "/v1/payment_intents/\(try await intent(of: payment))")
        let charge = try #require(intent["latest_charge"] as? String)
        var order: [String: any Sendable] = ["inquiry": inquiry]
        if let amount { order["amount"] = amount }
        return try #require(try await simulator.order("POST", "/_sim/charges/\(charge)/dispute", order)["id"] as? String)
    }

    /// What Stripe's own lists say was taken, and given back for good.
    func expectAtStripe(taken: Int, back: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let intents = try await simulator.order("GET", "/v1/payment_intents?limit=100")["data"] as? [[String: Any]] ?? []
        let sum = intents.reduce(0) { $0 + ($1["amount_received"] as? Int ?? 0) }
        let given = try await refunds().filter { !["failed", "canceled"].contains($0["status"] as? String ?? "") }
            .reduce(0) { $0 + ($1["amount"] as? Int ?? 0) }
        #expect(sum == taken && given == back, "taken \(sum), given back \(given)", sourceLocation: sourceLocation)
    }
}
