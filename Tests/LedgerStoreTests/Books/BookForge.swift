import Ledger
import TestSupport

@testable import LedgerStore

/// A sound book in a file whose defences have been taken away, and what `verify` says after a forgery.
struct BookForge {
    private let folder: TemporaryFolder
    let connection: RawConnection

    init() async throws {
        folder = try TemporaryFolder()
        connection = try RawConnection(try folder.write(await AttackedBook.bytes.value))
        try connection.disarm()
    }

    func open() throws -> Database { try folder.open(migrations: Migration.released) }

    /// What is found wrong with tenant `id` after `sql`.
    func defects(of id: String, after sql: String...) throws -> [BookDefect] {
        for statement in sql { try connection.run(statement) }
        return try open().read(of: id) { try $0.verify().defects }
    }

    /// The row's values as SQL literals, with that of `column` changed by as little as can be.
    func changed(_ column: String, in table: String, where row: String) throws -> String {
        let value = try connection.rows("SELECT quote(\(column)) FROM \(table) WHERE \(row)")[0]
        if value == "NULL" { return "'x'" }
        if let number = Int64(value) { return String(number + 1) }
        // The last letter, or the last digit of a blob: the one before the quote.
        let last = value.index(before: value.index(before: value.endIndex))
        let letter: Character = value[last] == "1" ? "2" : "1"
        return value[..<last] + String(letter) + "'"
    }
}
