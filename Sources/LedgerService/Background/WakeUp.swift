import Ledger
import Synchronization

/// Wakes the background when something has come for a tenant. Who wakes it never waits.
final class WakeUp: Sendable {
    private struct State {
        var tenants: Set<Tenant> = []
        var isAwake = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func wake(for tenant: Tenant) {
        wake { $0.tenants.insert(tenant) }
    }

    /// Wakes the sleeper for a reason that it knows itself.
    func wake() { wake { _ in } }

    /// - Returns: For whom it was woken since the last call.
    func takeTenants() -> Set<Tenant> {
        state.withLock { state in
            defer { state.tenants = [] }
            return state.tenants
        }
    }

    /// Sleeps until it is woken - also when that was before - or so long, or until the task is cancelled. One sleeper at a time.
    func sleep(atMost duration: Duration) async {
        let alarm = Task {
            try await Task.sleep(for: duration)
            wake()
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let wakesAtOnce = state.withLock { state in
                    if state.isAwake || Task.isCancelled { return true }
                    state.sleeper = continuation
                    return false
                }
                if wakesAtOnce { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
        alarm.cancel()
        state.withLock { $0.isAwake = false }
    }

    private func wake(_ note: (inout State) -> Void) {
        let woken = state.withLock { state in
            note(&state)
            state.isAwake = true
            defer { state.sleeper = nil }
            return state.sleeper
        }
        woken?.resume()
    }
}
