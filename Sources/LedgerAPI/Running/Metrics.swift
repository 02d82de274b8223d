import Foundation
import Synchronization

/// A figure of the moment, for `/metrics`.
package struct Gauge: Sendable {
    /// As Prometheus wants it: `ledger_events_waiting`.
    package let name: String
    /// One sentence, for Prometheus's `# HELP`.
    package let help: String
    /// Their order is the one that they are written in.
    package let labels: [(name: String, value: String)]
    /// In the unit that the name ends in, as Prometheus asks: `_seconds`. Without one a count, or 1 for yes and 0 for no.
    package let value: Double

    package init(_ name: String, _ help: String, labels: [(name: String, value: String)] = [], _ value: Double) {
        self.name = name
        self.help = help
        self.labels = labels
        self.value = value
    }
}

/// Counts requests by route and status, and how long they took.
final class Metrics: Sendable {
    private struct Key: Hashable { let route: String, status: Int }
    private struct Tally {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)

        mutating func add(_ seconds: Double) {
            count += 1
            self.seconds += seconds
            for (position, bound) in Metrics.bounds.enumerated() where seconds <= bound { buckets[position] += 1 }
        }
    }

    private static let bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
    private let tallies = Mutex<[Key: Tally]>([:])

    func count(_ route: String, status: Int, _ duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        // In its place: a copy would take its buckets along.
        tallies.withLock { $0[Key(route: route, status: status), default: Tally()].add(seconds) }
    }

    /// - Source: Prometheus, "Exposition formats", text-based format 0.0.4.
    func text(with gauges: [Gauge]) -> String {
        let tallies = self.tallies.withLock { $0 }.sorted { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }
        var text = "# HELP ledger_http_request_duration_seconds How long requests took, by route and status.\n"
        text += "# TYPE ledger_http_request_duration_seconds histogram\n"
        for (key, tally) in tallies {
            let labels = "route=\"\(key.route)\",status=\"\(key.status)\""
            for (bound, count) in zip(Self.bounds, tally.buckets) {
                text += "ledger_http_request_duration_seconds_bucket{\(labels),le=\"\(bound)\"} \(count)\n"
            }
            text += "ledger_http_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(tally.count)\n"
            text += "ledger_http_request_duration_seconds_sum{\(labels)} \(tally.seconds)\n"
            text += "ledger_http_request_duration_seconds_count{\(labels)} \(tally.count)\n"
        }
        var described = Set<String>()
        for gauge in gauges {
            if described.insert(gauge.name).inserted {
                text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n"
            }
            let labels = gauge.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
            text += gauge.name + (labels.isEmpty ? "" : "{\(labels)}") + " \(gauge.value)\n"
        }
        return text
    }

    private static func escaped(_ value: String) -> String {
        value.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"").replacingOccurrences(
            of: "\n", with: "\\n")
    }
}
