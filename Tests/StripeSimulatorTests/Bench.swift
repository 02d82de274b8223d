import JSON
import Ledger
import Testing

@testable import StripeSimulator

/// A simulator on a workbench: its clock stands still until it is moved, its answers are read as JSON.
final class Bench {
    /// 2026-03-01T12:00:00Z.
    static let start = 1_772_366_400

    let simulator: Simulator
    let time: SimulatedTime
    let key: String

    init(key: String = "sk_test_bench", start: Int = Bench.start) {
        time = SimulatedTime(systemClock: { Instant(unixSeconds: Int64(start)) })
        simulator = Simulator(seed: 7, time: time, publicURL: "http://sim.test")
        self.key = key
    }

    /// One answer, read.
    struct Answer {
        let status: Int
        let json: JSON
        let response: SimulatorResponse

        subscript(_ path: String) -> JSON? {
            var value: JSON? = json
            for name in path.split(separator: ".") {
                if let position = Int(name) { value = value?[position] } else { value = value?[String(name)] }
            }
            return value
        }

        func text(_ path: String) -> String { self[path]?.textValue ?? "(none at \(path))" }
        func int(_ path: String) -> Int? { self[path]?.intValue }
        var error: String { "\(status) \(self["error.code"]?.textValue ?? "-") \(self["error.param"]?.textValue ?? "-")" }
        var id: String { text("id") }
        func header(_ name: String) -> String? { response.headers.first { $0.name == name }?.value }
        var data: [JSON] { self["data"]?.arrayValue ?? [] }
    }

    @discardableResult
    func post(_ path: String, _ form: String = "", key: String? = nil, headers: [(name: String, value: String)] = []) -> Answer {
        send("POST", path, body: form, key: key, headers: headers)
    }

    func get(_ path: String, _ query: String = "", headers: [(name: String, value: String)] = []) -> Answer {
        send("GET", path, query: query, headers: headers)
    }

    func delete(_ path: String) -> Answer { send("DELETE", path) }

    /// An order to the simulator itself.
    @discardableResult
    func order(_ path: String, _ json: String = "{}") -> Answer { send("POST", "/_sim/" + path, body: json) }

    func send(
        _ method: String, _ path: String, query: String = "", body: String = "", key idempotencyKey: String? = nil,
        headers: [(name: String, value: String)] = []
    ) -> Answer {
        var headers = headers
        if !headers.contains(where: { $0.name == "Authorization" }) { headers.append(("Authorization", "Bearer " + key)) }
        if let idempotencyKey { headers.append(("Idempotency-Key", idempotencyKey)) }
        let encoded =
            body.hasPrefix("{") || path.hasPrefix("/c/")
            ? body : body.replacing(" ", with: "+").replacing("[", with: "%5B").replacing("]", with: "%5D")
        let response = simulator.respond(
            to: SimulatorRequest(
                method: method, path: path, query: query.replacing("[", with: "%5B").replacing("]", with: "%5D"), headers: headers,
                body: Array(encoded.utf8)))
        return Answer(status: response.status, json: JSON(parsing: response.body) ?? .null, response: response)
    }

    // MARK: What most tests begin with

    func customer() -> String { post("/v1/customers", "email=guest@example.com").id }

    /// A hold, 65.00 EUR unless said otherwise.
    func hold(_ amount: Int = 6500, card: String = "pm_card_visa", more: String = "") -> Answer {
        post(
            "/v1/payment_intents",
            "amount=\(amount)&currency=eur&capture_method=manual&confirm=true&payment_method=\(card)&payment_method_types[0]=card" + more)
    }

    /// A payment taken at once.
    @discardableResult
    func pay(_ amount: Int = 6500, card: String = "pm_card_visa", more: String = "") -> Answer {
        post(
            "/v1/payment_intents",
            "amount=\(amount)&currency=eur&capture_method=automatic&confirm=true&payment_method=\(card)&payment_method_types[0]=card" + more
        )
    }

    func charge(of intent: Answer) -> Answer { get("/v1/charges/" + intent.text("latest_charge")) }

    /// Types of the events since the last call, oldest first.
    func eventTypes() -> [String] {
        let page = get("/v1/events", "limit=100")
        let types = page.data.prefix { $0["id"]?.textValue != lastEvent }.compactMap { $0["type"]?.textValue }
        lastEvent = page.data.first?["id"]?.textValue
        return types.reversed()
    }

    private var lastEvent: String?
}

let day: Int64 = 86_400
