import Ledger
internal import LedgerStore

/// One task, for the operator. Instants are the system's time.
package struct BackgroundStatus: Sendable, Equatable {
    /// One for each kind of work that concerns the tenant or the file.
    package let task: BackgroundTask
    /// `nil` for what concerns the whole file.
    package let tenant: String?
    /// With success or without; `nil` before the first.
    package let lastRun: Instant?
    /// `nil` before the first.
    package let lastSuccess: Instant?
    /// How much waits for it now.
    package let waiting: Int
    /// Failed runs since the last success.
    package let failures: Int
    /// Why the last run failed, in English for the operator; `nil` after a success.
    package let problem: String?
    /// What somebody should know although nothing is wrong, such as a month that can be closed.
    package let notice: String?
}

/// The background's work as it stands in the file, whichever process does it.
package struct BackgroundReport: Sendable {
    /// The process that does the work; `nil` when none ever did.
    package let leader: Leader?
    /// Whether that process is alive.
    package let isLed: Bool
    /// Of each tenant, and of the whole file.
    package let tasks: [BackgroundStatus]
    /// By tenant.
    package let traffic: [StripeTraffic]

    /// Events that wait for the operator, by tenant; those without any are left out.
    package var deadLetters: [(tenant: String, count: Int)] {
        traffic.filter { $0.parkedEvents > 0 }.map { ($0.tenant, $0.parkedEvents) }
    }

    /// Calls to Stripe that wait for the operator, in the same way.
    package var parkedOperations: [(tenant: String, count: Int)] {
        traffic.filter { $0.parkedOperations > 0 }.map { ($0.tenant, $0.parkedOperations) }
    }
}

/// What came from Stripe to a tenant, and what of its traffic waits for the operator.
package struct StripeTraffic: Sendable, Equatable {
    /// The tenant's id.
    package let tenant: String
    /// When the latest webhook came, in the system's time; `nil` before the first.
    package let lastWebhook: Instant?
    /// Events that wait for the operator.
    package let parkedEvents: Int
    /// Operations that wait for the operator.
    package let parkedOperations: Int
}

extension LedgerService {
    /// How the background stands, whichever process does its work.
    ///
    /// - Parameter only: This tenant's tasks; `nil` for all tenants.
    package func background(_ only: String? = nil) throws -> BackgroundReport {
        let realNow = realTime()
        return try store.read { transaction in
            let tenants = try transaction.tenants().filter { only == nil || $0.id == only }
            let stored = Dictionary(grouping: try transaction.backgroundTasks(), by: \.tenant)
            var tasks: [BackgroundStatus] = []
            var traffic: [StripeTraffic] = []
            func add(_ task: BackgroundTask, _ tenant: Tenant?, waiting: Int) {
                let known = stored[tenant?.number ?? 0]?.first { $0.task == task.rawValue }
                tasks.append(
                    BackgroundStatus(
                        task: task, tenant: tenant?.id, lastRun: known?.lastRun, lastSuccess: known?.lastSuccess, waiting: waiting,
                        failures: known?.failures ?? 0, problem: known?.problem, notice: known?.notice))
            }
            for tenant in tenants {
                try transaction.withBook(of: tenant) { book in
                    let counts = try book.waitingCounts()
                    traffic.append(
                        StripeTraffic(
                            tenant: tenant.id, lastWebhook: try book.lastWebhook(), parkedEvents: counts.parkedEvents,
                            parkedOperations: counts.parkedOperations))
                    // After the end of a tenant nothing is asked of Stripe: what was done last grows no older.
                    let isEnded = try book.areKeysRemoved()
                    for task in BackgroundTask.allCases where !task.isOfTheFile && !(isEnded && task.needsStripe) {
                        let waiting =
                            switch task {
                            case .operations: counts.operations
                            case .events: counts.events
                            case .checkOuts: counts.checkOuts
                            case .holds: try book.holdsToPlace(by: book.now.day(in: tenant.timeZone)).count
                            case .expiringHolds: try book.holdsExpiring(by: book.now.adding(seconds: Self.expiringSeconds)).count
                            case .sync, .months, .pruning: 0
                            }
                        add(task, tenant, waiting: waiting)
                    }
                }
            }
            add(.pruning, nil, waiting: 0)
            let leader = try transaction.leader()
            return BackgroundReport(
                leader: leader, isLed: leader.map { $0.expiresAt > realNow } ?? false, tasks: tasks, traffic: traffic)
        }
    }
}
