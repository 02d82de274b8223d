import Foundation
import JSON
import TestSupport
import Testing

/// What others see while something goes wrong: printed, and judged by people. Run by `scripts/hardship`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["HARDSHIP"] != nil, "scripts/hardship asks for it"))
struct `Hardship` {
    @Test func `an unread log`() async throws {
        let house = try await CrashHouse()
        _ = try await house.book("R-1")
        try await report("as usual", house)
        #expect(await house.stop() == 0)
        let pipe = Pipe()
        try await house.start(errors: pipe.fileHandleForWriting.fileDescriptor)
        try await report("a log that nobody reads, from its first line", house, rounds: 2000)
        try await stop(house)
    }

    @Test func `a removed file`() async throws {
        let house = try await CrashHouse()
        _ = try await house.book("R-1")
        let file = house.folder.file("ledger.db")
        try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
        try await report("a ledger whose file is gone", house)
        try FileManager.default.moveItem(atPath: file + ".away", toPath: file)
        try await report("the same, once it is back", house)
        try await stop(house)
    }

    @Test func `60 hanging calls`() async throws {
        let house = try await CrashHouse()
        _ = try await house.book("R-1")
        let order: [String: any Sendable] = ["fault": "slow_first_byte", "route": "*", "times": 100_000, "delay_milliseconds": 600_000]
        try await house.simulator.order("POST", "/_sim/faults", order)
        let hanging = (0..<60).map { number in Task { _ = try? await house.book("H-\(number)") } }
        try await Task.sleep(for: .seconds(1))
        try await report("60 bookings that hang at Stripe", house)
        try await stop(house)
        for task in hanging { await task.value }
    }

    @Test func `100 webhooks a second`() async throws {
        let house = try await CrashHouse()
        _ = try await house.book("R-1")
        try await house.pay("R-1")
        let event = try #require(try await house.stripe("/v1/events?limit=1")["data"]?[0])
        let sender = Task {
            var (number, statuses) = (0, [Int: Int]())
            let start = ContinuousClock.now
            await withTaskGroup(of: Int.self) { group in
                while !Task.isCancelled {
                    let body = event.replacing(["id"], with: "\"evt_hard_\(number)\"").bytes
                    group.addTask { (try? await house.deliver(body).status) ?? 0 }
                    number += 1
                    try? await Task.sleep(until: start + .milliseconds(10) * number)
                }
                for await status in group { statuses[status, default: 0] += 1 }
            }
            return statuses
        }
        try await report("100 webhooks a second", house)
        sender.cancel()
        print("    the webhooks themselves: \(await sender.value)")
        try await stop(house)
    }

    /// Asks as a desk does, one request after the other, and prints how long answers took.
    private func report(_ title: String, _ house: CrashHouse, rounds: Int = 200) async throws {
        print("== \(title)")
        for (name, ask) in [
            ("GET /healthz", { @Sendable in try await house.send("GET", "/healthz") }),
            ("GET a folio", { @Sendable in try await house.send("GET", CrashHouse.path("R-1")) }),
            ("POST a line", { @Sendable in try await house.charge("R-1", 100, key: UUID().uuidString) }),
        ] {
            var (took, statuses) = ([Duration](), [Int: Int]())
            for _ in 0..<rounds {
                let start = ContinuousClock.now
                let status = try await ask().status
                took.append(ContinuousClock.now - start)
                statuses[status, default: 0] += 1
            }
            took.sort()
            let shown = [took[took.count / 2], took[took.count * 95 / 100], took[took.count - 1]].map {
                "\($0 / .microseconds(1) / 1000) ms"
            }
            let answers = statuses.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
            print("    \(name): median \(shown[0]), 95 % \(shown[1]), longest \(shown[2]); \(answers)")
        }
    }

    private func stop(_ house: CrashHouse) async throws {
        let start = ContinuousClock.now
        #expect(await house.stop() == 0)
        print("    stopped after \((ContinuousClock.now - start) / .milliseconds(1)) ms")
    }
}
