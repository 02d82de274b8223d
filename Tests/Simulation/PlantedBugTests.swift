import LedgerSimulation
import Testing

/// A checker that cannot fail proves nothing: each is shown the bug that it is there for.
@Suite(.serialized) struct `A planted bug is found` {
    @Test(arguments: Plant.allCases) func `by its checker, within a few seeds`(plant: Plant) async throws {
        for seed in UInt64(1)...60 {
            let world = try await play(seed: seed, stays: 40, plant: plant)
            if world.findings.contains(where: { $0.checker == plant.checker }) { return }
        }
        Issue.record("\(plant.rawValue) was not found by \"\(plant.checker.rawValue)\"")
    }
}
