import CSQLite
import Glibc
import Ledger

/// A ledger that was restored from a backup.
package struct Restored: Sendable {
    /// Each tenant's books as they were computed again, whole.
    package let books: [(tenant: Tenant, check: BookCheck)]
    /// How many migrations the backup had; the ledger has all of them now.
    package let migrationsFound: Int
    /// Where the ledger that was there before lies now.
    package let aside: String?
}

extension Database {
    /// Puts a backup in a ledger's place, after proving that it is whole.
    ///
    /// The backup is only read. A copy of it is checked page by page, brought up to date, and every tenant's books are computed again; the copy
    /// gets the ledger's name when all that has succeeded, in one step. Sessions in it are ended: who was logged in then may not be now.
    /// Nothing is taken for any tenant before Stripe has been read.
    /// - Parameters:
    ///   - replace: Whether a ledger that is there is moved aside; it is never overwritten or deleted.
    ///   - making: Called with the files that are made on the way and are of no use to anybody when it is broken off.
    ///   - progress: Called with the tenant's id and the number of entries read so far.
    /// - Throws: `RestoreRefusal`, `StoreRefusal`; then everything is as it was.
    package static func restore(
        _ backup: String, to path: String, replace: Bool, migrations: [Migration] = Migration.released, clock: @escaping Clock,
        making: ([String]) -> Void = { _ in }, progress: (String, Int64) -> Void = { _, _ in }
    ) async throws -> Restored {
        try requireLedger(backup)
        let place = Place(path)
        guard !isOneFile(backup, path) else { throw RestoreRefusal.sameFile(path) }
        guard replace || !place.isTaken else { throw RestoreRefusal.exists(path) }
        // Before the long work; and again when it is done.
        try place.locked {}
        let copy = try emptyFile("\(path).partial-XXXXXX", for: path)
        defer { for suffix in Place.suffixes { unlink(copy + suffix) } }
        making(Place.suffixes.map { copy + $0 })
        do {
            try Database.copy(backup, to: copy)
            try checkPages(of: copy)
            let ledger = try Database(path: copy, migrations: migrations, clock: clock, create: false)
            defer { ledger.close() }
            let books = try ledger.read { transaction in
                try transaction.tenants().map { tenant in
                    (tenant, try transaction.withBook(of: tenant) { try $0.verify { progress(tenant.id, $0) } })
                }
            }
            if let defect = books.flatMap(\.1.defects).first { throw RestoreRefusal.booksDamaged(backup, defect) }
            try await ledger.write { transaction in
                try transaction.endAllSessions()
                try transaction.noteCopy()
            }
            ledger.close()
            guard access(copy + "-wal", F_OK) != 0 else { throw StoreRefusal(.cannotOpen, copy) }
            try synchronise(copy, for: path)
            let aside = try place.locked { try place.take(copy, at: clock()) }
            return Restored(books: books, migrationsFound: ledger.migrationsFound, aside: aside)
        } catch let refusal as StoreRefusal where refusal.file == copy {
            // No other program knows the copy's name.
            let isOfThePlace = [.diskFull, .cannotOpen, .noFileHandles].contains(refusal.accident)
            throw StoreRefusal(refusal.accident, isOfThePlace ? path : backup, refusal.facts)
        }
    }

    /// Before anything is copied: a device has no end, and a pipe may have no beginning.
    ///
    /// - Throws: `RestoreRefusal`, `StoreRefusal` unless this is a regular file that begins as a ledger does.
    /// - Source: "Database File Format" of SQLite, section 1.3: the first 16 bytes, and the application's id at 68.
    private static func requireLedger(_ backup: String) throws {
        var status = stat()
        guard stat(backup, &status) == 0 else { throw StoreRefusal(.fileMissing, backup) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw RestoreRefusal.noFile(backup) }
        // The content of its write-ahead log takes precedence over the file.
        guard access(backup + "-wal", F_OK) != 0 else { return }
        // Another kind may have come into its place: that must not be waited for.
        let descriptor = open(backup, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreRefusal(StoreRefusal.cannotOpen(errno), backup) }
        defer { Glibc.close(descriptor) }
        var head = [UInt8](repeating: 0, count: 100)
        guard Glibc.read(descriptor, &head, head.count) == head.count, head.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw StoreRefusal(.notADatabase, backup)
        }
        try requireLedger(head[68..<72].reduce(0) { $0 << 8 | Int64($1) }, backup)
    }

    /// - Throws: `StoreRefusal` unless a file that says so of itself is a ledger of this program.
    private static func requireLedger(_ application: Int64, _ file: String) throws {
        guard let accident = Migrator.accident(ofApplication: application) else { return }
        throw StoreRefusal(accident == .anotherProgramsFile ? .notADatabase : accident, file)
    }

    private static func isOneFile(_ a: String, _ b: String) -> Bool {
        var (x, y) = (stat(), stat())
        return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino
    }

    /// A backup made by this program is one file and is copied byte by byte, also from a read-only disk. A file with a write-ahead log is a
    /// ledger in use, which only SQLite can read completely.
    private static func copy(_ backup: String, to copy: String) throws {
        guard access(backup + "-wal", F_OK) != 0 else { return try copyPages(from: backup, to: copy) { _ in } }
        let (source, target) = (open(backup, O_RDONLY | O_CLOEXEC), open(copy, O_WRONLY | O_CLOEXEC))
        defer { for descriptor in [source, target] where descriptor >= 0 { Glibc.close(descriptor) } }
        guard source >= 0, target >= 0 else { throw StoreRefusal(StoreRefusal.cannotOpen(errno), source < 0 ? backup : copy) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(source, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StoreRefusal(.cannotOpen, backup) }
            var written = 0
            while written < count {
                let more = Glibc.write(target, buffer.baseAddress! + written, count - written)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else { throw StoreRefusal([ENOSPC, EDQUOT, EFBIG].contains(errno) ? .diskFull : .cannotOpen, copy) }
                written += more
            }
        }
    }

    /// - Throws: `StoreRefusal` unless this is a ledger in which every page, index and reference is right.
    private static func checkPages(of copy: String) throws {
        let connection = try Connection(copy, .writer(create: false))
        try connection.execute("BEGIN")
        defer { connection.rollBack() }
        let transaction = Transaction(now: Instant(milliseconds: 0), connection: connection)
        // An empty file would pass for a ledger without tables.
        try requireLedger(try transaction.one("PRAGMA application_id") { try $0.int64(0) } ?? 0, copy)
        guard try transaction.one("PRAGMA integrity_check(1)", { try $0.string(0) }) == "ok",
            try transaction.one("PRAGMA foreign_key_check", { _ in true }) == nil
        else { throw StoreRefusal(.damaged, copy) }
    }
}

