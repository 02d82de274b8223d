import Foundation
import Testing
import WebServer

@Suite struct WebServerTests {
    /// Runs clients, which block, on a thread of their own: handlers need those that Swift's tasks share.
    private func apart(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result { try work() }) }
        }
    }

    @Test func `a hundred handlers that do not come to an end keep nobody else waiting`() async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let opened = Task { for await _ in gate { return } }
        let server = WebServer(WebServer.Configuration()) { request in
            if request.path == "/stuck" { await opened.value }
            return HTTPResponse(status: 200, body: Array("\(request.path) done.".utf8))
        }
        try server.start()
        try await apart {
            let stuck = try (0..<100).map { _ in try KeptConnection(port: server.port) }
            for connection in stuck { try connection.ask("/stuck") }
            let quick = try KeptConnection(port: server.port)
            for _ in 0..<100 {
                try quick.ask("/quick")
                #expect(try quick.answer().hasSuffix("/quick done."))
            }
            opener.yield()
            for connection in stuck { #expect(try connection.answer().hasSuffix("/stuck done.")) }
        }
        await server.stop()
    }

    @Test func `500 connections are kept open and answered again and again`() async throws {
        // Both ends of every connection are in this process.
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 4096))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let server = WebServer(WebServer.Configuration()) { HTTPResponse(status: 200, body: Array("\($0.path) done.".utf8)) }
        try server.start()
        try await apart {
            let connections = try (0..<500).map { _ in try KeptConnection(port: server.port) }
            for round in 1...3 {
                for (number, connection) in connections.enumerated() { try connection.ask("/\(round)/\(number)") }
                for (number, connection) in connections.enumerated() {
                    let answer = try connection.answer()
                    #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("/\(round)/\(number) done."))
                    #expect(!answer.lowercased().contains("connection: close"))
                }
            }
        }
        await server.stop()
    }
}
