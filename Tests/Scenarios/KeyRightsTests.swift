import Foundation
import JSON
import TestSupport
import Testing

/// What Stripe says of a key decides before the books get it, and nothing is done at Stripe to find out.
@Suite struct `Setting a Stripe key` {
    private func restricted(_ key: String, without forbidden: [String], _ house: House) async throws {
        try await house.simulator.order("POST", "/_sim/account", ["key": key, "same_as": "sk_test_seeblick"])
        try await house.simulator.order("POST", "/_sim/account", ["key": key, "forbidden": forbidden])
    }

    private func connect(_ key: String, _ house: House) async throws -> House.Answer {
        try await house.send("PUT", "/v1/tenants/seeblick/stripe", as: "operator", ["secret_key": .text(key)])
    }

    private func file(_ text: String, _ house: House) throws -> String {
        let path = try house.folder.write(text.utf8, to: "other-key")
        return path
    }

    /// The key that was there still works.
    private func expectOldKey(_ reference: String, _ house: House) async throws {
        let opened = try await house.book(reference)
        #expect(opened.status == 201, "\(opened.text)")
    }

    @Test(arguments: ["hallo", "pk_test_seeblick", "sk_test_"])
    func `refuses what is no key, and what Stripe does not know, and keeps the one that was there`(_ key: String) async throws {
        let house = try await House()
        let run = try await house.verb("tenant", "stripe", "seeblick", "--secret-key-file", try file(key, house))
        #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(key): \(run.output)\(run.errors)")
        try await expectOldKey("R-1", house)
        if key.hasPrefix("sk_") {
            let told = try await connect(key, house)
            #expect(told.status == 422 && told.code == "stripe_key_unknown", "\(told.text)")
        }
    }

    @Test(arguments: ["POST /v1/checkout/sessions", "POST /v1/payment_intents", "POST /v1/refunds"])
    func `refuses one that may not take or give back money, and says what it lacks`(_ route: String) async throws {
        let house = try await House()
        try await restricted("rk_test_poor", without: [route, "GET /v1/payouts"], house)
        let told = try await connect("rk_test_poor", house)
        #expect(told.status == 422 && told.code == "stripe_permissions_missing", "\(told.text)")
        #expect(told.text.contains("(write)") && told.text.contains("Payouts (read)"), "\(told.text)")
        let run = try await house.verb("tenant", "stripe", "seeblick", "--secret-key-file", try file("rk_test_poor", house))
        #expect(run.exit == 1 && run.isOneSentenceWithAHint && run.errors.contains("(write)"), "\(run.errors)")
        try await expectOldKey("R-1", house)
    }

    @Test func `takes one that lacks other rights, and shows which`() async throws {
        let house = try await House()
        try await restricted("rk_test_most", without: ["GET /v1/payouts", "GET /v1/disputes", "GET /v1/account"], house)
        let told = try await connect("rk_test_most", house)
        #expect(told.status == 200, "\(told.text)")
        let notice = try #require(told.json["notices"]?.arrayValue?.first { $0["code"] == "stripe_permissions_missing" }, "\(told.text)")
        let message = notice["message"]?.textValue ?? ""
        #expect(message.contains("Payouts (read)") && message.contains("Disputes (read)") && !message.contains("Refunds"), "\(message)")
        let shown = try await house.verb("tenant", "show", "seeblick")
        #expect(shown.output.contains("Payouts (read)"), "\(shown.output)")
        let run = try await house.verb("tenant", "stripe", "seeblick", "--secret-key-file", try file("rk_test_most", house))
        #expect(run.exit == 0 && (run.output + run.errors).contains("Payouts (read)"), "\(run.output)\(run.errors)")
        // A key that has them all takes the notice away.
        let whole = try await connect("sk_test_seeblick", house)
        #expect(whole.json["notices"]?.arrayValue?.contains { $0["code"] == "stripe_permissions_missing" } == false, "\(whole.text)")
    }

    @Test func `does nothing at Stripe`() async throws {
        let house = try await House()
        func all() async throws -> [Int] {
            var counts: [Int] = []
            for list in ["customers", "payment_intents", "checkout/sessions", "refunds", "events", "setup_intents"] {
                let page = try await house.simulator.order("GET", "/v1/\(list)?limit=100")
                counts.append((page["data"] as? [Any])?.count ?? -1)
            }
            return counts
        }
        let before = try await all()
        #expect(try await connect("sk_test_seeblick", house).status == 200)
        #expect(try await all() == before)
    }

    @Test func `waits for Stripe, and keeps the old key while it is silent`() async throws {
        let house = try await House()
        try await house.simulator.order("POST", "/_sim/faults", ["route": "GET /v1/balance", "fault": "unavailable", "times": 100])
        let told = try await connect("sk_test_seeblick", house)
        #expect(told.status == 503 && told.code == "stripe_unreachable", "\(told.text)")
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await expectOldKey("R-1", house)
    }
}
