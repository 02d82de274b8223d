import JSON
import Ledger

/// Answers one `/v1/` request: key, version, route, idempotency, parameters, the endpoint itself, and the faults ordered for it.
struct APIAnswer {
    let world: World
    let request: SimulatorRequest
    let requestID: String

    init(world: World, request: SimulatorRequest) {
        self.world = world
        self.request = request
        requestID = world.mint.id("req_", length: 14)
    }

    func make() -> SimulatorResponse {
        do {
            let account = try authenticate()
            try checkVersion()
            guard let (route, ids) = Account.router.find(method: request.method, path: request.path) else {
                throw StripeError(
                    status: 404,
                    message:
                        "Unrecognized request URL (\(request.method): \(request.path)). If you are trying to list objects, remove the "
                        + "trailing slash. "
                        + "If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.",
                    isKept: false)
            }
            if let refusal = missingRight(for: route, account) { return render(refusal, account: account) }
            return answer(account, route, ids)
        } catch let error as StripeError {
            return render(error, account: nil)
        } catch {
            return render(StripeError(status: 500, type: "api_error", message: "The simulator failed: \(error)"), account: nil)
        }
    }

    /// - Throws: 401, as for a key that is missing, of the wrong kind or unknown.
    private func authenticate() throws -> Account {
        func refuse(_ message: String) -> StripeError { StripeError(status: 401, message: message, isKept: false) }
        guard let key = APIKey.read(request) else {
            throw refuse(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. "
                    + "'Authorization: "
                    + "Bearer YOUR_SECRET_KEY').")
        }
        guard APIKey.isWellFormed(key) else {
            throw refuse("Invalid API Key provided: \(APIKey.masked(key))")
        }
        let account = world.account(key: key)
        guard let acting = request.header("Stripe-Account") else { return account }
        guard acting == account.id || account.settings.connected.contains(acting),
            let connected = world.account(id: acting, isLive: account.isLive)
        else {
            var error = StripeError(
                status: 403,
                message:
                    "The provided key '\(APIKey.masked(key))' does not have access to account '\(acting)' (or that account does not "
                    + "exist). Application "
                    + "access may have been revoked.", code: "account_invalid")
            error.isKept = false
            throw error
        }
        return connected
    }

    /// - Returns: 403, as for a restricted key without the right; nil when the key may do this.
    private func missingRight(for route: Route, _ account: Account) -> StripeError? {
        guard let key = APIKey.read(request), world.forbidden(key: key).contains(route.pattern) else { return nil }
        return lackingRight(for: route, account, key: key)
    }

    private func lackingRight(for route: Route, _ account: Account, key: String) -> StripeError {
        // The account is read with a right that the Dashboard does not call so (stripe/sync-engine#257).
        let right =
            route.noun == "account" ? "rak_accounts_kyc_basic_read" : "rak_\(route.noun)_\(route.method == "GET" ? "read" : "write")"
        return lackingRight(right, account, key: key)
    }

    private func lackingRight(_ right: String, _ account: Account, key: String) -> StripeError {
        StripeError(
            status: 403,
            message:
                "The provided key '\(APIKey.masked(key))' does not have the required permissions for this endpoint on account "
                + "'\(account.id)'. Having the '\(right)' permission would allow this request to continue.",
            code: "more_permissions_required", isKept: false)
    }

    private func checkVersion() throws {
        guard let version = request.header("Stripe-Version") else { return }
        guard StripeVersion.known.contains(version) else {
            throw StripeError(
                message:
                    "Invalid Stripe API version: \(version). The simulator answers in the versions named dahlia up to "
                    + "\(StripeVersion.current).",
                isKept: false)
        }
    }

