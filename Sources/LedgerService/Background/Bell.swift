import Foundation
import Ledger

/// Wakes the background when something has come for a tenant. Who rings never waits.
final class Bell: @unchecked Sendable {
    private let lock = NSLock()
    private var rung: Set<Tenant> = []
    private var isAwake = false
    private var sleeper: CheckedContinuation<Void, Never>?

    func ring(for tenant: Tenant) {
        wake { rung.insert(tenant) }
    }

    /// Wakes the sleeper for a reason that it knows itself.
    func ring() { wake {} }

    /// - Returns: For whom it has been rung since the last call.
    func answer() -> Set<Tenant> {
        lock.withLock {
            defer { rung = [] }
            return rung
        }
    }

    /// Sleeps until it is rung - also when that was before - or so long, or until the task is cancelled. One sleeper at a time.
    func sleep(atMost duration: Duration) async {
        let alarm = Task {
            try await Task.sleep(for: duration)
            ring()
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let wakesAtOnce = lock.withLock {
                    if isAwake || Task.isCancelled { return true }
                    sleeper = continuation
                    return false
                }
                if wakesAtOnce { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        alarm.cancel()
        lock.withLock { isAwake = false }
    }

    private func wake(_ note: () -> Void) {
        let woken = lock.withLock {
            note()
            isAwake = true
            defer { sleeper = nil }
            return sleeper
        }
        woken?.resume()
    }
}
