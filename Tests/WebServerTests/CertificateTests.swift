import Foundation
import Testing
import WebServer

/// HTTPS, as a client sees it that trusts nobody but this certificate.
@Suite struct CertificateTests {
    @Test func `a client that checks the certificate is answered`() async throws {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: Self.chain, key: Self.key)
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
        configuration.certificate = WebServer.Certificate(chain: "none", key: Self.key)
        let server = WebServer(configuration) { _ in .text("") }
        let refusal = #expect(throws: WebServer.NotStarted.self) { try server.start() }
        #expect(refusal?.reason == "The certificate and its key cannot be used")
    }

    private static func curl(_ url: String) throws -> (body: String, code: Int32) {
        let trusted = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pem")
        try Data(chain.utf8).write(to: trusted)
        defer { try? FileManager.default.removeItem(at: trusted) }
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        curl.arguments = ["curl", "--silent", "--noproxy", "*", "--max-time", "20", "--cacert", trusted.path, url]
        let output = Pipe()
        curl.standardOutput = output
        try curl.run()
        let body = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        curl.waitUntilExit()
        return (body, curl.terminationStatus)
    }

    // Made for these tests, good for 127.0.0.1 and a hundred years; it protects nothing.

    private static let chain = """
        -----BEGIN CERTIFICATE-----
        MIIBnTCCAUKgAwIBAgIUDxfzjkCYca08oBY97FLrHbNJbwMwCgYIKoZIzj0EAwIw
        GjEYMBYGA1UEAwwPV2ViU2VydmVyIHRlc3RzMCAXDTI2MTEyNDEzMTQ1OFoYDzIx
        MjYxMDMxMTMxNDU4WjAaMRgwFgYDVQQDDA9XZWJTZXJ2ZXIgdGVzdHMwWTATBgcq
        hkjOPQIBBggqhkjOPQMBBwNCAATHB56CP9hkxxfPs3F6DDPV1cAezdurEJB9v94Q
        nHasHJCUwdch0/HhxvNalEzMbHLmjkRrZZR6s+920G2RaJ9Bo2QwYjAdBgNVHQ4E
        FgQUjB9UCLoS/q4hI/Tf9BCNZHzXo3wwHwYDVR0jBBgwFoAUjB9UCLoS/q4hI/Tf
        9BCNZHzXo3wwDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqG
        SM49BAMCA0kAMEYCIQCNiZEgsk2jmQi8UVmC5l/NoPo+Md+h/B163zBK8VXWoAIh
        ANzXd911/6nuMUFFG4VlvqvA6fsXBZZdSeJKeD+KYS72
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8CnetSaWC3ugikzA
        UTkM+F4/8b/9MEG3FD9px3wKRFShRANCAATHB56CP9hkxxfPs3F6DDPV1cAezdur
        EJB9v94QnHasHJCUwdch0/HhxvNalEzMbHLmjkRrZZR6s+920G2RaJ9B
        -----END PRIVATE KEY-----
        """
}
