import Foundation
import TestSupport
import Testing
import WebServer

/// More clients than places, and clients that take their time.
@Suite struct CrowdTests {
    /// Requests whose path begins with `/wait` are answered when the gate opens; `/healthz` is answered by the server itself, and
    /// `/webhook` is let in after all others.
    private func serving(
        _ change: (inout WebServer.Configuration) -> Void, _ body: @escaping @Sendable (WebServer, Gate) async throws -> Void
    ) async throws {
        var configuration = WebServer.Configuration()
        configuration.onHead = { request in
            switch request.path {
            case "/healthz": .answer(HTTPResponse(status: 200, body: Array("ok".utf8)))
            case "/webhook": .read(isVital: true)
            default: .read()
            }
        }
        change(&configuration)
        let gate = Gate()
        let server = WebServer(configuration) { request in
            if request.path.hasPrefix("/wait") { try? await gate.pass() }
            return .text(request.path)
        }
        try server.start()
        do { try await body(server, gate) } catch {
            gate.open()
            await server.stop()
            throw error
        }
        gate.open()
        await server.stop()
    }

    private func clients(_ count: Int, sending text: String, to server: WebServer) async throws -> [RawClient] {
        let port = server.port
        return try await onThread {
            try (0..<count).map { _ in
                let client = try RawClient(port: port)
                client.send(text)
                return client
            }
        }
    }

    /// Has so many requests wait at the gate. One that comes while the last answers are still being counted is refused: then another comes.
    private func working(_ count: Int, at gate: Gate, of server: WebServer) async throws -> [RawClient] {
        var all: [RawClient] = []
        while gate.count < count {
            all += try await clients(1, sending: Self.waiting, to: server)
            for _ in 0..<100 where gate.count < min(count, all.count) { try await Task.sleep(for: .milliseconds(1)) }
        }
        return all
    }

    private func answered(_ working: [RawClient]) async throws -> Int {
        try await onThread { working.count { $0.receive()?.body == "/wait" } }
    }

    private func get(_ path: String, from server: WebServer) async throws -> RawClient.Answer? {
        let port = server.port
        return try await onThread { try RawClient(port: port).get(path) }
    }

    /// What a client is answered that sends a byte every tenth of a second.
    private func answer(to client: RawClient, sending byte: String) async throws -> RawClient.Answer? {
        try await onThread {
            let drip = Thread { while !Thread.current.isCancelled { client.send(byte); usleep(100_000) } }
            drip.start()
            defer { drip.cancel() }
            return client.receive()
        }
    }

