import Foundation
import TestSupport
import Testing

/// Hotel Seeblick with a price list, as people have it at the command line.
final class Desk: AtCommandLine {
    let folder: TemporaryFolder
    let simulator: SimulatorProcess

    init() async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess()
        try await succeed("tenant", "add", "seeblick", "--name", "Hotel Seeblick")
        try await succeed("tenant", "stripe", "seeblick", "--secret-key-file", try folder.write("sk_test_seeblick\n".utf8, to: "key"))
        try await succeed(
            "catalogue", "set", "seeblick", "beer", "--description", "Bier 0,33 l", "--price", "3.50", "--category", "minibar")
    }

    /// A verb of the program that replays bookings.
    func replay(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramRun {
        try await ProgramRun(
            program: SimulatorProcess.products.appendingPathComponent("ledger-replay").path, arguments,
            environment: self.environment.merging(environment) { $1 })
    }

    /// The totals of a folio as a verb prints it; minor units.
    static func totals(_ folio: [String: Any]) -> [String: Int] { folio["totals"] as? [String: Int] ?? [:] }

    /// The verb says no in one sentence with a hint, exits with 1, and leaves the ledger as it was.
    func refuse(
        _ arguments: String..., saying sentence: String, environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await refuse(arguments, saying: sentence, sourceLocation: sourceLocation) { try await self.run($0, environment: environment) }
    }

    /// The same with arguments that are put together.
    func refuse(_ arguments: [String], saying sentence: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await refuse(arguments, saying: sentence, sourceLocation: sourceLocation) { try await self.run($0) }
    }

    /// The same of the program that replays bookings.
    func refuseReplay(
        _ arguments: String..., saying sentence: String, environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await refuse(arguments, saying: sentence, sourceLocation: sourceLocation) {
            try await self.replay($0, environment: environment)
        }
    }

    private func refuse(
        _ arguments: [String], saying sentence: String, sourceLocation: SourceLocation, _ run: ([String]) async throws -> ProgramRun
    ) async throws {
        let before = dump(file)
        let result = try await run(arguments)
        #expect(result.exit == 1, "\(arguments): \(result.output)", sourceLocation: sourceLocation)
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 2, "one sentence and a hint: \(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.contains(sentence), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(lines.last?.hasPrefix("  hint: ") == true, sourceLocation: sourceLocation)
        #expect(dump(file) == before, "the ledger was changed", sourceLocation: sourceLocation)
    }

    /// Opens a stay of today and has the guest reserve the amount.
    func book(_ reference: String, pay: String = "reserved", amount: String = "300.00") async throws {
        let opened = try await succeed(
            "folio", "open", "seeblick", reference, "--guest", "Anna Weiss", "--arrival", "2026-11-18", "--departure", "2026-11-20",
            "--pay",
            pay, "--amount", amount, "--format", "json")
        try await simulator.pay(page: opened)
        try await succeed("sync")
    }

    func plan(_ reference: String) async throws -> String {
        let shown = try await succeed("check-out", "seeblick", reference, "--format", "json")
        return String(try #require(shown.firstMatch(of: /"plan":{"id":"([0-9a-f]+)"/)).1)
    }
}
