import Foundation
import JSON
import Ledger
import TestSupport
import Testing

@testable import LedgerStore

private let refunds = "POST /v1/refunds"
private let captures = "POST /v1/payment_intents/{id}/capture"

private func refund(_ amount: Int) -> JSON { ["amount": .int(amount), "reason": "noise", "bill": "unchanged"] }

/// Asks until there is a final answer: a 503 says that there is none yet.
private func insisting(_ ask: () async throws -> House.Answer) async throws -> House.Answer {
    while true {
        let answer = try await ask()
        guard answer.status == 503 else { return answer }
        #expect(answer.header("Retry-After") != nil)
        try await Task.sleep(for: .milliseconds(50))
    }
}

@Suite struct `Two keys` {
    @Test(arguments: [(10700, 6), (4000, 4)]) func `are two refunds, as long as there is something to give back`(
        paid: Int, possible: Int
    ) async throws {
        let both = try await TwoProcesses()
        for (reference, processes) in [("R-1", 1), ("R-2", 2)] {
            try await both.stay(reference, paid: paid)
            try await both.sync()
            let answers = try await inParallel(Array(1...6)) { number in
                let ask = {
                    try await both.send(
                        "POST", "/folios/\(reference)/payments/1/refunds", refund(1000), key: "k\(number)\(reference)",
                        process: number % processes)
                }
                return processes == 1 ? try await ask() : try await insisting(ask)
            }
            #expect(answers.count { $0.status == 201 } == possible, "\(answers.map(\.text))")
            #expect(answers.count { $0.code == "refund_too_large" } == 6 - possible, "\(answers.map(\.text))")
            let stripe = try await AtStripe.lists(both.house.simulator, of: "seeblick")[reference]
            #expect(stripe?.refunds == Array(repeating: 1000, count: possible))
        }
        try await both.expectAgreement()
    }

    @Test func `of which the first has no answer: the second waits, and is then a request of its own`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1", paid: 10700)
        try await both.sync()
        let path = "/folios/R-1/payments/1/refunds"
        try await both.fault("cut_before_effect", on: refunds)
        #expect(try await both.send("POST", path, refund(1000), key: "k1").code == "stripe_unanswered")
        for process in [0, 1] {
            let second = try await both.send("POST", path, refund(1000), key: "k2", process: process)
            #expect(second.status == 503 && second.code == "operation_in_progress" && second.header("Retry-After") != nil, "\(second.text)")
        }
        let other = try await both.send("POST", path, refund(2000), key: "k1", process: 1)
        #expect(other.status == 409 && other.code == "idempotency_key_reused")
        try await both.endFaults()
        #expect(try await both.send("POST", path, refund(1000), key: "k2").status == 201)
        #expect(try await both.send("POST", path, refund(1000), key: "k1", process: 1).status == 201)
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.refunds == [1000, 1000])
        try await both.expectAgreement()
    }

    @Test func `on one plan are two check-outs: the second finds the folio closed`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1")
        try await both.sync()
        try await both.charge(21400, on: "R-1")
        let plan: JSON = ["plan": try await both.plan("R-1")]
        try await both.fault("cut_before_effect", on: captures)
        #expect(try await both.send("POST", "/folios/R-1/check-out", plan, key: "k1").code == "stripe_unanswered")
        let waits = try await both.send("POST", "/folios/R-1/check-out", plan, key: "k2")
        #expect(waits.status == 503 && waits.code == "operation_in_progress", "\(waits.text)")
        // Something else on the folio has to wait for the same answer.
        #expect(try await both.send("POST", "/folios/R-1/no-show", ["reason": "x"], key: "k3", process: 1).status == 503)
        try await both.endFaults()
        let closed = try await both.send("POST", "/folios/R-1/check-out", plan, key: "k2", process: 1)
        #expect(closed.status == 409 && closed.code == "folio_closed", "\(closed.text)")
        let done = try await both.send("POST", "/folios/R-1/check-out", plan, key: "k1")
        #expect(done.status == 200 && done.json["state"] == "checked_out", "\(done.text)")
        #expect(try await both.send("POST", "/folios/R-1/check-out", plan, key: "k2").body == closed.body)
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.taken == [21400])
    }
}

