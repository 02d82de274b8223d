import Foundation
import Ledger
import LedgerStore
import Stripe
import StripeSimulator

/// The way from a process to the simulated Stripe, without a socket. Every request waits twice for the seed: before it leaves, and
/// while its answer is on its way. In between lies the one moment at which something happens at Stripe.
struct Wire: Transport {
    unowned let world: World
    unowned let process: Process

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        await world.waiting.wait(process)
        guard !process.isDead else { throw .cancelled }
        let trouble = world.trouble()
        if trouble == .notReached { throw .notReached("the simulated network is down") }
        if trouble == .lostOnTheWay { throw .timedOut }
        let sent = world.look(at: request, by: process)
        if let plant = world.plant, world.backup?.house == process.house, plant.loses(sent?.operation?.kind) {
            throw .notReached("the simulated network is down")
        }
        if world.plant == .cancelledFirst, let old = sent?.operation?.renewal?.old { cancel(old, like: request, sent) }
        if world.plant == .letGoEarly, let sent, world.lateCharged(by: sent) != nil { detach(like: request, sent) }
        let newest = sent.flatMap { world.newest($0) }
        // Nothing may come between the order and the request that it is for.
        if case .fault(let fault) = trouble { world.order("faults", ["fault": .text(fault.rawValue), "delay_milliseconds": 1500]) }
        var request = request
        if case .answer(let forged)? = world.plant?.forge(&request, of: sent?.operation?.kind) { return forged }
        var response = arrive(request, sent, newestBefore: newest, trouble)
        if world.plant == .triedAtOnce, response.status == 402, let sent, sent.operation?.renewal != nil {
            response = arrive(Self.anew(request), sent, newestBefore: world.newest(sent), .none)
        }
        if world.plant == .lateTwice, response.status == 200, let sent, world.lateCharged(by: sent) != nil {
            _ = arrive(Self.anew(request), sent, newestBefore: world.newest(sent), .none)
        }
        await world.waiting.wait(process)
        guard !process.isDead else { throw .cancelled }
        if trouble == .answerLost { throw .timedOut }
        if case .delayed(let milliseconds) = response.transport {
            await world.waiting.wait(process, until: world.clock.now.milliseconds + Int64(milliseconds))
            guard !process.isDead else { throw .cancelled }
        }
        switch response.transport {
        case .cutConnection, .truncatedBody: throw .interrupted("the connection was cut")
        case .normal, .delayed: break
        }
        let headers = Dictionary(response.headers.map { ($0.name, $0.value) }) { _, last in last }
        let answer = HTTPResponse(status: response.status, headers: headers, body: Data(response.body))
        // The call itself, or what is read of the new hold afterwards.
        let renews = sent?.operation?.renewal != nil || world.watch.renewals.contains { request.url.contains($0.new) }
        return world.plant?.spoil(answer, to: request, renews: renews, at: world.clock.now) {
            world.claim($0, by: sent?.hotel ?? world.hotel(asking: request), process)
        }
            ?? answer
    }

    /// What happens at Stripe, seen by the world whoever hears of it.
    private func arrive(_ request: HTTPRequest, _ sent: Sent?, newestBefore: String?, _ trouble: Trouble) -> SimulatorResponse {
        let response = world.simulator.respond(to: SimulatorRequest(request))
        if case .fault = trouble { world.order("faults", ["clear": true]) }
        world.trace(request, response, trouble, by: process)
        world.noteSpent(request, response)
        if let sent {
            world.note(sent, response, newestBefore: newestBefore)
            world.witness(sent, request, response, newestBefore: newestBefore, by: process)
        }
        return response
    }

    /// The planted bug: a call that nothing stands for.
    private func cancel(_ intent: String, like request: HTTPRequest, _ sent: Sent?) {
        var cancel = Self.anew(request)
        (cancel.url, cancel.body) = ("http://stripe/v1/payment_intents/\(intent)/cancel", Data())
        _ = world.simulator.respond(to: SimulatorRequest(cancel))
        if let sent { world.checkLetGo(intent, sent.hotel, process) }
    }

    /// The planted bug: the card is let go before the charge to it has come to Stripe.
    private func detach(like request: HTTPRequest, _ sent: Sent) {
        guard let card = sent.form["payment_method"] else { return }
        var detach = Self.anew(request)
        (detach.url, detach.body) = ("http://stripe/v1/payment_methods/\(card)/detach", Data())
        _ = world.simulator.respond(to: SimulatorRequest(detach))
        world.checkDetached(card, sent.hotel, decided: world.clock.now.milliseconds, process)
    }

    /// The same as a call of its own.
    private static func anew(_ request: HTTPRequest) -> HTTPRequest {
        var other = request
        other.headers.removeAll { $0.name.lowercased() == "idempotency-key" }
        return other
    }
}

/// What goes wrong with one request.
enum Trouble: Equatable {
    case none
    /// It never left.
    case notReached
    /// It left, and did not arrive; the program cannot know.
    case lostOnTheWay
    /// It arrived, and the program never hears of it.
    case answerLost
    /// One of the simulator's own.
    case fault(Fault)
}

extension SimulatorRequest {
    /// - Parameter request: With a URL such as `http://stripe/v1/events?limit=100`.
    init(_ request: HTTPRequest) {
        let target = request.url.dropFirst("http://stripe".count)
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method: request.method, path: String(parts[0]).removingPercentEncoding ?? String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : "", headers: request.headers.map { ($0.name, $0.value) }, body: Array(request.body))
    }
}
