import CWire
import Foundation

/// The socket that newcomers come to.
final class Listener {
    enum Accepted {
        case connection(Int32, peer: IPAddress?)
        case nobody
        /// The process, or the machine, has no more file handles.
        case noHandles
    }

    let descriptor: Int32
    let port: UInt16

    /// - Throws: `WebServer.NotStarted`.
    init(_ host: String, _ port: UInt16) throws(WebServer.NotStarted) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            throw WebServer.NotStarted(.address, reason: "\"\(host)\" is not an IPv4 address")
        }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw WebServer.NotStarted(.address, systemError: errno) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1024) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else {
            let systemError = errno
            close(descriptor)
            throw WebServer.NotStarted(.address, systemError: systemError)
        }
        self.descriptor = descriptor
        self.port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// Whether somebody waits. Without handles, `accept` says the same whether or not.
    var isAwaited: Bool {
        var listener = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&listener, 1, 0) > 0
    }

    func accept() -> Accepted {
        while true {
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let client = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.accept(descriptor, $0, &length) }
            }
            guard client >= 0 else {
                switch errno {
                // Whoever had come has gone again.
                case EINTR, ECONNABORTED, EPROTO: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .noHandles
                default: return .nobody
                }
            }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            _ = fcntl(client, F_SETFL, fcntl(client, F_GETFL) | O_NONBLOCK)
            var yes: Int32 = 1
            setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            // An answer that nobody reads waits here, where its client has one of them, rather than in the system, which takes many.
            var unsent: Int32 = 64 << 10
            setsockopt(client, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &unsent, socklen_t(MemoryLayout<Int32>.size))
            return .connection(
                client,
                peer: withUnsafePointer(to: &address) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { IPAddress($0) }
                })
        }
    }
}
