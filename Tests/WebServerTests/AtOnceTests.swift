import Foundation
import TestSupport
import Testing
import WebServer

/// Handlers that answer on the thread that read the request.
@Suite struct AtOnceTests {
    private func answering(
        _ handler: @escaping WebServer.ImmediateHandler, during body: @escaping @Sendable (WebServer) throws -> Void
    ) async throws {
        let server = WebServer.answeringAtOnce(WebServer.Configuration(), handler: handler)
        try server.start()
        do { try await onThread { try body(server) } } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    @Test func `bodies, kept connections and refused connections are as with tasks`() async throws {
        try await answering {
            $0.path == "/cut" ? .text("", .cut) : .text("\($0.method) \(String(decoding: $0.body, as: UTF8.self))")
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody")
            #expect(client.receive()?.body == "POST body")
            #expect(client.get("/")?.body == "GET ")
            #expect(client.get("/cut") == nil)
            #expect(client.isAtEnd())
        }
    }

    @Test func `a delayed answer lets others pass on the same thread`() async throws {
        try await answering {
            $0.path == "/late" ? .text("late", .delayed(milliseconds: 300)) : .text("prompt")
        } during: { server in
            let late = try (0..<8).map { _ in try RawClient(port: server.port) }
            for client in late { client.send("GET /late HTTP/1.1\r\nHost: h\r\n\r\n") }
            let client = try RawClient(port: server.port)
            #expect(client.get("/")?.body == "prompt")
            for client in late { #expect(client.receive()?.body == "late") }
        }
    }
}
