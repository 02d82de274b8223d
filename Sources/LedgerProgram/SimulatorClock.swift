import Foundation
import Ledger
import Stripe

/// The clock of a simulated Stripe, `GET /_sim/clock`. The real one has no such door, and is never asked.
package struct SimulatorClock: Sendable {
    /// What the clock shows.
    package struct Time: Decodable, Sendable {
        /// To the second.
        package let now: Instant
        /// Whether it moves by itself.
        package let running: Bool

        private enum CodingKeys: String, CodingKey { case now, running }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            now = Instant(unixSeconds: try container.decode(Int64.self, forKey: .now))
            running = try container.decode(Bool.self, forKey: .running)
        }
    }

    private let url: String
    private let transport: CurlTransport

    /// - Parameter url: Without a slash at the end.
    /// - Returns: `nil` for Stripe itself.
    package init?(url: String, transport: CurlTransport) {
        guard url != StripeClient.stripeURL else { return nil }
        self.url = url
        self.transport = transport
    }

    /// - Returns: `nil` when nobody answers, or something that has no clock.
    package func time() async -> Time? {
        let request = HTTPRequest(method: "GET", url: "\(url)/_sim/clock", timeoutMilliseconds: 5000)
        guard let answer = try? await transport.send(request), answer.status == 200 else { return nil }
        return try? JSONDecoder().decode(Time.self, from: answer.body)
    }
}
