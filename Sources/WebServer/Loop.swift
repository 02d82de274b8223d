import CWire
import Foundation
import Synchronization

/// One thread that reads and writes for many connections. Everything of a connection happens here; others send messages.
///
/// Unchecked: beside the inbox, which has its lock, only the thread touches what is here, such as the buffer behind a C pointer.
final class Loop: @unchecked Sendable {
    enum Message: Sendable {
        case welcome(descriptor: Int32, peer: IPAddress?, Door.Entry)
        /// The place is needed for somebody else.
        case dismiss(UInt64)
        case answer(UInt64, HTTPResponse)
        /// A stream has something to take.
        case take(UInt64)
        case stopListening
        case end
    }

    /// What an event belongs to, beside the connections' ids, which begin with 1 and never come this far.
    private static let (wakeID, listenerID) = (UInt64.max, UInt64.max - 1)
    private static let events = (read: EPOLLIN.rawValue, write: EPOLLOUT.rawValue, gone: EPOLLHUP.rawValue | EPOLLERR.rawValue)

    let server: WebServer
    private let epoll: Int32
    private let wake: Int32
    private let inbox = Mutex<(messages: [Message], isOver: Bool)>(([], false))

    // Of the thread alone.
    private var listener: Listener?
    private var isListening = false
    private var listensAgain: ContinuousClock.Instant?
    private var connections: [UInt64: Connection] = [:]
    private var lastLook = ContinuousClock.now
    /// Counts how often the sockets were asked.
    private(set) var turn = 0
    /// Who has had its share of this turn.
    private var postponed: [UInt64] = []
    private var handled = 0
    /// What is read at once, of whichever connection.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// - Throws: `WebServer.NotStarted`.
    init(_ server: WebServer, _ listener: Listener?) throws(WebServer.NotStarted) {
        self.server = server
        self.listener = listener
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard epoll >= 0, wake >= 0 else { throw WebServer.NotStarted(.other, systemError: errno) }
        control(EPOLL_CTL_ADD, wake, Self.events.read, Self.wakeID)
    }

    deinit {
        close(epoll)
        close(wake)
        scratch.deallocate()
    }

    /// From any thread.
    func post(_ message: Message) {
        let (isFirst, isLate) = inbox.withLock { inbox in
            if !inbox.isOver { inbox.messages.append(message) }
            return (inbox.messages.count == 1, inbox.isOver)
        }
        if isLate { turnAway(message) } else if isFirst { _ = eventfd_write(wake, 1) }
    }

    /// Whether the thread has ended, and with it every connection.
    var hasEnded: Bool { inbox.withLock { $0.isOver } }

    func start() {
        let thread = Thread { self.run() }
        thread.name = "web"
        thread.start()
    }

    private func run() {
        listen()
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { events in
            while true {
                let isQuiet = connections.isEmpty && listensAgain == nil
                let count = epoll_wait(epoll, events.baseAddress, Int32(events.count), !postponed.isEmpty ? 0 : isQuiet ? -1 : 250)
                turn += 1
                let before = postponed
                postponed.removeAll(keepingCapacity: true)
                for event in events.prefix(Int(max(0, count))) {
                    handle(event.data.u64, event.events)
                    lookForNewcomers()
                }
                if !readInbox() { break }
                for id in before {
                    connections[id]?.hasTurn()
                    lookForNewcomers()
                }
                look()
            }
        }
        for connection in Array(connections.values) { connection.end() }
        let late = inbox.withLock { inbox in
            defer { inbox = ([], true) }
            return inbox.messages
        }
        late.forEach(turnAway)
    }

    /// Whoever was on the way here when the thread ended.
    private func turnAway(_ message: Message) {
        guard case .welcome(let descriptor, _, let entry) = message else { return }
        close(descriptor)
        server.door.leave(entry.id)
    }

    private func handle(_ id: UInt64, _ events: UInt32) {
        switch id {
        case Self.wakeID:
            var count: eventfd_t = 0
            eventfd_read(wake, &count)
        case Self.listenerID: accept()
        default:
            guard let connection = connections[id] else { return }
            if events & Self.events.gone != 0 { return connection.end() }
            connection.isReady(reads: events & Self.events.read != 0, writes: events & Self.events.write != 0)
        }
    }

