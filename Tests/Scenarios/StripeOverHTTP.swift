import Foundation
import Ledger
import Stripe
import TestSupport

/// The simulator asked over HTTP, in the words of Stripe's API.
struct StripeOverHTTP {
    let simulator: SimulatorProcess
    private let transport = CurlTransport()

    init() async throws { simulator = try await SimulatorProcess() }

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: Data

        private var json: Any? { try? JSONSerialization.jsonObject(with: body) }

        /// A member at a path such as `error.code` or `data.0.amount`.
        private func value(_ path: String) -> Any? {
            path.split(separator: ".").reduce(json) { value, name in
                if let list = value as? [Any] { return Int(name).flatMap { list.indices.contains($0) ? list[$0] : nil } }
                return (value as? [String: Any])?[String(name)]
            }
        }

        func text(_ path: String) -> String? { value(path) as? String }
        func int(_ path: String) -> Int? { value(path) as? Int }
        func count(_ path: String) -> Int? { (value(path) as? [Any])?.count }
        var id: String { text("id") ?? "" }
    }

    func post(_ path: String, _ form: String = "", key: String? = nil) async throws -> Answer {
        try await send("POST", path, form, key.map { [HTTPHeader("Idempotency-Key", $0)] } ?? [])
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path, "", []) }

    private func send(_ method: String, _ path: String, _ form: String, _ headers: [HTTPHeader]) async throws -> Answer {
        let answer = try await transport.send(
            HTTPRequest(
                method: method, url: simulator.url + path, headers: [HTTPHeader("Authorization", "Bearer sk_test_seeblick")] + headers,
                body: Data(form.utf8)))
        return Answer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    static let hold =
        "amount=6500&currency=eur&capture_method=manual&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card"

    func advance(seconds: Int) async throws { try await simulator.letPass(seconds: seconds) }

    /// - Returns: The new endpoint's id and secret.
    func addEndpoint(_ url: String, types: [String]) async throws -> (id: String, secret: Secret) {
        let events = types.enumerated().map { "&enabled_events%5B\($0.offset)%5D=\($0.element)" }.joined()
        let endpoint = try await post("/v1/webhook_endpoints", "url=\(url)" + events)
        return (endpoint.id, Secret(endpoint.text("secret") ?? "")!)
    }
}
