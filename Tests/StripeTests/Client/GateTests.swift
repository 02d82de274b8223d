import Foundation
import Testing

@testable import Stripe

@Suite struct `Calls under way at once` {
    @Test func `are never more than the limit, and all come through`() async {
        let transport = CountingTransport()
        var limits = StripeClient.Limits()
        limits.inFlight = 3
        let client = StripeClient.scripted(transport, limits: limits)
        let answers = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<50 {
                group.addTask {
                    let outcome: StripeOutcome<Balance> = await client.read(.get("/v1/balance", ["n": .integer(Int64(index))]))
                    return (try? outcome.get()) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answers == 50)
        #expect(transport.most == 3)
    }

    @Test func `a caller who gives up in line does not take a place`() async {
        let gate = Gate(limit: 1)
        #expect(await gate.enter())
        let waiting = Task { await gate.enter() }
        waiting.cancel()
        #expect(await waiting.value == false)
        await gate.leave()
        #expect(await gate.enter())
    }
}

/// Answers after giving everybody else a turn, and counts who is inside.
private final class CountingTransport: Transport, @unchecked Sendable {
    private let lock = NSLock()
    private var inside = 0
    private var highest = 0

    var most: Int { lock.withLock { highest } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        lock.withLock {
            inside += 1
            highest = max(highest, inside)
        }
        for _ in 0..<20 { await Task.yield() }
        lock.withLock { inside -= 1 }
        return HTTPResponse(status: 200, body: Data(#"{"available":[],"pending":[]}"#.utf8))
    }
}
