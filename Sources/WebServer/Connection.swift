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
    /// When the phase began; while something is sent, when the client last took as much as it has to.
    private var since = ContinuousClock.now
    private var taken = 0
    /// As much of an answer has to be taken in the time that an idle connection has.
    private static let leastTaken = 64 << 10
    private static let mostCopied = 16 << 10
    private var input: [UInt8] = []
    /// So much of the input has been dealt with.
    private var consumed = 0
    private var scanner = HeadScanner()
    private var head: RequestHead?
    private var request: HTTPRequest?
    private var body: RequestBody?
    private var isVital = false
    /// Asked for once the body is there: who sends slowly takes no place from others.
    private var admission: Admission?
    private var openAnswer: OpenAnswer?
    private var output: [UInt8] = []
    private var sent = 0
    /// A large body follows the output as it is, not copied.
    private var following: [UInt8] = []
    private var share = Share()
    /// It goes on in the loop's next turn.
    private var waitsForTurn = false
    private var stream: BodyStream?
    private var isChunked = false
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

    /// What has been done in one turn of the loop. A connection that has had its share goes on in the next one, after the others.
    private struct Share {
        private static let most = (answers: 4, readings: 4, bytes: 256 << 10)
        var turn = 0
        var answers = 0
        var readings = 0
        var bytes = 0

        var mayAnswer: Bool { answers < Self.most.answers }
        var mayRead: Bool { readings < Self.most.readings }
        var mayWrite: Bool { bytes < Self.most.bytes }
    }

    private func beginTurn() { if share.turn != loop.turn { share = Share(turn: loop.turn) } }

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
        if waitsForTurn { return server.door.stays(id) }
        switch phase {
        case .answering: server.door.stays(id)
        case .sending where !writes: server.door.stays(id)
        default: end()
        }
    }

    func look(at now: ContinuousClock.Instant) {
        let configuration = server.configuration
        let most: Int
        switch phase {
        case .shakingHands, .head: most = configuration.headSeconds
        case .body: most = configuration.bodySeconds
        case .idle: most = configuration.idleSeconds
        // A stream without news is its producer's matter.
        case .sending: most = sent < output.count ? configuration.idleSeconds : 0
        case .lingering: most = 2
        case .answering, .over: return
        }
        guard most > 0, now - since >= .seconds(most) else { return }
        switch phase {
        case .head where consumed < input.count: refuse(.tooSlow)
        case .body: refuse(.tooSlow)
        default: end()
        }
    }

    func end() {
        if case .over = phase { return }
        enter(.over)
        stream?.abandon()
        (stream, admission, openAnswer) = (nil, nil, nil)
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
            share.readings += 1
            switch channel.read(into: loop.scratch) {
            case .notYet: return
            case .ended: return end()
            case .bytes(let count):
                input.append(contentsOf: loop.scratch[..<count])
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
        defer { compact() }
        while isReading, consumed < input.count {
            do {
                switch phase {
                case .idle, .head:
                    guard share.mayAnswer else { return waitForTurn() }
                    if case .idle = phase {
                        enter(.head)
                        scanner = HeadScanner(from: consumed)
                    }
                    guard try readHead() else { return }
                case .body:
                    consumed += try body?.take(input[consumed...]) ?? 0
                    if body?.isComplete == true { try handle() }
                default: return
                }
            } catch {
                refuse(error)
            }
        }
    }

    /// Moves what is left to the front, once that costs no more than reading it did.
    private func compact() {
        guard consumed > 0 else { return }
        if consumed == input.count {
            input.removeAll(keepingCapacity: consumed <= 4 << 10)
        } else if consumed >= input.count / 2 {
            input.removeFirst(consumed)
        } else {
            return
        }
        scanner.move(by: -consumed)
        consumed = 0
    }

    /// - Returns: Whether the head is whole.
    private func readHead() throws(WebServer.Refusal) -> Bool {
        let configuration = server.configuration
        guard let end = try scanner.end(in: input, configuration) else { return false }
        let start = scanner.start
        let head = try input.withUnsafeBufferPointer { bytes throws(WebServer.Refusal) in
            try RequestHead(UnsafeBufferPointer(rebasing: bytes[start..<end]), configuration)
        }
        consumed = end
        share.answers += 1
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
            if head.expectsContinue, consumed == input.count {
                output = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
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
        if request == nil { request = sketch() }
        send(server.configuration.refuse(refusal, request))
    }

    /// What can be said of a request whose head is not whole, or not well formed: the answer is written for whoever sent it.
    private func sketch() -> HTTPRequest? {
        guard scanner.start < input.count else { return nil }
        guard let (method, target, headers) = RequestHead.sketch(of: input[max(consumed, scanner.start)...]) else { return nil }
        return HTTPRequest(method: method, target: target, headers: headers, client: Client(address: peer))
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
            output += ResponseHead.bytes(of: response, .bytes(bytes.count), closing: true)
            output += bytes.prefix(min(count, max(0, bytes.count - 1)))
        case (_, .bytes(let bytes)):
            output += ResponseHead.bytes(of: response, .bytes(bytes.count), closing: closes)
            if hasBody, bytes.count > Self.mostCopied { following = bytes } else if hasBody { output += bytes }
        case (_, .stream(let produce)):
            isChunked = !isOld
            output += ResponseHead.bytes(of: response, isOld ? .untilTheEnd : .chunked, closing: closes)
            if hasBody {
                let (id, loop, kept) = (id, loop, (admission, openAnswer))
                stream = BodyStream(server.work, telling: { loop.post(.take(id)) }) {
                    defer { withExtendedLifetime(kept) {} }
                    try await produce($0)
                }
            }
        }
        // Reading it is the client's matter.
        admission = nil
        flush()
    }

    /// Sends what there is; after the last byte comes the next request, or the end.
    private func flush() {
        while true {
            guard push() else { return }
            guard let stream else { return answered() }
            switch stream.take() {
            case .nothing: return want(reads: false, writes: false)
            case .broken: return end()
            case .bytes(let bytes):
                output = isChunked ? Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10] : bytes
                (since, taken) = (.now, 0)
            case .end:
                self.stream = nil
                output = isChunked ? Array("0\r\n\r\n".utf8) : []
            }
        }
    }

    /// - Returns: Whether all of the output has been taken.
    @discardableResult
    private func push() -> Bool {
        while true {
            if sent == output.count {
                (output, following, sent) = (following, [], 0)
                guard !output.isEmpty else { return true }
            }
            guard share.mayWrite else {
                // The loop comes back with its next turn.
                want(reads: false, writes: true)
                return false
            }
            let moved = output.withUnsafeBytes { channel.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
            switch moved {
            case .bytes(let count):
                sent += count
                share.bytes += count
                taken += count
                if taken >= Self.leastTaken, case .sending = phase { (since, taken) = (.now, 0) }
            case .notYet:
                want(reads: false, writes: true)
                if case .sending = phase { server.door.move(id, to: .notReading) }
                return false
            case .ended:
                end()
                return false
            }
        }
    }

    private func answered() {
        (request, head, body, openAnswer) = (nil, nil, nil, nil)
        guard closes else { return enter(.idle) }
        channel.endWriting()
        enter(.lingering)
        (input, consumed) = ([], 0)
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
        (since, taken) = (.now, 0)
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
