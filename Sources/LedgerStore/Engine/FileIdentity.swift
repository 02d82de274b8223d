import CSQLite
import Glibc

/// Which files a ledger consists of: the one that was opened, its write-ahead log and the log's index.
///
/// A program goes on reading and writing what it has opened, whatever becomes of the name. So what was removed, or moved away for another
/// file, would take in everything and lose it with the last program that has it open. Each transaction compares.
final class FileIdentity: Sendable {
    private struct Place: Equatable {
        let device: dev_t
        let inode: ino_t

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = status.st_dev
            inode = status.st_ino
        }
    }

    private static let suffixes = ["", "-wal", "-shm"]

    private let file: String
    private let places: [Place?]

    /// - Parameter connection: Has read from the file with its log, so that all three are there, and open.
    /// - Throws: `StoreRefusal` when the file has been removed or replaced since it was opened.
    init(of connection: Connection) throws {
        file = connection.file
        places = Self.suffixes.map { Place(connection.file + $0) }
        var hasMoved: Int32 = 0
        sqlite3_file_control(connection.handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        guard hasMoved == 0, places[0] != nil else { throw StoreRefusal(.fileReplaced, file) }
    }

    /// - Throws: `StoreRefusal` unless the same files are still in their places.
    func require() throws {
        for (suffix, place) in zip(Self.suffixes, places) {
            guard let place else { continue }
            guard let now = Place(file + suffix) else { throw StoreRefusal(.fileRemoved, file) }
            guard now == place else { throw StoreRefusal(.fileReplaced, file) }
        }
    }
}

/// Asks in each transaction whether the file is still in the format that this program knows: a newer program may have changed it.
struct FormatCheck {
    private let connection: Connection
    private let application, version: PreparedStatement
    private let known: Int

    /// - Parameter known: How many migrations this program has.
    init(on connection: Connection, known: Int) throws {
        self.connection = connection
        self.known = known
        application = try PreparedStatement("PRAGMA application_id", on: connection)
        version = try PreparedStatement("PRAGMA user_version", on: connection)
    }

    /// Inside a transaction.
    ///
    /// - Throws: `StoreRefusal`.
    func require() throws {
        if let accident = Migrator.accident(ofApplication: try number(application)) { throw StoreRefusal(accident, connection.file) }
        let found = Int(try number(version))
        if found > known { throw StoreRefusal(.newerVersion(file: found, program: known), connection.file) }
        if found < known { throw StoreRefusal(.missingMigration(number: found + 1), connection.file) }
    }

    private func number(_ statement: PreparedStatement) throws -> Int64 {
        defer { sqlite3_reset(statement.handle) }
        return try statement.step(on: connection) ? sqlite3_column_int64(statement.handle, 0) : 0
    }
}
