import CSQLite

extension Transaction {
    /// Runs a part of a transaction in a savepoint, so that what goes wrong with it is no other part's trouble.
    ///
    /// - Returns: What `body` made; or why it failed, and then nothing of what it wrote is kept. A row that cannot be read is a `StoreRefusal`.
    /// - Throws: An accident with the whole file, such as a full disk: nothing of the transaction may be kept then.
    package func attempt<Output>(_ body: (borrowing Transaction) throws -> Output) throws -> Result<Output, any Error> {
        try control("SAVEPOINT part")
        do {
            let output = try body(self)
            try control("RELEASE part")
            return .success(output)
        } catch {
            guard connection.inTransaction else { throw connection.causeOfTheEnd }
            guard Self.isOfOnePart(error) else { throw error }
            try control("ROLLBACK TO part")
            try control("RELEASE part")
            return .failure(StoreRefusal.told(error, file: connection.file))
        }
    }

    private func control(_ statement: String) throws { try connection.finish(PreparedStatement(statement, on: connection)) }

    /// Whether an error is about the rows that were read or written, and not about the file that holds them all.
    private static func isOfOnePart(_ error: any Error) -> Bool {
        switch error {
        case is StoreRefusal: false
        case let error as StoreError: error.constraint != nil || error.code == SQLITE_MISMATCH
        default: true
        }
    }
}