    /// - Returns: Whether to go on.
    private func readInbox() -> Bool {
        let messages = inbox.withLock { inbox in
            defer { inbox.messages.removeAll(keepingCapacity: true) }
            return inbox.messages
        }
        var goesOn = true
        for message in messages {
            switch message {
            case .welcome(let descriptor, let peer, let entry): welcome(descriptor, peer, entry)
            case .dismiss(let id): connections[id]?.dismiss()
            case .answer(let id, let response): connections[id]?.answer(response)
            case .take(let id): connections[id]?.goOn()
            case .stopListening: stopListening()
            case .end: goesOn = false
            }
            lookForNewcomers()
        }
        return goesOn
    }

    /// Ends what has taken too long.
    private func look() {
        let now = ContinuousClock.now
        guard now - lastLook >= .milliseconds(250) else { return }
        lastLook = now
        for connection in Array(connections.values) { connection.look(at: now) }
        if let again = listensAgain, now >= again {
            listensAgain = nil
            listen()
            // Even if nobody comes: somebody may read that there are handles again.
            accept()
        }
    }

    // MARK: Newcomers

    private func listen() {
        guard let listener, !isListening else { return }
        isListening = true
        control(EPOLL_CTL_ADD, listener.descriptor, Self.events.read, Self.listenerID)
    }

    private func stopListening() {
        if let listener, isListening { control(EPOLL_CTL_DEL, listener.descriptor, 0, 0) }
        isListening = false
        listener = nil
        listensAgain = nil
    }

    /// They do not wait until all others have had their turn.
    private func lookForNewcomers() {
        handled &+= 1
        if isListening, handled % 8 == 0 { accept() }
    }

    private func accept() {
        // Not all who wait: those who are here want to be served, too.
        for _ in 0..<64 {
            guard let listener else { return }
            switch listener.accept() {
            case .nobody: return server.handlesAreLeft(true)
            case .connection(let descriptor, let peer):
                let loop = server.nextLoop()
                guard let entry = server.door.enter(Client(address: peer).place, isProxy: server.isProxy(peer), loop) else {
                    close(descriptor)
                    continue
                }
                if loop === self {
                    welcome(descriptor, peer, entry)
                } else {
                    loop.post(.welcome(descriptor: descriptor, peer: peer, entry))
                }
            case .noHandles:
                server.handlesAreLeft(false)
                if listener.isAwaited { for _ in 0..<8 { guard server.door.makeRoom() else { break } } }
                // Asking again at once would only cost time: whoever waits is still there a moment later.
                control(EPOLL_CTL_DEL, listener.descriptor, 0, 0)
                isListening = false
                listensAgain = .now + .milliseconds(200)
                return
            }
        }
    }

    private func welcome(_ descriptor: Int32, _ peer: IPAddress?, _ entry: Door.Entry) {
        guard let channel = Channel(descriptor, server.credentials) else {
            close(descriptor)
            return server.door.leave(entry.id)
        }
        control(EPOLL_CTL_ADD, descriptor, Self.events.read, entry.id)
        connections[entry.id] = Connection(entry, peer, channel, self)
    }

    // MARK: For connections

    /// Lets it go on in the next turn.
    func postpone(_ connection: Connection) { postponed.append(connection.id) }

    func want(_ connection: Connection, reads: Bool, writes: Bool) {
        let events = (reads ? Self.events.read : 0) | (writes ? Self.events.write : 0)
        control(EPOLL_CTL_MOD, connection.descriptor, events, connection.id)
    }

    func forget(_ connection: Connection) {
        control(EPOLL_CTL_DEL, connection.descriptor, 0, 0)
        connections[connection.id] = nil
        server.door.leave(connection.id)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32, _ id: UInt64) {
        var event = epoll_event(events: events, data: epoll_data_t(u64: id))
        epoll_ctl(epoll, operation, descriptor, &event)
    }
}
