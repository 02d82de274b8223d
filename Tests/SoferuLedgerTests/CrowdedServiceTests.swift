import Foundation
import TestSupport
import Testing

/// What the serving process lets in, and what others see of it meanwhile.
@Suite struct `A crowded service` {
    private static let health = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"

    private func service(_ folder: TemporaryFolder, _ arguments: [String] = []) async throws -> ServiceProcess {
        // Nobody calls Stripe here.
        try await ServiceProcess(folder: folder, stripe: ServiceProcess.noStripe, arguments: arguments)
    }

    private func clients(
        _ count: Int, sending text: String, to service: ServiceProcess,
        from source: @escaping @Sendable (Int) -> String = { _ in "127.0.0.1" }
    ) async throws -> [RawClient] {
        let port = service.port
        return try await onThread {
            try (0..<count).map { number in
                let client = try RawClient(port: port, from: source(number))
                client.send(text)
                return client
            }
        }
    }

    private func status(_ target: String, of service: ServiceProcess, from source: String = "127.0.0.1") async throws -> Int? {
        let port = service.port
        return try await onThread { try RawClient(port: port, from: source).get(target)?.status }
    }

    private func lines(_ event: String, of service: ServiceProcess) -> Int {
        let log = (try? String(contentsOfFile: service.log, encoding: .utf8)) ?? ""
        return log.split(separator: "\n").count { $0.contains("\"event\":\"\(event)\"") }
    }

    @Test(.timeLimit(.minutes(5))) func `that has no file handles left says so once, waits, and goes on`() async throws {
        let folder = try TemporaryFolder()
        let service = try await service(folder)
        service.limitHandles(to: 64)
        // Each is being answered by nobody, and may stay for ten seconds.
        let crowd = try await clients(100, sending: "G", to: service)
        try await eventually(within: .seconds(300)) { lines("file_handles_gone", of: service) > 0 }
        #expect(try await status("/healthz", of: service) == 200)
        #expect(lines("file_handles_gone", of: service) == 1)
        service.limitHandles(to: nil)
        try await eventually(within: .seconds(300)) { lines("file_handles_left", of: service) > 0 }
        #expect(try await status("/login", of: service) == 200)
        withExtendedLifetime(crowd) {}
        #expect(await service.stop() == 0)
    }

