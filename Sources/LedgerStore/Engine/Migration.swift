import CMigrations
import Ledger

/// One step of the schema. Once released it never changes: a file remembers the hash it was made with.
package struct Migration: Sendable, Equatable {
    /// 1, 2, 3 …
    package let number: Int
    /// For example `ledger`.
    package let name: String
    /// The text of the file, of one or more statements.
    package let sql: String
    /// Of the text of the file, 64 hexadecimal digits.
    package let sha256: String

    package init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
        sha256 = hexadecimal(SHA256.digest(sql.utf8))
    }

    /// The files of `Migrations/`, as they were when the program was built.
    package static let released: [Migration] = UnsafeBufferPointer(start: ledger_migrations, count: ledger_migrations_count).map { file in
        let name = String(cString: file.file)
        guard let separator = name.firstIndex(of: "_"), let number = Int(name[..<separator]), name.hasSuffix(".sql") else {
            preconditionFailure("a migration is called 0001_name.sql, not \(name)")
        }
        return Migration(
            number: number,
            name: String(name[name.index(after: separator)...].dropLast(4)),
            sql: String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self))
    }
}
