/// The statements around the writer's jobs, prepared once and out of the jobs' reach.
final class TransactionFrame {
    let connection: Connection
    private let beginning, savepoint, undoing, releasing, committing: PreparedStatement
    private let check: FormatCheck

    /// - Parameter format: How many migrations the file has.
    init(on connection: Connection, format: Int) throws {
        self.connection = connection
        check = try FormatCheck(on: connection, known: format)
        // IMMEDIATE: the lock is waited for here, not in the middle of a job.
        beginning = try PreparedStatement("BEGIN IMMEDIATE", on: connection)
        savepoint = try PreparedStatement("SAVEPOINT job", on: connection)
        undoing = try PreparedStatement("ROLLBACK TO job", on: connection)
        releasing = try PreparedStatement("RELEASE job", on: connection)
        committing = try PreparedStatement("COMMIT", on: connection)
    }

    /// - Throws: `StoreRefusal` when another program has changed the file's format since it was opened.
    func begin() throws {
        try connection.finish(beginning)
        try check.require()
    }
    func beginJob() throws { try connection.finish(savepoint) }
    func undoJob() throws { try connection.finish(undoing) }
    func endJob() throws { try connection.finish(releasing) }
    func commit() throws { try connection.finish(committing) }
}
