import Foundation

/// One client's connection, request after request. Its loop's thread owns it.
final class Connection {
    private enum Phase {
        case shakingHands
        /// Nothing of the next request is there.
        case idle
        case head
        case body
        /// A handler is at work.
        case answering
        case sending
        /// The answer is sent; what the client still sends is dropped, so that it gets to read the answer.
        case lingering
        case over
    }

    let id: UInt64
    private let entry: Door.Entry
    private let peer: IPAddress?
    private let channel: Channel
    private unowned let loop: Loop
    private let server: WebServer

    private var phase: Phase
    /// When the phase began.
    private var since = ContinuousClock.now
    private var incoming = Incoming()
    private var head: RequestHead?
    private var request: HTTPRequest?
    private var body: RequestBody?
    private var isVital = false
    /// Asked for once the body is there: who sends slowly takes no place from others.
    private var admission: Admission?
    private var openAnswer: OpenAnswer?
    private var outgoing = Outgoing()
    private var share = Share()
    /// It goes on in the loop's next turn.
    private var waitsForTurn = false
    private var closes = false
    private var reads = true
    private var writes = false

    var descriptor: Int32 { channel.descriptor }

    init(_ entry: Door.Entry, _ peer: IPAddress?, _ channel: Channel, _ loop: Loop) {
        id = entry.id
        self.entry = entry
        self.peer = peer
        self.channel = channel
        self.loop = loop
        server = loop.server
        // A new connection has begun its request: it is there for nothing else.
        phase = channel.isEncrypted ? .shakingHands : .head
    }

    private func beginTurn() { share.begin(loop.turn) }

    private func waitForTurn() {
        if !waitsForTurn { loop.postpone(self) }
        waitsForTurn = true
        want(reads: false, writes: writes)
    }

    // MARK: What the loop says

    func isReady(reads: Bool, writes: Bool) {
        beginTurn()
        switch phase {
        case .shakingHands: shakeHands()
        case .idle, .head, .body:
            // The word to go on with the body may not have found room at once.
            if writes, !push() { return }
            if reads || writes { readOn() }
        // What is sent before it was asked for waits in the socket.
        case .answering: want(reads: false, writes: false)
        case .sending: if writes { goOn() } else { want(reads: false, writes: self.writes) }
        case .lingering: drop()
        case .over: break
        }
    }

    /// The next turn after the one in which it had its share.
    func hasTurn() {
        waitsForTurn = false
        beginTurn()
        readOn()
    }

    /// The handler's answer.
    func answer(_ response: HTTPResponse) {
        guard case .answering = phase else { return }
        beginTurn()
        send(response)
        readOn()
    }

    /// Sends on; a stream has more, or the socket takes more.
    func goOn() {
        guard case .sending = phase else { return }
        beginTurn()
        flush()
        readOn()
    }

    /// Gives the place to somebody else, unless it has come to be used meanwhile.
    func dismiss() {
        beginTurn()
        // A request that has come and that nobody has looked at uses it, too.
        readOn()
        switch phase {
        case .answering: server.door.stays(id)
        case .sending where !writes: server.door.stays(id)
        // Also who has sent more than a turn's share: asking without end would keep the place, beside the one that it was given to.
        default: end()
        }
    }

    func look(at now: ContinuousClock.Instant) {
        let configuration = server.configuration
        let most: Int
        var since = since
        switch phase {
        case .shakingHands, .head: most = configuration.headSeconds
        case .body: most = configuration.bodySeconds
        case .idle: most = configuration.idleSeconds
        case .sending:
            most = outgoing.isEmpty ? 0 : configuration.idleSeconds
            since = outgoing.since
        case .lingering: most = 2
        case .answering, .over: return
        }
        guard most > 0, now - since >= .seconds(most) else { return }
        switch phase {
        case .head where !incoming.isEmpty: refuse(.tooSlow)
        case .body: refuse(.tooSlow)
        default: end()
        }
    }

    func end() {
        if case .over = phase { return }
        enter(.over)
        outgoing.abandon()
        (admission, openAnswer) = (nil, nil)
        loop.forget(self)
    }

    // MARK: Reading

    private func shakeHands() {
        switch channel.shakeHands() {
        case .ended: end()
        case .notYet: want(reads: !channel.wantsToWrite, writes: channel.wantsToWrite)
        case .bytes:
            // The head's time has been running since the connection came.
            phase = .head
            read()
        }
    }

    /// What was read before comes first: nothing is read ahead of it.
    private func readOn() {
        guard isReading, !waitsForTurn else { return }
        work()
        if isReading, !waitsForTurn { read() }
    }

    private func read() {
        want(reads: true, writes: false)
        while isReading, !waitsForTurn {
            guard share.mayRead else {
                // Of what is still in the socket, the loop hears by itself.
                if channel.holdsMore { waitForTurn() }
                return
            }
            share.hasRead()
            switch channel.read(into: loop.scratch) {
            case .notYet: return
            case .ended: return end()
            case .bytes(let count):
                incoming.append(loop.scratch[..<count])
                work()
            }
        }
    }

    private var isReading: Bool {
        switch phase {
        case .idle, .head, .body: true
        default: false
        }
    }

    /// Does what can be done with what has been read, as far as the share of this turn goes. A loop, not a recursion.
    private func work() {
        defer { incoming.compact() }
        while isReading, !incoming.isEmpty {
            do {
                switch phase {
                case .idle, .head:
                    guard share.mayAnswer else { return waitForTurn() }
                    if case .idle = phase {
                        enter(.head)
                        incoming.beginHead()
                    }
                    guard try readHead() else { return }
                case .body:
                    try incoming.pass(to: &body)
                    if body?.isComplete == true { try handle() }
                default: return
                }
            } catch {
                refuse(error)
            }
        }
    }

