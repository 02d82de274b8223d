import Foundation
import Synchronization
import TestSupport
import Testing
import WebServer

/// No connection keeps the thread that it shares with others.
@Suite struct TurnTests {
    /// The paths in the order in which their heads were read. The first reader waits until it is let go.
    private final class Heads: Sendable {
        private let paths = Mutex<[String]>([])
        let isHeld = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)

        func read(_ path: String) {
            let isFirst = paths.withLock {
                $0.append(path)
                return $0.count == 1
            }
            guard isFirst else { return }
            isHeld.signal()
            mayGoOn.wait()
        }

        var all: [String] { paths.withLock { $0 } }
    }

    private func server(
        _ heads: Heads, _ isAnsweredAtHead: Bool, _ change: (inout WebServer.Configuration) -> Void = { _ in }
    ) -> WebServer {
        var configuration = WebServer.Configuration()
        configuration.threads = 1
        configuration.onHead = { request in
            heads.read(request.path)
            return isAnsweredAtHead ? .answer(.text(request.path)) : .read()
        }
        change(&configuration)
        return WebServer.answeringAtOnce(configuration) { .text($0.path) }
    }

    /// They are there when the first of them is let go.
    private static func sendThousands(to server: WebServer, _ heads: Heads) throws -> RawClient {
        let many = try RawClient(port: server.port)
        many.send("GET /many HTTP/1.1\r\nHost: h\r\n\r\n")
        heads.isHeld.wait()
        many.send(String(repeating: "GET /many HTTP/1.1\r\nHost: h\r\n\r\n", count: 1000))
        return many
    }

    @Test(arguments: [true, false])
    func `whoever sends thousands of requests at once lets others pass`(isAnsweredAtHead: Bool) async throws {
        let heads = Heads()
        let server = server(heads, isAnsweredAtHead)
        try server.start()
        try await onThread {
            let many = try Self.sendThousands(to: server, heads)
            let other = try RawClient(port: server.port)
            other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n")
            heads.mayGoOn.signal()
            #expect(other.receive()?.body == "/other")
            for _ in 0...1000 { #expect(many.receive()?.body == "/many") }
        }
        await server.stop()
        #expect(heads.all.firstIndex(of: "/other").map { $0 < 50 } == true)
    }

    @Test(arguments: [true, false])
    func `whoever never stops sending gives its place to the next one of its address`(isAnsweredAtHead: Bool) async throws {
        let heads = Heads()
        let server = server(heads, isAnsweredAtHead) { $0.connectionsPerAddress = 1 }
        try server.start()
        let (isServed, isEnded) = try await onThread {
            let many = try Self.sendThousands(to: server, heads)
            let next = try RawClient(port: server.port)
            next.send(String(repeating: "GET /next HTTP/1.1\r\nHost: h\r\n\r\n", count: 100))
            heads.mayGoOn.signal()
            return (
                (0..<100).allSatisfy { _ in next.receive()?.body == "/next" }, (0...1000).contains { _ in many.receive() == nil }
            )
        }
        await server.stop()
        #expect(isServed && isEnded)
    }

    @Test func `whoever reads nothing has one answer made, however many it asks for`() async throws {
        let made = Mutex(0)
        let body = [UInt8](repeating: 120, count: 600 << 10) + [33]
        let server = WebServer(WebServer.Configuration()) { request in
            if request.path == "/large" { made.withLock { $0 += 1 } }
            return HTTPResponse(status: 200, body: request.path == "/large" ? body : [])
        }
        try server.start()
        try await onThread {
            let slow = try RawClient(port: server.port)
            slow.send(String(repeating: "GET /large HTTP/1.1\r\nHost: h\r\n\r\n", count: 20))
            #expect(slow.read(until: "HTTP") == "HTTP")
            for _ in 0..<200 { #expect(try RawClient(port: server.port).get("/small")?.status == 200) }
            #expect(made.withLock { $0 } == 1)
            #expect(slow.read(until: "!").utf8.count > body.count)
            for _ in 1..<20 { #expect(slow.receive()?.isComplete == true) }
        }
        await server.stop()
    }
}
