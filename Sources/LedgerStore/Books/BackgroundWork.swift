import Ledger

extension Transaction {
    /// Who holds the lease, or held it last; `nil` before any process did.
    package func leader() throws -> Leader? {
        try one("SELECT process, term, expires_at FROM lease") {
            Leader(process: try $0.string(0), term: try $0.int64(1), expiresAt: try $0.instant(2))
        }
    }

    /// Takes the lead, or keeps it.
    ///
    /// - Returns: The term; `nil` while another process leads.
    package func lead(_ process: String, at realNow: Instant, until: Instant) throws -> Int64? {
        guard let leader = try leader() else {
            try run("INSERT INTO lease (one, process, term, expires_at) VALUES (1, \(process), 1, \(until))")
            return 1
        }
        if leader.process == process {
            try run("UPDATE lease SET expires_at = \(until)")
            return leader.term
        }
        guard leader.expiresAt <= realNow else { return nil }
        try run("UPDATE lease SET process = \(process), term = term + 1, expires_at = \(until)")
        return leader.term + 1
    }

    /// Lets another process take over at once.
    package func resign(_ process: String, term: Int64, at realNow: Instant) throws {
        try run("UPDATE lease SET expires_at = \(realNow) WHERE process = \(process) AND term = \(term)")
    }
}

/// The last result of a task. Instants are the system's time.
package struct TaskReport: Equatable, Sendable {
    /// 0: of no tenant.
    package let tenant: Int64
    /// The raw value of a `BackgroundTask`.
    package let task: String
    /// With success or without.
    package let lastRun: Instant
    /// `nil` before the first success.
    package let lastSuccess: Instant?
    /// Runs since the last success.
    package let failures: Int
    /// Why the last run failed, in English for the operator; `nil` after a success.
    package let problem: String?
    /// What the operator should know although nothing failed.
    package let notice: String?

    package init(
        tenant: Int64, task: String, lastRun: Instant, lastSuccess: Instant?, failures: Int, problem: String?, notice: String?
    ) {
        self.tenant = tenant
        self.task = task
        self.lastRun = lastRun
        self.lastSuccess = lastSuccess
        self.failures = failures
        self.problem = problem
        self.notice = notice
    }

    static let columns: StaticString = "tenant, task, last_run_at, last_success_at, failures, problem, notice"
    enum Column: Int, ColumnNames { case tenant, task, lastRunAt, lastSuccessAt, failures, problem, notice }

    init(from row: borrowing Row) throws {
        tenant = try row.int64(Column.tenant)
        task = try row.string(Column.task)
        lastRun = try row.instant(Column.lastRunAt)
        lastSuccess = try row.optionalInstant(Column.lastSuccessAt)
        failures = try row.int(Column.failures)
        problem = try row.optionalString(Column.problem)
        notice = try row.optionalString(Column.notice)
    }
}

extension Transaction {
    /// - Returns: Whether it was written: not by a process that no longer leads.
    package func save(_ tasks: [TaskReport], term: Int64) throws -> Bool {
        guard try leader()?.term == term else { return false }
        for task in tasks {
            try run(
                """
                INSERT INTO background_task (tenant, task, last_run_at, last_success_at, failures, problem, notice)
                VALUES (\(task.tenant), \(task.task), \(task.lastRun), \(task.lastSuccess), \(task.failures),
                    \(task.problem), \(task.notice))
                ON CONFLICT DO UPDATE SET last_run_at = excluded.last_run_at,
                    last_success_at = coalesce(excluded.last_success_at, last_success_at), failures = excluded.failures,
                    problem = excluded.problem, notice = excluded.notice
                """)
        }
        return true
    }

