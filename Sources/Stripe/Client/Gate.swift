/// Lets so many callers in at once; the others wait in line.
actor Gate {
    private var free: Int
    private var line: [(ticket: Int, caller: CheckedContinuation<Bool, Never>)] = []
    private var lastTicket = 0

    init(limit: Int) { free = max(1, limit) }

    /// - Returns: `false` if the caller's task was cancelled while it waited; it is then not inside.
    func enter() async -> Bool {
        if Task.isCancelled { return false }
        if free > 0 {
            free -= 1
            return true
        }
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

    func leave() {
        if line.isEmpty { free += 1 } else { line.removeFirst().caller.resume(returning: true) }
    }

    private func abandon(_ ticket: Int) {
        guard let index = line.firstIndex(where: { $0.ticket == ticket }) else { return }
        line.remove(at: index).caller.resume(returning: false)
    }
}