    /// - Returns: Whether the head is whole.
    private func readHead() throws(WebServer.Refusal) -> Bool {
        let configuration = server.configuration
        guard let head = try incoming.takeHead(configuration) else { return false }
        share.hasAnswered()
        self.head = head
        closes = !head.keepsConnection
        let client = configuration.trustedProxies.client(peer: peer, isEncrypted: channel.isEncrypted, headers: head.headers)
        let request = HTTPRequest(method: head.method, target: head.target, headers: head.headers, client: client)
        self.request = request
        let decision = configuration.onHead(request)
        guard case .read(let upTo, let isVital) = decision else {
            // Its body is not read, and would be taken for the next request.
            if head.framing != .none { closes = true }
            if case .answer(let response) = decision { send(response) }
            return true
        }
        if entry.isAddressFull { throw .addressBusy(most: configuration.connectionsPerAddress) }
        if entry.isExtra, !isVital { throw .busy }
        let body = try RequestBody(head.framing, limit: upTo ?? configuration.bodyBytes)
        self.body = body
        self.isVital = isVital
        if body.isComplete {
            try handle()
        } else {
            enter(.body)
            if head.expectsContinue, incoming.isEmpty {
                outgoing.sendContinue()
                push()
            }
        }
        return true
    }

    private func handle() throws(WebServer.Refusal) {
        guard var request else { return }
        let isProxyItself = server.isProxy(peer) && request.client.address == peer
        admission = try server.door.admit(isProxyItself ? nil : request.client.place, isVital: isVital)
        openAnswer = OpenAnswer(server.work)
        request.body = body?.bytes ?? []
        (self.request, body) = (request, nil)
        enter(.answering)
        switch server.answering {
        case .atOnce(let handler):
            let response = handler(request)
            guard case .delayed = response.transport else { return send(response) }
            answerInTask { response }
        case .inTask(let handler):
            answerInTask { [request] in await handler(request) }
        }
    }

    private func answerInTask(_ respond: @escaping @Sendable () async -> HTTPResponse) {
        let (id, loop, kept) = (id, loop, (admission, openAnswer))
        let runs = server.work.run {
            let response = await respond()
            if case .delayed(let milliseconds) = response.transport { try? await Task.sleep(for: .milliseconds(milliseconds)) }
            withExtendedLifetime(kept) { loop.post(.answer(id, response)) }
        }
        if !runs { refuse(.busy) }
    }

    // MARK: Answering

    /// What follows cannot be told from what was refused: the connection ends with the answer.
    private func refuse(_ refusal: WebServer.Refusal) {
        closes = true
        if request == nil { request = incoming.sketch(from: peer) }
        send(server.configuration.refuse(refusal, request))
    }

    private func send(_ response: HTTPResponse) {
        let hasBody = request?.method != "HEAD" && ResponseHead.hasBody(response.status)
        let isOld = head?.isOld ?? false
        if server.work.isEnding || response.transport == .cut { closes = true }
        enter(.sending)
        switch (response.transport, response.body) {
        case (.cut, _): return end()
        case (.truncated(let count), .bytes(let bytes)):
            closes = true
            let part = Array(bytes.prefix(min(count, max(0, bytes.count - 1))))
            outgoing.begin(response, .bytes(bytes.count), closing: true, body: part)
        case (_, .bytes(let bytes)):
            outgoing.begin(response, .bytes(bytes.count), closing: closes, body: hasBody ? bytes : [])
        case (_, .stream(let produce)):
            outgoing.begin(response, isOld ? .untilTheEnd : .chunked, closing: closes)
            if hasBody {
                let (id, loop, kept) = (id, loop, (admission, openAnswer))
                let stream = BodyStream(server.work, telling: { loop.post(.take(id)) }) {
                    defer { withExtendedLifetime(kept) {} }
                    try await produce($0)
                }
                outgoing.follow(with: stream, isChunked: !isOld)
            }
        }
        // Reading it is the client's matter.
        admission = nil
        flush()
    }

    /// After the last byte comes the next request, or the end.
    private func flush() { if push() { answered() } }

    /// - Returns: Whether everything has been taken.
    @discardableResult
    private func push() -> Bool {
        switch outgoing.send(to: channel, &share) {
        case .sent: return true
        case .hadItsShare: want(reads: false, writes: true)
        case .notYet:
            want(reads: false, writes: true)
            if case .sending = phase { server.door.move(id, to: .notReading) }
        case .nothing: want(reads: false, writes: false)
        case .ended: end()
        }
        return false
    }

    private func answered() {
        (request, head, body, openAnswer) = (nil, nil, nil, nil)
        guard closes else { return enter(.idle) }
        channel.endWriting()
        enter(.lingering)
        incoming = Incoming()
        want(reads: true, writes: false)
        drop()
    }

    private func drop() {
        // Not for as long as something comes: the others have their turn, and the time is looked at.
        for _ in 0..<16 {
            guard case .lingering = phase else { return }
            switch channel.read(into: loop.scratch) {
            case .notYet: return
            case .ended: return end()
            case .bytes: continue
            }
        }
    }

    private func enter(_ phase: Phase) {
        self.phase = phase
        since = .now
        switch phase {
        case .shakingHands, .idle, .head, .lingering: server.door.move(id, to: .waiting)
        case .body: server.door.move(id, to: .sendingBody)
        case .answering, .sending: server.door.move(id, to: .working)
        case .over: break
        }
    }

    private func want(reads: Bool, writes: Bool) {
        guard reads != self.reads || writes != self.writes else { return }
        (self.reads, self.writes) = (reads, writes)
        loop.want(self, reads: reads, writes: writes)
    }
}
