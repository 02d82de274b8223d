import TestSupport
import Testing
import WebServer

/// Requests that two readers could take for different ones are taken by neither.
///
/// - Source: RFC 9112, sections 2.2, 3, 5, 6 and 7.
@Suite struct WireTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let request: String
        let status: Int
        var testDescription: String { name }
    }

    private static func get(_ head: String, _ name: String, _ status: Int = 400) -> Case {
        Case(name: name, request: "GET / HTTP/1.1\r\n\(head)\r\n\r\n", status: status)
    }

    private static func post(_ headers: String, _ body: String, _ name: String, _ status: Int = 400) -> Case {
        Case(name: name, request: "POST / HTTP/1.1\r\nHost: h\r\n\(headers)\r\n\r\n\(body)", status: status)
    }

    static let refused: [Case] = [
        get("Host: h\r\nX-A : 1", "a space before the colon"), get("Host: h\r\nX-A\t: 1", "a tab before the colon"),
        post("Content-Length : 3", "a=b", "a space in front of the colon of the length"),
        get("Host: h\r\n: 1", "no name"), get("Host: h\r\nX A: 1", "a space in a name"), get("Host: h\r\nX-A", "no colon"),
        get("Host: h\r\nX-Ä: 1", "a name that is not ASCII"), get("Host: h\r\nX-A: 1\r\n 2", "a folded header"),
        get("Host: h\r\nX-A: 1\r\n\t2", "one folded with a tab"), get(" Host: h", "a space before the first header"),
        get("Host: h\r\nX-A: a\rb", "a bare CR"), get("Host: h\r\nX-A: a\0b", "a zero byte"),
        get("Host: h\r\nX-A: a\u{1}b", "a control character"),
        get("Host: h:65536", "a port above all"), get("Host: h:8a", "a port that is no number"), get("Host: h:1:2", "two ports"),
        get("Host: :80", "a port without a host"), get("Host: [::1", "a bracket that is not closed"), get("Host: ::1", "no brackets"),
        get("Host: [h]", "a name in brackets"), get("Host: [127.0.0.1]", "IPv4 in brackets"), get("Host: [::1]h", "more after a bracket"),
        get("Host: h%", "half an escape"), get("Host: h%zz", "an escape that is none"), get("Host: user@h", "a user"),
        Case(name: "a target with a bad port", request: "GET http://h:99999/ HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        get("X-A: 1", "no host"), get("Host: h\r\nHost: h", "two hosts"), get("Host: h h", "a space in the host"),
        Case(name: "bare line feeds", request: "GET / HTTP/1.1\nHost: h\n\n", status: 400),
        Case(name: "one bare line feed", request: "GET / HTTP/1.1\r\nHost: h\nX-A: 1\r\n\r\n", status: 400),
        Case(name: "a bare line feed at the end", request: "GET / HTTP/1.1\r\nHost: h\r\n\n", status: 400),
        Case(name: "two spaces", request: "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "a space in the address", request: "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "an address that is not ASCII", request: "GET /ä HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "an address that is none", request: "GET a HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "a fragment", request: "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "an address with a user", request: "GET http://user@h/ HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "an address with no host", request: "GET http:///a HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "no version", request: "GET /\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "a small version", request: "GET / http/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "a method with brackets", request: "G[T / HTTP/1.1\r\nHost: h\r\n\r\n", status: 400),
        Case(name: "another protocol", request: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", status: 505),
        post("Content-Length: 3\r\nContent-Length: 3", "a=b", "two lengths that agree"),
        post("Content-Length: 1\r\nContent-Length: 2", "ab", "two lengths that do not"),
        post("Content-Length: 3, 3", "a=b", "two lengths in one header"), post("Content-Length: +3", "a=b", "a sign"),
        post("Content-Length: -1", "", "a negative length"), post("Content-Length: 0x3", "a=b", "a hexadecimal length"),
        post("Content-Length: 3 ;a", "a=b", "a length and more"), post("Content-Length:", "", "an empty length"),
        post("Content-Length: 99999999999999999999", "", "a length that no number holds", 413),
        post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n", "length and coding"),
        post("Transfer-Encoding: chunked\r\nContent-Length: 3", "0\r\n\r\n", "coding and length"),
        post("Transfer-Encoding: gzip", "", "an unknown coding"), post("Transfer-Encoding: identity", "", "a coding of old"),
        post("Transfer-Encoding: chun\u{212A}ed", "0\r\n\r\n", "a coding with the sign of the kelvin"),
        post("Transfer-Encoding: xchunked", "0\r\n\r\n", "one that ends alike"),
        post("Transfer-Encoding: chunked, gzip", "", "chunked inside"),
        post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n", "chunked around what nobody here can read", 501),
        post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n", "chunked twice"),
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n", "chunked in two headers"),
        post("Transfer-Encoding: \"chunked\"", "0\r\n\r\n", "chunked in quotes"), post("Transfer-Encoding:", "", "an empty coding"),
        Case(
            name: "chunks in HTTP/1.0", request: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", status: 400),
        post("Transfer-Encoding: chunked", "3\na=b\n0\n\n", "chunks that end with bare line feeds"),
        post("Transfer-Encoding: chunked", "0x3\r\na=b\r\n0\r\n\r\n", "a size with a prefix"),
        post("Transfer-Encoding: chunked", " 3\r\na=b\r\n0\r\n\r\n", "a size after a space"),
        post("Transfer-Encoding: chunked", "3 \r\na=b\r\n0\r\n\r\n", "a size before a space"),
        post("Transfer-Encoding: chunked", "-3\r\na=b\r\n0\r\n\r\n", "a negative size"),
        post("Transfer-Encoding: chunked", "3\r\na=bc\r\n0\r\n\r\n", "a chunk longer than its size"),
        post("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\na", "a size that no number holds"),
        post("Transfer-Encoding: chunked", "FFFFFFF\r\na", "a size above the limit", 413),
        post("Transfer-Encoding: chunked", "3;a\rb\r\na=b\r\n0\r\n\r\n", "a bare CR in an extension"),
        post("Transfer-Encoding: chunked", "0\r\nX: 1\n\r\n", "a bare line feed in a trailer"),
        post("Transfer-Encoding: chunked", "0\r\nX : 1\r\n\r\n", "a space before the colon in a trailer"),
        post("Transfer-Encoding: chunked", "0\r\nX: 1\r\n 2\r\n\r\n", "a folded trailer"),
        post("Transfer-Encoding: chunked", "0\r\nX: a\0b\r\n\r\n", "a zero byte in a trailer"),
        post("Transfer-Encoding: chunked", "0\r\nX\r\n\r\n", "a trailer without a colon"),
        post("Transfer-Encoding: chunked", "0\r\nContent-Length: 5\r\n\r\n", "a length in a trailer"),
        post("Transfer-Encoding: chunked", "0\r\ntransfer-encoding: chunked\r\n\r\n", "a coding in a trailer"),
        post("Transfer-Encoding: chunked", "3;a\u{1}b\r\na=b\r\n0\r\n\r\n", "a control character in an extension"),
        post("Transfer-Encoding: chunked", "3;a=(b)\r\na=b\r\n0\r\n\r\n", "brackets in an extension"),
        post("Transfer-Encoding: chunked", "3;a=\"b\r\na=b\r\n0\r\n\r\n", "a quotation mark that is not closed"),
        post("Transfer-Encoding: , ,", "0\r\n\r\n", "a coding of nothing but commas"),
        post("Expect: everything\r\nContent-Length: 1", "a", "an unknown expectation", 417),
        get("Host: h\r\nX: \(String(repeating: "x", count: 40_000))", "40,000 bytes of a header", 431),
        get("Host: h\r\n\(String(repeating: "X: 1\r\n", count: 100))X: 1", "more than a hundred headers", 431),
        get("Host: h\r\nX: \(String(repeating: "\u{301}", count: 600))", "a header of combining marks", 431),
        Case(name: "a long address", request: "GET /\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nHost: h\r\n\r\n", status: 414),
        Case(name: "an endless address", request: "GET /\(String(repeating: "x", count: 40_000))", status: 414),
        Case(
            name: "500 parameters", request: "GET /?\((0..<500).map { "a\($0)=1" }.joined(separator: "&")) HTTP/1.1\r\nHost: h\r\n\r\n",
            status: 414),
        Case(
            name: "4,000 empty parameters", request: "GET /?\(String(repeating: "&", count: 4000)) HTTP/1.1\r\nHost: h\r\n\r\n", status: 414
        ),
    ]

    @Test(arguments: refused)
    func `what HTTP does not allow never reaches the handler, nor does what follows it`(wire: Case) async throws {
        try await serving { _ in
            .text("handled")
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send(wire.request + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = client.receive()
            #expect(answer?.status == wire.status)
            #expect(answer?.body.contains("handled") == false)
            #expect(client.isAtEnd())
            #expect(try RawClient(port: server.port).get("/")?.body == "handled")
        }
    }

    /// Its body is not read, so nobody knows where the next request would begin.
    @Test(arguments: [true, false])
    func `the body of what is answered at its head is never taken for a request`(isChunked: Bool) async throws {
        var configuration = WebServer.Configuration()
        configuration.onHead = { $0.path == "/a" ? .answer(.text("at its head")) : .read() }
        try await serving(configuration, { .text($0.path) }) { server in
            let inside = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
            let size = inside.utf8.count
            let client = try RawClient(port: server.port)
            client.send(
                "POST /a HTTP/1.1\r\nHost: h\r\n"
                    + (isChunked
                        ? "Transfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n\(inside)\r\n0\r\n\r\n"
                        : "Content-Length: \(size)\r\n\r\n\(inside)"))
            let answer = client.receive()
            #expect(answer?.body == "at its head" && answer?.header("Connection") == "close")
            #expect(client.isAtEnd())
        }
    }

    @Test(arguments: [
        ("GET /a HTTP/1.1\r\nHost:h\r\n\r\n", "/a "), ("GET /a HTTP/1.1\r\nHost: \t h \t\r\n\r\n", "/a "),
        ("\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", "/a "), ("GET http://h/a?b=c HTTP/1.1\r\nHost: h\r\n\r\n", "/a b=c"),
        ("GET http://h HTTP/1.1\r\nHost: h\r\n\r\n", "/ "), ("GET http://h?b HTTP/1.1\r\nHost: h\r\n\r\n", "/ b"),
        ("GET /a HTTP/1.0\r\n\r\n", "/a "), ("GET /a HTTP/1.1\r\nHost:\r\n\r\n", "/a "),
        ("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\nx=y\r\n0\r\nX: 1\r\n\r\n", "/a x=y"),
        ("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 03\r\n\r\nx=y", "/a x=y"),
        ("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0000000000000000000000003\r\n\r\nx=y", "/a x=y"),
        ("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: ,\t, chunked ,\r\n\r\n3;a\r\nx=y\r\n0\r\n\r\n", "/a x=y"),
        ("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"(\\\")\"; b\r\nx=y\r\n0\r\n\r\n", "/a x=y"),
        ("GET /a HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "/a "), ("GET /a HTTP/1.1\r\nHost: h%20x:\r\n\r\n", "/a "),
        ("GET /a HTTP/1.1\r\nHost: h:00065535\r\n\r\n", "/a "),
    ])
    func `what HTTP allows is taken`(request: String, answer: String) async throws {
        try await serving {
            .text("\($0.path) \($0.query)\(String(decoding: $0.body, as: UTF8.self))")
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send(request)
            #expect(client.receive()?.body == answer)
        }
    }

    @Test func `the connection ends when one of many options says so, and a refused HEAD has no body`() async throws {
        try await serving {
            .text($0.header("Host") ?? "")
        } during: { server in
            let client = try RawClient(port: server.port)
            let options = String(repeating: "keep-alive,", count: 40) + "\tCLOSE\t"
            client.send("GET http://target:1/ HTTP/1.1\r\nHost: other\r\nConnection: \(options)\r\n\r\n")
            let answer = client.receive()
            #expect(answer?.body == "target:1" && answer?.header("Connection") == "close")
            #expect(client.isAtEnd())
            let long = try RawClient(port: server.port)
            long.send("HEAD /\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(long.receive(withBody: false)?.status == 414)
            #expect(long.isAtEnd())
        }
    }

    @Test func `a thousand requests that are sent at once are answered one after the other`() async throws {
        try await serving {
            .text($0.path)
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send((0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
            for number in 0..<1000 { #expect(client.receive()?.body == "/\(number)") }
        }
    }

    @Test func `HTTP 1.0 gets a stream without chunks, and the end of the connection`() async throws {
        try await serving { _ in
            HTTPResponse(status: 200, body: .stream { for part in ["first", "second"] { try await $0.write(Array(part.utf8)) } })
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send("GET / HTTP/1.0\r\n\r\n")
            #expect(client.receive()?.header("Transfer-Encoding") == nil)
            #expect(client.read(until: "never") == "firstsecond")
        }
    }
}
