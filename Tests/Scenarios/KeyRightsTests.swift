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

    /// They say when money moved and on which card.
    @Test(arguments: [("GET /v1/charges", "Charges (read)"), ("GET /v1/balance_transactions", "Balance Transactions (read)")])
    func `refuses one that may not read charges or balance transactions, and says which right to give`(
        _ route: String, _ right: String
    ) async throws {
        let house = try await House(tenants: ["seeblick"])
        try await restricted("rk_test_blind", without: [route], house)
        let told = try await connect("rk_test_blind", house)
        #expect(told.status == 422 && told.code == "stripe_permissions_missing" && told.text.contains(right), "\(told.text)")
        let run = try await house.verb("tenant", "stripe", "seeblick", "--secret-key-file", try file("rk_test_blind", house))
        #expect(run.exit == 1 && run.isOneSentenceWithAHint && run.errors.contains(right), "\(run.errors)")
        try await expectOldKey("R-1", house)
    }

    /// Somebody edits the key in the Dashboard.
    @Test(arguments: [
        ["GET /v1/balance_transactions/{id}"], ["GET /v1/charges", "GET /v1/charges/{id}"],
        ["GET /v1/charges", "GET /v1/balance_transactions/{id}", "GET /v1/payment_methods/{id}"],
    ])
    func `does not decide whether money is taken: a right to read that is lost later refuses no capture, charge or refund`(
        _ lost: [String]
    ) async throws {
        let house = try await House(tenants: ["seeblick"])
        try await restricted("rk_test_desk", without: [], house)
        #expect(try await connect("rk_test_desk", house).status == 200)
        for reference in ["R-1", "R-2"] { try await house.guestPays(try await house.book(reference)) }
        try await house.sync()
        try await restricted("rk_test_desk", without: lost, house)
        // One is taken out of the hold alone; the other needs more than is held, from the saved card.
        for (reference, due, parts) in [("R-1", 25000, 1), ("R-2", 34330, 2)] {
            try await house.charge(reference, due)
            let done = try await house.checkOut(reference)
            #expect(done.json["state"] == "checked_out" && done.json["totals"]?["captured"] == .int(due), "\(lost) \(done.text)")
            #expect(try await house.folio(reference)["payments"]?.arrayValue?.count == parts)
        }
        let refunds = "/v1/tenants/seeblick/folios/R-1/payments/1/refunds"
        let back = try await house.send("POST", refunds, ["amount": 1000, "reason": "too loud"])
        #expect(back.status == 201, "\(back.text)")
        #expect(try await house.folio("R-1")["totals"]?["refunded"] == 1000)
        try await restricted("rk_test_desk", without: [], house)
        for verb in ["sync", "reconcile", "verify"] { try await house.succeed(verb) }
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

    /// Stripe is there and knows the key: only what reads the balance goes without it.
    @Test func `without Balance (read) takes and refunds money at the command line as over HTTP`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await restricted("rk_test_nobal", without: ["GET /v1/balance"], house)
        try await house.succeed("tenant", "stripe", "seeblick", "--secret-key-file", try file("rk_test_nobal", house))
        try await house.succeed(
            "folio", "open", "seeblick", "R-1", "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20",
            "--pay", "direct", "--amount", "100.00")
        try await house.simulator.pay(page: try await house.folio("R-1")["payment_url"]?.textValue, of: "seeblick")
        try await house.succeed("sync")
        try await house.charge("R-1", 10000)
        let shown = try await house.send("GET", "/v1/tenants/seeblick/folios/R-1/check-out").json
        try await house.succeed("check-out", "seeblick", "R-1", "--execute", shown["plan"]?["id"]?.textValue ?? "")
        try await house.succeed("payment", "refund", "seeblick", "R-1", "1", "--amount", "10.00", "--reason", "too loud")
        #expect(try await house.folio("R-1")["totals"]?["refunded"] == 1000)
        try await house.simulator.letPass(seconds: 10)
        try await house.succeed("sync")
        let run = try await house.verb("reconcile")
        #expect(run.exit == 1 && run.output.contains("Balance (read)") && run.output.contains("not compared"), "\(run.output)")
        #expect(
            run.isOneSentenceWithAHint && run.errors.contains("differ, or could not be compared, in 1 place."), "\(run.output)\(run.errors)"
        )
        // With the permission there is nothing left.
        try await house.succeed("tenant", "stripe", "seeblick", "--secret-key-file", try file("sk_test_seeblick", house))
        try await house.succeed("reconcile")
    }

    @Test func `without Events (read) is told by a sync, which blames no network`() async throws {
        let house = try await House(tenants: ["seeblick"])
        try await restricted("rk_test_late", without: ["GET /v1/events"], house)
        try await house.succeed("tenant", "stripe", "seeblick", "--secret-key-file", try file("rk_test_late", house))
        let run = try await house.verb("sync")
        #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(run.errors)")
        #expect(run.errors.contains("The Stripe key lacks the permission for reading events."), "\(run.errors)")
        #expect(!run.errors.contains("reached") && !run.errors.contains("network"), "\(run.errors)")
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
