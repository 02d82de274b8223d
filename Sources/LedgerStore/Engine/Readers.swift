import Foundation

/// Read-only connections, kept for the next read.
///
/// A read never waits for another: when all are lent, one more is opened, and closed again when there are
/// enough. So neither a slow export nor a read inside a read can block the thread of a caller.
final class Readers: Sendable {
    private let file: String
    private let identity: FileIdentity
    private let format: Int
    private let count: Int
    private let lock = NSLock()
    private nonisolated(unsafe) var idle: [Reader] = []
    private nonisolated(unsafe) var closed = false

    /// - Parameters:
    ///   - identity: The files that are read, and no others in their places.
    ///   - format: How many migrations the file must have.
    init(file: String, _ identity: FileIdentity, format: Int, count: Int) {
        self.file = file
        self.identity = identity
        self.format = format
        self.count = count
    }

    /// Lends a connection inside a transaction of its own, so that all of `body` sees one state of the file.
    func lend<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let reader = try take()
        defer { giveBack(reader) }
        try identity.require()
        try reader.connection.finish(reader.begin)
        do {
            try reader.check.require()
            let value = try body(reader.connection)
            try reader.connection.finish(reader.commit)
            return value
        } catch {
            reader.connection.rollBack()
            throw StoreRefusal.told(error, file: file)
        }
    }

    func close() {
        // Taken out of the lock: closing a connection touches the disk.
        let rest = lock.withLock {
            closed = true
            defer { idle = [] }
            return idle
        }
        withExtendedLifetime(rest) {}
    }

    private func take() throws -> Reader {
        let (reader, refused) = lock.withLock { (closed ? nil : idle.popLast(), closed) }
        if refused { throw StoreRefusal(.closed, file) }
        return try reader ?? Reader(file, format)
    }

    private func giveBack(_ reader: Reader) {
        lock.withLock { if !closed, idle.count < count { idle.append(reader) } }
    }

    private final class Reader {
        let connection: Connection
        let begin, commit: PreparedStatement
        let check: FormatCheck

        init(_ file: String, _ format: Int) throws {
            connection = try Connection(file, .reader)
            check = try FormatCheck(on: connection, known: format)
            begin = try PreparedStatement("BEGIN", on: connection)
            commit = try PreparedStatement("COMMIT", on: connection)
        }
    }
}
