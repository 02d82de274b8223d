import Synchronization

/// Who may come in, and who has to go for that when no place is free. All threads ask here.
///
/// A place is taken from those who do not use it: from whoever has been without a whole request for longest, then from whoever has
/// been sending a body for longest, then from whoever has taken nothing of an answer for longest. Whoever is being answered keeps it.
/// When nobody can go, a few are let in all the same until their heads have been read, so that those who watch over the service are
/// answered, and Stripe is.
final class Door: Sendable {
    /// How far a connection is with its request.
    enum Stage { case waiting, sendingBody, notReading, working }

    /// What a newcomer is told.
    struct Entry {
        let id: UInt64
        /// Above the limits: only what cannot be refused is answered.
        let isExtra: Bool
        let isAddressFull: Bool
    }

    fileprivate struct Guest {
        let peer: String
        let loop: Loop
        let isExtra: Bool
        var stage = Stage.waiting
        var since = ContinuousClock.now
        /// Its place is another's already.
        var isLeaving = false
    }

    /// How many hold a place, and how many are let in without one.
    fileprivate struct Count {
        var regular = 0
        var extra = 0

        mutating func add(_ number: Int, isExtra: Bool) { if isExtra { extra += number } else { regular += number } }
        var isNone: Bool { regular == 0 && extra == 0 }
    }

    private let most: Int
    private let mostOfOneAddress: Int
    /// Ordinary requests leave places for the vital ones.
    private let mostOrdinary: Int
    private static let (mostExtra, mostExtraOfOneAddress) = (64, 8)

    fileprivate struct State {
        var guests: [UInt64: Guest] = [:]
        var all = Count()
        var byPeer: [String: Count] = [:]
        var requestsByClient: [String: Int] = [:]
        var ordinary = 0
        var entered: UInt64 = 0
    }

    private let state = Mutex(State())

    init(_ configuration: WebServer.Configuration) {
        most = configuration.connections
        mostOfOneAddress = configuration.connectionsPerAddress
        mostOrdinary = max(1, most / 4 * 3)
    }

    /// - Parameter isProxy: Whether the peer speaks for many clients.
    /// - Returns: nil when it is to be closed.
    func enter(_ peer: String, isProxy: Bool, _ loop: Loop) -> Entry? {
        state.withLock { state in
            let ofPeer = state.byPeer[peer] ?? Count()
            let isAddressFull = !isProxy && ofPeer.regular >= mostOfOneAddress && !state.dismissOne(of: peer, isExtra: false)
            let isExtra = isAddressFull || state.all.regular >= most && !state.dismissOne(of: nil, isExtra: false)
            if isExtra {
                if ofPeer.extra >= Self.mostExtraOfOneAddress, !isProxy, !state.dismissOne(of: peer, isExtra: true) { return nil }
                if state.all.extra >= Self.mostExtra, !state.dismissOne(of: nil, isExtra: true) { return nil }
            }
            state.entered += 1
            state.guests[state.entered] = Guest(peer: peer, loop: loop, isExtra: isExtra)
            state.count(1, of: state.entered)
            return Entry(id: state.entered, isExtra: isExtra, isAddressFull: isAddressFull)
        }
    }

    /// Sends somebody away, when that gives a place to the next one.
    func makeRoom() -> Bool {
        state.withLock { $0.dismissOne(of: nil, isExtra: true) || $0.dismissOne(of: nil, isExtra: false) }
    }

    /// Whoever was to leave has come to use the place meanwhile.
    func stays(_ id: UInt64) {
        state.withLock { state in
            guard state.guests[id]?.isLeaving == true else { return }
            state.guests[id]?.isLeaving = false
            state.guests[id]?.stage = .working
            state.count(1, of: id)
        }
    }

    func move(_ id: UInt64, to stage: Stage) {
        state.withLock { state in
            state.guests[id]?.stage = stage
            state.guests[id]?.since = .now
        }
    }

    func leave(_ id: UInt64) {
        state.withLock { state in
            if state.guests[id]?.isLeaving == false { state.count(-1, of: id) }
            state.guests[id] = nil
        }
    }

    /// A request begins.
    ///
    /// - Parameter client: Whose it is; nil for a proxy that asks in its own name.
    func admit(_ client: String?, isVital: Bool) throws(WebServer.Refusal) -> Admission {
        let refusal: WebServer.Refusal? = state.withLock { state in
            if !isVital, state.ordinary >= mostOrdinary { return .busy }
            if let client {
                guard state.requestsByClient[client, default: 0] < mostOfOneAddress else { return .addressBusy(most: mostOfOneAddress) }
                state.requestsByClient[client, default: 0] += 1
            }
            if !isVital { state.ordinary += 1 }
            return nil
        }
        if let refusal { throw refusal }
        return Admission(self, client, isVital)
    }

    fileprivate func endRequest(of client: String?, isVital: Bool) {
        state.withLock { state in
            if !isVital { state.ordinary -= 1 }
            if let client { state.requestsByClient[client] = state.requestsByClient[client].flatMap { $0 > 1 ? $0 - 1 : nil } }
        }
    }
}

extension Door.State {
    /// Sends away whoever uses a place least.
    ///
    /// - Returns: Whether somebody goes.
    fileprivate mutating func dismissOne(of peer: String?, isExtra: Bool) -> Bool {
        func longest(_ stage: Door.Stage) -> UInt64? {
            guests.lazy.filter {
                $0.value.stage == stage && !$0.value.isLeaving && $0.value.isExtra == isExtra && (peer == nil || $0.value.peer == peer)
            }.min { $0.value.since < $1.value.since }?.key
        }
        guard let id = longest(.waiting) ?? longest(.sendingBody) ?? longest(.notReading), let guest = guests[id] else { return false }
        guests[id]?.isLeaving = true
        count(-1, of: id)
        guest.loop.post(.dismiss(id))
        return true
    }

    fileprivate mutating func count(_ number: Int, of id: UInt64) {
        guard let guest = guests[id] else { return }
        all.add(number, isExtra: guest.isExtra)
        byPeer[guest.peer, default: Door.Count()].add(number, isExtra: guest.isExtra)
        if byPeer[guest.peer]?.isNone == true { byPeer[guest.peer] = nil }
    }
}

/// A request that was let in. It counts for as long as this is kept, which is while a handler works on it, and not a moment less when its
/// client has gone: whoever hangs up and comes again has no more at work than others.
final class Admission: Sendable {
    private let door: Door
    private let client: String?
    private let isVital: Bool

    fileprivate init(_ door: Door, _ client: String?, _ isVital: Bool) {
        (self.door, self.client, self.isVital) = (door, client, isVital)
    }

    deinit { door.endRequest(of: client, isVital: isVital) }
}
