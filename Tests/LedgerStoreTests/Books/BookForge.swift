import Foundation
import Ledger

@testable import LedgerStore

/// A sound book in a file whose defences have been taken away, and what `verify` says after a forgery.
struct BookForge {
    private let file: BookFile
    let connection: RawConnection

    init() async throws {
        file = try BookFile()
        try await AttackedBook.bytes.value.write(to: URL(fileURLWithPath: file.path))
        connection = try RawConnection(file.path)
        try connection.disarm()
    }

    func open() throws -> Database { try file.open() }

    /// What is found wrong with tenant `id` after `sql`.
    func defects(of id: String, after sql: String...) throws -> [BookDefect] {
        for statement in sql { try connection.run(statement) }
        let database = try file.open()
        return try database.read(of: id) { try $0.verify().defects }
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
