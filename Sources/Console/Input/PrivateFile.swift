import Glibc

/// Files that are nobody's but their owner's: the ledger, what lies beside it, its backups, and secrets.
package enum PrivateFile {
    /// Takes away what others may do with a file. One that is not there, or is no file, is left alone.
    ///
    /// - Returns: Whether they could read or write it until now.
    /// - Throws: `FileRefusal.openToOthers` when it belongs to somebody else.
    package static func tighten(_ path: String) throws(FileRefusal) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 else { return false }
        guard chmod(path, status.st_mode & 0o700) == 0 else {
            // On a disk that cannot be written to, what is to be done with the file says so by itself.
            if errno == EROFS { return false }
            throw .openToOthers(path)
        }
        return true
    }

    /// What whoever runs the program is told of it.
    package static func sentence(_ path: String) -> String {
        "\(path) was accessible to other users; now only its owner may read and write it. They may know its content."
    }

    /// Whether anybody may put another file in this one's place.
    package static func isInOpenFolder(_ path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        var status = stat()
        return stat(folder, &status) == 0 && status.st_mode & S_IWOTH != 0 && status.st_mode & S_ISVTX == 0
    }
}

extension Invocation {
    /// Takes away what others may do with files that were just read, and says so. Only once they have proved to be what they were taken for:
    /// somebody may have named another file by mistake.
    package func keepPrivate(_ paths: String?...) {
        for path in paths.compactMap({ $0 }) {
            do {
                if try PrivateFile.tighten(path) { terminal.writeError(PrivateFile.sentence(path) + "\n") }
            } catch { terminal.writeError("\(error.message) \(error.hint ?? "")\n") }
        }
    }
}
