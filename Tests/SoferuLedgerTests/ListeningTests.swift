import Foundation
import TestSupport
import Testing

@Suite struct `Listening` {
    @Test func `on every address wants one that guests can come back to`() async throws {
        let desk = try await Desk()
        let result = try await desk.run(["serve", "--listen", "0.0.0.0:0", "--db", desk.file])
        #expect(result.exit == 2 && result.errors.contains("name one with --public-url."), "\(result.exit) \(result.errors)")
    }

    /// With so few the process used to end without a word, in the system's timers.
    @Test func `wants file handles, and says how many`() async throws {
        let folder = try TemporaryFolder()
        let result = try await ProgramRun(
            ["serve", "--listen", "127.0.0.1:0", "--db", folder.file("ledger.db")],
            through: ["/bin/bash", "-c", "ulimit -n 22; exec timeout 60 \"$0\" \"$@\""])
        #expect(result.exit == 1 && result.isOneSentenceWithAHint, "\(result.exit) \(result.errors)")
        #expect(result.errors.contains("The service may open 22 files at once, and needs at least 256."), "\(result.errors)")
    }
}
