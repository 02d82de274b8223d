import Glibc

/// One HTTP connection that is kept open, driven byte by byte.
final class KeptConnection {
    struct Broken: Error { let errno: Int32 }

    private let socket: Int32

    init(port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Broken(errno: errno) }
        // A server that does not answer fails the test instead of hanging it.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    func ask(_ path: String) throws {
        let request = Array("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n".utf8)
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { throw Broken(errno: errno) }
    }

    /// - Returns: Head and body of the next answer. The bodies of these tests end with a full stop.
    func answer() throws -> String {
        var text = ""
        while !text.hasSuffix(".") {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &bytes, bytes.count, 0)
            guard count > 0 else { throw Broken(errno: count == 0 ? 0 : errno) }
            text += String(decoding: bytes.prefix(count), as: UTF8.self)
        }
        return text
    }
}