    private func answer(_ account: Account, _ route: Route, _ ids: [String: String]) -> SimulatorResponse {
        if let refusal = overLimit(account) { return render(refusal, account: account) }
        let order = world.faults.take(for: route)
        let now = world.now.milliseconds
        account.keptAnswers.forget(before: now)
        let key = route.method == "POST" ? request.header("Idempotency-Key") : nil
        if let key, let kept = account.keptAnswers[key] {
            var again = replay(kept, key: key, account: account, now: now)
            // A network that loses answers loses replayed ones, too.
            if let order { order.spoil(&again) }
            return again
        }
        if let order, !order.fault.hasEffect { return withoutEffect(order, key: key, account: account, now: now) }
        var response: SimulatorResponse
        var isKept = true
        var shouldRetry: Bool?
        do {
            response = SimulatorResponse(status: 200, headers: headers(key: key), body: try perform(account, route, ids, key: key))
        } catch let error as StripeError {
            isKept = error.isKept
            shouldRetry = error.shouldRetry
            response = render(error, account: account, key: key)
        } catch {
            response = render(
                StripeError(status: 500, type: "api_error", message: "The simulator failed: \(error)"), account: account, key: key)
        }
        if order?.fault == .errorAfterEffect { response = render(.internalError, account: account, key: key) }
        if order?.fault == .errorAfterEffect { shouldRetry = false }
        if let key, isKept {
            let busy =
                order.map { [.effectThenLateAnswer, .webhookBeforeAnswer].contains($0.fault) ? now + Int64($0.delayMilliseconds) : 0 } ?? 0
            account.keptAnswers.keep(
                KeptAnswers.Answer(
                    method: request.method, path: request.path, body: request.body, status: response.status, response: response.body,
                    requestID: requestID, busyUntil: busy, shouldRetry: shouldRetry), under: key, now: now)
        }
        if let order { order.spoil(&response) }
        return response
    }

    private func perform(_ account: Account, _ route: Route, _ ids: [String: String], key: String?) throws -> [UInt8] {
        let query = Array(request.query.utf8)
        guard
            let form = Form.decode(
                route.method == "POST" && !request.body.isEmpty ? (query.isEmpty ? request.body : query + [38] + request.body) : query)
        else { throw StripeError.invalid("Invalid form encoding: the parameters could not be decoded as UTF-8.") }
        let parameters = try ParameterCheck.check(form, by: route.parameters)
        account.call = Call(
            requestID: requestID, idempotencyKey: key, ids: ids, path: request.path, parameters: Parameters(root: parameters))
        defer { account.call = nil }
        guard let call = account.call else { return [] }
        let paths = call.parameters.texts("expand") ?? []
        if !paths.isEmpty, let key = APIKey.read(request),
            let noun = Expansion.unreadable(among: paths, forbidden: world.forbidden(key: key))
        {
            throw lackingRight("rak_\(noun)_read", account, key: key)
        }
        let value = try handle(account, call, route)
        guard !paths.isEmpty else { return account.inMode(value).bytes }
        return account.inMode(try Expansion(account: account).expand(value, paths: paths)).bytes
    }

    /// - Throws: The endpoint's own refusal; of an object that lies in the other mode it says so.
    private func handle(_ account: Account, _ call: Call, _ route: Route) throws -> JSON {
        do {
            if route.method == "GET", let unreadable = try unreadable(account, call, route) { return unreadable }
            return try route.handler(account, call)
        } catch var error as StripeError where error.code == "resource_missing" {
            guard let other = account.otherSide, call.ids.values.contains(where: { other.object($0) != nil }) else { throw error }
            let modes = account.isLive ? ("test", "live") : ("live", "test")
            error.message +=
                "; a similar object exists in \(modes.0) mode, but a \(modes.1) mode key was used to make this request."
            throw error
        }
    }

