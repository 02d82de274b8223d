import Foundation
import JSON
import Stripe
import Synchronization
import TestSupport
import Testing

/// People at several desks, whose programs send every request that got no answer again, with the same key, as the API asks for.
final class Reception: Sendable {
    private let house: CrashHouse
    private let seed: UInt64
    private let desks = 4

    struct Record: Sendable {
        /// Stays that were opened, with the page on which each guest left a card.
        var stays: [(stay: Stay, page: String)] = []
        /// The last answer to each POST by its key.
        var answers: [String: APIClient.Answer] = [:]
        /// The plan that each check-out was sent with, by the folio.
        var plans: [String: JSON] = [:]
        var checkOutsSent = 0
        var checkOutsAnswered = 0
        /// Requests that had to be sent more than once.
        var repeated = 0
        var kills = 0
        var isUp = true
        /// Requests that have no answer yet: how many kills there were before each was sent first.
        var pending: [UUID: Int] = [:]
        /// The most kills that one of those has outlasted.
        var mostOutlasted: Int { kills - (pending.values.min() ?? kills) }
        /// The check-outs that a kill left without an answer, by its number.
        var unanswered: [Int: [String]] = [:]
    }

    private let state = Mutex(Record())
    var record: Record { state.withLock { $0 } }
    func change(_ body: @Sendable (inout Record) -> Void) { state.withLock { body(&$0) } }

    init(_ house: CrashHouse, seed: UInt64) {
        self.house = house
        self.seed = seed
    }

    struct Never: Error { let what: String }

    /// Opens further stays and waits until Stripe has told of each guest's card.
    func book(_ count: Int) async throws -> [Stay] {
        let first = record.stays.count + 1
        let stays = (first..<first + count).map { Stay(number: $0, seed: seed) }
        try await eachDesk(stays) { [self] stay in
            let answer = try await post("book-\(stay.reference)") { [house] in
                try await house.book(stay.reference, mode: stay.mode, amount: Stay.held, key: $0)
            }
            let page = try #require(answer.json["payment_url"]?.textValue, "\(answer.text)")
            try await house.simulator.pay(page: page)
            change { $0.stays.append((stay, page)) }
        }
        for stay in stays {
            var looks = 0
            while try await !hasCard(stay) {
                looks += 1
                guard looks < 3000 else { throw Never(what: "no webhook told of the card of \(stay.reference)") }
                try await Task.sleep(for: .milliseconds(25))
            }
        }
        return stays
    }

    private func hasCard(_ stay: Stay) async throws -> Bool {
        let folio = try await house.send("GET", CrashHouse.path(stay.reference)).json
        return folio["holds"]?[0]?["state"] == "authorised" || folio["payments"]?[0]?["state"] == "succeeded"
    }

    /// Puts the extras on each bill and checks out, at several desks at once.
    func checkOut(_ stays: [Stay]) async throws {
        try await eachDesk(stays) { [self] stay in
            for (position, amount) in stay.extras.enumerated() {
                let added = try await post(stay.key(ofLine: position)) { [house] in
                    try await house.charge(stay.reference, amount, key: $0)
                }
                #expect(added.status == 201, "\(added.text)")
            }
            let path = CrashHouse.path(stay.reference) + "/check-out"
            let shown = try await answered { [house] in try await house.send("GET", path) }
            let plan = try #require(shown.json["plan"]?["id"], "\(shown.text)")
            change { $0.plans[stay.reference] = plan }
            let done = try await post(stay.checkOutKey) { try await self.sendCheckOut(stay, path, stay.checkOutBody(plan), $0) }
            #expect(done.status == 200 && done.json["state"] == "checked_out", "\(stay): \(done.text)")
        }
    }

    private func sendCheckOut(_ stay: Stay, _ path: String, _ body: JSON, _ key: String) async throws -> APIClient.Answer {
        let (kill, isUp) = state.withLock { record in
            record.checkOutsSent += 1
            return (record.kills + 1, record.isUp)
        }
        do {
            let answer = try await house.send("POST", path, body, key: key)
            change { $0.checkOutsAnswered += 1 }
            return answer
        } catch let error as TransportError {
            // Sent to nobody, it was not struck. (curl tries a dead connection once more, so its error does not tell them apart.)
            if isUp { change { $0.unanswered[kill, default: []].append(stay.reference) } }
            throw error
        }
    }

    private func post(_ key: String, _ request: (String) async throws -> APIClient.Answer) async throws -> APIClient.Answer {
        let answer = try await answered { try await request(key) }
        change { $0.answers[key] = answer }
        return answer
    }

    /// Sends a request until there is a final answer: nothing, a 5xx and "it is still running" are none.
    private func answered(_ request: () async throws -> APIClient.Answer) async throws -> APIClient.Answer {
        let number = UUID()
        change { $0.pending[number] = $0.kills }
        defer { change { $0.pending[number] = nil } }
        var (inVain, isFirst) = (0, true)
        while true {
            do {
                let answer = try await request()
                if answer.status < 500, answer.code != "request_in_progress" { return answer }
                inVain += 1
                guard inVain < 3000 else { throw Never(what: answer.text) }
            } catch is TransportError {}
            if isFirst { change { $0.repeated += 1 } }
            isFirst = false
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Deals the stays out to the desks.
    private func eachDesk(_ stays: [Stay], _ body: @escaping @Sendable (Stay) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for desk in 0..<desks {
                group.addTask { for turn in stride(from: desk, to: stays.count, by: self.desks) { try await body(stays[turn]) } }
            }
            try await group.waitForAll()
        }
    }
}
