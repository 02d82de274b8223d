import CSQLite

/// Everything in a ledger file, as text: two dumps are equal exactly when nothing was written in between. Left out is when its tasks last
/// ran and Stripe was last read, which each run writes down.
package func dump(_ path: String, without left: [String] = []) -> String {
    var handle: OpaquePointer?
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { return "unreadable" }
    defer { sqlite3_close_v2(handle) }
    var text = ""
    let left = left + ["background_task", "stripe_reading"]
    for table in rows(handle, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") where !left.contains(table) {
        text += "== \(table)\n" + rows(handle, "SELECT * FROM \"\(table)\"").joined(separator: "\n") + "\n"
    }
    return text
}

/// The rows that a question finds in a ledger file, without the program's help.
package func ask(_ path: String, _ sql: String) -> [String] {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { return ["unreadable"] }
    return rows(handle, sql)
}

package struct NotChanged: Error { let message: String }

/// Changes a ledger file behind the program's back.
package func change(_ path: String, _ sql: String) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, sqlite3_busy_timeout(handle, 5000) == SQLITE_OK,
        sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK
    else { throw NotChanged(message: String(cString: sqlite3_errmsg(handle))) }
}

private func rows(_ handle: OpaquePointer?, _ sql: String) -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { return ["unreadable"] }
    defer { sqlite3_finalize(statement) }
    var found: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
        found.append(
            (0..<sqlite3_column_count(statement)).map { column in
                sqlite3_column_type(statement, column) == SQLITE_BLOB
                    ? (0..<Int(sqlite3_column_bytes(statement, column))).map { offset in
                        String(sqlite3_column_blob(statement, column)!.load(fromByteOffset: offset, as: UInt8.self), radix: 16)
                    }.joined(separator: ".")
                    : sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
            }.joined(separator: "|"))
    }
    return found
}

/// Another program that is writing into the file for as long as this is kept.
package final class LockedFile {
    package struct NotLocked: Error {}

    private let connection: OpaquePointer

    package init(_ path: String) throws {
        var connection: OpaquePointer?
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let connection else { throw NotLocked() }
        self.connection = connection
        sqlite3_busy_timeout(connection, 10_000)
        guard sqlite3_exec(connection, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK else { throw NotLocked() }
    }

    deinit { sqlite3_close(connection) }
}
