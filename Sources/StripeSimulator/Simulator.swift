import Foundation
import Ledger

/// A stateful Stripe in memory: Stripe's API under `/v1/`, the hosted card page under `/c/`, and orders
/// under `/_sim/`. Deterministic under a seed and a clock; knows nothing of sockets.
///
/// - Source: What it answers follows `2026-08-26.dahlia`, Stripe's API version of August 2026.
package final class Simulator: Sendable {
    private let lock = NSLock()
    private let time: SimulatedTime
    private nonisolated(unsafe) let world: World

    /// - Parameters:
    ///   - seed: Ids and secrets follow from it.
    ///   - publicURL: Where the hosted page is reached, without a slash at the end: `http://127.0.0.1:4242`.
    package init(seed: UInt64, time: SimulatedTime, publicURL: String) {
        self.time = time
        world = World(seed: seed, publicURL: publicURL, now: time.now)
    }

    /// Answers one request of the API, of the hosted page, or of somebody who gives orders. Requests are answered one after the other.
    package func respond(to request: SimulatorRequest) -> SimulatorResponse {
        lock.withLock {
            world.advance(to: time.now)
            if request.path.hasPrefix("/v1/") { return APIAnswer(world: world, request: request).make() }
            if request.path.hasPrefix("/_sim/") { return Orders(world: world, time: time, request: request).answer() }
            if request.path.hasPrefix("/c/") { return HostedPage(world: world, request: request).answer() }
            return SimulatorResponse(
                status: 404, headers: [("Content-Type", "text/plain; charset=utf-8")],
                body: Array("Nothing here. The API is under /v1/, orders are under /_sim/.\n".utf8))
        }
    }

    /// Moves everything that fell due up to the clock's time.
    ///
    /// - Returns: The webhook messages to send now. Each is handed out once; tell its outcome with `delivered`.
    package func dueDeliveries() -> [WebhookDelivery] {
        lock.withLock {
            world.advance(to: time.now)
            return world.deliveries.take(now: world.now.milliseconds).compactMap { world.message($0, signedAt: time.systemNow) }
        }
    }

    /// - Parameter status: The endpoint's HTTP status; nil when no answer came.
    package func delivered(_ id: UInt64, status: Int?) {
        lock.withLock {
            world.advance(to: time.now)
            world.finish(id, status: status)
        }
    }

    /// When `dueDeliveries` has something to do next, in simulated time.
    package var nextDeliveryDue: Instant? {
        lock.withLock { world.deliveries.nextDue.map(Instant.init(milliseconds:)) }
    }
}
