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

    /// - Throws: `SimulatedClockRefusal.stripe` for an address of Stripe's own.
    package init(at address: WebAddress, transport: CurlTransport) throws(SimulatedClockRefusal) {
        guard address.host != "stripe.com", !address.host.hasSuffix(".stripe.com") else { throw .stripe(address.text) }
        url = address.text
        self.transport = transport
    }

    /// - Throws: `SimulatedClockRefusal.missing` when nobody answers within five seconds, or something that has no clock.
    package func time() async throws(SimulatedClockRefusal) -> Time {
        let request = HTTPRequest(method: "GET", url: "\(url)/_sim/clock", timeoutMilliseconds: 5000)
        guard let answer = try? await transport.send(request), answer.status == 200,
            let time = try? JSONDecoder().decode(Time.self, from: answer.body)
        else { throw .missing(url) }
        return time
    }
}

/// Why the clock of a simulated Stripe cannot be followed.
package enum SimulatedClockRefusal: OperatorRefusal, Equatable {
    /// Stripe's own address.
    case stripe(String)
    /// An address where no such clock answers.
    case missing(String)
    /// The id of a tenant whose books are live.
    case live(tenant: String)

    package var code: String {
        switch self {
        case .stripe: "simulated_clock_at_stripe"
        case .missing: "simulated_clock_missing"
        case .live: "simulated_clock_on_live_books"
        }
    }

    package var message: String {
        switch self {
        case .stripe(let url): "\(url) is Stripe itself, and only a simulated Stripe has a simulated clock."
        case .missing(let url): "No simulated clock answers at \(url)."
        case .live(let tenant): "Tenant \"\(tenant)\" has a live Stripe key, and live books need the system clock."
        }
    }

    package var hint: String? {
        switch self {
        case .stripe: "Leave out --simulated-clock, or give the address of a simulated Stripe with --stripe-url."
        case .missing: "Start `stripe-simulator` and give its address with --stripe-url, or leave out --simulated-clock."
        case .live: "Leave out --simulated-clock, or use a ledger that has test keys only."
        }
    }
}
