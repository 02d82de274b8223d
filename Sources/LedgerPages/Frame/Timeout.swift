/// Runs work, and waits for it only for a limited time. Work that takes longer continues in the background.
///
/// - Returns: Whether it ended in time.
/// - Throws: What `work` throws in time; later errors are discarded.
func withTimeout(_ time: Duration, _ work: @escaping @Sendable () async throws -> Void) async throws -> Bool {
    let (ends, end) = AsyncStream<Result<Void, any Error>?>.makeStream()
    // Not children of this task: a child would be waited for.
    Task {
        do { end.yield(.success(try await work())) } catch { end.yield(.failure(error)) }
    }
    let timer = Task {
        try await Task.sleep(for: time)
        end.yield(nil)
    }
    defer { timer.cancel() }
    for await first in ends {
        try first?.get()
        return first != nil
    }
    return false
}
