import Foundation
import TestSupport
import Testing
import WebServer

/// Bodies that are sent while they are written.
@Suite struct StreamTests {
    private static func chunks(_ text: String?) -> [String] { text.map { $0.components(separatedBy: "\r\n") } ?? [] }

    @Test func `each piece is sent when it is written, and the end is told`() async throws {
        let mayGoOn = Gate()
        try await serving { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    try await writer.write(Array("first".utf8))
                    try await mayGoOn.pass()
                    try await writer.write(Array("second".utf8))
                })
        } during: { server in
            let client = try RawClient(port: server.port)
            let head = client.get("/")
            #expect(head?.header("Transfer-Encoding") == "chunked")
            #expect(client.read(until: "first\r\n") == "5\r\nfirst\r\n")
            Task { mayGoOn.open() }
            #expect(client.read(until: "0\r\n\r\n") == "6\r\nsecond\r\n0\r\n\r\n")
        }
    }

    @Test func `megabytes arrive byte for byte`() async throws {
        let piece = (0..<100_003).map { UInt8(truncatingIfNeeded: 65 + $0 % 26) }
        try await serving { _ in
            HTTPResponse(status: 200, body: .stream { writer in for _ in 0..<50 { try await writer.write(piece) } })
        } during: { server in
            let client = try RawClient(port: server.port)
            _ = client.get("/")
            let isWhole = client.readChunks() == (0..<50).flatMap { _ in piece }
            #expect(isWhole)
        }
    }

    @Test func `a stream that throws breaks the connection, and has no end`() async throws {
        struct Trouble: Error {}
        try await serving { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    try await writer.write(Array("part".utf8))
                    throw Trouble()
                })
        } during: { server in
            let client = try RawClient(port: server.port)
            _ = client.get("/")
            #expect(client.read(until: "never") == "4\r\npart\r\n")
        }
    }

    @Test func `HEAD runs no stream, and nothing of it is taken for the next answer`() async throws {
        let ran = Gate()
        try await serving { _ in
            HTTPResponse(status: 200, body: .stream { _ in ran.open() })
        } during: { server in
            let client = try RawClient(port: server.port)
            #expect(client.get("/", method: "HEAD")?.status == 200)
            // A last chunk would stand before this answer.
            #expect(client.get("/", method: "HEAD")?.status == 200)
        }
        #expect(!ran.isOpen)
    }

    @Test(.timeLimit(.minutes(5)))
    func `a writer waits for a client that does not read, and hears that it has gone`() async throws {
        let stopped = Gate()
        let written = Count()
        // Nobody is sent away for being idle: only the client's going can end this.
        var configuration = WebServer.Configuration()
        configuration.idleSeconds = 0
        let server = WebServer(configuration) { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    do {
                        while true {
                            try await writer.write([UInt8](repeating: 1, count: 64 << 10))
                            await written.add(64 << 10)
                        }
                    } catch {
                        stopped.open()
                        throw error
                    }
                })
        }
        try server.start()
        let port = server.port
        let client = try await onThread {
            let client = try RawClient(port: port)
            _ = client.get("/")
            return client
        }
        // Only when everything between the two is full does the writer wait for long.
        var before = -1
        while await written.value != before {
            before = await written.value
            try await Task.sleep(for: .milliseconds(100))
        }
        client.hangUp()
        try await stopped.pass()
        // An endless stream went no further than what the sockets between hold.
        #expect(await written.value < 64 << 20)
        await server.stop()
    }

    @Test(arguments: [true, false])
    func `stopping ends a stream that would not end`(propagates: Bool) async throws {
        let started = Gate()
        let server = WebServer(WebServer.Configuration()) { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    try await writer.write(Array("part".utf8))
                    started.open()
                    do { try await Task.sleep(for: .seconds(3600)) } catch  where propagates { throw error } catch {}
                    do { while true { try await writer.write([1]) } } catch  where propagates { throw error } catch {}
                })
        }
        try server.start()
        let port = server.port
        let body = Task {
            try await onThread {
                let client = try RawClient(port: port)
                _ = client.get("/")
                return client.read(until: "0\r\n\r\n")
            }
        }
        started.staysClosed(after: [body])
        try await started.pass()
        await server.stop(grace: .zero)
        // However the stream took it, a part is not sent as if it were the whole.
        #expect(try await body.value.hasSuffix("0\r\n\r\n") == false)
    }
}

private actor Count {
    private(set) var value = 0
    func add(_ count: Int) { value += count }
}
