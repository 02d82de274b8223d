import LedgerService
import WebServer

/// What those who run the service ask it.
enum ServiceRoutes {
    static let health: PathPattern = "/healthz"
    static let healthy = Reply(200, .text("ok\n", type: "text/plain; charset=utf-8"))

    /// - Parameter metrics: The figures of the moment, in Prometheus' text format.
    static func all(metrics: @escaping @Sendable () -> String) -> [Route] {
        [
            Route(
                .get, health, "health", needs: nil, "Check that the process is alive",
                about: "Does not check the ledger file or Stripe. Restart the service only if this fails.",
                answers: [RouteAnswer(200, "`ok`.", nil)], refusals: []
            ) { _ in healthy },
            Route(
                .get, "/readyz", "readiness", needs: nil, "Check that requests can be served",
                about: "Reads from the ledger file; 503 if that fails.", isVital: true, answers: [RouteAnswer(200, "`ready`.", nil)],
                refusals: []
            ) { call in
                do {
                    try call.ledger.checkFile()
                } catch {
                    throw APIRefusal.notReady
                }
                return Reply(200, .text("ready\n", type: "text/plain; charset=utf-8"))
            },
            Route(
                .get, "/metrics", "metrics", needs: .runTenants, "Show the metrics",
                about: "Requests by route and status, and background work, in the Prometheus text format.",
                isVital: true, answers: [RouteAnswer(200, "The metrics.", nil)], refusals: []
            ) { _ in Reply(200, .text(metrics(), type: "text/plain; version=0.0.4; charset=utf-8")) },
        ]
    }
}
