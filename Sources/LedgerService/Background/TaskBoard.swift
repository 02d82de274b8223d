import Foundation
import Ledger
internal import LedgerStore

/// What is due, what runs, and with what result. Only bookkeeping: it starts nothing.
final class TaskBoard: @unchecked Sendable {
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

    private struct Entry {
        var due: ContinuousClock.Instant?
        /// After a failure; not before then.
        var notBefore: ContinuousClock.Instant?
        var failures = 0
        var operations: [Int64] = []
        var folios: [Int64] = []
        var running: Task<Void, Never>?
        var isTaken = false
    }

    private let random: RandomSource
    private let lock = NSLock()
    private var tenants: [Int64: Tenant] = [:]
    private var entries: [Key: Entry] = [:]
    /// What is to run as soon as there is room: few, so that a bell that is rung often costs little.
    private var ready: Set<Key> = []
    private var takenOf: [Int64: Int] = [:]
    private var operationsSeen: [Int64: ContinuousClock.Instant] = [:]
    private var lastSurvey: ContinuousClock.Instant?
    private var tenantsKnown: ContinuousClock.Instant?
    private var reports: [Key: StoredTask] = [:]
    private var reportsKept = ContinuousClock.now
    private var lacksTenant = false
    private var trouble: String?

    init(random: RandomSource) { self.random = random }

    var running: [Task<Void, Never>] { lock.withLock { entries.values.compactMap(\.running) } }

    // MARK: - What is due

    func isSurveyDue(_ now: ContinuousClock.Instant, every interval: Duration) -> Bool {
        lock.withLock {
            if let lastSurvey, now < lastSurvey + interval { return false }
            lastSurvey = now
            for (key, entry) in entries where !key.task.isOnDemand && entry.due.map({ $0 <= now }) == true { ready.insert(key) }
            return true
        }
    }

    /// What a survey came across, `nil` for nothing.
    ///
    /// - Returns: Whether it is another trouble than the last one's: a survey comes every second.
    func isNewTrouble(_ new: String?) -> Bool {
        lock.withLock {
            defer { trouble = new }
            return new != nil && new != trouble
        }
    }

    /// New tenants are looked for now and then, and when one is met that is not known.
    func needsTenants(_ now: ContinuousClock.Instant) -> Bool {
        lock.withLock { lacksTenant || tenantsKnown.map { now >= $0 + .seconds(10) } ?? true }
    }

    /// - Parameter known: Each tenant, and whether it has a Stripe account.
    func know(_ known: [(tenant: Tenant, hasStripe: Bool)], _ now: ContinuousClock.Instant, _ pace: BackgroundPace) {
        lock.withLock {
            tenantsKnown = now
            lacksTenant = false
            for (tenant, hasStripe) in known {
                tenants[tenant.number] = tenant
                for task in BackgroundTask.allCases where !task.isOnDemand && !task.isOfTheFile && (hasStripe || !task.needsStripe) {
                    let key = Key(tenant: tenant.number, task: task)
                    guard entries[key] == nil, let interval = pace.interval(of: task) else { continue }
                    // Spread, so that a start does not ask Stripe for all tenants in the same second.
                    entries[key] = Entry(due: now + interval * random.fraction() / 10)
                }
            }
            let pruning = Key(tenant: 0, task: .pruning)
            if entries[pruning] == nil { entries[pruning] = Entry(due: now) }
        }
    }

    /// It has been rung for the tenant.
    func want(_ task: BackgroundTask, of tenant: Tenant, at now: ContinuousClock.Instant) {
        lock.withLock {
            tenants[tenant.number] = tenant
            let key = Key(tenant: tenant.number, task: task)
            want(key, now)
            // What comes while it runs may be too late for that run.
            if entries[key]?.isTaken == true { entries[key]?.due = now }
            // An event from Stripe shows that Stripe is reachable.
            entries[key]?.notBefore = nil
        }
    }

    /// The survey has found something.
    func want(_ task: BackgroundTask, ofNumber tenant: Int64, at now: ContinuousClock.Instant) {
        lock.withLock { want(Key(tenant: tenant, task: task), now) }
    }

