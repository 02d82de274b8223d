import CSQLite
import Glibc
import Ledger
import Synchronization

/// Where a ledger lies: which file it is to the file system, whatever stands in it.
struct FilePlace: Hashable {
    let inode: Int64
    /// An inode's number is given out again. Nanoseconds since 1970; 0 where the file system does not tell.
    let born: Int64
}

extension FilePlace {
    /// - Throws: `StoreRefusal`.
    init(of path: String) throws {
        var (inode, born): (Int64, Int64) = (0, 0)
        guard ledger_file_identity(path, &inode, &born) == 0 else { throw StoreRefusal(.cannotOpen, path) }
        self.init(inode: inode, born: born)
    }
}

/// How far a file's ledger has gone, as the file system remembers it and not the file: what is copied over a file does not change it.
/// File systems without such attributes remember nothing.
enum HighWater {
    private static let name = "user.soferu-ledger.sent"

    /// The highest number of an operation that was sent to Stripe; 0 for none.
    static func read(_ path: String) -> Int64 {
        var value: Int64 = 0
        let count = withUnsafeMutableBytes(of: &value) { ledger_get_attribute(path, name, $0.baseAddress, $0.count) }
        return count == MemoryLayout<Int64>.size ? Int64(littleEndian: value) : 0
    }

    static func write(_ number: Int64, _ path: String) {
        withUnsafeBytes(of: number.littleEndian) { _ = ledger_set_attribute(path, name, $0.baseAddress, $0.count) }
    }
}

/// Runs something until it has succeeded once.
final class Once: Sendable {
    private let isDone = Mutex(false)

    func run(_ body: () async throws -> Void) async rethrows {
        if isDone.withLock({ $0 }) { return }
        try await body()
        isDone.withLock { $0 = true }
    }
}

extension Database {
    /// Makes sure that this file is the one in which the ledger went on last. A copy is not, nor is what was copied over it from an earlier
    /// moment: what was taken since stands only at Stripe, so Stripe is read before anything is taken again.
    ///
    /// Called by whatever may take money, before it does; it looks once in the life of a program.
    package func recognise() async throws {
        try await recognition.run {
            let (place, sent) = (try FilePlace(of: file), HighWater.read(file))
            guard try !read({ try $0.isWhereItWas(place, sent: sent) }) else { return }
            let last = try await write { transaction -> Int64? in
                // Another program may have been first.
                guard try !transaction.isWhereItWas(place, sent: sent) else { return nil }
                let last = try transaction.lastOperation()
                if try transaction.place() != nil || sent > last { try transaction.noteCopy() }
                try transaction.keep(place)
                return last
            }
            if let last { HighWater.write(last, file) }
        }
    }

    /// An operation is about to be sent. What it does, an earlier copy of the file does not know.
    package func noteSending(_ number: Int64) {
        if HighWater.read(file) < number { HighWater.write(number, file) }
    }
}

extension Transaction {
    fileprivate func isWhereItWas(_ place: FilePlace, sent: Int64) throws -> Bool {
        try self.place() == place && sent <= lastOperation()
    }

    fileprivate func place() throws -> FilePlace? {
        // Beyond what a ledger's own numbers may be.
        try one("SELECT inode, born FROM ledger_file") { FilePlace(inode: try $0.anyInt64(0), born: try $0.anyInt64(1)) }
    }

    fileprivate func lastOperation() throws -> Int64 { try one("SELECT max(number) FROM operation") { try $0.optionalInt64(0) ?? 0 } ?? 0 }

    func keep(_ place: FilePlace) throws {
        guard let known = try self.place() else { return try run("INSERT INTO ledger_file VALUES (1, \(place.inode), \(place.born))") }
        if known != place { try run("UPDATE ledger_file SET inode = \(place.inode), born = \(place.born)") }
    }
}
