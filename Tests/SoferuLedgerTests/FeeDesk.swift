import Foundation
import TestSupport
import Testing

/// The operator of six houses, at the command line: the worked example of the fees of November 2026.
final class FeeDesk: AtCommandLine {
    let folder: TemporaryFolder
    let simulator: SimulatorProcess

    /// - Parameter proration: Of all contracts.
    init(proration: String = "by_days") async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess()
        func add(_ id: String, _ more: String...) async throws {
            try await succeed(
                ["tenant", "add", id, "--name", "Haus \(id.uppercased())", "--contract-from", id == "b" ? "2026-11-20" : "2026-01-01"]
                    + more)
            try await succeed("tenant", "contract", id, "--proration", proration)
        }
        try await add("a")
        try await add("b")
        try await add("c", "--country", "AT")
        try await add("d", "--country", "JP", "--currency", "jpy", "--time-zone", "Asia/Tokyo")
        try await add("e")
        try await add("f", "--country", "FR")
        try await succeed(
            "tenant", "contract", "c", "--vat-id", "ATU12345678", "--vat-checked-on", "2026-11-02", "--vat-checked-by", "olaf")
        try await succeed("tenant", "end", "e", "--day", "2026-11-15")
        // It is December.
        try await simulator.letPass(seconds: 14 * 86_400)
    }

    func hash(of month: String) async throws -> String {
        try #require(try await json("fees", "preview", "--month", month)["hash"] as? String)
    }

    /// Bills a month, and writes its folder.
    ///
    /// - Parameter parent: A folder that is made for it.
    @discardableResult func run(_ month: String = "2026-11", hash: String, into parent: String = "exports") async throws -> String {
        let path = folder.file(parent)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return try await succeed("fees", "run", "--month", month, "--preview", hash, "--into", path)
    }

    func file(_ name: String, in parent: String = "exports") throws -> String {
        try String(contentsOfFile: folder.file("\(parent)/\(name)"), encoding: .utf8)
    }
}