    /// - Parameters:
    ///   - waiting: All operations without an answer.
    ///   - grace: For this long an operation that was never tried is left to the request that made it.
    func wantOperations(
        _ waiting: [(tenant: Int64, number: Int64, nextAttemptAt: Instant?)], at now: ContinuousClock.Instant, _ realNow: Instant,
        grace: Duration
    ) {
        lock.withLock {
            operationsSeen = Dictionary(uniqueKeysWithValues: waiting.map { ($0.number, operationsSeen[$0.number] ?? now) })
            let due = waiting.filter { operation in
                operation.nextAttemptAt.map { $0 <= realNow } ?? (now >= operationsSeen[operation.number]! + grace)
            }
            for (tenant, operations) in Dictionary(grouping: due, by: \.tenant) {
                let key = Key(tenant: tenant, task: .operations)
                want(key, now)
                entries[key]?.operations = operations.map(\.number)
            }
        }
    }

    func wantCheckOuts(_ waiting: [(tenant: Int64, folio: Int64)], at now: ContinuousClock.Instant) {
        lock.withLock {
            for (tenant, folios) in Dictionary(grouping: waiting, by: \.tenant) {
                let key = Key(tenant: tenant, task: .checkOuts)
                want(key, now)
                entries[key]?.folios = folios.map(\.folio)
            }
        }
    }

    private func want(_ key: Key, _ now: ContinuousClock.Instant) {
        if tenants[key.tenant] == nil { lacksTenant = true }
        var entry = entries[key] ?? Entry()
        // What runs sees to it, or the next survey finds it again.
        if !entry.isTaken {
            entry.due = entry.due ?? now
            ready.insert(key)
        }
        entries[key] = entry
    }

    /// Another process leads: what it leaves is found again.
    func forgetWhatWaits() {
        lock.withLock {
            for (key, entry) in entries where !entry.isTaken { entries[key] = nil }
            (tenantsKnown, operationsSeen, reports, ready) = (nil, [:], [:], [])
        }
    }

    // MARK: - Runs

    /// The work that has been due for the longest time, unless too much runs already, of all tenants or of this one.
    func take(_ now: ContinuousClock.Instant, atOnce: Int, perTenant: Int) -> Work? {
        lock.withLock {
            guard takenOf.values.reduce(0, +) < atOnce else { return nil }
            let next = ready.filter { key in
                guard let entry = entries[key], !entry.isTaken, entry.due.map({ $0 <= now }) == true else { return false }
                return entry.notBefore.map { $0 <= now } ?? true && takenOf[key.tenant, default: 0] < perTenant
                    && (key.task.isOfTheFile || tenants[key.tenant] != nil)
            }.min { entries[$0]!.due! < entries[$1]!.due! }
            guard let key = next, let entry = entries[key] else { return nil }
            ready.remove(key)
            entries[key]?.isTaken = true
            entries[key]?.due = nil
            takenOf[key.tenant, default: 0] += 1
            return Work(key: key, tenant: tenants[key.tenant], operations: entry.operations, folios: entry.folios)
        }
    }

    func record(_ task: Task<Void, Never>, for work: Work) {
        lock.withLock { if entries[work.key]?.isTaken == true { entries[work.key]?.running = task } }
    }

    /// Records the result of a run, and when the next one is due.
    func end(_ work: Work, _ outcome: Result<String?, any Error>, at realNow: Instant, _ pace: BackgroundPace) {
        lock.withLock {
            let now = ContinuousClock.now
            var entry = entries[work.key] ?? Entry()
            entry.isTaken = false
            entry.running = nil
            if entry.due != nil { ready.insert(work.key) }
            takenOf[work.key.tenant] = takenOf[work.key.tenant].flatMap { $0 > 1 ? $0 - 1 : nil }
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
            entries[work.key] = entry
            reports[work.key] = StoredTask(
                tenant: work.key.tenant, task: work.key.task.rawValue, lastRun: realNow, lastSuccess: problem == nil ? realNow : nil,
                failures: entry.failures, problem: problem, notice: notice)
        }
    }

    // MARK: - Reports

    func reportsToKeep(_ now: ContinuousClock.Instant, every interval: Duration) -> [StoredTask]? {
        lock.withLock {
            guard !reports.isEmpty, now >= reportsKept + interval else { return nil }
            defer { (reports, reportsKept) = ([:], now) }
            return Array(reports.values)
        }
    }

    func keepLater(_ tasks: [StoredTask]) {
        lock.withLock {
            for task in tasks {
                guard let kind = BackgroundTask(rawValue: task.task) else { continue }
                let key = Key(tenant: task.tenant, task: kind)
                if reports[key] == nil { reports[key] = task }
            }
        }
    }
}
