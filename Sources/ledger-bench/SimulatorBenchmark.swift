import Foundation
import Ledger
import StripeSimulator

/// Requests per second of the simulated Stripe on one thread, with an empty store and with many open holds: the second should
/// not be slower than the first.
struct SimulatorBenchmark {
    var time = Duration.seconds(2)
    var holds = [0, 10_000, 50_000]

    private static let card = "payment_method=pm_card_visa&payment_method_types[0]=card&confirm=true&capture_method=manual"

    func run() throws {
        print("Requests per second of the simulator, one thread, \(time) each; in brackets the share of the empty store's rate")
        var empty: [String: Double] = [:]
        for count in holds {
            let store = Store()
            for _ in 0..<count { _ = store.post("/v1/payment_intents", "amount=6500&currency=eur&\(Self.card)") }
            print("\n\(count) open holds")
            for (name, work) in Self.work {
                let rate = measure { work(store) }
                let share = empty[name].map { String(format: "  (%.2f)", rate / $0) } ?? ""
                if count == holds.first { empty[name] = rate }
                print(name.padding(toLength: 44, withPad: " ", startingAt: 0) + String(format: "%9.0f", rate) + share)
            }
        }
    }

    /// What the ledger asks of Stripe; each returns the number of requests it made.
    private static let work: [(String, @Sendable (Store) -> Int)] = [
        (
            "hold and capture",
            { store in
                let held = store.post("/v1/payment_intents", "amount=6500&currency=eur&\(card)")
                _ = store.post("/v1/payment_intents/\(Store.id(of: held))/capture", "amount_to_capture=5000")
                return 2
            }
        ),
        (
            "retrieve a hold with its charge",
            { store in
                _ = store.get("/v1/payment_intents/\(store.someIntent)", "expand[0]=latest_charge")
                return 1
            }
        ),
        (
            "list ten, newest first",
            { store in
                _ = store.get("/v1/payment_intents", "limit=10")
                return 1
            }
        ),
        (
            "list ten from deep in the list",
            { store in
                _ = store.get("/v1/payment_intents", "limit=10&starting_after=\(store.someIntent)")
                return 1
            }
        ),
        (
            "catch up on a hundred events",
            { store in
                _ = store.get("/v1/events", "limit=100")
                return 1
            }
        ),
    ]

    private func measure(_ work: () -> Int) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var requests = 0
        while clock.now - start < time { requests += work() }
        let elapsed = (clock.now - start) / .seconds(1)
        return Double(requests) / elapsed
    }

    /// A simulator with an account, reached without HTTP.
    private final class Store {
        private let simulator = Simulator(
            seed: 1, time: SimulatedTime(systemClock: { Instant(unixSeconds: 1_780_000_000) }), publicURL: "http://127.0.0.1")
        /// One of the first intents.
        private(set) lazy var someIntent = Self.id(of: post("/v1/payment_intents", "amount=6500&currency=eur&\(SimulatorBenchmark.card)"))

        init() { _ = someIntent }

        func post(_ path: String, _ body: String) -> [UInt8] { send("POST", path, "", Array(body.utf8)) }
        func get(_ path: String, _ query: String) -> [UInt8] { send("GET", path, query, []) }

        private func send(_ method: String, _ path: String, _ query: String, _ body: [UInt8]) -> [UInt8] {
            let answer = simulator.respond(
                to: SimulatorRequest(
                    method: method, path: path, query: query,
                    headers: [("Authorization", "Bearer sk_test_bench"), ("Content-Type", "application/x-www-form-urlencoded")], body: body)
            )
            precondition(answer.status == 200, String(decoding: answer.body, as: UTF8.self))
            return answer.body
        }

        /// The first member of every object is its id.
        static func id(of body: [UInt8]) -> String {
            String(String(decoding: body.prefix(80), as: UTF8.self).firstMatch(of: /"id": ?"([^"]+)"/)?.1 ?? "")
        }
    }
}
