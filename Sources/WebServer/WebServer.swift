import CMicroHTTPD
import Foundation

/// An HTTP/1.1 server: libmicrohttpd parses, a Swift task answers. It knows no money.
///
/// A connection is suspended while its handler runs, so few threads serve many connections.
package final class WebServer: Sendable {
    /// Many run at once and may wait as long as they like, if they suspend: one that blocks its thread takes it from all the others.
    package typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

    package struct Configuration: Sendable {
        package var host = "127.0.0.1"
        /// 0 takes any free port; `WebServer.port` tells which.
        package var port: UInt16 = 0
        package var threads = 2
        package var connections = 1024
        package var idleSeconds = 60
        /// A larger body is answered with 413.
        package var bodyBytes = 1 << 20

        package init() {}
    }

    /// Why the server did not start.
    package struct NotStarted: Error {
        /// The system's words, such as "Address already in use".
        package let reason: String
    }

    let configuration: Configuration
    let handler: Handler
    fileprivate let life = Life()

    package init(_ configuration: Configuration, handler: @escaping Handler) {
        self.configuration = configuration
        self.handler = handler
    }

    /// The port that is listened on; 0 before the start.
    package var port: UInt16 { life.daemon.map { UInt16(ledger_mhd_bound_port($0)) } ?? 0 }

    /// - Throws: `NotStarted`.
    package func start() throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = configuration.port.bigEndian
        guard inet_pton(AF_INET, configuration.host, &address.sin_addr) == 1 else {
            throw NotStarted(reason: "\"\(configuration.host)\" is not an IPv4 address")
        }
        errno = 0
        guard let daemon = withUnsafeMutablePointer(to: &address, { startDaemon(at: $0) }) else {
            throw NotStarted(reason: String(cString: strerror(errno)))
        }
        life.daemon = daemon
        // libmicrohttpd's threads hold this object until `stop`, whoever else lets go of it.
        _ = Unmanaged.passRetained(self)
    }

    private func startDaemon(at address: UnsafeMutablePointer<sockaddr_in>) -> OpaquePointer? {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let completed: MHD_RequestCompletedCallback = { context, _, slot, _ in
            guard let slot, let exchange = slot.pointee else { return }
            slot.pointee = nil
            Unmanaged<Exchange>.fromOpaque(exchange).release()
            Unmanaged<WebServer>.fromOpaque(context!).takeUnretainedValue().life.endExchange()
        }
        func option(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil) -> MHD_OptionItem {
            MHD_OptionItem(option: option, value: value, ptr_value: pointer)
        }
        var options = [
            option(.SOCK_ADDR, 0, address),
            option(.NOTIFY_COMPLETED, unsafeBitCast(completed, to: Int.self), me),
            option(.CONNECTION_LIMIT, configuration.connections),
            option(.CONNECTION_TIMEOUT, configuration.idleSeconds),
        ]
        if configuration.threads > 1 { options.append(option(.THREAD_POOL_SIZE, configuration.threads)) }
        options.append(option(.END, 0))
        return options.withUnsafeMutableBufferPointer { items in
            withVaList([MHD_OPTION.ARRAY.rawValue, OpaquePointer(items.baseAddress!), MHD_OPTION.END.rawValue]) { arguments in
                MHD_start_daemon_va(
                    MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue, configuration.port, nil, nil, onAccess,
                    me, arguments)
            }
        }
    }

    /// Takes no new connections, lets running requests finish, and stops. libmicrohttpd must not stop while a connection is suspended.
    ///
    /// - Parameter grace: After so long, handlers that still run are cancelled and waited for.
    package func stop(grace: Duration = .seconds(10)) async {
        guard let daemon = life.beginEnding() else { return }
        let listener = MHD_quiesce_daemon(daemon)
        // libmicrohttpd keeps the socket until it stops: refuse newcomers at once.
        if listener >= 0 { shutdown(listener, Int32(SHUT_RDWR)) }
        let deadline = ContinuousClock.now + grace
        // An answer that is ready is still sent, should its client be slow.
        var patience = Duration.seconds(2)
        while life.hasRunning || (life.hasExchanges && patience > .zero) {
            if ContinuousClock.now >= deadline { life.cancelRunning() }
            if !life.hasRunning { patience -= .milliseconds(5) }
            try? await Task.sleep(for: .milliseconds(5))
        }
        MHD_stop_daemon(daemon)
        if listener >= 0 { close(listener) }
        life.daemon = nil
        Unmanaged.passUnretained(self).release()
    }

    var isEnding: Bool { life.isEnding }

    /// Runs the handler for a suspended connection and wakes the connection when the answer is there.
    func answer(_ exchange: Exchange, on connection: ConnectionHandle) {
        life.run {
            let response = await self.handler(exchange.request)
            if case .delayed(let milliseconds) = response.transport { try? await Task.sleep(for: .milliseconds(milliseconds)) }
            exchange.finish(with: response)
            MHD_resume_connection(connection.pointer)
        }
    }
}

/// libmicrohttpd allows `MHD_resume_connection` from any thread; everything else happens on its own.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// The daemon and the handlers that run.
private final class Life: @unchecked Sendable {
    private let lock = NSLock()
    private var handle: OpaquePointer?
    private var running: [Int: Task<Void, Never>] = [:]
    private var started = 0
    /// Requests that have begun to arrive and are not answered to their end.
    private var exchanges = 0
    private var ending = false

    var daemon: OpaquePointer? {
        get { lock.withLock { handle } }
        set { lock.withLock { handle = newValue } }
    }

    var isEnding: Bool { lock.withLock { ending } }
    var hasRunning: Bool { lock.withLock { !running.isEmpty } }
    var hasExchanges: Bool { lock.withLock { exchanges > 0 } }

    func beginExchange() { lock.withLock { exchanges += 1 } }
    func endExchange() { lock.withLock { exchanges -= 1 } }

    /// - Returns: The daemon, the first time.
    func beginEnding() -> OpaquePointer? {
        lock.withLock {
            guard !ending else { return nil }
            ending = true
            return handle
        }
    }

    func cancelRunning() { lock.withLock { running.values.forEach { $0.cancel() } } }

    /// Counts as running until `work` has woken its connection: until then the daemon must not stop.
    func run(_ work: @escaping @Sendable () async -> Void) {
        // Made under the lock, so that it cannot end before it is recorded.
        lock.withLock {
            started += 1
            let number = started
            running[number] = Task {
                await work()
                _ = self.lock.withLock { self.running.removeValue(forKey: number) }
            }
        }
    }
}

private let onAccess: MHD_AccessHandlerCallback = { context, connection, url, method, _, data, size, slot in
    let server = Unmanaged<WebServer>.fromOpaque(context!).takeUnretainedValue()
    guard let known = slot!.pointee else {
        let exchange = Exchange(connection!, method: method!, url: url!, bodyLimit: server.configuration.bodyBytes)
        slot!.pointee = Unmanaged.passRetained(exchange).toOpaque()
        server.life.beginExchange()
        return .YES
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
    if size!.pointee > 0 {
        let goOn = exchange.append(UnsafeRawBufferPointer(start: data, count: size!.pointee))
        size!.pointee = 0
        return goOn ? .YES : .NO
    }
    if let response = exchange.takeResponse() { return exchange.send(response, on: connection!, closing: server.isEnding) }
    if exchange.isTooLarge { return exchange.send(HTTPResponse(status: 413), on: connection!, closing: true) }
    MHD_suspend_connection(connection)
    server.answer(exchange, on: ConnectionHandle(pointer: connection!))
    return .YES
}