@Suite struct `A request that comes again` {
    @Test func `as a duplicate at both processes is one refund with one answer`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1", paid: 10700)
        try await both.sync()
        let answers = try await inParallel(Array(0..<20), atMost: 20) { turn in
            try await insisting {
                try await both.send("POST", "/folios/R-1/payments/1/refunds", refund(1000), key: "same", process: turn % 2)
            }
        }
        #expect(answers.allSatisfy { $0.status == 201 } && Set(answers.map(\.body)).count == 1, "\(answers.map(\.text))")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.refunds == [1000])
    }

    /// What Stripe refuses while nobody listens is refused to the caller who asks later, in the same words.
    @Test func `learns that Stripe has refused meanwhile`() async throws {
        let both = try await TwoProcesses()
        for reference in ["R-1", "R-2"] { try await both.stay(reference, paid: 10700) }
        try await both.sync()
        func path(_ reference: String) -> String { "/folios/\(reference)/payments/1/refunds" }
        try await both.fault("cut_before_effect", on: refunds)
        #expect(try await both.send("POST", path("R-1"), refund(10700), key: "k1").code == "stripe_unanswered")
        try await both.endFaults()
        // The owner gives it all back on Stripe's own pages.
        let intents = try await both.house.simulator.order("GET", "/v1/payment_intents")["data"] as? [[String: Any]]
        for intent in try #require(intents) {
            _ = try await both.house.simulator.order(form: "/v1/refunds", "payment_intent=\(try #require(intent["id"] as? String))")
        }
        let atOnce = try await both.send("POST", path("R-2"), refund(10700), key: "k2")
        #expect(atOnce.status == 422 && atOnce.code == "stripe_refused", "\(atOnce.text)")
        try await both.sync()
        let late = try await both.send("POST", path("R-1"), refund(10700), key: "k1", process: 1)
        func sentence(_ answer: House.Answer) -> String? { answer.json["detail"]?.textValue?.replacing(/ch_\w+/, with: "") }
        #expect(late.status == 422 && late.code == "stripe_refused" && sentence(late) == sentence(atOnce), "\(late.text)")
        #expect(late.header("Content-Type") == "application/problem+json")
        let again = try await both.send("POST", path("R-1"), refund(10700), key: "k1")
        #expect(again.body == late.body && again.header("Content-Type") == "application/problem+json")
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.refunds == [])
        try await both.expectAgreement()
    }

    @Test func `learns what became of its own check-out, and not of what others did since`() async throws {
        let both = try await TwoProcesses()
        // The bank asks the guest about everything that is charged later.
        try await both.stay("R-1", card: "4000002760003184")
        try await both.sync()
        try await both.charge(34330, on: "R-1")
        let (folio, first) = ("/folios/R-1", ["plan": try await both.plan("R-1")] as JSON)
        try await both.fault("cut_before_effect", on: captures)
        #expect(try await both.send("POST", folio + "/check-out", first, key: "k1").code == "stripe_unanswered")
        try await both.endFaults()
        try await both.sync()
        #expect(try await both.send("POST", folio + "/check-out/withdrawal", key: "k2").status == 200)
        try await both.charge(350, on: "R-1")
        let second = try await both.send("POST", folio + "/check-out", ["plan": try await both.plan("R-1")], key: "k3")
        #expect(second.status == 202, "\(second.text)")
        try await both.house.guestPays(second)
        try await both.sync()
        #expect(try await both.send("GET", folio).json["state"] == "checked_out")
        let late = try await both.send("POST", folio + "/check-out", first, key: "k1", process: 1)
        #expect(late.status == 200 && late.json["state"] == "open" && late.json["document"] == .null, "\(late.text)")
        #expect(late.json["steps"]?.arrayValue?.map { $0["amount"] } == [30000, 4330, 4330], "\(late.text)")
        #expect(try await both.send("POST", folio + "/check-out/withdrawal", key: "k2", process: 1).json["state"] == "open")
        #expect(try await both.send("POST", folio + "/check-out", ["plan": first["plan"]!], key: "k1").body == late.body)
        try await both.expectAgreement()
    }

    @Test func `is refused as it was, also when it could be done by now`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1")
        try await both.sync()
        try await both.charge(21400, on: "R-1")
        let plan: JSON = ["plan": try await both.plan("R-1")]
        try await both.charge(350, on: "R-1")
        let changed = try await both.send("POST", "/folios/R-1/check-out", plan, key: "k1")
        #expect(changed.status == 409 && changed.code == "plan_changed")
        #expect(try await both.send("POST", "/folios/R-1/lines/2/reversal", ["reason": "mistake"]).status == 201)
        let unknown = try await both.send("POST", "/folios/R-1/payments/1/refunds", refund(100), key: "k2")
        #expect(unknown.status == 404 && unknown.code == "payment_not_found")
        #expect(try await both.send("POST", "/folios/R-1/holds/7/release", key: "k3").code == "hold_not_found")
        let open = try await both.send("POST", "/folios/R-1/check-out", ["plan": try await both.plan("R-1")], key: "k4")
        #expect(open.status == 200, "\(open.text)")
        for process in [0, 1] {
            #expect(try await both.send("POST", "/folios/R-1/check-out", plan, key: "k1", process: process).body == changed.body)
            let again = try await both.send("POST", "/folios/R-1/payments/1/refunds", refund(100), key: "k2", process: process)
            #expect(again.body == unknown.body && again.status == 404)
        }
        // What was not even read is not kept.
        #expect(try await both.send("POST", "/folios/R-1/payments/1/refunds", ["amount": 100], key: "k5").code == "field_missing")
        #expect(try await both.send("POST", "/folios/R-1/payments/1/refunds", ["amount": 100, "reason": "noise"], key: "k5").status == 201)
    }

    @Test func `and needs no news of Stripe's is decided anew after a refusal`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1")
        let beer: JSON = ["item": "beer", "quantity": 1]
        #expect(try await both.send("POST", "/folios/R-1/lines", beer, key: "k1").code == "sku_not_found")
        let item: JSON = ["description": "Beer", "price": 420, "category": "minibar"]
        #expect(try await both.send("PUT", "/catalogue/beer", item).status < 300)
        #expect(try await both.send("POST", "/folios/R-1/lines", beer, key: "k1", process: 1).status == 201)
    }
}

