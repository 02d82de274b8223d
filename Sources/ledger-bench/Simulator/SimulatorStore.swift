import Foundation
import Ledger
import StripeSimulator

/// A simulator with so many open holds, asked in process and, through a server, over HTTP.
final class SimulatorStore {
    let holds: Int
    private let simulator: Simulator
    private let server: SimulatorServer
    private let client: SimulatorClient
    private var load: SimulatorLoad

    /// - Parameter holds: At least 40, so that a page in the middle is full.
    init(holds: Int) throws {
        self.holds = holds
        simulator = Simulator(seed: 1, time: SimulatedTime(systemClock: now), publicURL: "http://127.0.0.1")
        server = try SimulatorServer(simulator)
        client = SimulatorClient(port: server.port)
        var open: [String] = []
        var event = ""
        for position in 0..<holds {
            open.append(SimulatorLoad.id(in: Self.ask(simulator, .hold).body))
            if position == holds / 2 {
                let page = Self.ask(simulator, SimulatorQuestion(method: "GET", path: "/v1/events", query: "limit=1")).body
                event = String(String(decoding: page, as: UTF8.self).firstMatch(of: /evt_[A-Za-z0-9]+/)?.0 ?? "")
            }
        }
        load = SimulatorLoad(open: open, event: event, caller: 0)
    }

    private static func ask(_ simulator: Simulator, _ question: SimulatorQuestion) -> SimulatorResponse {
        simulator.respond(
            to: SimulatorRequest(
                method: question.method, path: question.path, query: question.query,
                headers: [("Authorization", "Bearer \(SimulatorQuestion.key)")], body: Array(question.body.utf8)))
    }

    /// Asks on one thread for about `time`.
    func measure(for time: Duration) throws -> SimulatorTally {
        var tally = SimulatorTally()
        let end = ContinuousClock.now + time
        var start = ContinuousClock.now
        repeat {
            for call in SimulatorCall.allCases {
                let answer = Self.ask(simulator, load.question(call))
                try load.take(call, status: answer.status, body: answer.body)
                let done = ContinuousClock.now
                tally.add(call, done - start)
                start = done
            }
        } while start < end
        return tally
    }

    /// Asks over HTTP for about `time`.
    ///
    /// - Returns: Requests answered.
    func measureHTTP(for time: Duration, callers: Int) async throws -> Int {
        let end = ContinuousClock.now + time
        let (client, load) = (client, load)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 1...callers {
                group.addTask {
                    var load = load.shifted(for: caller)
                    var answered = 0
                    repeat {
                        for call in SimulatorCall.allCases {
                            let answer = try await client.ask(load.question(call))
                            try load.take(call, status: answer.status, body: answer.body)
                        }
                        answered += SimulatorCall.allCases.count
                    } while ContinuousClock.now < end
                    return answered
                }
            }
            return try await group.reduce(0, +)
        }
    }

    func stop() async { await server.stop() }
}

/// How often each call was made, and how long all of them took together.
struct SimulatorTally {
    private(set) var calls: [SimulatorCall: (count: Int, time: Duration)] = [:]

    mutating func add(_ call: SimulatorCall, _ time: Duration, count: Int = 1) {
        let known = calls[call] ?? (0, .zero)
        calls[call] = (known.count + count, known.time + time)
    }

    mutating func add(_ other: SimulatorTally) {
        for (call, sum) in other.calls { add(call, sum.time, count: sum.count) }
    }

    /// Requests per second; nil: of all calls mixed.
    func rate(_ call: SimulatorCall?) -> Double {
        let sums = call.map { [calls[$0] ?? (0, .zero)] } ?? Array(calls.values)
        let time = sums.reduce(Duration.zero) { $0 + $1.time }
        return Double(sums.reduce(0) { $0 + $1.count }) / (time / .seconds(1))
    }
}
