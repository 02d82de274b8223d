import CSQLite
import Glibc

extension Database {
    /// Writes one consistent state of the ledger to the new file `path` while reads and writes go on.
    ///
    /// The file gets its name when it is complete and on the disk; until then it is called `path` + `.partial`.
    /// - Throws: `StoreRefusal`, `.exists` if there is a file of that name.
    package func backup(to path: String) throws {
        guard access(path, F_OK) != 0 else { throw StoreRefusal(.exists, path) }
        let partial = path + ".partial"
        unlink(partial)
        defer { unlink(partial) }
        try copy(to: partial)
        try synchronise(partial)
        // Unlike rename(), link() does not overwrite a file that somebody made in the meantime.
        guard link(partial, path) == 0 else { throw StoreRefusal(errno == EEXIST ? .exists : .cannotOpen, path) }
        try synchronise(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".")
    }

    private func copy(to path: String) throws {
        let source = try Connection(file, .reader)
        let target = try Connection(path, .writer(create: true))
        guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw target.failure(sqlite3_errcode(target.handle), nil)
        }
        // All pages in one step: in pieces, every write in between would start it again from the first page.
        let code = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw target.failure(code, nil) }
    }

    private func synchronise(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        defer { Glibc.close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw StoreRefusal(.cannotOpen, path) }
    }
}