    /// Records that a task succeeded because a person ran it: its background failures are over.
    ///
    /// - Parameter time: The system's time.
    package func noteSuccess(of task: String, tenant: Tenant, at time: Instant) throws {
        try run(
            """
            INSERT INTO background_task (tenant, task, last_run_at, last_success_at, failures, problem, notice)
            VALUES (\(tenant.number), \(task), \(time), \(time), 0, NULL, NULL)
            ON CONFLICT DO UPDATE SET last_run_at = excluded.last_run_at, last_success_at = excluded.last_success_at, failures = 0, problem = NULL
            """)
    }

    /// By tenant, then by task; those of no tenant first.
    package func backgroundTasks() throws -> [TaskReport] {
        try all("SELECT \(raw: TaskReport.columns) FROM background_task ORDER BY tenant, task") { try TaskReport(from: $0) }
    }
}

/// What waits, for all tenants at once: each costs what waits, and not what there is.
extension Book {
    /// Live holds of open folios that expire by then, earliest first.
    package func holdsExpiring(by instant: Instant) throws -> [(folio: Int64, hold: Int64)] {
        try all(
            """
            SELECT hold.folio, hold.number FROM hold INDEXED BY hold_live
            JOIN folio ON folio.tenant = hold.tenant AND folio.number = hold.folio AND folio.closed_at IS NULL
            WHERE hold.tenant = \(tenant.number) AND hold.state IN ('authorised', 'replaced') AND hold.state = 'authorised'
                AND capture_before > \(now) AND capture_before <= \(instant)
            ORDER BY capture_before
            """
        ) { (try $0.int64(0), try $0.int64(1)) }
    }

    /// Those among them that end before the noon after the days of grace of their stays, where every hold that needs renewal is; one day
    /// more is read, as below.
    package func holdsEndingEarly(by instant: Instant) throws -> [(folio: Int64, hold: Int64)] {
        try all(
            """
            SELECT h.folio, h.number FROM hold h INDEXED BY hold_live
            JOIN folio f ON f.tenant = h.tenant AND f.number = h.folio AND f.state = 'open'
            WHERE h.tenant = \(tenant.number) AND h.state IN ('authorised', 'replaced') AND h.state = 'authorised'
                AND h.capture_before > \(now) AND h.capture_before <= \(instant)
                AND date(h.capture_before / 1000, 'unixepoch') <= date(f.departure, \("+\(tenant.settings.holdGraceDays + 1) days"))
            ORDER BY h.capture_before
            """
        ) { (try $0.int64(0), try $0.int64(1)) }
    }

    /// Folios, open, with a hold that ends before the noon after the days of grace, or has ended, or with none though one was asked for. One day
    /// more is read than the house's clock needs, because the days here are UTC's.
    package func foliosWithEndingHolds() throws -> [Int64] {
        try all(
            """
            SELECT f.number FROM folio f INDEXED BY folio_open
            WHERE f.tenant = \(tenant.number) AND f.state = 'open' AND f.closed_at IS NULL AND (
                EXISTS (
                    SELECT 1 FROM hold h
                    WHERE h.tenant = f.tenant AND h.folio = f.number
                        AND (h.state IN ('authorised', 'expired') OR (h.state = 'released' AND h.failure_code = 'released_at_stripe'))
                        AND (h.capture_before <= \(now) OR date(h.capture_before / 1000, 'unixepoch') <= date(f.departure, \("+\(tenant.settings.holdGraceDays + 1) days"))))
                OR (
                    f.mode = 'reserved'
                    AND NOT EXISTS (
                        SELECT 1 FROM hold h
                        WHERE h.tenant = f.tenant AND h.folio = f.number AND h.state IN ('authorised', 'replaced', 'captured'))
                    AND EXISTS (
                        SELECT 1 FROM hold h
                        WHERE h.tenant = f.tenant AND h.folio = f.number AND (
                            h.state = 'failed' OR (
                                h.state = 'requested' AND h.checkout_session IS NULL AND h.payment_intent IS NULL AND EXISTS (
                                    SELECT 1 FROM saved_card c
                                    WHERE c.tenant = f.tenant AND c.folio = f.number AND c.state = 'failed'))))))
            """
        ) { try $0.int64(0) }
    }

