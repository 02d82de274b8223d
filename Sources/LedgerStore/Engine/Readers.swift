import Foundation

/// Read-only connections, kept for the next read.
///
/// A read never waits for another: when all are lent, one more is opened, and closed again when there are
/// enough. So neither a slow export nor a read inside a read can block the thread of a caller.
final class Readers: Sendable {
    private let file: String
    private let count: Int
    private let lock = NSLock()
    private nonisolated(unsafe) var idle: [Reader] = []
    private nonisolated(unsafe) var closed = false

    init(file: String, count: Int) {
        self.file = file
        self.count = count
    }

    /// Lends a connection inside a transaction of its own, so that all of `body` sees one state of the file.
    func lend<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        let reader = try take()
        defer { giveBack(reader) }
        try reader.connection.finish(reader.begin)
        do {
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
        return try reader ?? Reader(file)
    }

    private func giveBack(_ reader: Reader) {
        lock.withLock { if !closed, idle.count < count { idle.append(reader) } }
    }

    private final class Reader {
        let connection: Connection
        let begin, commit: PreparedStatement

        init(_ file: String) throws {
            connection = try Connection(file, .reader)
            begin = try PreparedStatement("BEGIN", on: connection)
            commit = try PreparedStatement("COMMIT", on: connection)
        }
    }
}
