import Foundation
import TestSupport

/// A ledger's files in a folder of their own, to be read or damaged without harm to the service or to the next test.
struct LedgerCopy: Sendable {
    let folder: TemporaryFolder
    var file: String { folder.file() }
    var log: String { folder.file("ledger.db-wal") }

    init(of source: TemporaryFolder) throws {
        folder = try TemporaryFolder()
        // Without the index of the log: it is shared memory, and a machine that starts again has none.
        for name in ["ledger.db", "ledger.db-wal", "ledger.db.key"] where FileManager.default.fileExists(atPath: source.file(name)) {
            try FileManager.default.copyItem(atPath: source.file(name), toPath: folder.file(name))
        }
    }

    /// Every file with what stands in it.
    func contents() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: folder.file($0)))) })
    }

    func bytes(of file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: file))) }
    func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: file)) }

    /// The journal as text, entry by entry, oldest first.
    func journal() -> [String] { ask(file, "SELECT * FROM journal_entry ORDER BY tenant, number") }
}
