import Foundation
import JSON
import TestSupport
import Testing

/// What people read of Stripe's silence: words, and nothing that a compiler writes.
@Suite struct `When Stripe does not answer` {
    private let house: House

    init() async throws { house = try await House(tenants: ["seeblick"]) }

    private func silence(_ route: String, _ fault: String = "unavailable") async throws {
        try await house.simulator.order("POST", "/_sim/faults", ["route": route, "fault": fault, "times": 10_000])
    }

    private func expectWords(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for debris in ["Optional(", "Error(", "unknown(", "status:", "noAnswer", "timedOut", "unreadable(", "CodingKey", "Swift."] {
            #expect(!text.contains(debris), "\(debris) in: \(text)", sourceLocation: sourceLocation)
        }
    }

    @Test func `nothing was compared, and reconcile does not say that all agrees`() async throws {
        try await silence("GET /v1/payment_intents")
        let shown = try await house.verb("reconcile")
        #expect(shown.exit == 1 && !shown.output.contains("agree") && shown.output.contains("not compared"), "\(shown.output)")
        for arguments in [["reconcile"], ["reconcile", "--repair"], ["reconcile", "--tenant", "seeblick"]] {
            let told = try await house.run(arguments + ["--format", "json"])
            #expect(told.exit == 1 && told.isOneSentenceWithAHint, "\(told.errors)")
            #expect(
                told.output.contains("\"ledger\":\"not compared\",\"stripe\":\"cannot be read\",\"cause\":\"HTTP 503"), "\(told.output)")
            expectWords(told.errors + told.output)
            #expect(told.errors.contains("could not be compared"), "\(told.errors)")
        }
    }

    @Test func `what was compared is told, and that the rest was not`() async throws {
        #expect(try await house.verb("tenant", "add", "waldhof", "--name", "Waldhof").exit == 0)
        let shown = try await house.verb("reconcile")
        #expect(shown.exit == 1 && !shown.output.contains("ledger and Stripe agree"), "\(shown.output)")
        #expect(shown.output.contains("None in what was compared"), "\(shown.output)")
        let told = try await house.verb("reconcile", "--format", "json")
        #expect(told.output.contains("{\"differences\":null,"), "\(told.output)")
    }

    @Test func `a restored ledger that was not read is not compared by a repair`() async throws {
        let copy = house.folder.file("copy.db")
        #expect(try await house.verb("backup", copy).exit == 0)
        _ = await house.service.stop()
        #expect(try await house.verb("restore", copy, "--replace").exit == 0)
        let told = try await house.verb("reconcile", "--repair", "--format", "json")
        #expect(told.exit == 1 && told.output.contains("{\"differences\":null,"), "\(told.output)")
    }

    @Test(arguments: ["unavailable", "cut_before_effect", "rate_limit", "lock_timeout", "truncated_body", "wrong_content_type"])
    func `every verb says so in words`(fault: String) async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        try await silence("GET /v1/balance", fault)
        for arguments in [
            ["sync"], ["check-out", "seeblick", "R-1", "--execute", "0f3a9c1e5b7d2846"],
            ["hold", "ask", "seeblick", "R-1", "--amount", "5.00"],
        ] {
            let told = try await house.run(arguments)
            #expect(told.exit == 1, "\(arguments)")
            expectWords(told.errors + told.output)
        }
    }

    @Test func `the list of operations and the service's own reports say why in words`() async throws {
        try await house.guestPays(try await house.book("R-1"))
        try await house.charge("R-1", 34330)
        try await house.sync()
        try await silence("POST /v1/payment_intents")
        let stuck = try await house.checkOut("R-1")
        #expect(stuck.status == 503, "\(stuck.text)")
        expectWords(stuck.text)
        // After a day the call's key is trusted no more: Stripe is asked what it did, and does not tell that either.
        try await house.simulator.letPass(seconds: 25 * 3600)
        try await silence("GET /v1/payment_intents")
        _ = try await house.verb("operation", "retry", "seeblick")
        let listed = try await house.verb("operation", "list", "seeblick", "--format", "json")
        #expect(listed.output.contains("HTTP 503"), "\(listed.output)")
        expectWords(listed.output)
        let told = try await house.verb("reconcile", "--format", "json")
        expectWords(told.output + told.errors)
        expectWords(try String(contentsOfFile: house.service.log, encoding: .utf8))
    }

    @Test func `a difference shows Stripe's own word for the state`() async throws {
        try await house.simulator.order("POST", "/_sim/account", ["features": ["incremental_authorization", "multicapture"]])
        _ = try await house.send("PATCH", "/v1/tenants/seeblick", ["card_features": ["incremental_authorization", "multicapture"]])
        try await house.guestPays(try await house.book("R-1"))
        try await house.sync()
        let intents = try await house.simulator.order("GET", "/v1/payment_intents?limit=1")["data"] as? [[String: Any]]
        let intent = try #require(intents?.first?["id"] as? String)
        try await house.simulator.order(form: "/v1/payment_intents/\(intent)/capture", "amount_to_capture=10000&final_capture=false")
        let told = try await house.verb("reconcile")
        #expect(told.output.contains("requires_capture") && !told.output.contains("requiresCapture"), "\(told.output)")
    }
}
