import Foundation
import TestSupport
import Testing

@Suite struct `Listening` {
    @Test func `on every address wants one that guests can come back to`() async throws {
        let desk = try await Desk()
        let result = try await desk.run(["serve", "--listen", "0.0.0.0:0", "--db", desk.file])
        #expect(result.exit == 2 && result.errors.contains("set --public-url."), "\(result.exit) \(result.errors)")
    }

    /// With so few the process used to end without a word, in the system's timers.
    @Test func `wants file handles, and says how many`() async throws {
        let folder = try TemporaryFolder()
        let result = try await ProgramRun(
            ["serve", "--listen", "127.0.0.1:0", "--db", folder.file("ledger.db")],
            through: ["/bin/bash", "-c", "ulimit -n 22; exec timeout 60 \"$0\" \"$@\""])
        #expect(result.exit == 1 && result.isOneSentenceWithAHint, "\(result.exit) \(result.errors)")
        #expect(result.errors.contains("The service may have 22 files open at once, but needs at least 256."), "\(result.errors)")
    }

    @Test(arguments: [
        "x", "http://", "javascript:alert(1)", "https://x y", "https://u:p@x", "https://x:99999", "https://x:0", "https://x:+80",
        "https://x/path?q=1#f", "https://x/path", "ftp://x", "https://a..b", "https://[::1", "https://ü.example",
    ])
    func `looks at the addresses that it is given`(address: String) async throws {
        let folder = try TemporaryFolder()
        for option in ["--public-url", "--stripe-url"] {
            let result = try await ProgramRun(
                ["serve", "--listen", "127.0.0.1:0", "--db", folder.file("ledger.db"), option, address],
                through: ["/usr/bin/timeout", "60"])
            #expect(result.exit == 2, "\(option) \(address): \(result.exit) \(result.errors)")
            #expect(result.errors.contains(option) && result.errors.contains("http"), "\(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("ledger.db")))
    }

    @Test(arguments: ["127.0.0.1:+80", "127.0.0.1:080", "127.0.0.1:-1", "127.0.0.1:65536", "127.0.0.1: 80"])
    func `takes a port as its digits and nothing else`(address: String) async throws {
        let folder = try TemporaryFolder()
        let result = try await ProgramRun(
            ["serve", "--listen", address, "--db", folder.file("ledger.db")], through: ["/usr/bin/timeout", "60"])
        #expect(result.exit == 2 && result.errors.contains("127.0.0.1:8080"), "\(result.exit) \(result.errors)")
    }

    @Test(arguments: ["HTTPS://Ledger.Example.com/", "https://ledger.example.com"])
    func `at a public https address, however it is written, keeps to it`(address: String) async throws {
        let folder = try TemporaryFolder()
        let service = try await ServiceProcess(folder: folder, stripe: ServiceProcess.noStripe, arguments: ["--public-url", address])
        let port = service.port
        let answer = try await onThread { try RawClient(port: port).get("/login") }
        #expect(answer?.header("Strict-Transport-Security") != nil)
        #expect(await service.stop() == 0)
        let log = try String(contentsOfFile: service.log, encoding: .utf8)
        #expect(log.contains(#""public_url":"https://ledger.example.com""#) && log.contains("no_trusted_proxy"), "\(log)")
    }
}
