import Foundation
import JSON
import Ledger
import LedgerService
import LedgerShapes
import WebServer

/// The HTTP API: finds the route, asks who is there, reads strictly, runs the verb, and answers in JSON.
package struct API: Sendable {
    /// Finds the owner of the token of an `Authorization` header; nil if there is none.
    package typealias Authenticate = @Sendable (String) async throws -> Caller?

    let ledger: LedgerService
    let authenticate: Authenticate
    let table: RouteTable
    let log: RequestLog
    let metrics: Metrics
    private let limiter: RateLimiter
    private let description: [UInt8]

    /// - Parameters:
    ///   - requestsPerSecond: For each token; a burst may be as large as a quarter of a minute's worth.
    ///   - gauges: What `/metrics` shows of the service besides its requests, in Prometheus' text format.
    package init(
        ledger: LedgerService, authenticate: @escaping Authenticate, log: RequestLog, requestsPerSecond: Int = 50,
        gauges: @escaping @Sendable () -> [Gauge] = { [] }
    ) {
        self.ledger = ledger
        self.authenticate = authenticate
        self.log = log
        metrics = Metrics()
        limiter = RateLimiter(perSecond: requestsPerSecond)
        let metrics = metrics
        let routes = Routes.all + ServiceRoutes.all { metrics.text(with: gauges()) }
        table = RouteTable(routes)
        description = OpenAPI(routes).document.bytes
    }

    /// Answers what the API knows; nil for a path that is none of its own.
    package func answer(_ request: HTTPRequest) async -> HTTPResponse? {
        guard let first = request.segments.first, table.firstWords.contains(first) else { return nil }
        let started = ContinuousClock.now
        let requestID = ledger.random.requestID()
        let language = Language.preferred(by: request.header("accept-language")) ?? .english
        var seen = Seen()
        var reply: Reply
        do {
            reply = try await run(request, requestID, language, &seen)
        } catch let refused as WebhookRefused {
            log.warn(
                "webhook_refused",
                [("request", .text(requestID)), ("tenant", .text(seen.tenant ?? "")), ("code", .text(refused.why.code))])
            reply = problem(refused, language, "")
            reply.isAnonymous = true
        } catch is CancellationError {
            // By a stop: what was decided is carried on by the next process.
            reply = problem(
                seen.route?.waitsForStripe == true ? ServiceRefusal.calledOff : LedgerUnavailable.stopping, language, requestID)
        } catch {
            reply = problem(error, language, requestID)
        }
        return finish(&reply, request, requestID, seen, started)
    }

    /// Answered without waiting for anything, on the thread that read the request.
    func health(_ request: HTTPRequest) -> HTTPResponse {
        let started = ContinuousClock.now
        let requestID = ledger.random.requestID()
        var reply = ServiceRoutes.healthy
        return finish(&reply, request, requestID, Seen(route: (try? table.find(request))?.0), started)
    }

    private func finish(
        _ reply: inout Reply, _ request: HTTPRequest, _ requestID: String, _ seen: Seen, _ started: ContinuousClock.Instant
    ) -> HTTPResponse {
        if !reply.isAnonymous { reply.headers.append(("X-Request-Id", requestID)) }
        reply.headers += [
            ("Cache-Control", reply.isTagged ? "private, no-cache" : "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        let response = reply.response(to: request)
        let duration = ContinuousClock.now - started
        metrics.count(seen.route?.name ?? "none", status: response.status, duration)
        log.write(request, requestID, seen, status: response.status, duration)
        return response
    }

    /// The answer for an unknown address.
    ///
    /// - Parameter page: The same as a page; nil if the request does not ask for a page.
    package func nothing(for request: HTTPRequest, page: (HTTPRequest) -> HTTPResponse?) -> HTTPResponse {
        let started = ContinuousClock.now
        let requestID = ledger.random.requestID()
        let response = (Self.aboutTheServer(request) ?? page(request) ?? Self.notFound(request, requestID)).marked(requestID)
        let duration = ContinuousClock.now - started
        metrics.count("none", status: response.status, duration)
        log.write(request, requestID, Seen(), status: response.status, duration)
        return response
    }

    /// - Returns: nil for a request that is about something in particular.
    private static func aboutTheServer(_ request: HTTPRequest) -> HTTPResponse? {
        guard request.method == "OPTIONS", request.rawPath == "*" else { return nil }
        return HTTPResponse(status: 204, headers: [HTTPResponse.allow(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])])
    }

    private static func notFound(_ request: HTTPRequest, _ requestID: String) -> HTTPResponse {
        let language = Language.preferred(by: request.header("accept-language")) ?? .english
        let problem = Problem(APIRefusal.notFound, in: language, requestID: requestID)
        return HTTPResponse(status: 404, headers: [("Content-Type", "application/problem+json")], body: problem.json.bytes)
    }

    /// What came to light on the way, for the log.
    struct Seen {
        var route: Route?
        var caller: Caller?
        var tenant: String?
    }

    private func run(_ request: HTTPRequest, _ requestID: String, _ language: Language, _ seen: inout Seen) async throws -> Reply {
        if request.segments == ["openapi.json"] {
            guard ["GET", "HEAD"].contains(request.method) else { throw APIRefusal.methodNotAllowed(["GET"]) }
            return Reply(200, .bytes(description))
        }
        let (route, path) = try table.find(request)
        seen.route = route
        try RequestReading.checkHeaders(request)
        if let tenant = path["tenant"] { seen.tenant = TextRule.tenantID.takes(tenant) ? tenant : nil }
        let caller = try await admit(request, to: route, path)
        seen.caller = caller
        let key = route.takesKey ? try RequestReading.key(request, route, tenant: path["tenant"]) : nil
        let query = try RequestReading.query(request, route.query)
        let body = try RequestReading.body(request, route.body)
        let call = Call(
            ledger: ledger, caller: caller, path: path, query: query, body: body, request: request, language: language,
            requestID: requestID, key: key)
        guard let key else { return try await route.run(call) }
        do {
            return try await route.waitsForStripe ? waiting(route, call) : local(route, call, key)
        } catch let duplicate as DuplicateRequest {
            switch duplicate {
            case .otherContent: throw APIRefusal.idempotencyKeyReused
            case .known: throw APIRefusal.requestInProgress
            }
        }
    }

    /// - Throws: `APIRefusal`, or that the tenant does not exist: callers must not learn about other tenants.
    private func admit(_ request: HTTPRequest, to route: Route, _ path: [String: String]) async throws -> Caller? {
        guard let right = route.right else { return nil }
        let token = try RequestReading.token(request)
        guard let caller = try await authenticate(token) else { throw APIRefusal.tokenInvalid }
        if let seconds = limiter.refuses(token) { throw APIRefusal.tooManyRequests(seconds: seconds) }
        switch caller.asks(for: right, of: path["tenant"]) {
        case .allowed: break
        case .forbidden:
            // Whether a tenant exists is shown only to those who may see it.
            throw APIRefusal.forbidden(caller.role)
        case .unseen: throw TenantNotFound(id: path["tenant"] ?? "")
        }
        return caller
    }

    /// Runs a POST that is decided and answered in one transaction, which also checks whether the request is new. What is refused
    /// before that transaction, or because the file cannot be written, may have been answered before.
    private func local(_ route: Route, _ call: Call, _ key: IdempotencyKey) async throws -> Reply {
        do { return try await route.run(call) } catch {
            guard let state = try ledger.state(of: key) else { throw error }
            return try call.once { (reply: Reply) in reply }.replay(state)
        }
    }

    /// Runs a POST that waits for Stripe, unless it has been run before.
    private func waiting(_ route: Route, _ call: Call) async throws -> Reply {
        try await ledger.answerOnce(call.once { (reply: Reply) in reply }) { refusal -> Reply? in
            guard !(refusal is APIRefusal) else { return nil }
            let reply = problem(refusal, call.language, call.requestID)
            return reply.status < 500 ? reply : nil
        } _: {
            try await route.run(call)
        }
    }

    private func problem(_ error: any Error, _ language: Language, _ requestID: String) -> Reply {
        // The caller is told that the file cannot be used; the log also says where it is.
        if (error as? any Refusal)?.isAccidentOfTheFile != false { log.accident(error, requestID) }
        let refusal = (error as? any Refusal)?.toldToCallers ?? APIRefusal.internalError
        var problem = Problem(refusal, in: language, requestID: requestID)
        var headers = [(name: "Content-Type", value: "application/problem+json")]
        switch (refusal as? RefusedRow)?.why ?? refusal {
        case APIRefusal.tooManyRequests(let seconds): headers.append(("Retry-After", String(seconds)))
        case APIRefusal.tokenMissing, APIRefusal.tokenInvalid: headers.append(("WWW-Authenticate", "Bearer"))
        case APIRefusal.methodNotAllowed(let methods): headers.append(HTTPResponse.allow(methods))
        case ServiceRefusal.planChanged(let plan): problem.facts.append(("plan", CheckOutShapes.plan.json(plan)))
        case ServiceRefusal.folioAwaitingGuest(_, let url): problem.facts.append(("payment_url", JSON(url)))
        default: if problem.status == 503 { headers.append(("Retry-After", String(problem.retryAfter))) }
        }
        return Reply(problem.status, .bytes(problem.json.bytes), headers: headers)
    }
}

extension Reply {
    fileprivate func response(to request: HTTPRequest) -> HTTPResponse {
        var headers = headers
        func add(type: String) { if !headers.contains(where: { $0.name == "Content-Type" }) { headers.append(("Content-Type", type)) } }
        switch content {
        case .json(let json):
            add(type: "application/json")
            return tagged(json.bytes, headers, request)
        case .bytes(let bytes):
            add(type: "application/json")
            return tagged(bytes, headers, request)
        case .text(let text, let type):
            add(type: type)
            return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
        case .stream(let type, let write):
            add(type: type)
            return HTTPResponse(status: status, headers: headers, body: .stream(write))
        case .nothing: return HTTPResponse(status: status, headers: headers)
        }
    }

    private func tagged(_ bytes: [UInt8], _ headers: [(name: String, value: String)], _ request: HTTPRequest) -> HTTPResponse {
        guard isTagged else { return HTTPResponse(status: status, headers: headers, body: bytes) }
        let tag = "\"" + hexadecimal(SHA256.digest(bytes).prefix(12)) + "\""
        let headers = headers + [("ETag", tag)]
        let known = request.header("if-none-match")?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        // A weak comparison, as RFC 9110 section 13.1.2 asks for.
        if known.contains(where: { $0 == tag || $0 == "W/" + tag || $0 == "*" }) { return HTTPResponse(status: 304, headers: headers) }
        return HTTPResponse(status: status, headers: headers, body: bytes)
    }
}
