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
        configuration.certificate = WebServer.Certificate(chain: Self.rsaChain, key: Self.rsaKey)
        let server = WebServer(configuration) { _ in .text("answered") }
        try server.start()
        let port = server.port
        let before = try await onThread { try Self.curl("https://127.0.0.1:\(port)/") }
        #expect(before.code != 0)
        try server.renew(WebServer.Certificate(chain: Self.chain, key: Self.key))
        #expect(throws: WebServer.NotStarted.self) { try server.renew(WebServer.Certificate(chain: Self.chain, key: "none")) }
        let after = try await onThread { try Self.curl("https://127.0.0.1:\(port)/") }
        #expect(after.body == "answered" && after.code == 0)
        await server.stop()
    }

    @Test func `megabytes arrive whole through TLS, both ways`() async throws {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: Self.chain, key: Self.key)
        configuration.bodyBytes = 8 << 20
        let server = WebServer(configuration) { request in
            HTTPResponse(status: 200, body: .stream { try await $0.write(request.body) })
        }
        try server.start()
        let port = server.port
        let text = String(repeating: "0123456789abcdef", count: 200_000)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (body, code) = try await onThread { try Self.curl("https://127.0.0.1:\(port)/", ["--data-binary", "@\(file.path)"]) }
        await server.stop()
        #expect(code == 0)
        let isWhole = body == text
        #expect(isWhole)
    }

    /// - Returns: The version that was agreed on, or `refused` and why.
    private func shakingHands(_ settings: String) async throws -> String {
        var configuration = WebServer.Configuration()
        configuration.certificate = WebServer.Certificate(chain: Self.rsaChain, key: Self.rsaKey)
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
        let trusted = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pem")
        try Data(chain.utf8).write(to: trusted)
        defer { try? FileManager.default.removeItem(at: trusted) }
        return try output("curl", ["--silent", "--noproxy", "*", "--max-time", "60", "--cacert", trusted.path, url] + arguments)
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

    private static let rsaChain = """
        -----BEGIN CERTIFICATE-----
        MIIDKDCCAhCgAwIBAgIUdBXGa9rtjajuFoDYKCd9XR509bcwDQYJKoZIhvcNAQEL
        BQAwGjEYMBYGA1UEAwwPV2ViU2VydmVyIHRlc3RzMCAXDTI2MTEyOTE4MjE1NFoY
        DzIxMjYxMTA1MTgyMTU0WjAaMRgwFgYDVQQDDA9XZWJTZXJ2ZXIgdGVzdHMwggEi
        MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDSuGGFC360d5AjOUxO5pwZkuog
        xwe39G1htnXA+YXPQbZMeOW4cBS1T7rYSXGw0yCSY1HaEvWgfdsMbDX8UvTBX6UC
        N47w2SLIbZ589PkojsrYWHiOguRgdxSy1HH0hRt4ynosTo2yDIQbebaDdfWXOmW/
        SmIvDNXcAnfz9TaL6r/lKGDaOk/vJVpgIgEUsQN1M9KhGCug9jC4LRK90xPC6cAO
        u+ImQRC2fTOQS/1Xlo98FnIV1KOQb9wFGS7Mi9xeJI/tXBA7ZRRXEYDC9zJ4H7hL
        d1tUBJRYlhAQBGa0Wxvgt+sdL5k/VDZYRCl60dYYVVlUl/uxD0kFK4su16YjAgMB
        AAGjZDBiMB0GA1UdDgQWBBRGJHeF5MthebSQ6aGwrD9i+/AoMzAfBgNVHSMEGDAW
        gBRGJHeF5MthebSQ6aGwrD9i+/AoMzAPBgNVHRMBAf8EBTADAQH/MA8GA1UdEQQI
        MAaHBH8AAAEwDQYJKoZIhvcNAQELBQADggEBAGPW97Zfn+Vf41UbRgdS/wLsI4aF
        LpL4iMnbc9XeUNUY2X9tCmFjJ3ozED0ME99Kn3H1WBx7eYO6OXtqX8jxrZBxINrI
        oYsjSA0OPfPhT3cs+TGz3Th2gx2gX27/uid7XxxE5ZjFHH+bSANyqkMzcQxvSRB1
        SCWfaiMsHwvMbMn4oRQ99t2GsXjuWG7S8p6FaUO3u6hMjRs2wx1gB6j6PRRlHK+D
        aec0BKrivMM1VOXCPyvAvMDWVGM7jzPu1VWVXEvr80AEjs9lpDtGzC4WskH5CJ11
        EvxDVnAFqiA2/l6mWKQP9temeyAaN4oJNcoJLJKaNxxX0Cq2I2tf+8EBvQM=
        -----END CERTIFICATE-----
        """

    private static let rsaKey = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDSuGGFC360d5Aj
        OUxO5pwZkuogxwe39G1htnXA+YXPQbZMeOW4cBS1T7rYSXGw0yCSY1HaEvWgfdsM
        bDX8UvTBX6UCN47w2SLIbZ589PkojsrYWHiOguRgdxSy1HH0hRt4ynosTo2yDIQb
        ebaDdfWXOmW/SmIvDNXcAnfz9TaL6r/lKGDaOk/vJVpgIgEUsQN1M9KhGCug9jC4
        LRK90xPC6cAOu+ImQRC2fTOQS/1Xlo98FnIV1KOQb9wFGS7Mi9xeJI/tXBA7ZRRX
        EYDC9zJ4H7hLd1tUBJRYlhAQBGa0Wxvgt+sdL5k/VDZYRCl60dYYVVlUl/uxD0kF
        K4su16YjAgMBAAECggEAFCJA7LtTinIuiACpo8ceECvjVs/Qxkj11vnEZSfFgZWb
        EdIVZQEnwWE4wZsjrUxAlvjwpIBEqIAnmP3357/6md8F8nqVG+2Ru/CmM/TpbHCK
        vVwxFkpqzTRjlAJMULUTkf/xGq2qYhV9dyCZVntDxLgN0In1Bd8/yd53tqW6ss75
        W4tL1mB5XFxeFwsfwYwY8R2Fi1DbIc/BOL03OT3IgCgxSMMj8y+xGCb0MYxYlN4E
        ceKD1HK2jkMJ+lkmr+Zxx4xD3d1VdjoM7raL0SHzjzOefy7ClVHNqySiJtVXpdnO
        anh5cRjANnCOy0b2pYs3zY8K+r8sUPZR71rJpeBYNQKBgQDz42p5SLmtD26aqlU9
        /kN7opL5JCezs01vpBr/XFmbIx3fx8ocERKvoYWHV52zZGiE0W1eaMqj6JaqPTVp
        gh3YV9axDImHE5fwTSlMDScdNbx6E9gn8QU6ONrdS3S0ajtONyiLYYOSTl5ydxQp
        pKwJlQh4BwbeZimKZioU+TDRRwKBgQDdL0trPiOizY6Tc1+6t1NZngKoXuUgNGob
        72bhDGPogTiNK2z2pk+mYSQnna7DCtahisthZxFGiLmcgiCRtSa+Gqt7Y+gtfbkN
        jhR3wPRaoU3+F/Gtg8suzJn0AcMcUVVoz6NaQY2dT3CdWt3nJcE9NrSpd3C3gb5T
        fpoBWGXSRQKBgDQortzBcPRSGJV7WD+p4UTPwB8IXHVSI31820lBtug22mzBjbfy
        7swg/y2yz0dOcgv1vi4yuyPS2mYOMR4fdcKPBptW0xLQXe5Gkk5xgav9khGJrPDd
        2wBYqHYrbQoorgZMRZ+Je1oO6KQSU32UejaSaP1Cg3WM49V1hAp4QLiBAoGBAJF6
        Ru+tekDdVJZ0/xTO+VprTDIz4B4Te2sORitlO900CN8JHe0IrECxidcopkaQvWSY
        5nYVFU7AJNzk1ckgTfAhmIJazt4E4A8jUSEG33EwwRyL4SCQG7aXSfcspYjdkgCS
        +U0m6p76HgbROjyLH5NEhQUlkxSPmIBQN7kEzEvFAoGAQAPk0bFTPIc9vGG0OS+S
        IEmiyUQLuqwb5SL61frreaKSOZlhMuwb20x6vvrNeKWJFHh/zP/HKGJX0Ch35wdJ
        +Io/eXbd+0PqfBQJrvfLerxTz6RhVxO9ho5S9C5Ss9LNaZjb+vAbPiS54NQJ5+Mr
        QYsMXHcoB9Ooy9jMKPcSVek=
        -----END PRIVATE KEY-----
        """
}