/// The location of a ledger: its file and SQLite's -wal and -shm.
private struct Place {
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// F_OFD_SETLK of <fcntl.h>, which Swift does not import.
    private static let setLockOfDescription: Int32 = 37

    let path: String

    init(_ path: String) { self.path = path }

    var isTaken: Bool { Self.suffixes.contains { access(path + $0, F_OK) == 0 } }

    /// Runs `body` while no program has the ledger open. It works for files that SQLite can no longer read.
    ///
    /// - Throws: `RestoreRefusal.inUse`.
    /// - Source: "File Locking And Concurrency In SQLite Version 3": every connection holds a lock on bytes from 0x40000000 on, and with a
    ///   write-ahead log it does so until it is closed. A lock of the open file description also meets those of this very process.
    func locked<Value>(_ body: () throws -> Value) throws -> Value {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw StoreRefusal(StoreRefusal.cannotOpen(errno), path) }
            return try body()
        }
        defer { Glibc.close(descriptor) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0000
        lock.l_len = 512
        guard fcntl(descriptor, Self.setLockOfDescription, &lock) == 0 else { throw RestoreRefusal.inUse(path) }
        return try body()
    }

    /// Gives `copy` the ledger's name, after moving aside what has it.
    ///
    /// - Returns: Where that lies now.
    func take(_ copy: String, at now: Instant) throws -> String? {
        let aside = isTaken ? try moveAside(at: now) : nil
        // Unlike rename(), link() does not overwrite a file that somebody made in the meantime.
        guard link(copy, path) == 0 else {
            let why = errno
            if let aside { try? move(aside, to: path) }
            throw why == EEXIST ? RestoreRefusal.exists(path) : StoreRefusal(.cannotOpen, path)
        }
        try Database.synchronise(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".", for: path)
        return aside
    }

    private func moveAside(at now: Instant) throws -> String {
        let stem = "\(path).replaced-\(now.description.replacing(":", with: ""))"
        var aside = stem
        var number = 1
        while Place(aside).isTaken {
            number += 1
            aside = "\(stem)-\(number)"
        }
        try move(path, to: aside)
        return aside
    }

    /// The file first: a write-ahead log without its file is nothing to SQLite, a file without its log has lost something.
    private func move(_ from: String, to: String) throws {
        for suffix in Self.suffixes where access(from + suffix, F_OK) == 0 {
            guard rename(from + suffix, to + suffix) == 0 else { throw StoreRefusal(.cannotOpen, from) }
        }
    }
}

/// Why a backup was not restored.
package enum RestoreRefusal: OperatorRefusal {
    case exists(String)
    case inUse(String)
    case sameFile(String)
    case noFile(String)
    case booksDamaged(String, BookDefect)

    package var code: String {
        switch self {
        case .exists: "file_exists"
        case .inUse: "file_in_use"
        case .sameFile: "same_file"
        case .noFile: "no_file"
        case .booksDamaged: "books_damaged"
        }
    }

    package var message: String {
        switch self {
        case .exists(let path): "There is already a ledger at \(path)."
        case .inUse(let path): "Another program has \(path) open."
        case .sameFile(let path): "\(path) is the backup itself."
        case .noFile(let backup): "\(backup) is not a regular file, but a folder, a pipe or a device."
        case .booksDamaged(let backup, let defect): "In \(backup) the books of tenant \"\(defect.tenant)\" are damaged: \(defect.problem)."
        }
    }

    package var hint: String? {
        switch self {
        case .exists: "Choose another path with --db, or rename the existing ledger with --replace."
        case .inUse: "Stop the service and all verbs, then try again."
        case .sameFile: "Give the ledger's path with --db, and the backup as FILE."
        case .noFile: "Give a file that `soferu-ledger backup` created."
        case .booksDamaged: "Use an earlier backup, and keep this one as evidence."
        }
    }
}
