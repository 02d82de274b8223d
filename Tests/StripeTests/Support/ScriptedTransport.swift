import Foundation
import Ledger

@testable import Stripe

/// Answers what it was told to, in order, and remembers what it was asked.
final class ScriptedTransport: Transport, @unchecked Sendable {
    typealias Step = Result<HTTPResponse, TransportError>

    private let lock = NSLock()
    private var steps: [Step]
    private var seen: [HTTPRequest] = []

    init(_ steps: Step...) { self.steps = steps }

    var requests: [HTTPRequest] { lock.withLock { seen } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let step: Step = lock.withLock {
            seen.append(request)
            return steps.isEmpty ? .failure(.interrupted("the script is over")) : steps.removeFirst()
        }
        return try step.get()
    }
}

extension Result where Success == HTTPResponse, Failure == TransportError {
    static func json(_ status: Int, _ text: String, _ headers: [String: String] = [:]) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Data(text.utf8)))
    }

    static func error(_ status: Int, _ type: String, code: String? = nil, _ headers: [String: String] = [:]) -> Self {
        let code = code.map { #","code":"\#($0)""# } ?? ""
        return .json(status, #"{"error":{"type":"\#(type)","message":"No."\#(code)}}"#, headers)
    }

    static var refund: Self {
        .json(
            200, #"{"id":"re_1","object":"refund","amount":500,"currency":"eur","created":1780000000,"status":"succeeded"}"#,
            ["Request-Id": "req_9"])
    }
}

/// What a client slept, instead of sleeping.
final class Pauses: @unchecked Sendable {
    private let lock = NSLock()
    private var taken: [Int] = []

    var all: [Int] { lock.withLock { taken } }
    var sleep: StripeClient.Sleep { { milliseconds in self.lock.withLock { self.taken.append(milliseconds) } } }
}

/// Chance that always comes out the same.
struct FixedChance: RandomNumberGenerator, Sendable {
    let value: UInt64
    func next() -> UInt64 { value }
}

extension StripeClient {
    static func scripted(_ transport: any Transport, _ pauses: Pauses = Pauses(), jitter: UInt64 = 0, limits: Limits = Limits())
        -> StripeClient
    {
        StripeClient(
            key: Secret("sk_test_4eC39HqLyjWDarjtT1zdp7dc")!, baseURL: "http://stripe.test", transport: transport, limits: limits,
            random: FixedChance(value: jitter), sleep: pauses.sleep)
    }
}
