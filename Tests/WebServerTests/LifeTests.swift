import Foundation
import TestSupport
import Testing
import WebServer

/// Starting, bearing a crowd, and stopping.
@Suite struct LifeTests {
    @Test func `a port in use is refused with the system's words`() async throws {
        try await serving { _ in
            .text("first")
        } during: { first in
            var configuration = WebServer.Configuration()
            configuration.port = first.port
            let second = WebServer(configuration) { _ in .text("second") }
            let refusal = #expect(throws: WebServer.NotStarted.self) { try second.start() }
            #expect(refusal?.reason == "Address already in use")
            let client = try RawClient(port: first.port)
            #expect(client.get("/")?.body == "first")
        }
    }

    @Test func `what is no address is refused`() {
        var configuration = WebServer.Configuration()
        configuration.host = "hotel.example"
        #expect(throws: WebServer.NotStarted.self) { try WebServer(configuration) { _ in .text("") }.start() }
    }

    @Test func `two hundred connections are served while all of them are open`() async throws {
        let everybodyIsHere = Gate()
        let count = 200
        let arrived = Counter()
        let server = WebServer(WebServer.Configuration()) { request in
            if await arrived.add() == count { everybodyIsHere.open() }
            try? await everybodyIsHere.pass()
            return .text(request.path)
        }
        try server.start()
        let port = server.port
        let clients = (0..<count).map { number in
            Task { try await onThread { try RawClient(port: port).get("/\(number)")?.body } }
        }
        everybodyIsHere.staysClosed(after: clients)
        var bodies: [String?] = []
        for client in clients { bodies.append(try await client.value) }
        await server.stop()
        #expect(bodies == (0..<count).map { "/\($0)" })
    }

    @Test func `stopping lets a running request finish and refuses new ones`() async throws {
        let started = Gate()
        let mayFinish = Gate()
        let server = WebServer(WebServer.Configuration()) { _ in
            started.open()
            try? await mayFinish.pass()
            return .text("finished")
        }
        try server.start()
        let port = server.port
        let client = Task { try await onThread { try RawClient(port: port).get("/").map { ($0.body, $0.header("Connection")) } } }
        started.staysClosed(after: [client])
        try await started.pass()
        let stopping = Task { await server.stop() }
        // The listener goes before the running request is waited for.
        try await onThread { while (try? RawClient(port: port)) != nil {} }
        mayFinish.open()
        let answer = try await client.value
        #expect(answer?.0 == "finished")
        #expect(answer?.1?.lowercased() == "close")
        await stopping.value
        #expect(throws: RawClient.NoConnection.self) { _ = try RawClient(port: port) }
    }

    @Test func `a handler that outlives the grace is cancelled`() async throws {
        let started = Gate()
        let server = WebServer(WebServer.Configuration()) { _ in
            started.open()
            do {
                try await Task.sleep(for: .seconds(3600))
                return .text("slept")
            } catch {
                return .text("cancelled")
            }
        }
        try server.start()
        let port = server.port
        let client = Task { try await onThread { try RawClient(port: port).get("/")?.body } }
        started.staysClosed(after: [client])
        try await started.pass()
        await server.stop(grace: .zero)
        #expect(try await client.value == "cancelled")
    }

    @Test func `stopping twice, or without a start, is allowed`() async throws {
        let server = WebServer(WebServer.Configuration()) { _ in .text("") }
        await server.stop()
        let other = WebServer(WebServer.Configuration()) { _ in .text("") }
        try other.start()
        await other.stop()
        await other.stop()
    }

    private func ask(_ port: UInt16, andLeaveAfter started: Gate) async throws {
        let client = try RawClient(port: port)
        client.send("GET /left HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try await started.pass()
        client.hangUp()
    }

    @Test(.timeLimit(.minutes(5))) func `a request whose client has gone is carried out, and a stop waits for it`() async throws {
        let (started, mayFinish, finished) = (Gate(), Gate(), Gate())
        let server = WebServer(WebServer.Configuration()) { request in
            guard request.path == "/left" else { return .text("well") }
            started.open()
            if (try? await mayFinish.pass()) != nil { finished.open() }
            return .text("nobody reads it")
        }
        try server.start()
        let port = server.port
        try await ask(port, andLeaveAfter: started)
        let stopping = Task { await server.stop(grace: .seconds(3600)) }
        try await onThread { while (try? RawClient(port: port)) != nil {} }
        // Long enough for a stop that waits for nobody to end everything.
        try await Task.sleep(for: .milliseconds(100))
        mayFinish.open()
        await stopping.value
        #expect(finished.isOpen)
    }

    @Test(.timeLimit(.minutes(5))) func `a client that goes away before its answer harms nobody`() async throws {
        let started = Gate()
        let mayFinish = Gate()
        let server = WebServer(WebServer.Configuration()) { request in
            guard request.path == "/left" else { return .text("well") }
            started.open()
            try? await mayFinish.pass()
            return .text(String(repeating: "x", count: 1_000_000))
        }
        try server.start()
        let port = server.port
        try await ask(port, andLeaveAfter: started)
        mayFinish.open()
        #expect(try await onThread { try RawClient(port: port).get("/")?.body } == "well")
        await server.stop()
    }
}

private actor Counter {
    private var count = 0
    func add() -> Int {
        count += 1
        return count
    }
}
