import Foundation
import Ledger
internal import LedgerStore

/// The background work. One of the processes that serve a file leads and does it; the others wait to take over. All of it may run twice
/// or be interrupted anywhere: the ledger holds all state.
///
/// Intervals are real time; what is due is decided by the ledger's clock.
package final class Background: Sendable {
    let ledger: LedgerService
    let pace: BackgroundPace
    /// Names this process among those that serve the file.
    let process: String
    private let prune: @Sendable () async throws -> Void
    private let report: @Sendable (any Error) -> Void
    private let board: TaskBoard

    /// - Parameters:
    ///   - report: Told what keeps it from finding out what is due: once, until it is something else.
    ///   - prune: Removes what the file keeps for a while only.
    package init(
        _ ledger: LedgerService, pace: BackgroundPace = BackgroundPace(),
        report: @escaping @Sendable (any Error) -> Void = { _ in }, prune: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.ledger = ledger
        self.pace = pace
        self.report = report
        self.prune = prune
        board = TaskBoard(random: ledger.random)
        process = "\(ProcessInfo.processInfo.processIdentifier)-\(ledger.random.key().prefix(8))"
    }

    /// Works until its task is cancelled. Then nothing more begins, what runs has `pace.ending` to finish and is called off, and another
    /// process may take over at once.
    package func run() async {
        var lease = Lease(of: process, pace)
        while !Task.isCancelled {
            await lease.renew(in: ledger)
            if lease.isHeld {
                survey()
                start()
            } else {
                board.forgetWhatWaits()
                _ = ledger.wakeUp.takeTenants()
            }
            await keepReports(lease, every: pace.reports)
            await ledger.wakeUp.sleep(atMost: pace.survey)
        }
        // A cancelled task can neither wait nor write.
        let last = lease
        await Task.detached { [self] in
            let running = board.running
            let callingOff = Task {
                try await Task.sleep(for: pace.ending)
                running.forEach { $0.cancel() }
            }
            for task in running { await task.value }
            callingOff.cancel()
            await keepReports(last, every: .zero)
            await last.resign(in: ledger)
        }.value
    }

    /// Finds what is due.
    private func survey() {
        let now = ContinuousClock.now
        for tenant in ledger.wakeUp.takeTenants() { board.want(.events, of: tenant, at: now) }
        guard board.isSurveyDue(now, every: pace.survey) else { return }
        do {
            let realNow = ledger.realTime()
            let found = try ledger.store.read { transaction in
                (
                    tenants: try board.needsTenants(now)
                        ? transaction.tenants().map { ($0, try transaction.withBook(of: $0) { try $0.hasStripeAccount() }) } : nil,
                    events: try transaction.tenantsWithEvents(dueBy: realNow), operations: try transaction.operationsWaiting(),
                    checkOuts: try transaction.checkOutsToCarryOn()
                )
            }
            if let tenants = found.tenants { board.know(tenants, now, pace) }
            for tenant in found.events { board.want(.events, ofNumber: tenant, at: now) }
            board.wantOperations(found.operations, at: now, realNow, grace: pace.grace)
            board.wantCheckOuts(found.checkOuts, at: now)
            _ = board.isNewTrouble(nil)
        } catch {
            // It is looked at again in a moment.
            if board.isNewTrouble("\(error)") { report(error) }
        }
    }

    /// Starts what is due, the longest waiting first.
    private func start() {
        while let next = board.take(ContinuousClock.now, atOnce: pace.atOnce, perTenant: pace.perTenant) {
            // Not a child task: it is finished when the background ends, not cancelled.
            board.record(
                Task { [self] in
                    let outcome: Result<String?, any Error>
                    do { outcome = .success(try await perform(next)) } catch { outcome = .failure(error) }
                    board.end(next, outcome, at: ledger.realTime(), pace)
                    ledger.wakeUp.wake()
                }, for: next)
        }
    }

    private func perform(_ work: TaskBoard.Work) async throws -> String? {
        guard let tenant = work.tenant else {
            try await prune()
            return nil
        }
        return try await ledger.run(work.key.task, of: tenant, operations: work.operations, folios: work.folios)
    }

    /// Writes the results of the tasks together, not for each run.
    private func keepReports(_ lease: Lease, every interval: Duration) async {
        guard let term = lease.term, let reports = board.reportsToKeep(ContinuousClock.now, every: interval) else { return }
        do {
            guard try await ledger.store.write({ try $0.save(reports, term: term) }) else { return }
        } catch {
            board.keepLater(reports)
        }
    }
}

/// How often the background looks, and how much it does at once. All real time.
package struct BackgroundPace: Sendable {
    /// What came in another process is noticed after so long at the latest.
    package var survey = Duration.seconds(1)
    /// Another process takes over when the leader has not been heard of for so long.
    package var lease = Duration.seconds(5)
    /// For this long an operation is left to the request that made it.
    package var grace = Duration.seconds(15)
    /// Between two syncs of one tenant.
    package var sync = Duration.seconds(300)
    /// Between two looks for holds that are due to be placed, and for holds that are about to expire.
    package var holds = Duration.seconds(30)
    /// Between two looks for months that can be closed.
    package var months = Duration.seconds(600)
    /// Between two removals of what the file keeps for a while only.
    package var pruning = Duration.seconds(3600)
    /// The shortest interval between two writes of the tasks' results.
    package var reports = Duration.seconds(2)
    /// So long what runs may go on when the background ends.
    package var ending = Duration.seconds(20)
    /// The limits of concurrent tasks, in total and per tenant: a tenant with a slow Stripe must not block the others.
    package var atOnce = 32
    /// Of `atOnce`, for one tenant.
    package var perTenant = 3

    package init() {}

    func interval(of task: BackgroundTask) -> Duration? {
        switch task {
        case .sync: sync
        case .holds, .expiringHolds: holds
        case .months: months
        case .pruning: pruning
        case .operations, .events, .checkOuts: nil
        }
    }
}
