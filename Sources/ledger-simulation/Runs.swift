import Foundation
import LedgerSimulation
import Synchronization

/// Several runs after one another, on as many threads as there are cores, with what came of each.
final class Runs: Sendable {
    fileprivate struct State {
        var next = 0
        var stays = 0
        var failed: [UInt64] = []
        var sum = Report()
    }

    private let first: UInt64
    private let count: Int
    private let seconds: Double?
    private let size: World.Size
    private let plant: Plant?
    private let traced: String?
    private let commit: String
    private let state = Mutex(State())

    init(_ options: [String: String]) {
        first = options["seed"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999_999)
        seconds = options["seconds"].flatMap { Double($0) }
        count = options["runs"].flatMap { Int($0) } ?? (seconds == nil ? 10 : .max)
        var size = World.Size()
        size.stays = options["stays"].flatMap { Int($0) } ?? size.stays
        for name in (options["without"] ?? "").split(separator: ",") {
            Kind.Group(rawValue: String(name)).map { _ = size.groups.remove($0) }
        }
        self.size = size
        traced = options["trace"]
        plant = options["plant"].flatMap(Plant.init(rawValue:))
        commit = options["commit"] ?? "unknown"
    }

    /// - Returns: Whether no checker found anything.
    func play() -> Bool {
        print("Seed \(first), commit \(commit)")
        let begin = Date()
        DispatchQueue.concurrentPerform(iterations: min(count, ProcessInfo.processInfo.activeProcessorCount)) { _ in
            while let seed = take(since: begin) { play(seed) }
        }
        let time = Date().timeIntervalSince(begin)
        let (next, stays, failed, sum) = state.withLock { ($0.next, $0.stays, $0.failed, $0.sum) }
        print(
            "\(next) runs, \(stays) stays, \(sum.requests) requests of which \(sum.troubles) went wrong, \(sum.crashes) crashes; "
                + "\(Int(Double(stays) / time)) stays a second")
        printKinds(sum.kinds)
        if count == 1 { print("Heads: \(sum.heads.joined(separator: " "))\n\(Self.text(sum.states))\n\(Self.text(sum.refusals))") }
        for seed in failed.sorted() { print("FAILED: scripts/simulate --seed \(seed) --runs 1    (commit \(commit))") }
        return failed.isEmpty
    }

    /// How often the run has seen each kind of thing that others do.
    private func printKinds(_ kinds: [Kind: Int]) {
        let width = Kind.allCases.map(\.rawValue.count).max() ?? 0
        for kind in Kind.allCases {
            let number = String(kinds[kind] ?? 0)
            print(
                kind.rawValue.padding(toLength: width + 2, withPad: " ", startingAt: 0)
                    + String(repeating: " ", count: max(0, 9 - number.count)) + number)
        }
    }

    private static func text(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    private func take(since begin: Date) -> UInt64? {
        state.withLock {
            guard $0.next < count, seconds.map({ Date().timeIntervalSince(begin) < $0 }) ?? true else { return nil }
            $0.next += 1
            return first &+ UInt64($0.next - 1)
        }
    }

    private func play(_ seed: UInt64) {
        let shared = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let folder = "\(shared)/ledger-simulation-\(getpid())-\(seed)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let world = World(seed: seed, size: size, plant: plant, folder: folder)
            world.traced = traced
            try world.play()
            state.withLock { $0.add(world) }
        } catch {
            state.withLock {
                $0.failed.append(seed)
                print("Seed \(seed): \(error)")
            }
        }
    }

}

extension Runs.State {
    fileprivate mutating func add(_ world: World) {
        stays += world.size.stays
        sum.requests += world.report.requests
        sum.troubles += world.report.troubles
        sum.crashes += world.report.crashes
        sum.kinds.merge(world.report.kinds) { $0 + $1 }
        sum.heads = world.report.heads
        sum.states = world.report.states
        sum.refusals = world.report.refusals
        guard !world.findings.isEmpty else { return }
        failed.append(world.seed)
        var shown: [Finding.Checker: Int] = [:]
        for finding in world.findings {
            shown[finding.checker, default: 0] += 1
            if shown[finding.checker, default: 0] <= 5 { print("Seed \(world.seed): \(finding)") }
        }
        if world.findings.count > 5 { print("Seed \(world.seed): … \(world.findings.count) in all") }
        // On the screen as soon as it is found, also in a pipe.
        fflush(nil)
    }
}