    /// - Returns: What is read in the place of an object that is ordered to be odd; nil for all others.
    /// - Throws: The refusal ordered for an object that cannot be read.
    private func unreadable(_ account: Account, _ call: Call, _ route: Route) throws -> JSON? {
        guard !account.unreadable.isEmpty, let (name, id) = call.ids.first(where: { account.unreadable[$0.value] != nil }) else {
            return nil
        }
        switch account.unreadable[id] {
        case .missing: throw StripeError.noSuch(route.noun, id, param: name)
        case .forbidden: throw lackingRight(for: route, account, key: APIKey.read(request) ?? "")
        case .broken: throw StripeError.internalError
        case .odd: return .object([("id", .text(id)), ("object", "some.thing"), ("amount", "much")])
        case nil: return nil
        }
    }

    private func replay(_ kept: KeptAnswers.Answer, key: String, account: Account, now: Int64) -> SimulatorResponse {
        guard kept.method == request.method, kept.path == request.path, Form.same(kept.body, request.body) else {
            return render(
                StripeError(
                    type: "idempotency_error",
                    message: kept.path == request.path
                        ? "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a "
                            + "key other than "
                            + "'\(key)' if you meant to execute a different request."
                        : "Keys for idempotent requests can only be used for the same endpoint they were first used for "
                            + "('\(request.path)' vs '\(kept.path)'). "
                            + "Try using a key other than '\(key)' if you meant to execute a different request."),
                account: account, key: key)
        }
        if now < kept.busyUntil { return render(.keyInUse(key), account: account, key: key) }
        var headers = headers(key: key)
        headers.append(("Idempotent-Replayed", "true"))
        headers.removeAll { $0.name == "Original-Request" }
        headers.append(("Original-Request", kept.requestID))
        if let shouldRetry = kept.shouldRetry { headers.append(("Stripe-Should-Retry", shouldRetry ? "true" : "false")) }
        return SimulatorResponse(status: kept.status, headers: headers, body: kept.response)
    }

    private func withoutEffect(_ order: FaultOrders.Order, key: String?, account: Account, now: Int64) -> SimulatorResponse {
        var error: StripeError
        switch order.fault {
        case .idempotencyKeyInUse: error = .keyInUse(key ?? "")
        case .lockTimeout: error = .lockTimeout(status: order.status ?? 429)
        case .rateLimit:
            error = .rateLimit
            if let seconds = order.retryAfter { error.headers.append(("Retry-After", String(seconds))) }
        case .unavailable: error = StripeError(status: 503, type: "api_error", message: "Stripe is temporarily unavailable.")
        default: error = .internalError
        }
        var response = render(error, account: account, key: key)
        if order.fault == .errorBeforeEffect, let key {
            account.keptAnswers.keep(
                KeptAnswers.Answer(
                    method: request.method, path: request.path, body: request.body, status: response.status, response: response.body,
                    requestID: requestID, busyUntil: 0, shouldRetry: false), under: key, now: now)
        }
        order.spoil(&response)
        return response
    }

    private func overLimit(_ account: Account) -> StripeError? {
        guard let limit = account.settings.rateLimit else { return nil }
        return account.recentRequests.exceed(limit, second: world.seconds) ? .rateLimit : nil
    }

    private func headers(key: String?) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = [
            ("Content-Type", "application/json"), ("Request-Id", requestID),
            ("Stripe-Version", request.header("Stripe-Version") ?? StripeVersion.current),
        ]
        if let key {
            headers.append(("Idempotency-Key", key))
            headers.append(("Original-Request", requestID))
        }
        return headers
    }

    private func render(_ error: StripeError, account: Account?, key: String? = nil) -> SimulatorResponse {
        let mode = account?.isLive == true ? "" : "test/"
        let log = "https://dashboard.stripe.com/\(account.map { $0.id + "/" } ?? "")\(mode)logs/\(requestID)?t=\(world.seconds)"
        var headers = headers(key: key) + error.headers
        if let shouldRetry = error.shouldRetry { headers.append(("Stripe-Should-Retry", shouldRetry ? "true" : "false")) }
        let json = error.json(requestLogURL: log)
        return SimulatorResponse(status: error.status, headers: headers, body: (account?.inMode(json) ?? json).bytes)
    }
}
