import Ledger
import LedgerStore

/// One task, for the operator. Instants are the system's time.
package struct BackgroundStatus: Sendable, Equatable {
    package let task: BackgroundTask
    /// `nil` for what concerns the whole file.
    package let tenant: String?
    package let lastRun: Instant?
    package let lastSuccess: Instant?
    /// How much waits for it now.
    package let waiting: Int
    /// Runs in vain since the last success, and why the last one was.
    package let failures: Int
    package let problem: String?
    /// What somebody should know although nothing is wrong, such as a month that can be closed.
    package let notice: String?
}

package struct BackgroundReport: Sendable {
    /// The process that does the work; `nil` when none ever did.
    package let leader: StoredLeader?
    /// Whether that process is alive.
    package let isLed: Bool
    package let tasks: [BackgroundStatus]
    /// Events that wait for the operator, by tenant; those without any are left out.
    package let deadLetters: [(tenant: String, count: Int)]
    /// Calls to Stripe that wait for the operator, in the same way.
    package let parkedOperations: [(tenant: String, count: Int)]
}

extension LedgerService {
    /// How the background stands, whichever process does its work.
    package func background() throws -> BackgroundReport {
        let realNow = realTime()
        return try store.read { transaction in
            let tenants = try transaction.tenants()
            let stored = Dictionary(grouping: try transaction.backgroundTasks(), by: \.tenant)
            var tasks: [BackgroundStatus] = []
            var deadLetters: [(tenant: String, count: Int)] = []
            var parkedOperations: [(tenant: String, count: Int)] = []
            func add(_ task: BackgroundTask, _ tenant: Tenant?, waiting: Int) {
                let known = stored[tenant?.number ?? 0]?.first { $0.task == task.rawValue }
                tasks.append(
                    BackgroundStatus(
                        task: task, tenant: tenant?.id, lastRun: known?.lastRun, lastSuccess: known?.lastSuccess, waiting: waiting,
                        failures: known?.failures ?? 0, problem: known?.problem, notice: known?.notice))
            }
            for tenant in tenants {
                let counts = try transaction.waitingCounts(of: tenant)
                if counts.parkedEvents > 0 { deadLetters.append((tenant.id, counts.parkedEvents)) }
                if counts.parkedOperations > 0 { parkedOperations.append((tenant.id, counts.parkedOperations)) }
                for task in BackgroundTask.allCases where !task.isOfTheFile {
                    let waiting =
                        switch task {
                        case .operations: counts.operations
                        case .events: counts.events
                        case .checkOuts: counts.checkOuts
                        case .holds: try transaction.holdsToPlace(by: transaction.now.day(in: tenant.timeZone), of: tenant).count
                        case .lapsingHolds:
                            try transaction.holdsLapsing(by: transaction.now.adding(seconds: Self.lapsingSeconds), of: tenant).count
                        case .sync, .months, .pruning: 0
                        }
                    add(task, tenant, waiting: waiting)
                }
            }
            add(.pruning, nil, waiting: 0)
            let leader = try transaction.leader()
            return BackgroundReport(
                leader: leader, isLed: leader.map { $0.leadsUntil > realNow } ?? false, tasks: tasks, deadLetters: deadLetters,
                parkedOperations: parkedOperations)
        }
    }
}