    private static let waiting = "GET /wait HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test(.timeLimit(.minutes(5))) func `a head that comes byte by byte is ended, however steadily it comes`() async throws {
        try await serving({ $0.headSeconds = 1 }) { server, _ in
            let client = try await clients(1, sending: "G", to: server)[0]
            let answer = try await answer(to: client, sending: "G")
            #expect(answer == nil || answer?.status == 408 || answer?.status == 400)
        }
    }

    @Test(.timeLimit(.minutes(5))) func `a connection on which nothing comes is ended`() async throws {
        try await serving({ $0.headSeconds = 1 }) { server, _ in
            let client = try await clients(1, sending: "", to: server)[0]
            #expect(try await onThread { client.isAtEnd() })
        }
    }

    @Test(.timeLimit(.minutes(5))) func `a body that comes byte by byte is ended`() async throws {
        try await serving({ $0.bodySeconds = 1 }) { server, _ in
            let client = try await clients(1, sending: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n", to: server)[0]
            let answer = try await answer(to: client, sending: "x")
            #expect(answer?.status == 408)
        }
    }

    @Test func `whoever takes nothing of an answer gives the place to others`() async throws {
        var configuration = WebServer.Configuration()
        (configuration.connections, configuration.idleSeconds) = (8, 3600)
        let server = WebServer(configuration) { .text(String(repeating: "x", count: $0.path == "/large" ? 64 << 20 : 1)) }
        try server.start()
        let slow = try await clients(8, sending: "GET /large HTTP/1.1\r\nHost: h\r\n\r\n", to: server)
        // With its first byte, the answer is on its way. It waits for the client once the system has taken what it can.
        try await onThread { for client in slow { #expect(client.read(until: "HTTP") == "HTTP") } }
        while try await get("/small", from: server)?.status != 200 { try await Task.sleep(for: .milliseconds(5)) }
        for _ in 0..<4 { #expect(try await get("/small", from: server)?.body == "x") }
        await server.stop(grace: .zero)
    }

    @Test(arguments: [
        "", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
    ])
    func `when all places are taken, whoever does not use theirs goes first`(beginning: String) async throws {
        try await serving({ ($0.connections, $0.headSeconds, $0.bodySeconds, $0.idleSeconds) = (8, 3600, 3600, 3600) }) { server, _ in
            var slow: [RawClient] = []
            for _ in 0..<8 {
                slow += try await clients(1, sending: beginning, to: server)
                // The server has read it: it has answered, or has asked for the body.
                let client = slow[slow.count - 1]
                if beginning.hasSuffix("\r\n\r\n") { _ = try await onThread { client.receive() } }
            }
            #expect(try await get("/first", from: server)?.body == "/first")
            #expect(try await get("/second", from: server)?.body == "/second")
            let first = slow[0]
            #expect(try await onThread { first.isAtEnd() })
        }
    }

    @Test func `one address has so many places, and takes them from itself`() async throws {
        try await serving({ ($0.connectionsPerAddress, $0.headSeconds) = (8, 3600) }) { server, gate in
            let slow = try await clients(8, sending: "G", to: server)
            #expect(try await get("/first", from: server)?.body == "/first")
            #expect(try await onThread { slow[0].isAtEnd() })
            // Whoever is being answered keeps the place: then the next one is refused, and who watches over the service is not.
            let working = try await working(8, at: gate, of: server)
            let refused = try await get("/other", from: server)
            #expect(refused?.status == 429 && refused?.header("Retry-After") == "5")
            #expect(try await get("/healthz", from: server)?.body == "ok")
            gate.open()
            #expect(try await answered(working) == 8)
        }
    }

    @Test func `who hangs up while requests are at work has them counted until they are done`() async throws {
        try await serving({ ($0.connectionsPerAddress, $0.headSeconds) = (8, 3600) }) { server, gate in
            let working = try await working(8, at: gate, of: server)
            for client in working { client.hangUp() }
            #expect(try await get("/other", from: server)?.status == 429)
            gate.open()
            while try await get("/other", from: server)?.status != 200 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    @Test func `behind a proxy it is the client that has so many requests at once`() async throws {
        try await serving({
            $0.connectionsPerAddress = 4
            $0.trustedProxies = TrustedProxies([IPNetwork("127.0.0.1")!])
        }) { server, gate in
            func request(_ path: String, _ client: String) -> String {
                "GET \(path) HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: \(client)\r\n\r\n"
            }
            let working = try await clients(4, sending: request("/wait", "192.0.2.1"), to: server)
            var refused: Int?
            repeat {
                let more = try await clients(1, sending: request("/other", "192.0.2.1"), to: server)[0]
                refused = try await onThread { more.receive()?.status }
            } while refused == 200
            #expect(refused == 429)
            let other = try await clients(1, sending: request("/other", "192.0.2.2"), to: server)[0]
            #expect(try await onThread { other.receive()?.body } == "/other")
            gate.open()
            for client in working { #expect(try await onThread { client.receive()?.body } == "/wait") }
            let again = try await clients(1, sending: request("/other", "192.0.2.1"), to: server)[0]
            #expect(try await onThread { again.receive()?.status } == 200)
        }
    }

    @Test func `pages are shed before webhooks, and health is answered regardless`() async throws {
        try await serving({ $0.connections = 8 }) { server, gate in
            // Three quarters of the places are for anybody.
            let working = try await working(6, at: gate, of: server)
            #expect(try await get("/other", from: server)?.status == 503)
            #expect(try await get("/webhook", from: server)?.body == "/webhook")
            #expect(try await get("/healthz", from: server)?.body == "ok")
            gate.open()
            #expect(try await answered(working) == 6)
            #expect(try await get("/other", from: server)?.status == 200)
        }
    }

    @Test func `health is answered while every thread of Swift's is busy`() async throws {
        var configuration = WebServer.Configuration()
        configuration.onHead = { $0.path == "/healthz" ? .answer(HTTPResponse(status: 200)) : .read() }
        let isFree = DispatchSemaphore(value: 0)
        let count = 2 * ProcessInfo.processInfo.activeProcessorCount
        let server = WebServer(configuration) { _ in
            // As a computation would that takes minutes.
            block(on: isFree)
            return .text("late")
        }
        try server.start()
        let port = server.port
        // On threads, because the tasks have none.
        let isAnswered = try await onThread {
            let busy = try (0..<count).map { _ in
                let client = try RawClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                return client
            }
            let status = try RawClient(port: port).get("/healthz")?.status
            for _ in busy { isFree.signal() }
            return status == 200 && busy.allSatisfy { $0.receive()?.body == "late" }
        }
        await server.stop()
        #expect(isAnswered)
    }
}

private func block(on semaphore: DispatchSemaphore) { semaphore.wait() }
