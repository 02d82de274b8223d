import CSQLite
import Glibc

extension Database {
    /// Writes one consistent state of the ledger to the new file `path` while reads and writes go on.
    ///
    /// The file gets its name when it is complete and on the disk; until then it is called `path` + `.partial-` + six letters.
    /// Only the user that runs this program may read it.
    /// - Throws: `StoreRefusal`, `.exists` if there is a file of that name.
    package func backup(to path: String) throws {
        guard access(path, F_OK) != 0 else { throw StoreRefusal(.exists, path) }
        let partial = try emptyFile("\(path).partial-XXXXXX", for: path)
        defer { unlink(partial) }
        try copy(to: partial, for: path)
        try synchronise(partial, for: path)
        // Unlike rename(), link() does not overwrite a file that somebody made in the meantime.
        guard link(partial, path) == 0 else { throw StoreRefusal(errno == EEXIST ? .exists : .cannotOpen, path) }
        try synchronise(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".", for: path)
    }

    private func emptyFile(_ template: String, for path: String) throws -> String {
        var name = Array(template.utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw StoreRefusal(errno == ENOENT ? .folderMissing : .cannotOpen, path) }
        Glibc.close(descriptor)
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func copy(to partial: String, for path: String) throws {
        let source = try Connection(file, .reader)
        let target = try Connection(partial, .writer(create: false))
        do {
            guard let backup = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
                throw target.failure(sqlite3_errcode(target.handle), nil)
            }
            // All pages in one step: in pieces, every write in between would start it again from the first page.
            let code = sqlite3_backup_step(backup, -1)
            let end = sqlite3_backup_finish(backup)
            guard code == SQLITE_DONE else { throw target.failure(end, nil) }
        } catch let refusal as StoreRefusal {
            // The copy cannot be damaged before it is one.
            throw StoreRefusal(refusal.accident, refusal.accident == .damaged ? file : path, refusal.facts)
        }
    }

    private func synchronise(_ name: String, for path: String) throws {
        let descriptor = open(name, O_RDONLY)
        defer { Glibc.close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw StoreRefusal(.cannotOpen, path) }
    }
}