    @Test(.timeLimit(.minutes(5))) func `shows a renewed certificate after SIGHUP to whoever comes next`() async throws {
        let folder = try TemporaryFolder()
        let (chain, key) = (folder.file("chain.pem"), folder.file("key.pem"))
        func write(_ text: String, _ file: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
        try write(TestCertificate.rsaChain, chain)
        try write(TestCertificate.rsaKey, key)
        try write(TestCertificate.chain, folder.file("trusted.pem"))
        let service = try await service(folder, ["--tls-certificate", chain, "--tls-key", key])
        let isTrusted: () async throws -> Bool = {
            try await ProgramRun(
                program: "/usr/bin/curl",
                ["--silent", "--noproxy", "*", "--max-time", "60", "--cacert", folder.file("trusted.pem"), service.url + "/healthz"]
            ).exit == 0
        }
        #expect(try await !isTrusted())
        // Half of a renewal: the key belongs to another certificate.
        try write(TestCertificate.chain, chain)
        service.send(SIGHUP)
        try await eventually(within: .seconds(300)) { lines("certificate_not_renewed", of: service) > 0 }
        #expect(try String(contentsOfFile: service.log, encoding: .utf8).contains(#""level":"warning","event":"certificate_not_renewed""#))
        #expect(try await !isTrusted())
        try write(TestCertificate.key, key)
        service.send(SIGHUP)
        try await eventually(within: .seconds(300)) { lines("certificate_renewed", of: service) > 0 }
        #expect(try await isTrusted())
        #expect(await service.stop() == 0)
    }

    @Test(.timeLimit(.minutes(5))) func `lets others in beside more slow connections than it has places`() async throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let folder = try TemporaryFolder()
        let service = try await service(folder)
        // From six addresses: no one of them is above its own limit.
        let crowd = try await clients(1050, sending: "G", to: service) { "127.0.1.\(1 + $0 % 6)" }
        for path in ["/healthz", "/login", "/readyz", "/login"] { #expect(try await status(path, of: service, from: "127.0.2.1") == 200) }
        withExtendedLifetime(crowd) {}
        #expect(await service.stop() == 0)
    }

    @Test(.timeLimit(.minutes(5))) func `gives an address so many places, and a trusted proxy as many as there are`() async throws {
        let folder = try TemporaryFolder()
        let service = try await service(folder, ["--connections-per-address", "8", "--trusted-proxy", "127.0.0.1"])
        let stranger = try await clients(9, sending: "", to: service) { _ in "127.0.1.1" }
        #expect(try await onThread { stranger[0].isAtEnd() })
        let proxy = try await clients(32, sending: Self.health, to: service)
        #expect(try await onThread { proxy.allSatisfy { $0.receive()?.status == 200 } })
        // All of them are still there.
        #expect(try await onThread { proxy.allSatisfy { $0.get("/login")?.status == 200 } })
        #expect(await service.stop() == 0)
    }

    @Test(.timeLimit(.minutes(5))) func `ends heads and bodies that do not come`() async throws {
        let folder = try TemporaryFolder()
        let service = try await service(folder)
        let begun = ["GET /login HTTP/1.1\r\nHost: h\r\n", "POST /login HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nname"]
        for client in [try await clients(1, sending: begun[0], to: service)[0], try await clients(1, sending: begun[1], to: service)[0]] {
            let answer = try await onThread { client.receive() }
            #expect(answer?.status == 408)
            #expect(try await onThread { client.isAtEnd() })
        }
        #expect(await service.stop() == 0)
    }

    @Test(arguments: [
        ("Content-Length : 0\r\n\r\n", 400), ("X: 1\n\r\n", 400), ("X: 1\r\n 2\r\n\r\n", 400), ("Transfer-Encoding: cow\r\n\r\n", 400),
        ("Transfer-Encoding: cow, chunked\r\n\r\n", 501), ("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ])
    func `refuses what RFC 9112 forbids, as it refuses everything`(head: String, status: Int) async throws {
        let folder = try TemporaryFolder()
        let service = try await service(folder)
        let client = try await clients(1, sending: "POST /login HTTP/1.1\r\nHost: h\r\n" + head, to: service)[0]
        let answer = try await onThread { client.receive() }
        #expect(answer?.status == status && answer?.header("Content-Type") == "application/problem+json")
        #expect(try await onThread { client.isAtEnd() })
        #expect(await service.stop() == 0)
    }

    @Test func `answers 500 parameters at once`() async throws {
        let folder = try TemporaryFolder()
        let service = try await service(folder)
        let parameters = (0..<500).map { "a\($0)=1" }.joined(separator: "&")
        for path in ["/login", "/healthz", "/v1/tenants"] { #expect(try await status("\(path)?\(parameters)", of: service) == 414) }
        #expect(await service.stop() == 0)
    }

    /// Who calls the operator names the id of the answer.
    @Test func `logs what it refuses, under the id of the answer, and whom`() async throws {
        let folder = try TemporaryFolder()
        let service = try await service(folder)
        let port = service.port
        let requests: [(String, Int, String)] = [
            ("POST /login HTTP/1.1\r\nHost: h\r\nContent-Length: 999999\r\n\r\n", 413, "body_too_large"),
            ("GET /login?\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: h\r\n\r\n", 414, "address_too_long"),
            ("GET /login HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "a", count: 40000))\r\n\r\n", 431, "headers_too_large"),
            ("GET /login HTTP/1.1\r\nHost: h\r\nContent-Length : 0\r\n\r\n", 400, "request_malformed"),
            ("GET /favicon.ico HTTP/1.1\r\nHost: h\r\n\r\n", 404, ""),
            ("GET /empfang HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n", 404, ""),
            ("GET //login HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n", 404, ""),
        ]
        var ids: [String] = []
        for (text, status, _) in requests {
            let answer = try await onThread {
                let client = try RawClient(port: port, from: "127.0.3.7")
                client.send(text)
                return client.receive()
            }
            #expect(answer?.status == status, "\(text.prefix(60))")
            #expect(answer?.header("Cache-Control") == "no-store" && answer?.header("X-Content-Type-Options") == "nosniff")
            let isPage = status != 400 && answer?.header("Content-Type")?.hasPrefix("text/html") == true
            #expect(isPage == (text.contains("text/html") || [413, 414, 431].contains(status)), "\(text.prefix(60))")
            ids.append(try #require(answer?.header("X-Request-Id"), "\(text.prefix(60))"))
        }
        #expect(await service.stop() == 0)
        let lines = try String(contentsOfFile: service.log, encoding: .utf8).split(separator: "\n")
        for (id, (text, status, code)) in zip(ids, requests) {
            let own = lines.filter { $0.contains("\"request\":\"\(id)\"") }
            #expect(own.count == 1 && own[0].contains("\"status\":\(status)") && own[0].contains("\"from\":\"127.0.3.7\""), "\(own)")
            #expect(code.isEmpty || own.first?.contains("\"code\":\"\(code)\"") == true, "\(text.prefix(60)) \(own)")
        }
    }
}
