import JSON
import TestSupport
import Testing

/// Stripe keeps the first answer of a key for a day, also a 500. What can be read is not held up by that for a day: where the object shows
/// that nothing happened, the call goes out under a further key. What makes something is never sent under another key.
@Suite struct `A call that Stripe answered with 500` {
    /// A stay with 300.00 held and something to pay, whose next call of a kind meets a fault once; Stripe repeats its answer by itself.
    private func stuck(_ call: String, owing bill: Int = 25000, _ fault: String = "error_before_effect") async throws -> TwoProcesses {
        let both = try await TwoProcesses()
        try await both.stay("R-1")
        try await both.sync()
        try await both.charge(bill, on: "R-1")
        try await both.fault(fault, on: call, times: 1)
        return both
    }

    private static let capture = "POST /v1/payment_intents/{id}/capture"

    private func checkOut(_ both: TwoProcesses, plan: JSON, process: Int = 0) async throws -> House.Answer {
        try await both.send("POST", "/folios/R-1/check-out", ["plan": plan], key: "out", process: process)
    }

    /// The services follow the simulator's clock within a second.
    private func answered(_ ask: () async throws -> House.Answer) async throws -> House.Answer {
        for _ in 1...100 {
            let told = try await ask()
            guard told.code == "stripe_unanswered" else { return told }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await ask()
    }

    @Test(arguments: [false, true])
    func `is sent under a further key when a minute has passed and the hold is untouched`(bySync: Bool) async throws {
        let both = try await stuck(Self.capture)
        let plan = try await both.plan("R-1")
        for process in [0, 1] {
            let told = try await checkOut(both, plan: plan, process: process)
            #expect(told.status == 503 && told.code == "stripe_unanswered", "\(told.text)")
        }
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.taken == [], "the key has its 500")
        try await both.order("clock", ["advance_seconds": 61])
        if bySync { try await both.sync() }
        let done = try await answered { try await checkOut(both, plan: plan, process: 1) }
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await checkOut(both, plan: plan).body == done.body)
        let stripe = try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]
        #expect(stripe?.taken == [25000] && stripe?.intents.map(\.status) == ["succeeded"], "\(String(describing: stripe))")
        try await both.expectAgreement()
    }

    @Test func `is sent under one further key by all processes`() async throws {
        let both = try await stuck(Self.capture)
        let plan = try await both.plan("R-1")
        #expect(try await checkOut(both, plan: plan).status == 503)
        try await both.order("clock", ["advance_seconds": 61])
        let answers = try await inParallel([0, 1]) { process in
            try await answered { try await checkOut(both, plan: plan, process: process) }
        }
        #expect(answers.allSatisfy { $0.status == 200 && $0.body == answers[0].body }, "\(answers.map(\.text))")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.taken == [25000])
        try await both.expectAgreement()
    }

    @Test func `and that took effect all the same is not sent again`() async throws {
        let both = try await stuck(Self.capture, "error_after_effect")
        let plan = try await both.plan("R-1")
        #expect(try await checkOut(both, plan: plan).status == 503)
        try await both.order("clock", ["advance_seconds": 61])
        let done = try await checkOut(both, plan: plan)
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.taken == [25000])
        try await both.expectAgreement()
    }

    /// Raised to 343.30 and captured: Stripe refuses an increment to what is held already, so what took effect must be seen; also when the
    /// answer was lost and Stripe has forgotten the key.
    @Test(arguments: [
        ("error_before_effect", 61), ("error_after_effect", 61), ("effect_then_no_answer", 61), ("effect_then_no_answer", 25 * 3600),
        ("cut_before_effect", 25 * 3600),
    ])
    func `raises a hold once, whether it had done so or not`(fault: String, seconds: Int) async throws {
        let both = try await TwoProcesses()
        try await both.house.simulator.order(
            "POST", "/_sim/account", ["features": ["incremental_authorization"]], key: "sk_test_seeblick")
        #expect(try await both.send("PATCH", "", ["card_features": ["incremental_authorization", "multicapture"]]).status == 200)
        try await both.stay("R-1")
        try await both.sync()
        try await both.charge(34330, on: "R-1")
        let shown = try await both.send("GET", "/folios/R-1/check-out").json["plan"]
        #expect(shown?["steps"]?[0]?["do"] == "increment", "\(String(describing: shown))")
        let isKept = fault.hasPrefix("error")
        try await both.fault(fault, on: "POST /v1/payment_intents/{id}/increment_authorization", times: isKept ? 1 : 10_000)
        let plan = shown?["id"] ?? .null
        #expect(try await checkOut(both, plan: plan).status == 503)
        if !isKept { try await both.endFaults() }
        try await both.order("clock", ["advance_seconds": seconds])
        let done = try await answered { try await checkOut(both, plan: plan, process: 1) }
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.taken == [34330])
        try await both.expectAgreement()
    }

    @Test func `lets a hold go under a further key`() async throws {
        let both = try await stuck("POST /v1/payment_intents/{id}/cancel")
        func release() async throws -> House.Answer { try await both.send("POST", "/folios/R-1/holds/1/release", key: "go") }
        for _ in 1...2 { #expect(try await release().code == "stripe_unanswered") }
        try await both.order("clock", ["advance_seconds": 61])
        let done = try await answered(release)
        #expect(done.status == 200 && done.json["holds"]?[0]?["state"] == "released", "\(done.text)")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.intents.map(\.status) == ["canceled"])
        try await both.expectAgreement()
    }

    /// A second refund would be refused by nobody.
    @Test func `keeps its key when it makes something`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1", paid: 10700)
        try await both.sync()
        try await both.fault("error_before_effect", on: "POST /v1/refunds", times: 1)
        func giveBack() async throws -> House.Answer {
            try await both.send(
                "POST", "/folios/R-1/payments/1/refunds", ["amount": 2000, "reason": "noise", "bill": "unchanged"], key: "back")
        }
        for _ in 1...2 { #expect(try await giveBack().code == "stripe_unanswered") }
        for _ in 1...2 {
            try await both.order("clock", ["advance_seconds": 3600])
            try await both.sync()
            #expect(try await giveBack().code == "stripe_unanswered")
        }
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick").values.flatMap(\.refunds).isEmpty)
        try await both.order("clock", ["advance_seconds": 23 * 3600])
        let done = try await answered(giveBack)
        #expect(done.status == 201, "\(done.text)")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick").values.flatMap(\.refunds) == [2000])
        try await both.expectAgreement()
    }
}
