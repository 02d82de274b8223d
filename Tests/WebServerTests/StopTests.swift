import Foundation
import TestSupport
import Testing
import WebServer

/// That nothing is lost when the server is stopped in the middle of its work.
@Suite struct StopTests {
    @Test(arguments: 0..<40)
    func `every request that reached its handler is answered, whenever the stop comes`(round: Int) async throws {
        let everybodyIsHere = Gate()
        let arrived = Arrivals()
        let server = WebServer(WebServer.Configuration()) { request in
            if await arrived.add() == 8 { everybodyIsHere.open() }
            // Handlers end before, while and after the stop looks at them, which it does every five milliseconds. By the clock, not by
            // so many turns: each turn would wait for every other test's.
            try? await Task.sleep(for: .microseconds(round * 250))
            return .text(request.path + String(repeating: ".", count: 100_000))
        }
        try server.start()
        let port = server.port
        let clients = (0..<8).map { number in
            Task { try await onThread { try RawClient(port: port).get("/\(number)") } }
        }
        everybodyIsHere.staysClosed(after: clients)
        try await everybodyIsHere.pass()
        await server.stop()
        for client in clients {
            let answer = try await client.value
            #expect(answer?.isComplete == true)
        }
    }

    @Test(arguments: 0..<20)
    func `clients that go on asking do not disturb the stop, and get whole answers to the last`(round: Int) async throws {
        let isWarm = Gate()
        let server = WebServer(WebServer.Configuration()) { request in
            if request.path == "/20" { isWarm.open() }
            await Task.yield()
            return request.path.hasSuffix("7")
                ? HTTPResponse(status: 200, body: .stream { try await $0.write(Array("streamed".utf8)) }) : .text("answered")
        }
        try server.start()
        let port = server.port
        // All are connected before the first can be warm: a late one would find the door closed.
        let connected = try await onThread { try (0..<8).map { _ in try RawClient(port: port) } }
        let clients = connected.map { client in
            Task {
                try await onThread {
                    var number = 0
                    while let answer = client.get("/\(number)") {
                        #expect(answer.isComplete)
                        if answer.header("Transfer-Encoding") != nil { _ = client.readChunks() }
                        number += 1
                        if answer.header("Connection") == "close" { break }
                    }
                }
            }
        }
        isWarm.staysClosed(after: clients)
        try await isWarm.pass()
        await server.stop()
        for client in clients { try await client.value }
    }

    @Test func `a client that stalls in its request does not hold up the stop`() async throws {
        let server = WebServer(WebServer.Configuration()) { _ in .text("never") }
        try server.start()
        let port = server.port
        let client = try await onThread {
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n")
            // The server has begun to read: it has asked for the body.
            #expect(client.receive()?.status == 100)
            client.send("half")
            return client
        }
        // With a grace of an hour, this test would show it.
        await server.stop(grace: .seconds(3600))
        #expect(try await onThread { client.isAtEnd() })
    }

    @Test func `a server starts once`() async throws {
        let server = WebServer(WebServer.Configuration()) { _ in .text("") }
        try server.start()
        #expect(throws: WebServer.NotStarted.self) { try server.start() }
        await server.stop()
        #expect(throws: WebServer.NotStarted.self) { try server.start() }
    }
}

private actor Arrivals {
    private var count = 0
    func add() -> Int {
        count += 1
        return count
    }
}
