import Foundation
import TestSupport
import Testing

/// Whose clock is the clock.
@Suite struct `The simulated clock` {
    private static let systemsOwn = ["LEDGER_SIMULATED_CLOCK": "0"]
    private static let serve = ["serve", "--listen", "127.0.0.1:0", "--simulated-clock"]

    /// A service that starts all the same ends by itself.
    private func serve(_ desk: Desk, _ environment: [String: String]) async throws -> ProgramRun {
        try await ProgramRun(
            Self.serve, environment: ["LEDGER_DB": desk.file, "STRIPE_URL": desk.simulator.url].merging(environment) { $1 },
            through: ["/usr/bin/timeout", "60"])
    }

    @Test func `is never asked for without the flag`() async throws {
        let desk = try await Desk()
        try await desk.book("R-1")
        let listener = try Listener()
        let environment = Self.systemsOwn.merging(["STRIPE_URL": listener.url]) { $1 }
        for verb in [["folio", "show", "seeblick", "R-1"], ["line", "add", "seeblick", "R-1", "beer"], ["folio", "list", "seeblick"]] {
            let result = try await desk.run(verb, environment: environment)
            #expect(result.exit == 0, "\(verb): \(result.errors)")
            #expect(!listener.wasCalled(), "\(verb) asked for the time")
        }
    }

    @Test func `is the clock with the flag`() async throws {
        let desk = try await Desk()
        func today(_ words: [String], _ environment: [String: String]) async throws -> String {
            let verb = ["line", "add", "seeblick", "R-1", "beer", "--format", "json"]
            let added = try await desk.run(verb + words, environment: environment)
            #expect(added.exit == 0, "\(added.errors)")
            return String(try #require(added.output.firstMatch(of: /"service_date":"([0-9-]+)"/)).1)
        }
        try await desk.succeed("folio", "open", "seeblick", "R-1", "--guest", "A", "--pay", "direct", "--amount", "1.00")
        #expect(try await today(["--simulated-clock"], [:]) == "2026-11-18")
        #expect(try await today([], [:]) == "2026-11-18")
        #expect(try await today([], Self.systemsOwn) != "2026-11-18")
    }

    @Test func `that nobody has stops the verb`() async throws {
        let desk = try await Desk()
        try await desk.refuse(
            "folio", "list", "seeblick", saying: "No simulated clock answers at http://127.0.0.1:9.",
            environment: ["STRIPE_URL": "http://127.0.0.1:9"])
        let run = try await serve(desk, ["STRIPE_URL": "http://127.0.0.1:9"])
        #expect(run.exit == 1 && run.isOneSentenceWithAHint && run.errors.contains("No simulated clock answers"), "\(run.errors)")
    }

    @Test(arguments: ["https://api.stripe.com", "http://API.Stripe.com:80", "https://files.stripe.com"])
    func `is not looked for at Stripe`(url: String) async throws {
        let desk = try await Desk()
        let run = try await serve(desk, ["STRIPE_URL": url])
        #expect(run.exit == 1 && run.isOneSentenceWithAHint && run.errors.contains("is Stripe itself"), "\(run.exit) \(run.errors)")
    }

    @Test func `is not for live books`() async throws {
        let desk = try await Desk()
        try desk.folder.write("sk_live_seeblick\n".utf8, to: "live")
        try await desk.simulator.order("POST", "/_sim/account", ["key": "sk_live_seeblick", "same_as": "sk_test_seeblick"])
        let connected = try await desk.run(
            ["tenant", "stripe", "seeblick", "--secret-key-file", desk.folder.file("live")], environment: Self.systemsOwn)
        #expect(connected.exit == 0, "\(connected.errors)")
        let run = try await serve(desk, [:])
        #expect(run.exit == 1 && run.isOneSentenceWithAHint, "\(run.exit) \(run.errors)")
        #expect(run.errors.contains("Tenant \"seeblick\" has a live Stripe key"), "\(run.errors)")
    }
}
