import Foundation
import Glibc
import Ledger

/// A folder of files that is there as a whole or not at all, whenever the process is killed.
///
/// The files are written into a folder beside it, whose name begins with a dot, and synced. Then that one is renamed. What a killed process
/// left is removed by the next one that writes there.
package enum WholeFolder {
    /// Asked before something is decided whose files are to be there.
    ///
    /// - Throws: `FolderRefusal.notThere`, `.notWritten`.
    package static func requirePlace(in parent: String) throws(FolderRefusal) {
        guard isFolder(parent) else { throw .notThere(parent) }
        guard access(parent, W_OK | X_OK) == 0 else { throw .notWritten(parent, String(cString: strerror(errno))) }
    }

    /// - Parameters:
    ///   - files: Each with its name in the folder.
    ///   - name: The folder's name.
    ///   - parent: Where it appears; it must be there.
    /// - Returns: Whether it was made now; `false` when it is there with the same files and the same bytes.
    /// - Throws: `FolderRefusal`.
    package static func write(_ files: [(name: String, bytes: [UInt8])], as name: String, in parent: String) throws(FolderRefusal) -> Bool {
        let path = "\(parent)/\(name)"
        guard isFolder(parent) else { throw .notThere(parent) }
        if try isThere(path, files) { return false }
        removeLeftovers(of: name, in: parent)
        let part = "\(parent)/.\(name).part-\(getpid())"
        guard mkdir(part, 0o755) == 0 else { throw .notWritten(part, String(cString: strerror(errno))) }
        do throws(FolderRefusal) {
            for file in files { try write(file.bytes, to: "\(part)/\(file.name)") }
            try sync(part)
            guard rename(part, path) == 0 else {
                // Another process was faster, or something else has the name.
                let why = errno
                guard why == EEXIST || why == ENOTEMPTY || why == ENOTDIR else { throw .notWritten(path, String(cString: strerror(why))) }
                _ = try isThere(path, files)
                remove(part)
                return false
            }
            try sync(parent)
            return true
        } catch {
            remove(part)
            throw error
        }
    }

    /// - Throws: `FolderRefusal.otherContent` when something else has the name.
    private static func isThere(_ path: String, _ files: [(name: String, bytes: [UInt8])]) throws(FolderRefusal) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let isSame =
            status.st_mode & S_IFMT == S_IFDIR && Set(names) == Set(files.map(\.name))
            && files.allSatisfy { file in
                FileManager.default.contents(atPath: "\(path)/\(file.name)").map { Array($0) == file.bytes } ?? false
            }
        guard isSame else { throw .otherContent(path) }
        return true
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(FolderRefusal) {
        func fail() -> FolderRefusal { .notWritten(path, String(cString: strerror(errno))) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fail() }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written) }
            if count < 0 {
                if errno == EINTR { continue }
                throw fail()
            }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw fail() }
    }

    private static func sync(_ folder: String) throws(FolderRefusal) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .notWritten(folder, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .notWritten(folder, String(cString: strerror(errno))) }
    }

    /// What processes left that are not there any more.
    private static func removeLeftovers(of name: String, in parent: String) {
        let prefix = ".\(name).part-"
        for found in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where found.hasPrefix(prefix) {
            guard let process = pid_t(found.dropFirst(prefix.count)), process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
            else { continue }
            remove("\(parent)/\(found)")
        }
    }

    private static func remove(_ part: String) { try? FileManager.default.removeItem(atPath: part) }
}

/// Why a folder of files was not written. What was there before is as it was.
package enum FolderRefusal: OperatorRefusal, Equatable {
    case notThere(String)
    /// Where, and the system's word.
    case notWritten(String, String)
    case otherContent(String)

    package var code: String {
        switch self {
        case .notThere: "folder_not_found"
        case .notWritten: "folder_not_written"
        case .otherContent: "folder_differs"
        }
    }

    package var message: String {
        switch self {
        case .notThere(let path): "There is no folder \"\(path)\"."
        case .notWritten(let path, let why): "\"\(path)\" cannot be written: \(why)."
        case .otherContent(let path): "\"\(path)\" is there already, with other content."
        }
    }

    package var hint: String? {
        switch self {
        case .notThere: "Make it first, or name another one, and repeat the command."
        case .notWritten: "Check the rights and the room on that disk, and repeat the command: it writes the same files."
        case .otherContent: "Move it away, and repeat the command: it writes the same files."
        }
    }
}
