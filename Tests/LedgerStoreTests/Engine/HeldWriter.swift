import TestSupport

@testable import LedgerStore

/// Holds the writer's thread inside a job, so that what comes next waits together and becomes one batch.
struct HeldWriter {
    private let database: Database
    private let opened = Gate()
    private let job: Task<Void, any Error>

    init(_ database: Database) async throws {
        self.database = database
        let (entered, opened) = (Gate(), opened)
        job = Task {
            try await database.write { _ in
                entered.open()
                opened.block()
            }
        }
        entered.staysClosed(after: [job])
        try await entered.pass()
    }

    /// Lets it go on once `count` jobs wait behind it.
    func goOn(after count: Int) async throws {
        while database.waiting < count { await Task.yield() }
        opened.open()
        try await job.value
    }
}

typealias Work = @Sendable (borrowing Transaction) throws -> Void

/// Runs the jobs as one batch.
func together<Output: Sendable>(
    _ database: Database, _ bodies: [@Sendable (borrowing Transaction) throws -> Output]
) async throws -> [Result<Output, any Error>] {
    let writer = try await HeldWriter(database)
    var tasks: [Task<Output, any Error>] = []
    for (number, body) in bodies.enumerated() {
        tasks.append(Task { try await database.write(body) })
        while database.waiting < number + 1 { await Task.yield() }
    }
    try await writer.goOn(after: bodies.count)
    var results: [Result<Output, any Error>] = []
    for task in tasks { results.append(await task.result) }
    return results
}

extension Result {
    var error: (any Error)? { if case .failure(let error) = self { error } else { nil } }
}
