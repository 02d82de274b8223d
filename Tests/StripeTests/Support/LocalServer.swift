import Foundation
import Glibc

/// A server on a port of its own that does with each request what it is told: plain bytes over plain sockets,
/// so that it can misbehave in ways no real server would.
final class LocalServer: @unchecked Sendable {
    enum Act {
        /// Sends these bytes and keeps the connection.
        case send(String)
        /// Sends these bytes, then hangs up.
        case sendAndHangUp(String)
        /// Says nothing until the other side hangs up.
        case silence
    }

    let port: Int
    private let listener: Int32
    private let lock = NSLock()
    private var accepted = 0
    private var received: [String] = []
    private let act: @Sendable (String) -> Act

    /// - Parameter act: Given the whole request as text.
    init(_ act: @escaping @Sendable (String) -> Act) {
        self.act = act
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [self] in acceptAll() }.start()
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var connections: Int { lock.withLock { accepted } }
    var requests: [String] { lock.withLock { received } }

    // Only now is the port free for others: a test that counts on being refused must not meet its neighbour.
    deinit { close(listener) }

    /// Refuses further connections; those there are end with their clients.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 { break }
            lock.withLock { accepted += 1 }
            Thread { [self] in serve(connection) }.start()
        }
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var pending: [UInt8] = []
        while let request = Self.nextRequest(connection, &pending) {
            lock.withLock { received.append(request) }
            switch act(request) {
            case .send(let text): Self.write(connection, text)
            case .sendAndHangUp(let text):
                Self.write(connection, text)
                return
            case .silence:
                var byte: UInt8 = 0
                while read(connection, &byte, 1) > 0 {}
                return
            }
        }
    }

    private static func nextRequest(_ connection: Int32, _ pending: inout [UInt8]) -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: pending, as: UTF8.self)
            if let head = text.range(of: "\r\n\r\n") {
                let lengthLine = text[..<head.lowerBound].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let length = lengthLine.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let end = text.utf8.distance(from: text.startIndex, to: head.upperBound) + length
                if pending.count >= end {
                    defer { pending.removeFirst(end) }
                    return String(decoding: pending[..<end], as: UTF8.self)
                }
            }
            let count = read(connection, &buffer, buffer.count)
            if count <= 0 { return nil }
            pending += buffer[..<count]
        }
    }

    private static func write(_ connection: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return }
            sent += count
        }
    }
}

extension LocalServer.Act {
    static func answer(_ body: String, status: String = "200 OK", headers: [String] = []) -> Self {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
