import Glibc

/// A port at which somebody seems to live, but nobody ever answers.
final class Listener {
    struct NotListening: Error { let errno: Int32 }

    let url: String
    private let socket: Int32

    init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        self.socket = socket
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listens = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(socket, raw, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, raw, &size) == 0
            }
        }
        guard listens else { throw NotListening(errno: errno) }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    }

    deinit { close(socket) }

    /// Whether anybody has connected since the last question.
    func wasCalled() -> Bool {
        let caller = accept(socket, nil, nil)
        guard caller >= 0 else { return false }
        close(caller)
        return true
    }
}
