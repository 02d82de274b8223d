import Foundation

/// Durable line items per second: the ledger beside a raw loop over its own statements and beside bare movements, on the same disk and in the
/// same run.
struct LinesBenchmark {
    var time = Duration.seconds(3)
    var callers = [1, 8, 64, 512]
    var folder = FileManager.default.temporaryDirectory.path

    /// Contenders take turns, so that a busy moment of the machine meets all of them.
    private static let turns = 6

    func run() async throws {
        let folder = "\(folder)/ledger-bench-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let town = try await Town.build(at: "\(folder)/town.db", tenants: 100, foliosEach: 100)
        let batches = callers + [4096]
        let raw = try batches.map { RawLoop(try town.copy(to: "\(folder)/raw-\($0).db"), batch: $0) }
        let store = try callers.map { try StoreCallers(try town.copy(to: "\(folder)/ledger-\($0).db"), callers: $0) }
        let alone = try callers.map { ConnectionPerCaller(try town.copy(to: "\(folder)/alone-\($0).db"), callers: $0) }
        let bare = callers.map { BareMovements("\(folder)/bare-\($0).db", accounts: town.stays.count, batch: $0) }
        let contenders: [any Contender] = raw + store + alone + bare
        var rates = [Double](repeating: 0, count: contenders.count)
        for _ in 0..<Self.turns {
            for (index, contender) in contenders.enumerated() {
                let start = ContinuousClock.now
                let lines = try await contender.run(for: time / Self.turns)
                rates[index] += Double(lines) / ((ContinuousClock.now - start) / .seconds(1)) / Double(Self.turns)
            }
        }
        print("Durable lines per second (journal entry, line item, two balances; synchronous = FULL), \(time / .seconds(1)) s each")
        print("A bare movement is two balance updates, a transfer, two entries and four indexes; nothing is checked.")
        for (contender, rate) in zip(contenders, rates) { print(row(contender.name, rate, "")) }
        print("\nThe ledger's rate as a part of another")
        for (index, callers) in callers.enumerated() {
            let rate = rates[raw.count + index]
            print(
                row(
                    "\(callers) callers : bare movements in batches of \(callers)", rate / rates[rates.count - bare.count + index], "×",
                    digits: 2))
            print(row("\(callers) callers : batches of \(callers)", rate / rates[index], "×", digits: 2))
            print(row("\(callers) callers : a connection per caller", rate / rates[raw.count + store.count + index], "×", digits: 2))
        }
    }

    private func row(_ name: String, _ value: Double, _ unit: String, digits: Int = 0) -> String {
        let number = String(format: "%.\(digits)f", value)
        return name.padding(toLength: 48, withPad: " ", startingAt: 0) + String(repeating: " ", count: max(0, 12 - number.count)) + number
            + unit
    }
}
