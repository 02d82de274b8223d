import Foundation
import Ledger
internal import LedgerStore
import Synchronization

/// What is due, what runs, and with what result. Only bookkeeping: it starts nothing.
final class TaskBoard: Sendable {
    struct Key: Hashable {
        /// 0: of no tenant.
        let tenant: Int64
        let task: BackgroundTask
    }

    /// One run of one task.
    struct Work: Sendable {
        let key: Key
        let tenant: Tenant?
        var operations: [Int64] = []
        var folios: [Int64] = []
    }

    fileprivate struct Entry {
        var due: ContinuousClock.Instant?
        /// After a failure; not before then.
        var notBefore: ContinuousClock.Instant?
        var failures = 0
        var operations: [Int64] = []
        var folios: [Int64] = []
        var running: Task<Void, Never>?
        var isTaken = false
    }

    fileprivate struct State {
        var tenants: [Int64: Tenant] = [:]
        var entries: [Key: Entry] = [:]
        /// What is to run as soon as there is room: few, so that waking up often costs little.
        var ready: Set<Key> = []
        var takenOf: [Int64: Int] = [:]
        var operationsSeen: [Int64: ContinuousClock.Instant] = [:]
        var lastSurvey: ContinuousClock.Instant?
        var tenantsKnown: ContinuousClock.Instant?
        var reports: [Key: TaskReport] = [:]
        var reportsKept = ContinuousClock.now
        var lacksTenant = false
        var trouble: String?
    }

    private let random: RandomSource
    private let state = Mutex(State())

    init(random: RandomSource) { self.random = random }

    var running: [Task<Void, Never>] { state.withLock { $0.entries.values.compactMap(\.running) } }

    // MARK: - What is due

    func isSurveyDue(_ now: ContinuousClock.Instant, every interval: Duration) -> Bool {
        state.withLock { state in
            if let last = state.lastSurvey, now < last + interval { return false }
            state.lastSurvey = now
            for (key, entry) in state.entries where !key.task.isOnDemand && entry.due.map({ $0 <= now }) == true { state.ready.insert(key) }
            return true
        }
    }

    /// What a survey came across, `nil` for nothing.
    ///
    /// - Returns: Whether it is another trouble than the last one's: a survey comes every second.
    func isNewTrouble(_ new: String?) -> Bool {
        state.withLock { state in
            defer { state.trouble = new }
            return new != nil && new != state.trouble
        }
    }