@Suite struct `A request that waits for the operator` {
    @Test(arguments: [true, false]) func `says so, and has its outcome when that has been decided`(retries: Bool) async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1", paid: 10700)
        try await both.sync()
        let path = "/folios/R-1/payments/1/refunds"
        try await both.fault("cut_before_effect", on: refunds)
        #expect(try await both.send("POST", path, refund(1000), key: "k1").code == "stripe_unanswered")
        try await both.order("clock", ["advance_seconds": 80 * 3600])
        try await both.change("UPDATE operation SET attempts = 7 WHERE state = 'waiting'")
        try await both.sync()
        for key in ["k1", "k2"] {
            let parked = try await both.send("POST", path, refund(1000), key: key)
            #expect(parked.status == 503 && parked.code == "operation_parked" && parked.header("Retry-After") != nil, "\(parked.text)")
        }
        try await both.endFaults()
        let number = try #require(try both.parked().first)
        let decision =
            retries ? ["retry", "seeblick", "--operation", "\(number)"] : ["dismiss", "seeblick", "\(number)", "--reason", "gone"]
        try await both.house.succeed(["operation"] + decision)
        let answer = try await both.send("POST", path, refund(1000), key: "k1", process: 1)
        #expect(retries ? answer.status == 201 : answer.code == "stripe_refused", "\(answer.text)")
        #expect(try await both.send("POST", path, refund(1000), key: "k1").body == answer.body)
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.refunds == (retries ? [1000] : []))
    }

    @Test func `because Stripe does not take the key`() async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1", paid: 10700)
        try await both.sync()
        let path = "/folios/R-1/payments/1/refunds"
        try await both.order("faults", ["route": refunds, "fault": "lock_timeout", "status": 401, "times": 100])
        for process in [0, 1] {
            let refused = try await both.send("POST", path, refund(1000), key: "k1", process: process)
            #expect(
                refused.status == 503 && refused.code == "stripe_key_refused" && refused.header("Retry-After") != nil, "\(refused.text)")
        }
        try await both.endFaults()
        #expect(try await both.send("POST", path, refund(1000), key: "k1").status == 201)
        #expect(try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.refunds == [1000])
    }
}

@Suite struct `A refund at the command line` {
    /// Each run is a request of its own, and the person may only have missed the answer to the one before.
    @Test(arguments: [false, true]) func `tells what became of the one before, and gives nothing else back`(
        isFinishedBySync: Bool
    ) async throws {
        let both = try await TwoProcesses()
        try await both.stay("R-1", paid: 10700)
        try await both.sync()
        func run(_ more: String...) async throws -> ProgramRun {
            try await both.house.run(
                ["payment", "refund", "seeblick", "R-1", "1", "--amount", "10.00", "--reason", "noise", "--bill", "unchanged"] + more)
        }
        func given() async throws -> [Int]? { try await AtStripe.lists(both.house.simulator, of: "seeblick")["R-1"]?.refunds }
        try await both.fault("cut_before_effect", on: refunds)
        for sentence in ["gave no clear answer", "has not yet answered"] {
            let silent = try await run()
            #expect(silent.exit == 1 && silent.errors.contains(sentence), "\(silent.errors)")
        }
        try await both.endFaults()
        if isFinishedBySync { try await both.sync() }
        for _ in 1...2 {
            let told = try await run()
            #expect(told.exit == 1 && told.errors.contains("Refund 1 (€10.00), which Stripe had not answered at once"), "\(told.errors)")
            #expect(told.errors.contains("--again"), "\(told.errors)")
            #expect(try await given() == [1000])
        }
        let again = try await run("--again")
        #expect(again.exit == 0, "\(again.errors)")
        #expect(try await given() == [1000, 1000])
    }
}
