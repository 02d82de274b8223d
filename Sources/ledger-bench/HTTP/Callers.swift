import Foundation

/// Connections that stay open, each with one request under way: what is answered is followed by the next request at once.
///
/// One thread with `poll`, so that the callers take as little as they can of the machine that is measured.
final class Callers {
    private struct Connection {
        let descriptor: Int32
        /// What has arrived of the answer.
        var answer: [UInt8] = []
        var asked = ContinuousClock.now
    }

    private var connections: [Connection] = []

    var count: Int { connections.count }

    /// - Throws: `Unusable` when nobody listens.
    init(_ count: Int, port: UInt16) throws {
        for _ in 0..<count {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let connected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
            }
            guard connected == 0 else { throw Unusable(what: "Port \(port) cannot be reached: \(String(cString: strerror(errno))).") }
            var yes: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            connections.append(Connection(descriptor: descriptor))
        }
    }

    deinit { for connection in connections { close(connection.descriptor) } }

    /// Asks until `isOver`, then waits for what is under way.
    ///
    /// - Parameters:
    ///   - request: A whole request, head and body.
    ///   - answered: What came back, whole.
    /// - Returns: How long each answer took, in microseconds, unordered.
    /// - Throws: What `answered` throws; `Unusable` when the service hangs up.
    func ask(
        until isOver: () -> Bool, request: () -> [UInt8], answered: (ArraySlice<UInt8>, _ head: Int) throws -> Void
    ) throws -> [Int] {
        var times: [Int] = []
        for index in connections.indices { try send(request(), on: index) }
        var waiting = connections.count
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var polled = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        while waiting > 0 {
            guard poll(&polled, nfds_t(polled.count), 30_000) > 0 else { throw Unusable(what: "The service has not answered for 30 s.") }
            for index in polled.indices where polled[index].revents != 0 {
                let count = recv(connections[index].descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { throw Unusable(what: "The service closed a connection.") }
                connections[index].answer += buffer[..<count]
                guard let head = Self.head(of: connections[index].answer) else { continue }
                times.append(Int((ContinuousClock.now - connections[index].asked) / .microseconds(1)))
                try answered(connections[index].answer[...], head)
                if isOver() {
                    polled[index].events = 0
                    waiting -= 1
                } else {
                    try send(request(), on: index)
                }
            }
        }
        return times
    }

    private func send(_ request: [UInt8], on index: Int) throws {
        connections[index].answer.removeAll(keepingCapacity: true)
        connections[index].asked = .now
        guard Glibc.send(connections[index].descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw Unusable(what: "A request could not be sent: \(String(cString: strerror(errno))).")
        }
    }

    /// - Returns: Where the body begins, once the answer is there in full, as its Content-Length says.
    private static func head(of answer: [UInt8]) -> Int? {
        let blank = Array("\r\n\r\n".utf8)
        guard let head = answer.indices.first(where: { answer[$0] == blank[0] && answer[$0...].starts(with: blank) }) else { return nil }
        let text = String(decoding: answer[..<head], as: UTF8.self).lowercased()
        guard let field = text.range(of: "content-length: ") else { return nil }
        let length = Int(text[field.upperBound...].prefix { $0.isNumber }) ?? 0
        return answer.count >= head + 4 + length ? head + 4 : nil
    }
}

/// How long answers took.
struct Times {
    /// In microseconds, ascending.
    private let sorted: [Int]

    init(_ microseconds: [Int]) { sorted = microseconds.sorted() }

    var count: Int { sorted.count }

    /// - Parameter part: From 0 to 1: 0.99 for what 99 of 100 stay below.
    /// - Returns: Milliseconds.
    func quantile(_ part: Double) -> Double {
        sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]) / 1000
    }
}
