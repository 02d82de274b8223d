/// A semaphore for tasks: so many are inside at once; the others wait in line, until it closes.
actor AsyncSemaphore {
    /// Nobody waits any more: who finds no place is turned away at once.
    private(set) var isClosed = false
    private var free: Int
    private var line: [(ticket: Int, caller: CheckedContinuation<Bool, Never>)] = []
    private var lastTicket = 0

    init(limit: Int) { free = max(1, limit) }

    /// - Returns: `false` if the caller's task was cancelled or the semaphore closed while it waited; it is then not inside.
    func wait() async -> Bool {
        if Task.isCancelled { return false }
        if free > 0 {
            free -= 1
            return true
        }
        if isClosed { return false }
        lastTicket += 1
        let ticket = lastTicket
        return await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                if Task.isCancelled { caller.resume(returning: false) } else { line.append((ticket, caller)) }
            }
        } onCancel: {
            Task { await self.abandon(ticket) }
        }
    }

    func signal() {
        if line.isEmpty { free += 1 } else { line.removeFirst().caller.resume(returning: true) }
    }

    /// Lets go everybody who waits, for good. Whoever is inside stays, and a free place can still be taken.
    func close() {
        isClosed = true
        let waiting = line
        line = []
        for one in waiting { one.caller.resume(returning: false) }
    }

    private func abandon(_ ticket: Int) {
        guard let index = line.firstIndex(where: { $0.ticket == ticket }) else { return }
        line.remove(at: index).caller.resume(returning: false)
    }
}
