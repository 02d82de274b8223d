import Foundation
import LedgerSimulation
import TestSupport

/// Plays one run on a thread of its own: it holds the thread for as long as it lasts.
func play(seed: UInt64, stays: Int = 30, plant: Plant? = nil, _ change: @escaping @Sendable (inout World.Size) -> Void = { _ in })
    async throws -> World
{
    let folder = try TemporaryFolder()
    var size = World.Size()
    size.stays = stays
    change(&size)
    let world = World(seed: seed, size: size, plant: plant, folder: folder.path)
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        Thread.detachNewThread { done.resume(with: Result { try world.play() }) }
    }
    return world
}
