import LedgerStore

/// The ledger itself: callers that each add a line, wait until it is durable, and add the next.
final class StoreCallers: Contender {
    let name: String
    private let callers: Int
    private let stays: [Town.Stay]
    private let database: Database
    private var added = 0

    init(_ town: Town, callers: Int) throws {
        name = "ledger, \(callers) \(callers == 1 ? "caller" : "callers")"
        self.callers = callers
        stays = town.stays
        database = try Database(path: town.file, clock: now)
    }

    func run(for time: Duration) async throws -> Int {
        let end = ContinuousClock.now + time
        return try await add { _ in ContinuousClock.now < end }
    }

    func add(_ lines: Int) async throws {
        let each = max(1, lines / callers)
        _ = try await add { $0 < each }
    }

    /// Each caller adds a line after the other for as long as `goesOn` says so of how many it has added.
    private func add(while goesOn: @escaping @Sendable (Int) -> Bool) async throws -> Int {
        let (stays, database, start, callers) = (stays, database, added, callers)
        let lines = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var lines = 0
                    while goesOn(lines) {
                        let stay = stays[(start + caller + lines * callers) % stays.count]
                        try await database.write(of: stay.tenant) { try $0.addDrink(to: stay.folio) }
                        lines += 1
                    }
                    return lines
                }
            }
            return try await group.reduce(0, +)
        }
        added += lines
        return lines
    }
}
