import Foundation
import TestSupport

extension CrashHouse {
    /// Nothing came from the service any more, though the machine got a lot done.
    struct Hangs: Error, CustomStringConvertible {
        let rounds: Int
        var description: String { "no answer, no start and no kill of the service, while the machine did \(rounds) other rounds" }
    }

    /// Runs `body`, and gives it up when the service hangs.
    ///
    /// Slow is told from hung by what the same machine gets done meanwhile, not by the clock: on a busy machine a service may well need
    /// minutes for an answer. A round is a rest, a request to the simulator, which is a process of the same kind, and a sync of the disk.
    ///
    /// - Parameter limit: So many rounds in which nothing moves are too many. On an idle machine the usual number takes more than a
    ///   minute, longer than the service ever waits for anything by itself, and on a slow one as much more as it is slower.
    /// - Throws: `Hangs`, or what `body` throws.
    func withHangDetection<Value: Sendable>(
        rounds limit: Int = 3000, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask { [self] in
                let disk = try Disk()
                var (rounds, before) = (0, steps)
                while true {
                    try await Task.sleep(for: .milliseconds(20))
                    try await simulatorAnswers()
                    try await disk.sync()
                    rounds = steps == before ? rounds + 1 : 0
                    before = steps
                    noteSilence(rounds)
                    if rounds == limit { throw Hangs(rounds: rounds) }
                }
            }
            defer { group.cancelAll() }
            return try await group.next()!!
        }
    }
}

/// A file beside the ledgers that is written and synced, as a ledger is with each commit.
private struct Disk {
    private let folder: TemporaryFolder
    private let file: FileHandle

    init() throws {
        folder = try TemporaryFolder()
        let path = folder.file("round")
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func sync() async throws {
        // On a thread of its own: those that tasks share are for the requests.
        try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                waiting.resume(
                    with: Result {
                        try file.seek(toOffset: 0)
                        try file.write(contentsOf: Data(count: 4096))
                        try file.synchronize()
                    })
            }
        }
    }
}