    /// Replaced holds whose release was decided by then and is not confirmed, by folio and hold.
    package func replacedHoldsStillHeld(since instant: Instant) throws -> [(folio: Int64, hold: Int64)] {
        try all(
            """
            SELECT folio, subject FROM operation INDEXED BY operation_waiting
            WHERE tenant = \(tenant.number) AND state = 'waiting' AND kind = 'release_replaced' AND created_at <= \(instant)
            """
        ) { (try $0.int64(0), try $0.int64(1)) }
    }

    /// How much waits for one tenant, and how much of it for the operator.
    package func waitingCounts() throws -> (operations: Int, parkedOperations: Int, events: Int, parkedEvents: Int, checkOuts: Int) {
        func count(_ sql: SQL) throws -> Int { try one(sql) { try $0.int(0) } ?? 0 }
        // Named, because another index on the tenant would do, too, and reads all that ever was.
        return (
            try count("SELECT count(*) FROM operation INDEXED BY operation_waiting WHERE tenant = \(tenant.number) AND state = 'waiting'"),
            try count("SELECT count(*) FROM operation INDEXED BY operation_parked WHERE tenant = \(tenant.number) AND state = 'parked'"),
            try count("SELECT count(*) FROM event INDEXED BY event_received WHERE tenant = \(tenant.number) AND state = 'received'"),
            try count("SELECT count(*) FROM event INDEXED BY event_parked WHERE tenant = \(tenant.number) AND state = 'parked'"),
            try count(
                """
                SELECT count(*) FROM check_out INDEXED BY check_out_unfinished
                WHERE tenant = \(tenant.number) AND state = 'running' AND finished_at IS NULL
                """)
        )
    }
}

extension Transaction {
    /// Numbers of the tenants that have events to work off.
    package func tenantsWithEvents(dueBy realNow: Instant) throws -> [Int64] {
        try all(
            """
            SELECT DISTINCT tenant FROM event INDEXED BY event_received WHERE state = 'received' AND coalesce(next_attempt_at, 0) <= \(realNow)
            """
        ) { try $0.int64(0) }
    }

    /// Operations without an answer. `nextAttemptAt` is the system's time; `nil` when none was made yet, and nobody has to hurry. The release
    /// of a replaced hold is due from the first: until then the guest's money is held twice.
    package func operationsWaiting() throws -> [(tenant: Int64, number: Int64, nextAttemptAt: Instant?)] {
        try all(
            """
            SELECT tenant, number, CASE WHEN kind = 'release_replaced' THEN coalesce(next_attempt_at, 0) ELSE next_attempt_at END
            FROM operation INDEXED BY operation_waiting WHERE state = 'waiting' ORDER BY tenant, number
            """
        ) { (try $0.int64(0), try $0.int64(1), try $0.optionalInstant(2)) }
    }

    /// Check-outs without an unfinished operation, whose next step has to be started: tenants' and folios' numbers.
    package func checkOutsToCarryOn() throws -> [(tenant: Int64, folio: Int64)] {
        try all(
            """
            SELECT tenant, folio FROM check_out INDEXED BY check_out_unfinished
            WHERE state = 'running' AND finished_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM operation WHERE tenant = check_out.tenant AND folio = check_out.folio AND state IN ('waiting', 'parked'))
            """
        ) { (try $0.int64(0), try $0.int64(1)) }
    }
}

extension Book {
    /// Numbers of the folios not yet closed whose notice has that code.
    package func openFolios(withNotice code: String) throws -> [Int64] {
        try all(
            """
            SELECT number FROM folio INDEXED BY folio_open
            WHERE tenant = \(tenant.number) AND closed_at IS NULL AND notice_code = \(code)
            """
        ) { try $0.int64(0) }
    }
}
