import Foundation
import Synchronization
import Testing

@testable import Stripe

@Suite struct `Calls under way at once` {
    @Test(.timeLimit(.minutes(5))) func `are never more than the limit, and all come through`() async {
        let transport = CountingTransport(full: 3)
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

    @Test(.timeLimit(.minutes(5))) func `that nobody answers make room for the next ones`() async throws {
        var limits = StripeClient.Limits()
        (limits.inFlight, limits.retries.repeats) = (1, 0)
        let transport = ScriptedTransport(
            .failure(.timedOut), .failure(.notReached("no connection")), .json(200, #"{"available":[],"pending":[]}"#))
        let client = StripeClient.scripted(transport, limits: limits)
        for isAnswered in [false, false, true] {
            let outcome: StripeOutcome<Balance> = await client.read(.get("/v1/balance"))
            #expect(((try? outcome.get()) != nil) == isAnswered)
        }
    }

    @Test func `a caller who gives up in line does not take a place`() async {
        let semaphore = AsyncSemaphore(limit: 1)
        #expect(await semaphore.wait())
        let waiting = Task { await semaphore.wait() }
        waiting.cancel()
        #expect(await waiting.value == false)
        await semaphore.signal()
        #expect(await semaphore.wait())
    }
}

/// Answers nobody before so many are inside at once, then lets in whoever else would come, and counts who is inside.
private final class CountingTransport: Transport, Sendable {
    private struct State {
        var inside = 0
        var most = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let full: Int
    private let state = Mutex(State())

    init(full: Int) { self.full = full }

    var most: Int { state.withLock { $0.most } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        await withCheckedContinuation { caller in
            let released = state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
                state.waiting.append(caller)
                defer { if state.most >= full { state.waiting = [] } }
                return state.most >= full ? state.waiting : []
            }
            for caller in released { caller.resume() }
        }
        for _ in 0..<20 { await Task.yield() }
        state.withLock { $0.inside -= 1 }
        return HTTPResponse(status: 200, body: Data(#"{"available":[],"pending":[]}"#.utf8))
    }
}