    /// New tenants are looked for now and then, and when one is met that is not known.
    func needsTenants(_ now: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.lacksTenant || $0.tenantsKnown.map { now >= $0 + .seconds(10) } ?? true }
    }

    /// - Parameter known: Each tenant, and whether it has a Stripe account.
    func know(_ known: [(tenant: Tenant, hasStripe: Bool)], _ now: ContinuousClock.Instant, _ pace: BackgroundPace) {
        state.withLock { state in
            state.tenantsKnown = now
            state.lacksTenant = false
            for (tenant, hasStripe) in known {
                state.tenants[tenant.number] = tenant
                for task in BackgroundTask.allCases where !task.isOnDemand && !task.isOfTheFile && (hasStripe || !task.needsStripe) {
                    let key = Key(tenant: tenant.number, task: task)
                    guard state.entries[key] == nil, let interval = pace.interval(of: task) else { continue }
                    // Spread, so that a start does not ask Stripe for all tenants in the same second.
                    state.entries[key] = Entry(due: now + interval * random.fraction() / 10)
                }
            }
            let pruning = Key(tenant: 0, task: .pruning)
            if state.entries[pruning] == nil { state.entries[pruning] = Entry(due: now) }
        }
    }

    /// Something has come for the tenant.
    func want(_ task: BackgroundTask, of tenant: Tenant, at now: ContinuousClock.Instant) {
        state.withLock { state in
            state.tenants[tenant.number] = tenant
            let key = Key(tenant: tenant.number, task: task)
            state.want(key, now)
            // What comes while it runs may be too late for that run.
            if state.entries[key]?.isTaken == true { state.entries[key]?.due = now }
            // An event from Stripe shows that Stripe is reachable.
            state.entries[key]?.notBefore = nil
        }
    }

    /// The survey has found something.
    func want(_ task: BackgroundTask, ofNumber tenant: Int64, at now: ContinuousClock.Instant) {
        state.withLock { $0.want(Key(tenant: tenant, task: task), now) }
    }

    /// - Parameters:
    ///   - waiting: All operations without an answer.
    ///   - grace: For this long an operation that was never tried is left to the request that made it.
    func wantOperations(
        _ waiting: [(tenant: Int64, number: Int64, nextAttemptAt: Instant?)], at now: ContinuousClock.Instant, _ realNow: Instant,
        grace: Duration
    ) {
        state.withLock { state in
            state.operationsSeen = Dictionary(uniqueKeysWithValues: waiting.map { ($0.number, state.operationsSeen[$0.number] ?? now) })
            let due = waiting.filter { operation in
                operation.nextAttemptAt.map { $0 <= realNow } ?? (now >= state.operationsSeen[operation.number]! + grace)
            }
            for (tenant, operations) in Dictionary(grouping: due, by: \.tenant) {
                let key = Key(tenant: tenant, task: .operations)
                state.want(key, now)
                state.entries[key]?.operations = operations.map(\.number)
            }
        }
    }

    func wantCheckOuts(_ waiting: [(tenant: Int64, folio: Int64)], at now: ContinuousClock.Instant) {
        state.withLock { state in
            for (tenant, folios) in Dictionary(grouping: waiting, by: \.tenant) {
                let key = Key(tenant: tenant, task: .checkOuts)
                state.want(key, now)
                state.entries[key]?.folios = folios.map(\.folio)
            }
        }
    }

    /// Another process leads: what it leaves is found again.
    func forgetWhatWaits() {
        state.withLock { state in
            for (key, entry) in state.entries where !entry.isTaken { state.entries[key] = nil }
            (state.tenantsKnown, state.operationsSeen, state.reports, state.ready) = (nil, [:], [:], [])
        }
    }

    // MARK: - Runs

    /// The work that has been due for the longest time, unless too much runs already, of all tenants or of this one.
    func take(_ now: ContinuousClock.Instant, atOnce: Int, perTenant: Int) -> Work? {
        state.withLock { state in
            guard state.takenOf.values.reduce(0, +) < atOnce else { return nil }
            let next = state.ready.filter { key in
                guard let entry = state.entries[key], !entry.isTaken, entry.due.map({ $0 <= now }) == true else { return false }
                return entry.notBefore.map { $0 <= now } ?? true && state.takenOf[key.tenant, default: 0] < perTenant
                    && (key.task.isOfTheFile || state.tenants[key.tenant] != nil)
            }.min { state.entries[$0]!.due! < state.entries[$1]!.due! }
            guard let key = next, let entry = state.entries[key] else { return nil }
            state.ready.remove(key)
            state.entries[key]?.isTaken = true
            state.entries[key]?.due = nil
            state.takenOf[key.tenant, default: 0] += 1
            return Work(key: key, tenant: state.tenants[key.tenant], operations: entry.operations, folios: entry.folios)
        }
    }

    func record(_ task: Task<Void, Never>, for work: Work) {
        state.withLock { if $0.entries[work.key]?.isTaken == true { $0.entries[work.key]?.running = task } }
    }

    /// Records the result of a run, and when the next one is due.
    func end(_ work: Work, _ outcome: Result<String?, any Error>, at realNow: Instant, _ pace: BackgroundPace) {
        state.withLock { state in
            let now = ContinuousClock.now
            var entry = state.entries[work.key] ?? Entry()
            entry.isTaken = false
            entry.running = nil
            if entry.due != nil { state.ready.insert(work.key) }
            state.takenOf[work.key.tenant] = state.takenOf[work.key.tenant].flatMap { $0 > 1 ? $0 - 1 : nil }
            if let interval = pace.interval(of: work.key.task) { entry.due = now + interval * (0.9 + random.fraction() / 5) }
            var problem: String?
            var notice: String?
            switch outcome {
            case .success(let words):
                (entry.failures, entry.notBefore, notice) = (0, nil, words)
            case .failure(let error):
                entry.failures += 1
                entry.notBefore = now + .seconds(Backoff.task.seconds(after: entry.failures))
                problem = plainWords(of: error)
            }
            state.entries[work.key] = entry
            state.reports[work.key] = TaskReport(
                tenant: work.key.tenant, task: work.key.task.rawValue, lastRun: realNow, lastSuccess: problem == nil ? realNow : nil,
                failures: entry.failures, problem: problem, notice: notice)
        }
    }

    // MARK: - Reports

    func reportsToKeep(_ now: ContinuousClock.Instant, every interval: Duration) -> [TaskReport]? {
        state.withLock { state in
            guard !state.reports.isEmpty, now >= state.reportsKept + interval else { return nil }
            defer { (state.reports, state.reportsKept) = ([:], now) }
            return Array(state.reports.values)
        }
    }

    func keepLater(_ tasks: [TaskReport]) {
        state.withLock { state in
            for task in tasks {
                guard let kind = BackgroundTask(rawValue: task.task) else { continue }
                let key = Key(tenant: task.tenant, task: kind)
                if state.reports[key] == nil { state.reports[key] = task }
            }
        }
    }
}

extension TaskBoard.State {
    fileprivate mutating func want(_ key: TaskBoard.Key, _ now: ContinuousClock.Instant) {
        if tenants[key.tenant] == nil { lacksTenant = true }
        var entry = entries[key] ?? TaskBoard.Entry()
        // What runs sees to it, or the next survey finds it again.
        if !entry.isTaken {
            entry.due = entry.due ?? now
            ready.insert(key)
        }
        entries[key] = entry
    }
}
