import Foundation

/// The simulator's requests per second, with few open holds and with many: what it answers must not depend on what it holds.
struct SimulatorBenchmark {
    var time = Duration.seconds(3)
    /// The first is as good as empty: its pages are just full. The others are compared with it.
    var holds = [100, 10_000, 50_000]
    var callers = 8

    /// Stores take turns, so that a busy moment of the machine meets all of them.
    private static let turns = 6

    func run() async throws {
        let stores = try holds.map { try SimulatorStore(holds: $0) }
        var tallies = [SimulatorTally](repeating: SimulatorTally(), count: stores.count)
        var overHTTP = [Double](repeating: 0, count: stores.count)
        var onProcessor = overHTTP
        for _ in 0..<Self.turns {
            for (index, store) in stores.enumerated() {
                tallies[index].add(try store.measure(for: time / Self.turns))
                let (start, worked) = (ContinuousClock.now, processorTime())
                let answered = Double(try await store.measureHTTP(for: time / Self.turns, callers: callers))
                overHTTP[index] += answered / ((ContinuousClock.now - start) / .seconds(1)) / Double(Self.turns)
                onProcessor[index] += answered / ((processorTime() - worked) / .seconds(1)) / Double(Self.turns)
            }
        }
        for store in stores { await store.stop() }
        print("Requests per second by open holds, \(time / .seconds(1)) s each; × is the part of the rate with \(holds[0]) holds")
        print(row("", holds.map { "\($0) holds" }))
        for call in SimulatorCall.allCases { print(row(call.name, rates(tallies.map { $0.rate(call) }))) }
        print(row("in process, one thread, all in turn", rates(tallies.map { $0.rate(nil) })))
        print(row("over HTTP, \(callers) callers, all in turn", rates(overHTTP)))
        print(row("over HTTP, per processor second", rates(onProcessor)))
        print("A processor second is spent on the server and on the client that asks it.")
    }

    private func rates(_ values: [Double]) -> [String] {
        values.enumerated().map { index, value in
            String(format: "%.0f", value) + (index == 0 ? "" : String(format: "  %.2f ×", value / values[0]))
        }
    }

    private func row(_ name: String, _ cells: [String]) -> String {
        cells.reduce(name.padding(toLength: 44, withPad: " ", startingAt: 0)) { line, cell in
            line + String(repeating: " ", count: max(1, 18 - cell.count)) + cell
        }
    }

    /// What all threads of this process have worked.
    private func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }
}
