import Foundation
import TestSupport
import Testing
import WebServer

/// HTTPS, as a client sees it that trusts nobody but this certificate.
@Suite struct CertificateTests {
    @Test func `a client that checks the certificate is answered`() async throws {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: TestCertificate.chain, key: TestCertificate.key)
        let server = WebServer(configuration) { .text("\($0.method) \($0.path) \($0.client.place)") }
        try server.start()
        let port = server.port
        let (body, code) = try await onThread { try Self.curl("https://127.0.0.1:\(port)/secret") }
        await server.stop()
        #expect(body == "GET /secret 127.0.0.1")
        #expect(code == 0)
    }

    @Test func `what is no certificate is refused`() {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: "none", key: TestCertificate.key)
        let server = WebServer(configuration) { _ in .text("") }
        let refusal = #expect(throws: WebServer.NotStarted.self) { try server.start() }
        #expect(refusal?.reason == "The certificate and its key cannot be used")
    }

    @Test(arguments: ["TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"])
    func `TLS is spoken from 1.2 on`(version: String) async throws {
        let said = try await shakingHands("context.minimum_version = context.maximum_version = ssl.TLSVersion.\(version)")
        if version < "TLSv1_2" {
            #expect(said.hasPrefix("refused"))
        } else {
            #expect(said.hasPrefix(version.replacing("_", with: ".")), "\(said)")
        }
    }

    @Test(arguments: ["AES256-GCM-SHA384", "AES128-SHA", "ECDHE-RSA-AES256-SHA", "DHE-RSA-AES256-GCM-SHA384"])
    func `ciphers without forward secrecy, or without authenticated encryption, are refused`(cipher: String) async throws {
        let said = try await shakingHands(
            "context.maximum_version = ssl.TLSVersion.TLSv1_2; context.set_ciphers('\(cipher):@SECLEVEL=0')")
        #expect(said.hasPrefix("refused"), "\(said)")
    }

    @Test func `a renewed certificate is shown to whoever comes next, and what is none changes nothing`() async throws {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: TestCertificate.rsaChain, key: TestCertificate.rsaKey)
        let server = WebServer(configuration) { _ in .text("answered") }
        try server.start()
        let port = server.port
        let before = try await onThread { try Self.curl("https://127.0.0.1:\(port)/") }
        #expect(before.code != 0)
        try server.renew(WebServer.Certificate(chain: TestCertificate.chain, key: TestCertificate.key))
        #expect(throws: WebServer.NotStarted.self) { try server.renew(WebServer.Certificate(chain: TestCertificate.chain, key: "none")) }
        let after = try await onThread { try Self.curl("https://127.0.0.1:\(port)/") }
        #expect(after.body == "answered" && after.code == 0)
        await server.stop()
    }

    @Test func `megabytes arrive whole through TLS, both ways`() async throws {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: TestCertificate.chain, key: TestCertificate.key)
        configuration.bodyBytes = 8 << 20
        let server = WebServer(configuration) { request in
            HTTPResponse(status: 200, body: .stream { try await $0.write(request.body) })
        }
        try server.start()
        let port = server.port
        let text = String(repeating: "0123456789abcdef", count: 200_000)
        let folder = try TemporaryFolder()
        let file = try folder.write(text.utf8, to: "body")
        let (body, code) = try await onThread { try Self.curl("https://127.0.0.1:\(port)/", ["--data-binary", "@\(file)"]) }
        await server.stop()
        #expect(code == 0)
        let isWhole = body == text
        #expect(isWhole)
    }

    /// - Returns: The version that was agreed on, or `refused` and why.
    private func shakingHands(_ settings: String) async throws -> String {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: TestCertificate.rsaChain, key: TestCertificate.rsaKey)
        let server = WebServer(configuration) { _ in .text("") }
        try server.start()
        let port = server.port
        let said = try await onThread {
            try Self.output(
                "python3",
                [
                    "-W", "ignore", "-c",
                    """
                    import socket, ssl
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                    context.set_ciphers("ALL:@SECLEVEL=0")
                    \(settings)
                    try: print(context.wrap_socket(socket.create_connection(("127.0.0.1", \(port)), 60)).version())
                    except ssl.SSLError as error: print("refused", error)
                    """,
                ]
            ).body
        }
        await server.stop()
        return said
    }

    private static func curl(_ url: String, _ arguments: [String] = []) throws -> (body: String, code: Int32) {
        let folder = try TemporaryFolder()
        let trusted = try folder.write(TestCertificate.chain.utf8, to: "trusted.pem")
        return try output("curl", ["--silent", "--noproxy", "*", "--max-time", "60", "--cacert", trusted, url] + arguments)
    }

    private static func output(_ program: String, _ arguments: [String]) throws -> (body: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let body = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (body, process.terminationStatus)
    }
}
