import JSON
import Ledger
import WebServer

/// One line of JSON for each request. No guest's data and no secret: of the address only the route is written, and of the token only
/// whose it is.
package struct RequestLog: Sendable {
    private let clock: Clock
    private let line: @Sendable (String) -> Void

    /// - Parameter line: Takes one line, without its end.
    package init(clock: @escaping Clock, line: @escaping @Sendable (String) -> Void) {
        self.clock = clock
        self.line = line
    }

    func write(_ request: HTTPRequest, _ requestID: String, _ seen: API.Seen, status: Int, _ duration: Duration) {
        page(request, requestID, route: seen.route?.path.text, tenant: seen.tenant, seen.caller, status: status, duration)
    }

    /// The same line for a page.
    ///
    /// - Parameter route: The address as a pattern, so that its parameters are not logged.
    package func page(
        _ request: HTTPRequest, _ requestID: String, route: String?, tenant: String?, _ caller: Caller?, status: Int, _ duration: Duration
    ) {
        line(entry(request, requestID, route: route, tenant: tenant, caller, status: status, duration).text)
    }

    /// The same line for a request that the server itself refused.
    ///
    /// - Parameter why: The code that the answer has.
    func refused(_ request: HTTPRequest, _ requestID: String, status: Int, why: String) {
        var entry = entry(request, requestID, route: "refused", tenant: nil, nil, status: status, .zero)
        entry.add("code", why)
        line(entry.text)
    }

    private func entry(
        _ request: HTTPRequest, _ requestID: String, route: String?, tenant: String?, _ caller: Caller?, status: Int, _ duration: Duration
    ) -> LogLine {
        let microseconds = duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
        var entry = LogLine()
        entry.add("time", clock().description)
        entry.add("level", status >= 500 ? "error" : "info")
        entry.add("event", "request")
        entry.add("request", requestID)
        entry.add("method", String(request.method.prefix(10)))
        entry.add("route", route ?? "none")
        entry.add("status", status)
        entry.add("us", Int(microseconds))
        entry.add("from", request.client.address?.description ?? "")
        if let tenant { entry.add("tenant", tenant) }
        if let caller {
            entry.add("actor", caller.actor)
            entry.add("role", caller.role.rawValue)
        }
        return entry
    }

    /// An unexpected error. Its text may name a row, but never its content.
    package func accident(_ error: any Error, _ requestID: String) {
        write([
            "time": .text(clock().description), "level": "error", "event": "accident", "request": .text(requestID),
            "what": .text("\(type(of: error)): \(fullWords(of: error))"),
        ])
    }

    /// What the service itself has to say.
    package func note(_ event: String, _ facts: [(String, JSON)] = []) { say("info", event, facts) }

    /// What somebody should look at.
    package func warn(_ event: String, _ facts: [(String, JSON)]) { say("warning", event, facts) }

    private func say(_ level: String, _ event: String, _ facts: [(String, JSON)]) {
        write(.object([("time", .text(clock().description)), ("level", .text(level)), ("event", .text(event))] + facts))
    }

    private func write(_ entry: JSON) { line(String(decoding: entry.bytes, as: UTF8.self)) }
}
