import Ledger

/// A ledger file: one writer with group commit, several readers. The only door to SQLite.
///
/// Closures get a `Transaction` for as long as they run. They must be short: a write holds up all other writes,
/// and nothing outside the file - Stripe least of all - is ever waited for inside one.
package final class Database: Sendable {
    /// The path as it was given.
    package let file: String
    /// How many migrations the file had when it was opened; it has all of them now.
    package let migrationsFound: Int
    let clock: Clock
    private let writer: Writer
    private let readers: Readers

    /// Opens `path`, creating it if `create` allows, and brings it up to date.
    ///
    /// - Parameter migrations: Numbered 1, 2, 3 …; each runs in a transaction of its own, once.
    /// - Parameter readers: Read connections kept open between reads.
    /// - Parameter busyTimeout: How long a write waits for another process that writes to the same file.
    /// - Throws: `StoreRefusal`; a file that is refused is left as it was.
    package init(
        path: String, migrations: [Migration] = Migration.released, clock: @escaping Clock, readers: Int = 4, create: Bool = true,
        busyTimeout: Duration = .seconds(10)
    ) throws {
        try Migrator.check(migrations, for: path)
        let connection = try Connection(path, .writer(create: create), busyTimeout: busyTimeout)
        migrationsFound = try Migrator(connection: connection, migrations: migrations, clock: clock).run()
        file = path
        self.clock = clock
        let identity = try FileIdentity(of: connection)
        writer = try Writer(connection, identity, format: migrations.count, clock: clock)
        self.readers = Readers(file: path, identity, format: migrations.count, count: readers)
    }

    deinit { close() }

    /// Runs `body` on the writer's thread, together with whatever else waits, and returns when it is durable.
    ///
    /// If `body` throws, all that it wrote is undone, and only that. A task that is cancelled before `body` starts gets
    /// `CancellationError`; once started, the outcome stands. `now` never goes backwards from one write to the next.
    ///
    /// `body` is synchronous, so a write inside a write does not compile; a read inside a write traps, since it
    /// would see the file without this write.
    /// - Throws: What `body` throws; `StoreRefusal` or `StoreError` if the whole transaction failed, and then nothing is kept. One that was
    ///   stored in a file that has lost its name is refused as well: it cannot be relied on.
    package func write<Output: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Output
    ) async throws -> Output {
        try await writer.write(body)
    }

    /// Runs `body` on the calling thread with a connection that cannot write. All of `body` sees the same state of the file,
    /// with every write that has returned before.
    // Swift 6.3.1 ends with an error of its own where it specialises this function inside this module, in release builds.
    @_semantics("optimize.sil.specialize.generic.never")
    package func read<Output>(_ body: (borrowing Transaction) throws -> Output) throws -> Output {
        precondition(!writer.isCurrentThread, "a read inside a write: use its transaction")
        return try readers.lend { connection in try body(Transaction(now: clock(), connection: connection)) }
    }

    /// Writes that wait for the disk.
    package var waiting: Int { writer.waiting }

    /// Blocks the calling thread until every write that was asked for has been answered. For a program that runs everything else on
    /// one thread, and wants it to take the same course each time.
    package func rest() { writer.rest() }

    /// Finishes the writes that wait and closes the file. Later reads and writes are refused.
    package func close() {
        // The readers first: the last connection to close is the one that can tidy up the write-ahead log.
        readers.close()
        writer.close()
    }
}
