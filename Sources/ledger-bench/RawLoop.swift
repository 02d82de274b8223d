import CSQLite
import Glibc

/// SQLite's C API and nothing else: the statements of one line, in one transaction per batch, without a hash, a check or a caller.
///
/// The statements are those that `Transaction.add` runs, in the same order, on the same tables with their triggers.
final class RawLoop: Contender {
    let name: String
    private let batch: Int
    private let stays: [Town.Stay]
    private var next: Int
    private let handle: OpaquePointer
    private let begin, commit, lineNumber, account, chain, entry, line: OpaquePointer

    /// - Parameter first: The stay that gets the first line.
    init(_ town: Town, batch: Int, first: Int = 0) {
        name = batch == 1 ? "raw C API, one by one" : "raw C API, batches of \(batch)"
        self.batch = batch
        stays = town.stays
        next = first
        var opened: OpaquePointer?
        check(sqlite3_open_v2(town.file, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil), opened)
        let handle = opened!
        self.handle = handle
        sqlite3_busy_timeout(handle, 60_000)
        let settings = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384; PRAGMA cache_size = -16384; PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;
            """
        check(sqlite3_exec(handle, settings, nil, nil, nil), handle)
        func prepare(_ sql: String) -> OpaquePointer {
            var statement: OpaquePointer?
            check(sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil), handle)
            return statement!
        }
        begin = prepare("BEGIN IMMEDIATE")
        commit = prepare("COMMIT")
        lineNumber = prepare("SELECT coalesce(max(number), 0) + 1 FROM line_item WHERE tenant = ? AND folio = ?")
        account = prepare("SELECT id FROM account WHERE tenant = ? AND name = ?")
        chain = prepare("SELECT last_number, head FROM journal_chain WHERE tenant = ?")
        entry = prepare("INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        line = prepare("INSERT INTO line_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    deinit {
        for statement in [begin, commit, lineNumber, account, chain, entry, line] { sqlite3_finalize(statement) }
        sqlite3_close(handle)
    }

    func run(for time: Duration) async throws -> Int { add(until: .now + time) }

    func add(until end: ContinuousClock.Instant) -> Int {
        var lines = 0
        repeat {
            finish(begin)
            for _ in 0..<batch {
                addDrink(to: stays[next % stays.count])
                next += 1
            }
            finish(commit)
            lines += batch
        } while ContinuousClock.now < end
        return lines
    }

    private func addDrink(to stay: Town.Stay) {
        let (tenant, folio) = (stay.tenant.number, stay.folio.number)
        sqlite3_bind_int64(lineNumber, 1, tenant)
        sqlite3_bind_int64(lineNumber, 2, folio)
        let number = row(lineNumber) { sqlite3_column_int64(lineNumber, 0) }
        let debit = find("folio:\(stay.folio.reference)", tenant)
        let credit = find("revenue:minibar:19", tenant)
        sqlite3_bind_int64(chain, 1, tenant)
        let last = row(chain) { sqlite3_column_int64(chain, 0) }
        bind(
            entry, .integer(tenant), .integer(last + 1), "line", .integer(debit), .integer(credit), 700, "eur", .integer(folio),
            "2026-11-20",
            .integer(now().milliseconds), "reception", nil)
        sqlite3_bind_zeroblob(entry, 13, 32)
        finish(entry)
        bind(
            line, .integer(tenant), .integer(folio), .integer(number), "eur", "charge", nil, "minibar", "Minibar: beer", 2, 350, 700, "19",
            "2026-11-20",
            "minibar-beer", nil, .integer(last + 1))
        finish(line)
    }

    private func find(_ name: String, _ tenant: Int64) -> Int64 {
        sqlite3_bind_int64(account, 1, tenant)
        sqlite3_bind_text(account, 2, name, -1, ledger_sqlite_transient())
        return row(account) { sqlite3_column_int64(account, 0) }
    }

    private func row(_ statement: OpaquePointer, _ read: () -> Int64) -> Int64 {
        precondition(sqlite3_step(statement) == SQLITE_ROW)
        defer { sqlite3_reset(statement) }
        return read()
    }

    private func bind(_ statement: OpaquePointer, _ values: Parameter...) {
        for (position, value) in zip(Int32(1)..., values) {
            switch value {
            case .null: sqlite3_bind_null(statement, position)
            case .integer(let number): sqlite3_bind_int64(statement, position, number)
            // A literal lives as long as the program: nothing is copied.
            case .text(let text): sqlite3_bind_text(statement, position, text.utf8Chars, Int32(text.utf8CodeUnitCount), nil)
            }
        }
    }

    private func finish(_ statement: OpaquePointer) {
        check(sqlite3_step(statement), handle)
        sqlite3_reset(statement)
    }
}

private enum Parameter: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    case null, integer(Int64), text(StaticString)
    init(stringLiteral text: StaticString) { self = .text(text) }
    init(integerLiteral number: Int64) { self = .integer(number) }
    init(nilLiteral: ()) { self = .null }
}

extension StaticString {
    fileprivate var utf8Chars: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

private func check(_ code: Int32, _ handle: OpaquePointer?) {
    guard [SQLITE_OK, SQLITE_DONE, SQLITE_ROW].contains(code) else { fatalError(String(cString: sqlite3_errmsg(handle))) }
}
