import Foundation
import Glibc

/// A client that sends the bytes it is given and reads what comes back: plain sockets, so that no library hides what travelled.
package final class RawClient: Sendable {
    package struct Answer {
        package let status: Int
        package let headers: [(name: String, value: String)]
        package let body: String
        /// Whether as much body came as was announced.
        package let isComplete: Bool

        package func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    }

    package struct NoConnection: Error {}

    private let handle: Int32

    /// - Parameter source: The address it comes from: all of 127.0.0.0/8 is this machine.
    /// - Throws: `NoConnection` when nobody listens.
    package init(port: UInt16, from source: String? = nil) throws {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // A server that never answers fails the test instead of hanging it. No test counts on it, so it may be long.
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if let source {
            var own = sockaddr_in()
            own.sin_family = sa_family_t(AF_INET)
            own.sin_addr.s_addr = inet_addr(source)
            _ = withUnsafePointer(to: &own) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
        }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        // `deinit` closes it: a second `close` would hit whatever another thread has opened under the same number meanwhile.
        guard connected == 0 else { throw NoConnection() }
    }

    deinit { close(handle) }

    package func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(handle, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    /// Goes away as a program does that dies: the connection is reset; what is read from now on is nothing.
    ///
    /// Not `shutdown`: when what the client has not read has filled its buffer, the server hears nothing of that, and waits until it
    /// takes the connection for idle.
    package func hangUp() {
        var nobody = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        connect(handle, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
    }

    package func send(_ text: String) { send(Array(text.utf8)) }

    package func get(_ target: String, method: String = "GET") -> Answer? {
        send("\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return receive(withBody: method != "HEAD")
    }

    /// Reads one answer.
    ///
    /// - Returns: `nil` when the server hung up before the headers were whole.
    package func receive(withBody: Bool = true) -> Answer? {
        var bytes: [UInt8] = []
        let blankLine = Array("\r\n\r\n".utf8)
        // Byte by byte, so that nothing of the next answer is taken.
        while !bytes.suffix(4).elementsEqual(blankLine) {
            guard let byte = read(1).first else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n").filter { !$0.isEmpty }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let body = withBody ? read(length) : []
        return Answer(
            status: status, headers: headers, body: String(decoding: body, as: UTF8.self), isComplete: !withBody || body.count == length)
    }

    /// Whether the server has hung up, with nothing more to read.
    package func isAtEnd() -> Bool { read(1).isEmpty }

    /// Reads up to and with these characters, or until the server hangs up.
    package func read(until end: String) -> String {
        let end = Array(end.utf8)
        var bytes: [UInt8] = []
        while !bytes.suffix(end.count).elementsEqual(end), let byte = read(1).first { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads a body that is sent in chunks.
    package func readChunks() -> [UInt8] {
        var bytes: [UInt8] = []
        while let size = Int(read(until: "\r\n").trimmingCharacters(in: .newlines), radix: 16), size > 0 {
            bytes += read(size)
            _ = read(until: "\r\n")
        }
        return bytes
    }

    /// - Returns: Fewer bytes than asked for when the server hung up.
    private func read(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var part = [UInt8](repeating: 0, count: count - bytes.count)
            let got = recv(handle, &part, part.count, 0)
            if got <= 0 { break }
            bytes += part.prefix(got)
        }
        return bytes
    }
}

/// Runs what blocks on a thread of its own, so that tasks keep theirs.
package func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
    }
}
