import Foundation
import TestSupport
import Testing
import WebServer

/// How answers travel, those that misbehave on order included.
@Suite struct AnswerTests {
    @Test func `one connection carries several requests`() async throws {
        try await serving {
            .text("\($0.method) \($0.path)")
        } during: { server in
            let client = try RawClient(port: server.port)
            #expect(client.get("/first")?.body == "GET /first")
            #expect(client.get("/second", method: "DELETE")?.body == "DELETE /second")
            #expect(client.get("/third")?.body == "GET /third")
        }
    }

    @Test func `requests sent before the first answer are answered in order`() async throws {
        try await serving {
            .text($0.path)
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(client.receive()?.body == "/a")
            #expect(client.receive()?.body == "/b")
        }
    }

    @Test(arguments: [204, 304]) func `an answer that can have no body is sent without`(status: Int) async throws {
        for body in [HTTPResponse.Body.bytes(Array("unasked".utf8)), .stream { try await $0.write(Array("unasked".utf8)) }] {
            try await serving {
                HTTPResponse(status: $0.path == "/" ? status : 200, body: body)
            } during: { server in
                let client = try RawClient(port: server.port)
                let answer = client.get("/")
                #expect(answer?.status == status && answer?.header("Content-Length") == nil && answer?.header("Transfer-Encoding") == nil)
                // A body would stand before this answer.
                #expect(client.get("/next")?.status == 200)
            }
        }
    }

    @Test func `HEAD tells the length and sends no body`() async throws {
        try await serving { _ in
            .text("twelve bytes")
        } during: { server in
            let client = try RawClient(port: server.port)
            let head = client.get("/", method: "HEAD")
            #expect(head?.status == 200)
            #expect(head?.header("Content-Length") == "12")
            // A body would stand before this answer.
            #expect(client.get("/")?.body == "twelve bytes")
        }
    }

    @Test func `a header that an answer has twice is sent twice`() async throws {
        try await serving { _ in
            HTTPResponse(status: 204, headers: [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        } during: { server in
            let answer = try RawClient(port: server.port).get("/")
            #expect(answer?.status == 204)
            #expect(answer?.headers.filter { $0.name == "Set-Cookie" }.map(\.value) == ["a=1", "b=2"])
        }
    }

    @Test func `a cut answer hangs up without a byte`() async throws {
        try await serving { _ in
            .text("never sent", .cut)
        } during: { server in
            let client = try RawClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(client.isAtEnd())
        }
    }

    @Test(arguments: [0, 5])
    func `a truncated answer announces the whole body and breaks off`(after count: Int) async throws {
        try await serving { _ in
            .text("twelve bytes", .truncated(afterBytes: count))
        } during: { server in
            let client = try RawClient(port: server.port)
            let answer = client.get("/")
            #expect(answer?.header("Content-Length") == "12")
            #expect(answer?.body == String("twelve bytes".prefix(count)))
            #expect(answer?.isComplete == false)
        }
    }

    @Test func `a delayed answer lets others pass`() async throws {
        try await serving {
            $0.path == "/late" ? .text("late", .delayed(milliseconds: 300)) : .text("prompt")
        } during: { server in
            let late = try RawClient(port: server.port)
            late.send("GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try RawClient(port: server.port).get("/")?.body == "prompt")
            #expect(late.receive()?.body == "late")
        }
    }
}
