import Foundation
import Synchronization

/// Closed until it is opened; who comes before that waits, unless nobody is left to open it or the task is cancelled.
package final class Gate: Sendable {
    /// Everybody who could have opened it has ended.
    package struct StaysClosed: Error {}

    private struct State {
        var isOpen = false
        var staysClosed = false
        var waiting: [UUID: @Sendable (Result<Void, any Error>) -> Void] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package var isOpen: Bool { state.withLock { $0.isOpen } }
    /// How many wait here now.
    package var count: Int { state.withLock { $0.waiting.count } }

    /// - Throws: `StaysClosed`, `CancellationError`.
    package func pass() async throws {
        let number = UUID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(number, unless: { Task.isCancelled }) { continuation.resume(with: $0) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?(.failure(CancellationError()))
        }
    }

    /// The same for those that cannot await, such as a job of the store's writer: holds the thread.
    package func block() {
        let opened = DispatchSemaphore(value: 0)
        enter(UUID(), unless: { false }) { _ in opened.signal() }
        opened.wait()
    }

    package func open() { end(.success(())) { $0.isOpen = true } }

    /// Only these tasks open it, or what runs for them: when all have ended, nobody waits for it any longer.
    package func staysClosed<Value>(after tasks: [Task<Value, any Error>]) {
        Task {
            for task in tasks { _ = await task.result }
            end(.failure(StaysClosed())) { $0.staysClosed = true }
        }
    }

    private func enter(
        _ number: UUID, unless isCancelled: () -> Bool, _ resume: @escaping @Sendable (Result<Void, any Error>) -> Void
    ) {
        let outcome: Result<Void, any Error>? = state.withLock {
            if $0.isOpen { return .success(()) }
            if $0.staysClosed { return .failure(StaysClosed()) }
            // Asked here: whoever is cancelled later finds the entry.
            if isCancelled() { return .failure(CancellationError()) }
            $0.waiting[number] = resume
            return nil
        }
        if let outcome { resume(outcome) }
    }

    private func end(_ outcome: Result<Void, any Error>, _ change: (inout State) -> Void) {
        let waiting = state.withLock { state in
            change(&state)
            defer { state.waiting = [:] }
            return state.waiting
        }
        waiting.values.forEach { $0(outcome) }
    }
}
