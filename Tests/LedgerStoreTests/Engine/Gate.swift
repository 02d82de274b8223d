import Foundation

@testable import LedgerStore

/// Holds the writer's thread inside a job, so that what comes next waits together and becomes one batch.
struct Gate {
    private let database: Database
    private let opened = DispatchSemaphore(value: 0)
    private let job: Task<Void, any Error>

    init(_ database: Database) async {
        self.database = database
        let opened = opened
        let (entered, enter) = AsyncStream<Void>.makeStream()
        job = Task {
            try await database.write { _ in
                enter.finish()
                opened.wait()
            }
        }
        for await _ in entered {}
    }

    /// Opens once `count` jobs wait behind it.
    func open(after count: Int) async throws {
        while database.waiting < count { await Task.yield() }
        opened.signal()
        try await job.value
    }
}

typealias Work = @Sendable (borrowing Transaction) throws -> Void

/// Runs the jobs as one batch.
func together<Output: Sendable>(
    _ database: Database, _ bodies: [@Sendable (borrowing Transaction) throws -> Output]
) async throws -> [Result<Output, any Error>] {
    let gate = await Gate(database)
    var tasks: [Task<Output, any Error>] = []
    for (number, body) in bodies.enumerated() {
        tasks.append(Task { try await database.write(body) })
        while database.waiting < number + 1 { await Task.yield() }
    }
    try await gate.open(after: bodies.count)
    var results: [Result<Output, any Error>] = []
    for task in tasks { results.append(await task.result) }
    return results
}

extension Result {
    var error: (any Error)? { if case .failure(let error) = self { error } else { nil } }
}
