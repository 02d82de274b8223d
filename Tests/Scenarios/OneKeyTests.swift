import Foundation
import JSON
import Ledger
import LedgerService
import TestSupport
import Testing

import enum StripeSimulator.Fault

/// One key, one outcome: whatever goes wrong at Stripe, whenever the request is repeated, and whichever process takes it.
@Suite struct `One key` {
    /// A request under its key.
    private struct Asked: Sendable {
        let route: WaitingRoute
        let tenant: String
        let reference: String
        let path: String
        let body: JSON?
        var key: String { "key of \(reference)".replacing(" ", with: "-") }

        func send(_ both: TwoProcesses, process: Int) async throws -> House.Answer {
            try await both.send("POST", path, at: tenant, body, key: key, process: process)
        }
    }

    private typealias Answers = [String: House.Answer]

    private func prepare(_ wanted: [(route: WaitingRoute, tenant: String, reference: String)], _ both: TwoProcesses) async throws -> [Asked]
    {
        try await inParallel(wanted) { try await $0.route.arrive($0.reference, at: $0.tenant, both) }
        try await both.sync()
        return try await inParallel(wanted) { wanted in
            let (path, body) = try await wanted.route.request(wanted.reference, at: wanted.tenant, both)
            return Asked(route: wanted.route, tenant: wanted.tenant, reference: wanted.reference, path: path, body: body)
        }
    }

    /// Sends all at once. An answer that is not final says so, and a final one is the right one.
    private func sendAll(_ all: [Asked], _ both: TwoProcesses, process: (Asked) -> Int) async throws -> Answers {
        let sent = all.map { ($0, process($0)) }
        let answers = try await inParallel(sent, atMost: 18) { asked, process in
            let answer = try await asked.send(both, process: process)
            if answer.status == 503 {
                #expect(answer.header("Retry-After") != nil, "\(answer.text)")
                #expect(
                    ["stripe_unanswered", "operation_in_progress", "request_in_progress"].contains(answer.code ?? ""), "\(answer.text)")
            } else {
                #expect(answer.status == asked.route.status, "\(asked.route): \(answer.text)")
            }
            return (asked.reference, answer)
        }
        return Dictionary(uniqueKeysWithValues: answers)
    }

    /// All but one that needs to be told where its odd number goes; `EdgeNumberTests` have that.
    @Test(arguments: Fault.misfortunes)
    func `has the outcome of what it decided, and no other answer is ever kept`(fault: Fault) async throws {
        let both = try await TwoProcesses(tenants: ["seeblick", "waldhof"])
        // The other hotel hears from Stripe, also before it hears an answer.
        try await both.hearFromStripe("waldhof")
        let routes = WaitingRoute.allCases
        // One hotel's requests are repeated at the same process, the other's at another one.
        let silenced = try await prepare(
            routes.map { ($0, "seeblick", "one-\($0)") } + routes.map { ($0, "waldhof", "two-\($0)") }, both)
        let struckOnce = try await prepare(routes.map { ($0, "seeblick", "once-\($0)") }, both)
        func other(_ asked: Asked) -> Int { asked.tenant == "seeblick" ? 0 : 1 }

        for call in WaitingRoute.calls { try await both.fault(fault.rawValue, on: call, times: routes.count { $0.call == call }) }
        let once = try await sendAll(struckOnce, both) { _ in 0 }
        try await both.endFaults()

        for call in WaitingRoute.calls { try await both.fault(fault.rawValue, on: call) }
        let first = try await sendAll(silenced, both) { _ in 0 }
        if !fault.isAnswered {
            // Where something happened at Stripe, its news may have told of it already.
            let silent = first.values.filter { !fault.hasHappened || $0.status >= 300 }
            #expect(silent.allSatisfy { $0.code == "stripe_unanswered" }, "\(silent.map(\.text))")
        } else {
            #expect(first.values.allSatisfy { $0.status < 300 }, "\(first.mapValues(\.text))")
        }
        let atOnce = try await sendAll(silenced, both, process: other)
        try await both.endFaults()
        #expect(try both.keptAnswers().allSatisfy { $0 < 300 })

        // Stripe repeats a 500 from the key for a day.
        let isSentAnew = fault == .errorBeforeEffect || fault == .errorAfterEffect
        if isSentAnew {
            try await both.order("clock", ["advance_seconds": 25 * 3600])
            try await both.sync()
        }
        let final = try await sendAll(silenced + struckOnce, both, process: other)
        #expect(final.values.allSatisfy { $0.status < 300 }, "\(final.mapValues(\.text))")

        // What was final stays as it is, byte for byte.
        for process in [0, 1] {
            let repeated = try await sendAll(silenced + struckOnce, both) { _ in process }
            for (reference, answer) in repeated { #expect(answer.body == final[reference]?.body, "\(reference): \(answer.text)") }
        }
        for (reference, answer) in Array(once) + Array(first) + Array(atOnce) where answer.status < 300 {
            #expect(answer.body == final[reference]?.body, "\(reference)")
        }

        for tenant in ["seeblick", "waldhof"] {
            let stripe = try await AtStripe.lists(both.house.simulator, of: tenant)
            for asked in silenced + struckOnce where asked.tenant == tenant {
                let reference = asked.route.folio(asked.reference)
                asked.route.expect(
                    stripe[reference], final[asked.reference]!, isSentAnew: isSentAnew,
                    "\(reference): \(String(describing: stripe[reference])) \(final[asked.reference]!.text)")
                let totals = try await both.send("GET", "/folios/\(reference)", at: tenant).json["totals"]
                #expect(totals?["captured"]?.intValue == stripe[reference]?.taken.reduce(0, +) ?? 0, "\(reference)")
                #expect(totals?["refunded"]?.intValue == stripe[reference]?.refunds.reduce(0, +) ?? 0, "\(reference)")
            }
        }
        try await both.expectAgreement()
    }
}

extension Fault {
    /// Whether a call that always meets it is answered all the same.
    fileprivate var isAnswered: Bool { [.effectThenLateAnswer, .webhookBeforeAnswer, .slowFirstByte].contains(self) }
    /// Whether Stripe does what it was asked for.
    fileprivate var hasHappened: Bool {
        ![.cutBeforeEffect, .idempotencyKeyInUse, .lockTimeout, .rateLimit, .errorBeforeEffect, .unavailable].contains(self)
    }
}

/// Does something to each of many, so many at a time.
///
/// - Returns: What came of them, in no order.
@discardableResult
func inParallel<Item: Sendable, Result: Sendable>(
    _ items: [Item], atMost limit: Int = 6, _ body: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
        var results: [Result] = []
        for (index, item) in items.enumerated() {
            if index >= limit, let result = try await group.next() { results.append(result) }
            group.addTask { try await body(item) }
        }
        for try await result in group { results.append(result) }
        return results
    }
}
