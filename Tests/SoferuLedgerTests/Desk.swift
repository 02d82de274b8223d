import Foundation
import TestSupport
import Testing

/// The command line as people use it: a process a verb, on a real file, with a Stripe that answers over HTTP.
final class Desk: Sendable {
    let folder: TemporaryFolder
    let simulator: SimulatorProcess
    var file: String { folder.file("ledger.db") }
    private var environment: [String: String] { ["LEDGER_DB": file, "STRIPE_URL": simulator.url, "LEDGER_SIMULATED_CLOCK": "1"] }

    /// A hotel with a price list.
    init() async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess()
        try Data("sk_test_seeblick\n".utf8).write(to: URL(fileURLWithPath: folder.file("key")))
        try await succeed("tenant", "add", "seeblick", "--name", "Hotel Seeblick")
        try await succeed("tenant", "stripe", "seeblick", "--secret-key-file", folder.file("key"))
        try await succeed(
            "catalogue", "set", "seeblick", "beer", "--description", "Bier 0,33 l", "--price", "3.50", "--category", "minibar")
    }

    /// - Parameter input: What stands on standard input.
    func run(
        _ arguments: [String], environment: [String: String] = [:], limitedTo blocks: Int? = nil, output device: String? = nil,
        input: String = ""
    ) async throws -> ProgramRun {
        // A full disk: no file may grow beyond so many blocks of 1024 bytes.
        let limit = blocks.map { ["/bin/bash", "-c", "ulimit -f \($0); exec \"$0\" \"$@\""] } ?? []
        return try await ProgramRun(
            arguments, environment: self.environment.merging(environment) { $1 }, through: limit, output: device, input: input)
    }

    /// A verb of the program that replays bookings.
    func replay(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramRun {
        try await ProgramRun(
            program: SimulatorProcess.products.appendingPathComponent("ledger-replay").path, arguments,
            environment: self.environment.merging(environment) { $1 })
    }

    @discardableResult
    func succeed(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        let result = try await run(arguments)
        #expect(result.exit == 0, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
        return result.output
    }

    /// What a verb prints as one JSON object.
    func json(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String: Any] {
        let result = try await run(arguments + ["--format", "json"])
        #expect(result.exit == 0, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
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
        let session = try #require(opened.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        try await simulator.order("POST", "/_sim/checkout/\(session)/pay", ["card": "4242424242424242"])
        try await succeed("sync")
    }

    func plan(_ reference: String) async throws -> String {
        let shown = try await succeed("check-out", "seeblick", reference, "--format", "json")
        return String(try #require(shown.firstMatch(of: /"plan":{"id":"([0-9a-f]+)"/)).1)
    }
}
