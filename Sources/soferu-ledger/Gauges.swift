import LedgerAPI
import LedgerService

/// The background work in figures, for `/metrics`.
enum Gauges {
    static func all(of ledger: LedgerService, log: LogWriter) -> [Gauge] {
        var gauges = [
            Gauge("ledger_writes_waiting", "Writes waiting for the disk.", Double(ledger.waitingWrites)),
            Gauge(
                "ledger_log_lines_dropped", "Log lines dropped since the start because the log could not be written.", Double(log.dropped)),
        ]
        guard let report = try? ledger.background() else {
            return gauges + [Gauge("ledger_file_readable", "Whether the ledger file can be read.", 0)]
        }
        gauges.append(Gauge("ledger_file_readable", "Whether the ledger file can be read.", 1))
        gauges.append(Gauge("ledger_background_lease_held", "Whether a process does the background work.", report.isLed ? 1 : 0))
        for status in report.tasks {
            let labels = [(name: "task", value: status.task.rawValue), (name: "tenant", value: status.tenant ?? "")]
            gauges.append(Gauge("ledger_task_waiting", "Items waiting for a background task.", labels: labels, Double(status.waiting)))
            gauges.append(
                Gauge("ledger_task_failures", "Consecutive failed runs of a task.", labels: labels, Double(status.failures)))
            if let last = status.lastSuccess {
                gauges.append(
                    Gauge(
                        "ledger_task_last_success_timestamp_seconds", "When a task last succeeded, in Unix seconds.", labels: labels,
                        Double(last.unixSeconds)))
            }
        }
        for (tenant, count) in report.deadLetters {
            gauges.append(Gauge("ledger_parked_events", "Events that need the operator.", labels: [("tenant", tenant)], Double(count)))
        }
        for (tenant, count) in report.parkedOperations {
            gauges.append(
                Gauge("ledger_parked_operations", "Calls to Stripe that need the operator.", labels: [("tenant", tenant)], Double(count)))
        }
        return gauges
    }
}
