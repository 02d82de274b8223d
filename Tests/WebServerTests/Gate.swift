import Foundation

/// Closed until it is opened; who comes before that waits, unless nobody is left to open it or the task is cancelled.
actor Gate {
    /// Everybody who could have opened it has ended.
    struct StaysClosed: Error {}

    private(set) var isOpen = false
    private var staysClosed = false
    private var waiting: [UUID: CheckedContinuation<Void, any Error>] = [:]

    /// - Throws: `StaysClosed`, `CancellationError`.
    func pass() async throws {
        let number = UUID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if isOpen {
                    continuation.resume()
                } else if staysClosed {
                    continuation.resume(throwing: StaysClosed())
                } else if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting[number] = continuation
                }
            }
        } onCancel: {
            Task { await self.leave(number) }
        }
    }

    /// How many wait here now.
    var count: Int { waiting.count }

    func open() {
        isOpen = true
        end { $0.resume() }
    }

    /// Only handlers open it, and they run for these clients: when all have ended, nobody waits for it any longer.
    nonisolated func staysClosed<Value>(after clients: [Task<Value, any Error>]) {
        Task {
            for client in clients { _ = await client.result }
            await stayClosed()
        }
    }

    private func stayClosed() {
        staysClosed = true
        end { $0.resume(throwing: StaysClosed()) }
    }

    private func leave(_ number: UUID) { waiting.removeValue(forKey: number)?.resume(throwing: CancellationError()) }

    private func end(_ resume: (CheckedContinuation<Void, any Error>) -> Void) {
        waiting.values.forEach(resume)
        waiting = [:]
    }
}
