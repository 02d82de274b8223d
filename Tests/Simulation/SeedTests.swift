import Foundation
import LedgerSimulation
import TestSupport
import Testing

@Suite(.serialized) struct `One seed` {
    @Test func `takes the same course twice, to the last hash and request`() async throws {
        let (first, second) = (try await play(seed: 7), try await play(seed: 7))
        #expect(first.report == second.report)
        #expect(first.report.heads.count == 3 && first.report.crashes > 0 && first.report.troubles > 0)
        #expect(try await play(seed: 8).report.heads != first.report.heads)
    }

    /// What nobody does is not tried: a season of runs has seen every kind of thing.
    @Test func `of some runs see all that others do`() async throws {
        var seen: Set<Kind> = []
        for seed in UInt64(1)...24 where seen.count < Kind.allCases.count {
            let world = try await play(seed: seed, stays: 60)
            #expect(world.findings.isEmpty, "seed \(seed)")
            seen.formUnion(world.report.kinds.keys)
        }
        #expect(Kind.allCases.filter { !seen.contains($0) } == [])
    }

    /// Swift's hashing differs from process to process, and with it the order of every dictionary.
    @Test func `takes the same course in two processes`() async throws {
        let here = try await play(seed: 7)
        let folder = try TemporaryFolder()
        let output = folder.file("output")
        let descriptor = open(output, O_CREAT | O_WRONLY, 0o600)
        let nothing = open("/dev/null", O_RDWR)
        defer { [descriptor, nothing].forEach { close($0) } }
        let program = try ChildProcess(
            SimulatorProcess.products.appendingPathComponent("ledger-simulation").path,
            ["--seed", "7", "--runs", "1", "--stays", "30"], input: nothing, output: descriptor, errors: nothing)
        #expect(await program.ended() == 0)
        let there = try String(contentsOfFile: output, encoding: .utf8)
        #expect(there.contains("Heads: \(here.report.heads.joined(separator: " "))"))
    }

    @Test(arguments: failedOnce()) func `that failed once does not fail again`(seed: UInt64) async throws {
        #expect(try await play(seed: seed, stays: 100).findings.isEmpty)
    }

    private static func failedOnce() -> [UInt64] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "failed-seeds.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { UInt64($0.prefix { $0.isNumber }) }
    }
}
