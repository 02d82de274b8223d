import Foundation
import Ledger

/// A stateful Stripe in memory: Stripe's API under `/v1/`, the hosted card page under `/c/`, and orders
/// under `/_sim/`. Deterministic under a seed and a clock; knows nothing of sockets.
///
/// - Source: What it answers follows `2026-08-26.dahlia`, Stripe's API version of August 2026.
package final class Simulator: Sendable {
    private let lock = NSLock()
    private let time: SimulatedTime

    /// - Parameters:
    ///   - seed: Ids and secrets follow from it.
    ///   - publicURL: Where the hosted page is reached, without a slash at the end: `http://127.0.0.1:4242`.
    package init(seed: UInt64, time: SimulatedTime, publicURL: String) {
        self.time = time
    }

    package func respond(to request: SimulatorRequest) -> SimulatorResponse {
        SimulatorResponse(status: 404)
    }

    /// Moves everything that fell due up to the clock's time.
    ///
    /// - Returns: The webhook messages to send now. Each is handed out once; tell its outcome with `delivered`.
    package func dueDeliveries() -> [WebhookDelivery] { [] }

    /// - Parameter status: The endpoint's HTTP status; nil when no answer came.
    package func delivered(_ id: UInt64, status: Int?) {}

    /// When `dueDeliveries` has something to do next, in simulated time.
    package var nextDeliveryDue: Instant? { nil }
}
