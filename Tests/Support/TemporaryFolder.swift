import Foundation

/// A folder of a test's own, removed with it.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func file(_ name: String = "ledger.db") -> String { "\(path)/\(name)" }

    /// Puts a file into it, or other bytes into one that is there.
    ///
    /// - Returns: Its path.
    @discardableResult package func write(_ bytes: some Sequence<UInt8>, to name: String = "ledger.db") throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }
}
