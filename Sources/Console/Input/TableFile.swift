import CSV
import Foundation
import Ledger

extension TableReader {
    /// Reads a table file.
    ///
    /// - Parameter path: `-` reads standard input.
    /// - Throws: `FileRefusal`, `TableRefusal`.
    package init(file path: String, columns: [TableColumn], allowsMore: Bool = false) throws {
        try self.init(try Self.bytes(of: path), columns: columns, allowsMore: allowsMore)
    }

    private static func bytes(of path: String) throws(FileRefusal) -> [UInt8] {
        var isDirectory: ObjCBool = false
        let isInput = path == "-"
        guard isInput || FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw .notFound(path) }
        guard !isDirectory.boolValue else { throw .directory(path) }
        guard let handle = isInput ? .standardInput : FileHandle(forReadingAtPath: path) else { throw .notReadable(path) }
        // One more than is taken, so that a larger file is noticed.
        do { return Array(try handle.read(upToCount: largest + 1) ?? Data()) } catch { throw .notReadable(path) }
    }
}
