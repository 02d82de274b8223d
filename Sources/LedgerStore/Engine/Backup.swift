import CSQLite
import Glibc
import Ledger

extension Database {
    /// Writes one consistent state of the ledger to the new file `path` while reads and writes go on.
    ///
    /// The file gets its name when it is complete and on the disk; until then it is called `path` + `.partial-` + six letters.
    /// Only the user that runs this program may read it. However it is restored, no money is taken before Stripe has been read.
    /// - Returns: What `body` reads out of exactly the state that is in the copy.
    /// - Throws: `StoreRefusal`, `.exists` if there is a file of that name.
    package func backup<Output>(to path: String, reading body: (borrowing Transaction) throws -> Output = { _ in }) throws -> Output {
        guard access(path, F_OK) != 0 else { throw StoreRefusal(.exists, path) }
        let partial = try Self.emptyFile("\(path).partial-XXXXXX", for: path)
        defer { for suffix in ["", "-wal", "-shm"] { unlink(partial + suffix) } }
        let output: Output
        do {
            output = try Self.copyPages(from: file, to: partial, reading: body)
            try markUnread(partial)
        } catch let refusal as StoreRefusal {
            // The copy cannot be damaged before it is one.
            throw StoreRefusal(refusal.accident, refusal.accident == .damaged ? file : path, refusal.facts)
        }
        try Self.synchronise(partial, for: path)
        // Unlike rename(), link() does not overwrite a file that somebody made in the meantime.
        guard link(partial, path) == 0 else { throw StoreRefusal(errno == EEXIST ? .exists : .cannotOpen, path) }
        try Self.synchronise(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".", for: path)
        return output
    }

    /// Notes in a copy that it is one.
    private func markUnread(_ copy: String) throws {
        let connection = try Connection(copy, .writer(create: false))
        try connection.execute("BEGIN IMMEDIATE")
        try Transaction(now: clock(), connection: connection).noteCopy()
        try connection.execute("COMMIT")
    }

    static func emptyFile(_ template: String, for path: String) throws -> String {
        var name = Array(template.utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw StoreRefusal(errno == ENOENT ? .folderMissing : StoreRefusal.cannotOpen(errno), path) }
        Glibc.close(descriptor)
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Copies every page of `file` over those of `target`, as they are at one moment.
    static func copyPages<Output>(
        from file: String, to target: String, reading body: (borrowing Transaction) throws -> Output
    ) throws -> Output {
        let source = try Connection(file, .reader)
        let target = try Connection(target, .writer(create: false))
        // The copy is made of the state that this transaction sees.
        try source.execute("BEGIN")
        defer { source.rollBack() }
        let output = try body(Transaction(now: Instant(milliseconds: 0), connection: source))
        guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw target.failure(sqlite3_errcode(target.handle), nil)
        }
        // All pages in one step: in pieces, every write in between would start it again from the first page.
        let code = sqlite3_backup_step(backup, -1)
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw target.failure(end, nil) }
        return output
    }

    static func synchronise(_ name: String, for path: String) throws {
        let descriptor = open(name, O_RDONLY)
        defer { Glibc.close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw StoreRefusal(StoreRefusal.cannotOpen(errno), path) }
    }
}
