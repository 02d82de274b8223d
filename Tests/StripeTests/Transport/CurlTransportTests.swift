import Foundation
import Testing

@testable import Stripe

@Suite struct `HTTP over curl` {
    private func outcome(_ transport: CurlTransport, _ request: HTTPRequest) async -> Result<HTTPResponse, TransportError> {
        do throws(TransportError) { return .success(try await transport.send(request)) } catch { return .failure(error) }
    }

    private func post(_ url: String, _ body: String = "a=1", timeoutMilliseconds: Int = 20_000) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: url, headers: [HTTPHeader("Idempotency-Key", "op-17")], body: Data(body.utf8),
            timeoutMilliseconds: timeoutMilliseconds)
    }

    @Test func `a request arrives as it was given, and the answer comes back whole`() async throws {
        let server = LocalServer { _ in .answer("{\"ü\":1}", status: "402 Payment Required", headers: ["Request-ID: req_1 ", "X-Empty:"]) }
        defer { server.stop() }
        let response = try await CurlTransport().send(post(server.url + "/v1/refunds?x[0]=1", "amount=500&metadata[a]=%C3%BC"))
        #expect(response.status == 402)
        #expect(response.headers["request-id"] == "req_1" && response.headers["x-empty"] == "")
        #expect(response.body == Data("{\"ü\":1}".utf8))
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /v1/refunds?x[0]=1 HTTP/1.1\r\n"))
        #expect(request.contains("\r\nIdempotency-Key: op-17\r\n") && !request.contains("Expect:"))
        #expect(request.hasSuffix("\r\n\r\namount=500&metadata[a]=%C3%BC"))
    }

    @Test func `a GET has no body, an empty POST has one of no length`() async throws {
        let server = LocalServer { _ in .answer("{}") }
        defer { server.stop() }
        let transport = CurlTransport()
        _ = try await transport.send(HTTPRequest(method: "GET", url: server.url + "/v1/balance"))
        _ = try await transport.send(post(server.url + "/v1/x/expire", ""))
        _ = try await transport.send(HTTPRequest(method: "GET", url: server.url + "/v1/account"))
        #expect(
            server.requests.map { String($0.prefix { $0 != "\r\n" }) } == [
                "GET /v1/balance HTTP/1.1", "POST /v1/x/expire HTTP/1.1", "GET /v1/account HTTP/1.1",
            ])
        #expect(server.requests[1].contains("Content-Length: 0\r\n") && !server.requests[2].contains("Content-Length"))
        #expect(server.connections == 1)
    }

    @Test func `a hundred requests one after the other use one connection`() async throws {
        let server = LocalServer { _ in .answer("{}") }
        defer { server.stop() }
        let transport = CurlTransport()
        for _ in 0..<100 { #expect(try await transport.send(post(server.url)).status == 200) }
        #expect(server.connections == 1)
        #expect(server.requests.count == 100)
    }

    @Test func `requests at once all get their own answer, over no more connections than allowed`() async throws {
        let server = LocalServer { request in .answer(request.components(separatedBy: "\r\n\r\n")[1]) }
        defer { server.stop() }
        let transport = CurlTransport(connections: 4)
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask { try await transport.send(post(server.url, "n=\(index)")).body == Data("n=\(index)".utf8) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 200)
        #expect((1...4).contains(server.connections))
    }

    @Test func `silence times out, and the request may have arrived`() async {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let result = await outcome(CurlTransport(), post(server.url, timeoutMilliseconds: 150))
        #expect(result == .failure(.timedOut))
        #expect(TransportError.timedOut.mayHaveArrived)
        #expect(server.requests.count == 1)
    }

    @Test func `a request that finds no free connection times out too, and did not arrive`() async {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let transport = CurlTransport(connections: 1)
        let first = Task { await outcome(transport, post(server.url)) }
        while server.requests.isEmpty { await Task.yield() }
        let second = await outcome(transport, post(server.url, timeoutMilliseconds: 150))
        #expect(second == .failure(.notReached("no connection in time")))
        let third = Task { await outcome(transport, post(server.url)) }
        third.cancel()
        #expect(await third.value == .failure(.cancelled))
        first.cancel()
        #expect(await first.value == .failure(.cancelled))
        #expect(server.requests.count == 1)
    }

    @Test func `an answer that stops in the middle times out as a whole`() async {
        let server = LocalServer { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of ") }
        defer { server.stop() }
        #expect(await outcome(CurlTransport(), post(server.url, timeoutMilliseconds: 150)) == .failure(.timedOut))
    }

    @Test func `a refused connection, an unknown name and a wrong address reach nobody`() async {
        let server = LocalServer { _ in .silence }
        defer { withExtendedLifetime(server) {} }
        server.stop()
        for url in [server.url, "http://no-such-host.invalid", "ftp://127.0.0.1/", "https://127.0.0.1:\(server.port)/"] {
            guard case .failure(.notReached(let why)) = await outcome(CurlTransport(), post(url)) else {
                Issue.record("\(url) was reached")
                continue
            }
            #expect(!why.isEmpty && !TransportError.notReached(why).mayHaveArrived)
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"id\":",
        "nonsense\r\n\r\n",
        "HTTP/1.1 2",
    ])
    func `a connection that is cut never gives an answer`(bytes: String) async {
        let server = LocalServer { _ in .sendAndHangUp(bytes) }
        defer { server.stop() }
        guard case .failure(.interrupted) = await outcome(CurlTransport(), post(server.url)) else {
            Issue.record("It gave one, or reached nobody.")
            return
        }
        #expect(server.requests.count == 1)
    }

    @Test func `a kept connection that has died is replaced without the caller noticing`() async throws {
        let server = LocalServer { request in
            request.contains("n=1") ? .answer("1") : .sendAndHangUp("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2")
        }
        defer { server.stop() }
        let transport = CurlTransport()
        for body in ["n=1", "n=2", "n=1", "n=2", "n=2"] { #expect(try await transport.send(post(server.url, body)).status == 200) }
        #expect(server.connections == 3)
    }

    @Test func `a request that arrived has arrived, even if nobody answers its repeat on a fresh connection`() async throws {
        let switchOff = SwitchOff()
        let server = LocalServer { request in
            if request.contains("n=1") { return .answer("1") }
            switchOff.now()
            return .sendAndHangUp("")
        }
        switchOff.server = server
        let transport = CurlTransport()
        _ = try await transport.send(post(server.url, "n=1"))
        defer { withExtendedLifetime(server) {} }
        guard case .failure(let error) = await outcome(transport, post(server.url, "n=2")) else {
            Issue.record("It was answered.")
            return
        }
        #expect(error.mayHaveArrived)
        #expect(server.requests.count == 2)
    }

    @Test func `a redirect is an answer and not followed`() async throws {
        let server = LocalServer { _ in .answer("", status: "302 Found", headers: ["Location: /elsewhere"]) }
        defer { server.stop() }
        #expect(try await CurlTransport().send(post(server.url)).status == 302)
        #expect(server.requests.count == 1)
    }

    @Test func `an answer longer than allowed is given up`() async {
        let server = LocalServer { _ in .answer(String(repeating: "x", count: 2000)) }
        defer { server.stop() }
        let result = await outcome(CurlTransport(longestAnswer: 1000), post(server.url))
        #expect(result == .failure(.interrupted("the answer is longer than 1000 bytes")))
    }

    @Test(arguments: ["op\r\nX-Evil: 1", "op\n", "a\u{0}b"])
    func `a header with a line break does not leave`(value: String) async {
        let server = LocalServer { _ in .answer("") }
        defer { server.stop() }
        let request = HTTPRequest(method: "GET", url: server.url, headers: [HTTPHeader("Idempotency-Key", value)])
        #expect(await outcome(CurlTransport(), request) == .failure(.notReached("a header holds a control character")))
        #expect(server.connections == 0)
    }

    @Test func `cancelled callers come back, and the transport goes on`() async throws {
        let server = LocalServer { $0.contains("silent") ? .silence : .answer("{}") }
        defer { server.stop() }
        let transport = CurlTransport()
        let tasks = (0..<200).map { index in Task { await outcome(transport, post(server.url + (index % 2 == 0 ? "/silent" : "/"))) } }
        for task in tasks { task.cancel() }
        for (index, task) in tasks.enumerated() {
            let result = await task.value
            if index % 2 == 0 { #expect(result == .failure(.cancelled)) }
        }
        #expect(try await transport.send(post(server.url)).status == 200)
    }

    @Test func `a caller is let go while its request is under way`() async {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let task = Task { await outcome(CurlTransport(), post(server.url)) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        #expect(await task.value == .failure(.cancelled))
    }

    @Test func `transports come and go without leaving threads or sockets`() async throws {
        let server = LocalServer { _ in .answer("{}") }
        defer { server.stop() }
        for _ in 0..<50 { _ = try await CurlTransport().send(post(server.url)) }
        #expect(server.connections == 50)
    }
}

/// Lets a server stop itself.
private final class SwitchOff: @unchecked Sendable {
    private let lock = NSLock()
    private weak var held: LocalServer?

    var server: LocalServer? {
        get { lock.withLock { held } }
        set { lock.withLock { held = newValue } }
    }

    func now() { server?.stop() }
}
