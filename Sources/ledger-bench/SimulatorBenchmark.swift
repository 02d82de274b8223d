import Foundation
import Ledger
import StripeSimulator

/// Requests a second that the simulated Stripe answers on one core, empty and with many open holds: the figures should not differ.
struct SimulatorBenchmark {
    /// Open holds in the full store.
    var holds = 10_000
    /// Requests of each kind that are timed.
    var requests = 2_000

    func run() {
        print("requests/s, one caller in process        empty store   \(holds) open holds")
        let empty = Counter(holds: 0)
        let full = Counter(holds: holds)
        for kind in Kind.allCases {
            let (before, after) = (empty.rate(kind, requests), full.rate(kind, requests))
            let name = kind.rawValue.padding(toLength: 40, withPad: " ", startingAt: 0)
            print("\(name)\(String(format: "%12.0f %17.0f", before, after))")
        }
    }

    enum Kind: String, CaseIterable {
        case hold = "place a hold (create and confirm)"
        case capture = "capture a hold"
        case retrieve = "retrieve an intent, charge expanded"
        case list = "list a customer's intents"
        case events = "list events of a type"
        case transactions = "list balance transactions, 10 a page"
    }

    /// A simulator, and the holds placed in it.
    private final class Counter {
        private let simulator: Simulator
        private let customer: String
        private var open: [String] = []

        init(holds: Int) {
            let time = SimulatedTime(systemClock: { Instant(unixSeconds: 1_772_366_400) })
            simulator = Simulator(seed: 1, time: time, publicURL: "http://127.0.0.1")
            customer = Self.id(Self.send(simulator, "POST", "/v1/customers"))
            for _ in 0..<holds { placeHold(false) }
        }

        func rate(_ kind: Kind, _ count: Int) -> Double {
            if kind == .capture { for _ in 0..<max(0, count - open.count) { placeHold(false) } }
            if open.isEmpty { placeHold(true) }
            let start = ContinuousClock.now
            for turn in 0..<count {
                switch kind {
                case .hold: placeHold(turn % 10 == 0)
                case .capture: _ = Self.send(simulator, "POST", "/v1/payment_intents/\(open[turn])/capture", body: "amount_to_capture=5000")
                case .retrieve:
                    _ = Self.send(simulator, "GET", "/v1/payment_intents/\(open[turn % open.count])", query: "expand%5B0%5D=latest_charge")
                case .list: _ = Self.send(simulator, "GET", "/v1/payment_intents", query: "customer=\(customer)")
                case .events:
                    _ = Self.send(simulator, "GET", "/v1/events", query: "types%5B0%5D=charge.captured&types%5B1%5D=customer.created")
                case .transactions: _ = Self.send(simulator, "GET", "/v1/balance_transactions")
                }
            }
            let elapsed = ContinuousClock.now - start
            return Double(count) / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
        }

        private func placeHold(_ withCustomer: Bool) {
            let owner = withCustomer ? "&customer=\(customer)" : ""
            let form =
                "amount=6500&currency=eur&capture_method=manual&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card"
            open.append(Self.id(Self.send(simulator, "POST", "/v1/payment_intents", body: form + owner)))
        }

        private static func send(_ simulator: Simulator, _ method: String, _ path: String, query: String = "", body: String = "") -> [UInt8]
        {
            let headers = [("Authorization", "Bearer sk_test_bench"), ("Stripe-Version", "2026-08-26.dahlia")]
            let answer = simulator.respond(
                to: SimulatorRequest(method: method, path: path, query: query, headers: headers, body: Array(body.utf8)))
            precondition(answer.status == 200, String(decoding: answer.body, as: UTF8.self))
            return answer.body
        }

        private static func id(_ body: [UInt8]) -> String { JSON(parsing: body)?["id"]?.textValue ?? "" }
    }
}
