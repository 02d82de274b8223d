import CMicroHTTPD
import Foundation

/// A connection's handle. libmicrohttpd allows `MHD_resume_connection` from any thread; everything else happens on its own.
struct Connection: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// Starts libmicrohttpd for a server, which it keeps alive.
///
/// - Throws: `WebServer.NotStarted`.
func startDaemon(for server: WebServer) throws -> Life.Daemon {
    let configuration = server.configuration
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = configuration.port.bigEndian
    guard inet_pton(AF_INET, configuration.host, &address.sin_addr) == 1 else {
        throw WebServer.NotStarted(reason: "\"\(configuration.host)\" is not an IPv4 address")
    }
    let kept = Unmanaged.passRetained(server)
    errno = 0
    let daemon = withUnsafeMutablePointer(to: &address) { address in
        let fixed = [
            option(.SOCK_ADDR, 0, address),
            option(.URI_LOG_CALLBACK, unsafeBitCast(onRequestLine, to: Int.self), kept.toOpaque()),
            option(.NOTIFY_COMPLETED, unsafeBitCast(onCompletion, to: Int.self), kept.toOpaque()),
            option(.CONNECTION_LIMIT, configuration.connections),
            option(.CONNECTION_TIMEOUT, configuration.idleSeconds),
            option(.CONNECTION_MEMORY_LIMIT, configuration.headerBytes),
            option(.STRICT_FOR_CLIENT, 1),
            option(.THREAD_POOL_SIZE, configuration.threads > 1 ? configuration.threads : 0),
        ]
        guard let certificate = configuration.certificate else { return start(fixed, 0, on: configuration.port, kept.toOpaque()) }
        return certificate.chain.withCString { chain in
            certificate.key.withCString { key in
                let secrets = [
                    option(.HTTPS_MEM_CERT, 0, UnsafeMutableRawPointer(mutating: chain)),
                    option(.HTTPS_MEM_KEY, 0, UnsafeMutableRawPointer(mutating: key)),
                ]
                return start(fixed + secrets, MHD_USE_TLS.rawValue, on: configuration.port, kept.toOpaque())
            }
        }
    }
    guard let daemon else {
        let reason = errno == 0 ? "The certificate and its key cannot be used" : String(cString: strerror(errno))
        kept.release()
        throw WebServer.NotStarted(reason: reason)
    }
    return Life.Daemon(pointer: daemon)
}

private func option(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil) -> MHD_OptionItem {
    MHD_OptionItem(option: option, value: value, ptr_value: pointer)
}

private func start(_ options: [MHD_OptionItem], _ flags: UInt32, on port: UInt16, _ server: UnsafeMutableRawPointer) -> OpaquePointer? {
    var options = options + [option(.END, 0)]
    return options.withUnsafeMutableBufferPointer { items in
        withVaList([MHD_OPTION.ARRAY.rawValue, OpaquePointer(items.baseAddress!), MHD_OPTION.END.rawValue]) { arguments in
            MHD_start_daemon_va(
                MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue | flags, port, nil, nil, onAccess, server,
                arguments)
        }
    }
}

private typealias RequestLineCallback =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer?

/// Called once the request line is there, and the only place to see it as it was sent. What it returns waits in the request's slot.
private let onRequestLine: RequestLineCallback = { server, target, _ in
    let server = Unmanaged<WebServer>.fromOpaque(server!).takeUnretainedValue()
    let exchange = Exchange(target: String(cString: target!), bodyLimit: server.configuration.bodyBytes)
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// Called for every request line once its request is over, however it ended.
private let onCompletion: MHD_RequestCompletedCallback = { server, _, slot, _ in
    guard let slot, let known = slot.pointee else { return }
    slot.pointee = nil
    let exchange = Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
    if exchange.isBeingAnswered { Unmanaged<WebServer>.fromOpaque(server!).takeUnretainedValue().life.answerEnds() }
}

/// Called when the headers are there, for each piece of the body, at its end, and when a suspended connection is resumed.
private let onAccess: MHD_AccessHandlerCallback = { server, connection, _, method, _, data, size, slot in
    let server = Unmanaged<WebServer>.fromOpaque(server!).takeUnretainedValue()
    let exchange = Unmanaged<Exchange>.fromOpaque(slot!.pointee!).takeUnretainedValue()
    let connection = Connection(pointer: connection!)
    guard exchange.hasHeaders else {
        exchange.readHeaders(of: connection, method: String(cString: method!), server.configuration)
        guard let refusal = exchange.refusal else { return .YES }
        return exchange.send(HTTPResponse(status: refusal), on: connection, of: server, closing: true)
    }
    if size!.pointee > 0 {
        let goOn = exchange.append(UnsafeRawBufferPointer(start: data, count: size!.pointee))
        size!.pointee = 0
        return goOn ? .YES : .NO
    }
    if let response = exchange.takeResponse() { return exchange.send(response, on: connection, of: server) }
    if exchange.isTooLarge { return exchange.send(HTTPResponse(status: 413), on: connection, of: server, closing: true) }
    return server.answer(exchange, on: connection)
}
