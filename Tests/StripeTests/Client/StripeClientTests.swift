import Foundation
import struct Ledger.Secret
import Testing

@testable import Stripe

@Suite struct `Calling Stripe` {
    let refund = StripeRequest.post("/v1/refunds", ["payment_intent": "pi_1", "amount": 500])

    @Test func `a call names version, key and idempotency key, and sends its stored body byte for byte`() async throws {
        let transport = ScriptedTransport(.refund)
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).perform(refund, key: "op-17")
        #expect(try outcome.get().id == "re_1")
        let sent = try #require(transport.requests.first)
        #expect(sent.method == "POST" && sent.url == "http://stripe.test/v1/refunds")
        #expect(String(decoding: sent.body, as: UTF8.self) == refund.body)
        #expect(sent.headers.contains(HTTPHeader("Authorization", "Bearer sk_test_4eC39HqLyjWDarjtT1zdp7dc")))
        #expect(sent.headers.contains(HTTPHeader("Stripe-Version", "2026-08-26.dahlia")))
        #expect(sent.headers.contains(HTTPHeader("Idempotency-Key", "op-17")))
        #expect(sent.headers.contains(HTTPHeader("Content-Type", "application/x-www-form-urlencoded")))
        #expect(!sent.headers.contains { $0.name == "Stripe-Account" })
        #expect(sent.timeoutMilliseconds == 30_000)
    }

    @Test func `a read puts its parameters into the query and has no idempotency key`() async throws {
        let transport = ScriptedTransport(.json(200, #"{"object":"balance","available":[],"pending":[]}"#))
        let client = StripeClient(
            key: Secret("sk_test_1")!, account: "acct_7", baseURL: "http://stripe.test/", transport: transport, sleep: Pauses().sleep)
        let outcome: StripeOutcome<Balance> = await client.read(.get("/v1/balance", ["expand": ["a.b"]]))
        #expect(try outcome.get() == Balance(available: [], pending: []))
        let sent = try #require(transport.requests.first)
        #expect(sent.url == "http://stripe.test/v1/balance?expand[0]=a.b" && sent.method == "GET" && sent.body.isEmpty)
        #expect(sent.headers.contains(HTTPHeader("Stripe-Account", "acct_7")))
        #expect(!sent.headers.contains { $0.name == "Idempotency-Key" })
    }

    @Test func `a read is asked again with less where the key may not see all of it, and a call is not`() async throws {
        let refused = ScriptedTransport.Step.error(403, "invalid_request_error", code: "more_permissions_required")
        let transport = ScriptedTransport(refused, refused, .refund)
        let read = StripeRequest.get("/v1/refunds/re_1", ["expand": ["charge.balance_transaction"]])
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).read(read)
        #expect(try outcome.get().id == "re_1")
        let queries = transport.requests.map { $0.url.split(separator: "?").dropFirst().first ?? "" }
        #expect(queries == ["expand[0]=charge.balance_transaction", "expand[0]=charge", ""])
        let once = ScriptedTransport(refused, .refund)
        let called: StripeOutcome<Refund> = await StripeClient.scripted(once).perform(refund, key: "op-17")
        #expect(called.lacksRight && once.requests.count == 1)
        // A key that Stripe does not know sees nothing, whatever is left out.
        let unknown = ScriptedTransport(.error(401, "invalid_request_error"), .refund)
        let told: StripeOutcome<Refund> = await StripeClient.scripted(unknown).read(read)
        #expect(!told.lacksRight && unknown.requests.count == 1)
    }

    @Test func `a lost answer is asked for again with the same key`() async throws {
        let transport = ScriptedTransport(.failure(.timedOut), .error(500, "api_error"), .refund)
        let pauses = Pauses()
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport, pauses).perform(refund, key: "op-17")
        #expect(try outcome.get().id == "re_1")
        #expect(transport.requests.count == 3)
        #expect(transport.requests.allSatisfy { $0 == transport.requests[0] })
        #expect(pauses.all == [250, 500])
    }

    @Test func `after two repeats the result is unknown, and may have happened`() async {
        let transport = ScriptedTransport(.failure(.timedOut), .failure(.interrupted("cut")), .failure(.notReached("refused")), .refund)
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).perform(refund, key: "op-17")
        // The last attempt did not leave the house, but the first may have arrived.
        #expect(
            outcome == .unknown(StripeUncertainty(reason: .noAnswer(.notReached("refused")), mayHaveHappened: true, attempts: 3)))
        #expect(transport.requests.count == 3)
    }

    @Test func `a call that never reached anybody did not happen`() async {
        let transport = ScriptedTransport(.failure(.notReached("a")), .failure(.notReached("b")), .failure(.notReached("c")))
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).perform(refund, key: "op-17")
        #expect(outcome == .unknown(StripeUncertainty(reason: .noAnswer(.notReached("c")), mayHaveHappened: false, attempts: 3)))
    }

    @Test func `a decline is a refusal, is not repeated, and carries where it came from`() async throws {
        let transport = ScriptedTransport(.error(402, "card_error", code: "card_declined", ["Request-Id": "req_1"]), .refund)
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).perform(refund, key: "op-17")
        guard case .refused(let error) = outcome else { throw Unexpected(outcome: "\(outcome)") }
        #expect(error.isDecline && error.code == .cardDeclined && error.httpStatus == 402 && error.requestID == "req_1")
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        (409, "idempotency_key_in_use", 3, true), (429, "lock_timeout", 3, false), (429, "rate_limit", 3, false),
        (401, "api_key_expired", 1, false), (403, "permission", 1, false), (503, "", 3, true), (424, "", 3, true),
    ])
    func `a call stays open when Stripe neither did it nor refused it`(status: Int, code: String, attempts: Int, mayHaveHappened: Bool)
        async throws
    {
        let step = ScriptedTransport.Step.error(status, "invalid_request_error", code: code)
        let transport = ScriptedTransport(step, step, step, .refund)
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).perform(refund, key: "op-17")
        guard case .unknown(let open) = outcome else { throw Unexpected(outcome: "\(outcome)") }
        #expect(open.attempts == attempts && open.mayHaveHappened == mayHaveHappened)
        #expect(transport.requests.count == attempts)
        switch (open.reason, status, code) {
        case (.conflict, 409, _), (.locked, 429, "lock_timeout"), (.rateLimited, 429, "rate_limit"), (.keyRefused, 401, _),
            (.keyRefused, 403, _), (.serverError, 503, _), (.serverError, 424, _):
            break
        default: Issue.record("\(open)")
        }
    }

    @Test func `Stripe's own word on repeating overrides the rule, both ways`() async throws {
        let never = ScriptedTransport(.error(500, "api_error", ["Stripe-Should-Retry": "false"]), .refund)
        let first: StripeOutcome<Refund> = await StripeClient.scripted(never).perform(refund, key: "a")
        guard case .unknown(let open) = first else { throw Unexpected(outcome: "\(first)") }
        #expect(open.attempts == 1 && open.mayHaveHappened)
        let please = ScriptedTransport(.error(400, "invalid_request_error", ["Stripe-Should-Retry": "true"]), .refund)
        let second: StripeOutcome<Refund> = await StripeClient.scripted(please).perform(refund, key: "b")
        #expect(try second.get().id == "re_1")
    }

    @Test(arguments: [(500, true, true), (500, false, false), (503, true, true), (409, true, false)])
    func `a key is spent when it brings a 5xx that Stripe keeps`(status: Int, isReplayed: Bool, isSpent: Bool) async throws {
        let headers = ["Stripe-Should-Retry": "false"].merging(isReplayed ? ["Idempotent-Replayed": "true"] : [:]) { $1 }
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(ScriptedTransport(.error(status, "api_error", headers))).perform(
            refund, key: "a")
        guard case .unknown(let open) = outcome else { throw Unexpected(outcome: "\(outcome)") }
        #expect(open.hasSpentKey == isSpent && open.wasReplayed == isReplayed)
    }

    @Test func `a rate limit is waited out longer than a lock, and as long as Stripe says`() async {
        let pauses = Pauses()
        let limited = ScriptedTransport(
            .error(429, "invalid_request_error", code: "rate_limit"), .error(429, "invalid_request_error", code: "lock_timeout"), .refund)
        let _: StripeOutcome<Refund> = await StripeClient.scripted(limited, pauses).perform(refund, key: "a")
        #expect(pauses.all == [1000, 500])
        let told = Pauses()
        let _: StripeOutcome<Refund> = await StripeClient.scripted(
            ScriptedTransport(.json(429, "", ["Retry-After": "5"]), .refund), told
        ).perform(refund, key: "b")
        #expect(told.all == [5000])
    }

    @Test(arguments: ["60", "9223372036854775807"])
    func `a call that is told to wait for long is given back`(seconds: String) async {
        let pauses = Pauses()
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(
            ScriptedTransport(.json(429, "", ["Retry-After": seconds]), .refund), pauses
        ).perform(refund, key: "a")
        #expect(
            outcome
                == .unknown(
                    StripeUncertainty(reason: .rateLimited(nil, retryAfterSeconds: Int(seconds)), mayHaveHappened: false, attempts: 1))
        )
        #expect(pauses.all.isEmpty)
    }

    @Test(arguments: [
        (200, #"{"id":"re_1","object":"ref"#, 3), (200, "<html>", 3), (200, "", 3), (404, "<html>no such page</html>", 1), (302, "", 1),
        (407, "proxy", 1),
    ])
    func `an answer that is not Stripe's proves nothing`(status: Int, body: String, attempts: Int) async throws {
        let step = ScriptedTransport.Step.json(status, body)
        let transport = ScriptedTransport(step, step, step)
        let outcome = await StripeClient.scripted(transport).perform(refund, key: "a")
        guard case .unknown(let open) = outcome, case .unreadable(status, _) = open.reason else { throw Unexpected(outcome: "\(outcome)") }
        #expect(open.attempts == attempts && open.mayHaveHappened)
    }

    @Test func `the raw answer keeps its bytes, its request id and whether it was replayed`() async throws {
        let text = #"{ "id" : "re_1", "object":"refund" }"#
        let transport = ScriptedTransport(.json(200, text, ["Request-Id": "req_2", "Idempotent-Replayed": "true"]))
        let answer = try await StripeClient.scripted(transport).perform(refund, key: "a").get()
        #expect(answer == StripeAnswer(body: Data(text.utf8), requestID: "req_2", wasReplayed: true))
    }

    @Test func `a cancelled caller's call is open, and not repeated`() async {
        let transport = ScriptedTransport(.failure(.cancelled), .refund)
        let outcome: StripeOutcome<Refund> = await StripeClient.scripted(transport).perform(refund, key: "a")
        #expect(outcome == .unknown(StripeUncertainty(reason: .noAnswer(.cancelled), mayHaveHappened: true, attempts: 1)))
    }

    @Test func `a caller cancelled in a pause gets what is known so far`() async {
        let transport = ScriptedTransport(.failure(.timedOut), .refund)
        let client = StripeClient(
            key: Secret("sk_test_1")!, baseURL: "http://stripe.test", transport: transport, sleep: { _ in throw CancellationError() })
        let outcome: StripeOutcome<Refund> = await client.perform(refund, key: "a")
        #expect(outcome == .unknown(StripeUncertainty(reason: .noAnswer(.timedOut), mayHaveHappened: true, attempts: 1)))
    }

    @Test func `nothing that can be printed shows the key`() async {
        let transport = ScriptedTransport(
            .json(
                401, #"{"error":{"type":"invalid_request_error","message":"Invalid API Key provided: sk_test_4eC39HqLyjWDarjtT1zdp7dc"}}"#))
        let client = StripeClient.scripted(transport)
        let outcome: StripeOutcome<Refund> = await client.perform(refund, key: "a")
        // The transport has kept the request, header and all.
        var dumped = ""
        dump(client, to: &dumped)
        dump(outcome, to: &dumped)
        #expect(!"\(dumped) \(outcome) \(client)".contains("4eC39"))
    }
}

struct Unexpected: Error {
    let outcome: String
}
