import Foundation
import TestSupport
import Testing
import WebServer

/// What a handler sees of what was sent.
@Suite struct RequestTests {
    @Test func `a header that was sent twice is there twice, in order`() async throws {
        try await serving { request in
            .text(request.headers.filter { $0.name.lowercased() == "x-guest" }.map(\.value).joined(separator: "|"))
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Guest: Weiss\r\nAccept: */*\r\nx-guest: Brandt\r\n\r\n")
            #expect(client.receive()?.body == "Weiss|Brandt")
        }
    }

    @Test func `a query with brackets, repeated and valueless names arrives whole and in order`() async throws {
        try await serving {
            .text($0.path + " " + $0.query)
        } during: { server in
            let client = try RawClient(port: server.port)
            #expect(
                client.get("/v1/charges?created[gte]=5&expand[]=b%26c&expand[]=a+d&flag&limit=3")?.body
                    == "/v1/charges created[gte]=5&expand[]=b%26c&expand[]=a+d&flag&limit=3")
        }
    }

    @Test func `a query's fields are decoded one by one, none merged, none left out`() {
        let request = HTTPRequest(method: "GET", target: "/v1/charges?expand[]=b%26c&expand%5B%5D=a+d&flag&=&&a=1=2&x=%zz")
        #expect(request.parameters.map(\.name) == ["expand[]", "expand[]", "flag", "", "a", "x"])
        #expect(request.parameters.map(\.value) == ["b&c", "a d", "", "", "1=2", "%zz"])
    }

    @Test(arguments: [
        ("/", []), ("/v1/folios", ["v1", "folios"]), ("/v1/", ["v1", ""]),
        ("/v1/folios/R%2F4711/lines?a=/b", ["v1", "folios", "R/4711", "lines"]),
        ("/caf%C3%A9+bar", ["café+bar"]), ("*", ["*"]), ("//a", ["", "a"]),
    ])
    func `an escaped slash stays inside its segment`(target: String, segments: [String]) {
        #expect(HTTPRequest(method: "GET", target: target).segments == segments)
    }

    @Test func `the path is there as it was sent, too, and so is the client's address`() async throws {
        try await serving {
            .text("\($0.rawPath) \($0.path) \($0.client.place)")
        } during: { server in
            let client = try RawClient(port: server.port)
            #expect(client.get("/R%2F47%2b11")?.body == "/R%2F47%2b11 /R/47+11 127.0.0.1")
        }
    }

    @Test func `a zero byte in the path does not hide what follows it`() async throws {
        try await serving {
            .text("\($0.path.utf8.count)")
        } during: { server in
            let client = try RawClient(port: server.port)
            #expect(client.get("/a%00b")?.body == "4")
        }
    }

    @Test func `a client that asks before it sends too much is refused before it sends`() async throws {
        var configuration = WebServer.Configuration()
        configuration.bodyBytes = 1000
        try await serving(configuration, { .text("took \($0.body.count)") }) { server in
            let client = try RawClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
            #expect(client.receive()?.status == 413)
        }
    }

    @Test func `a body arrives byte for byte, in one piece or in chunks`() async throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await serving {
            .text($0.body == bytes ? "same" : "\($0.body.count) other bytes")
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(bytes.count)\r\n\r\n")
            client.send(bytes)
            #expect(client.receive()?.body == "same")
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send(Array("186A0\r\n".utf8) + bytes + Array("\r\n0\r\n\r\n".utf8))
            #expect(client.receive()?.body == "same")
        }
    }

    @Test(arguments: ["/%", "/%4", "/%zz", "/%ff%fe", "/%00", "/?a=%", "/?%ff=%c3%28", "/?%zz=%f", "/?=&&=", "/%E2%82"])
    func `bad escapes and what is no UTF-8 are answered, and the server lives on`(target: String) async throws {
        try await serving { request in
            HTTPResponse(status: 200, body: Array((request.path + request.query).utf8))
        } during: { server in
            let client = try RawClient(port: server.port)
            #expect(client.get(target) != nil)
            let other = try RawClient(port: server.port)
            #expect(other.get("/well")?.body == "/well")
        }
    }

    @Test func `header bytes that are no UTF-8 reach the handler as replacement characters`() async throws {
        try await serving {
            .text($0.header("X-Guest") ?? "none")
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send(Array("GET / HTTP/1.1\r\nHost: localhost\r\nX-Guest: a".utf8) + [0xFF] + Array("b\r\n\r\n".utf8))
            #expect(client.receive()?.body == "a\u{FFFD}b")
        }
    }

    @Test func `a body at the limit is taken, one above it is answered 413 and never handled`() async throws {
        var configuration = WebServer.Configuration()
        configuration.bodyBytes = 1000
        try await serving(configuration, { .text("took \($0.body.count)") }) { server in
            for (size, status) in [(1000, 200), (1001, 413), (3000, 413)] {
                let client = try RawClient(port: server.port)
                client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(size)\r\n\r\n")
                client.send([UInt8](repeating: 65, count: size))
                #expect(client.receive()?.status == status)
            }
        }
    }

    @Test func `an endless body is cut off instead of read`() async throws {
        var configuration = WebServer.Configuration()
        configuration.bodyBytes = 1000
        try await serving(configuration, { .text("took \($0.body.count)") }) { server in
            let client = try RawClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99000000\r\n\r\n")
            client.send([UInt8](repeating: 65, count: 4_000_000))
            #expect(client.receive()?.status ?? 413 == 413)
            let other = try RawClient(port: server.port)
            #expect(other.get("/")?.status == 200)
        }
    }
}
