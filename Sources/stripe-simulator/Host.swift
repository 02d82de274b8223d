import Foundation
import FoundationNetworking
import Ledger
import StripeSimulator
import Synchronization
import WebServer

/// Puts a simulator on the network: requests in, answers and webhooks out.
final class Host: Sendable {
    private let simulator = Mutex<Simulator?>(nil)

    /// The simulator is made once the port is known, because its pages have it in their addresses.
    func open(_ simulator: Simulator) { self.simulator.withLock { $0 = simulator } }

    func respond(to request: HTTPRequest) -> HTTPResponse {
        guard let simulator = simulator.withLock({ $0 }) else { return HTTPResponse(status: 503) }
        let answer = simulator.respond(
            to: SimulatorRequest(
                method: request.method, path: request.path, query: request.query, headers: request.headers, body: request.body))
        let transport: HTTPResponse.Transport =
            switch answer.transport {
            case .normal: .normal
            case .cutConnection: .cut
            case .truncatedBody(let count): .truncated(afterBytes: count)
            case .delayed(let milliseconds): .delayed(milliseconds: milliseconds)
            }
        return HTTPResponse(status: answer.status, headers: answer.headers, body: answer.body, transport: transport)
    }

    /// Delivers webhooks until the task is cancelled. Several are under way at once, so their order is not certain, as at Stripe.
    func deliverWebhooks() async {
        // One group for all: an endpoint that does not answer keeps nobody else's messages waiting.
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                if let simulator = simulator.withLock({ $0 }) {
                    for delivery in simulator.dueDeliveries() {
                        group.addTask { simulator.delivered(delivery.id, status: await Self.deliver(delivery)) }
                    }
                }
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// - Returns: The endpoint's status; `nil` when it did not answer within ten seconds.
    private static func deliver(_ delivery: WebhookDelivery) async -> Int? {
        guard let url = URL(string: delivery.url) else { return nil }
        var request = URLRequest(url: url, timeoutInterval: 10)
        request.httpMethod = "POST"
        request.httpBody = Data(delivery.body)
        for header in delivery.headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
        let answer = try? await URLSession.shared.data(for: request)
        return (answer?.1 as? HTTPURLResponse)?.statusCode
    }
}
