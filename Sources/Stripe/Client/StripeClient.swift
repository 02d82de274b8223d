import Foundation
import Ledger

/// One account at Stripe. Errors are values: a call comes back as answered, refused, or unknown.
///
/// It repeats a call a few times within seconds; repeating it for hours is its caller's business, with the
/// stored request and the stored key. It is cheap to make; connections belong to the transport.
package final class StripeClient: Sendable {
    /// The version that every request names and the typed objects are written for.
    package static let apiVersion = "2026-08-26.dahlia"
    /// Where the real Stripe answers; a test or a simulator gives another address.
    package static let stripeURL = "https://api.stripe.com"

    /// How long a client waits, and how often it repeats.
    package struct Limits: Sendable {
        /// For one attempt.
        package var timeoutMilliseconds = 30_000
        /// Calls of this client under way at once; further ones wait. Stripe counts per account.
        package var inFlight = 8
        /// Within one call of this client; repeats over hours are its caller's.
        package var retries = RetryPolicy()

        package init() {}
    }

    private let key: Secret
    private let account: String?
    private let baseURL: String
    private let limits: Limits
    private let transport: any Transport
    private let semaphore: AsyncSemaphore
    private let jitter: Jitter
    private let sleep: Sleep

    /// Waits for so many milliseconds; throws if the task is cancelled meanwhile.
    package typealias Sleep = @Sendable (Int) async throws -> Void

    /// Waits in real time.
    package static let realSleep: Sleep = { try await Task.sleep(for: .milliseconds($0)) }

    /// - Parameters:
    ///   - account: With Connect: the account to act for, `acct_…`.
    ///   - baseURL: Without a slash at its end.
    package init(
        key: Secret, account: String? = nil, baseURL: String = StripeClient.stripeURL, transport: any Transport, limits: Limits = Limits(),
        random: some RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(), sleep: @escaping Sleep = StripeClient.realSleep
    ) {
        self.key = key
        self.account = account
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.transport = transport
        self.limits = limits
        self.sleep = sleep
        semaphore = AsyncSemaphore(limit: limits.inFlight)
        jitter = Jitter(random)
    }

    /// Sends a call that changes something.
    ///
    /// - Parameter key: At most 255 printable ASCII characters. One key per intended effect: the same for every
    ///   repeat, a new one for a new attempt after a decline.
    package func perform<Answer: Decodable & Sendable>(
        _ request: StripeRequest, key: String, as _: Answer.Type = Answer.self
    ) async -> StripeOutcome<Answer> {
        await call(request, key: key) { try JSONDecoder().decode(Answer.self, from: $0.body) }
    }

    /// Sends a stored call whose answer's type is known only later.
    package func perform(_ request: StripeRequest, key: String) async -> StripeOutcome<StripeAnswer> {
        await call(request, key: key) { answer in
            _ = try JSONDecoder().decode(AnyObject.self, from: answer.body)
            return answer
        }
    }

    /// Asks for something, as `ask`.
    package func read<Answer: Decodable & Sendable>(
        _ request: StripeRequest, as _: Answer.Type = Answer.self
    ) async -> StripeOutcome<Answer> {
        await ask(request) { try JSONDecoder().decode(Answer.self, from: $0.body) }
    }

    /// Asks for something. What it expands is left out, the deepest level first, where the key has not the right to read that: Stripe refuses
    /// the whole request then.
    func ask<Answer: Sendable>(
        _ request: StripeRequest, decode: (StripeAnswer) throws -> Answer
    ) async -> StripeOutcome<Answer> {
        let whole = await call(request, key: nil, decode: decode)
        guard whole.lacksRight, let less = request.expandingLess else { return whole }
        return await ask(less, decode: decode)
    }

    /// Whatever is a JSON object at all: proof that an answer came through whole.
    private struct AnyObject: Decodable {
        let object: String?
    }

    func call<Answer: Sendable>(
        _ request: StripeRequest, key: String?, decode: (StripeAnswer) throws -> Answer
    ) async -> StripeOutcome<Answer> {
        let http = httpRequest(request, key: key)
        var attempts = 0
        var mayHaveHappened = false
        while true {
            attempts += 1
            let verdict = await attempt(http, decode)
            let problem: Verdict<Answer>.Problem
            switch verdict {
            case .answer(let answer): return .answer(answer)
            case .refused(let error): return .refused(error)
            case .open(let open): problem = open
            }
            mayHaveHappened = mayHaveHappened || problem.mayHaveHappened
            let open = StripeUncertainty(
                reason: problem.reason, mayHaveHappened: mayHaveHappened, attempts: attempts, wasReplayed: problem.wasReplayed)
            guard problem.isRepeatable, !Task.isCancelled, await !semaphore.isClosed,
                let pause = limits.retries.pause(afterAttempt: attempts, problem.reason, retryAfterSeconds: problem.retryAfter, jitter)
            else { return .unknown(open) }
            do { try await sleep(pause) } catch { return .unknown(open) }
        }
    }

    private func attempt<Answer>(_ http: HTTPRequest, _ decode: (StripeAnswer) throws -> Answer) async -> Verdict<Answer> {
        guard await semaphore.wait() else { return .noAnswer(.notReached("called off before it was sent"), isRepeatable: false) }
        let response: HTTPResponse
        do {
            response = try await transport.send(http)
            await semaphore.signal()
        } catch {
            await semaphore.signal()
            return .noAnswer(error, isRepeatable: error != .cancelled)
        }
        return Verdict(response, decode)
    }

    /// For the end of the process: calls that wait for their turn come back at once as unknown, and none is repeated. What is under way goes on.
    package func stopWaiting() async { await semaphore.close() }

    private func httpRequest(_ request: StripeRequest, key idempotencyKey: String?) -> HTTPRequest {
        var headers = [
            HTTPHeader("Authorization", "Bearer \(key.revealed)"),
            HTTPHeader("Stripe-Version", Self.apiVersion),
        ]
        if let account { headers.append(HTTPHeader("Stripe-Account", account)) }
        var http = HTTPRequest(
            method: request.method, url: baseURL + request.path, headers: headers, timeoutMilliseconds: limits.timeoutMilliseconds)
        if request.method == "POST" {
            http.headers.append(HTTPHeader("Content-Type", "application/x-www-form-urlencoded"))
            if let idempotencyKey { http.headers.append(HTTPHeader("Idempotency-Key", idempotencyKey)) }
            http.body = Data(request.body.utf8)
        } else if !request.body.isEmpty {
            http.url += "?\(request.body)"
        }
        return http
    }
}

/// A 2xx answer.
package struct StripeAnswer: Sendable, Equatable {
    /// JSON.
    package let body: Data
    /// Stripe's `Request-Id`, `req_…`: what its support asks for.
    package let requestID: String?
    /// Stripe answered from the idempotency key, and did nothing this time.
    package let wasReplayed: Bool

    /// - Throws: `DecodingError` if the answer is something else.
    package func decode<Value: Decodable>(as _: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: body)
    }
}
