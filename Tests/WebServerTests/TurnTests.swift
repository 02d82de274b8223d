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

    @Test(arguments: [true, false])
    func `whoever sends thousands of requests at once lets others pass`(isAnsweredAtHead: Bool) async throws {
        let heads = Heads()
        var configuration = WebServer.Configuration()
        configuration.threads = 1
        configuration.onHead = { request in
            heads.read(request.path)
            return isAnsweredAtHead ? .answer(.text(request.path)) : .read()
        }
        let server = WebServer.answeringAtOnce(configuration) { .text($0.path) }
        try server.start()
        try await onThread {
            let many = try RawClient(port: server.port)
            many.send("GET /many HTTP/1.1\r\nHost: h\r\n\r\n")
            heads.isHeld.wait()
            many.send(String(repeating: "GET /many HTTP/1.1\r\nHost: h\r\n\r\n", count: 1000))
            let other = try RawClient(port: server.port)
            other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n")
            heads.mayGoOn.signal()
            #expect(other.receive()?.body == "/other")
            for _ in 0...1000 { #expect(many.receive()?.body == "/many") }
        }
        await server.stop()
        #expect(heads.all.firstIndex(of: "/other").map { $0 < 50 } == true)
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
