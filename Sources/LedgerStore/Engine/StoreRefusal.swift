import CSQLite
import Glibc
import Ledger

/// An accident with the file that an operator can understand and mend.
package struct StoreRefusal: OperatorRefusal, CustomStringConvertible {
    /// Each has a code, a sentence and a hint of its own.
    package enum Accident: Equatable, Sendable {
        case notADatabase, damaged, unreadable, anotherProgramsFile, unreleasedVersion
        case newerVersion(file: Int, program: Int)
        case editedMigration(number: Int, name: String)
        case missingMigration(number: Int)
        case diskFull, readOnly, fileMissing, folderMissing, cannotOpen, noFileHandles, locked, exists
        case fileRemoved, fileReplaced
        case closed
    }

    /// Decides `code`, `message` and `hint`.
    package let accident: Accident
    /// The path as it was given.
    package let file: String
    /// What SQLite said, when it did.
    package let facts: StoreError?

    init(_ accident: Accident, _ file: String, _ facts: StoreError? = nil) {
        self.accident = accident
        self.file = file
        self.facts = facts
    }

    /// - Parameter systemError: `errno` of the call that failed, 0 if none did.
    /// - Returns: `nil` if `error` is not one of the accidents.
    init?(_ error: StoreError, file: String, systemError: Int32) {
        let accident: Accident
        switch error.code {
        case SQLITE_NOTADB: accident = .notADatabase
        case SQLITE_CORRUPT: accident = .damaged
        case SQLITE_FULL: accident = .diskFull
        // A quota or a limit on the size of a file: full for this process, whatever the disk says.
        case SQLITE_IOERR where [ENOSPC, EDQUOT, EFBIG].contains(systemError): accident = .diskFull
        case SQLITE_READONLY, SQLITE_PERM: accident = .readOnly
        case SQLITE_CANTOPEN: accident = Self.cannotOpen(systemError)
        // PROTOCOL: the lock on the log's index was not to be had either, however often it was tried.
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: accident = .locked
        default: return nil
        }
        self.init(accident, file, error)
    }

    /// - Parameter systemError: `errno` of the call that failed.
    static func cannotOpen(_ systemError: Int32) -> Accident { [EMFILE, ENFILE].contains(systemError) ? .noFileHandles : .cannotOpen }

    /// What a closure came across, where that is an accident with the file: SQLite finds nothing wrong with a row in which bytes were changed.
    static func told(_ error: any Error, file: String) -> any Error {
        func unreadable(_ what: String) -> StoreRefusal {
            StoreRefusal(
                .unreadable, file, StoreError(code: SQLITE_MISMATCH, extendedCode: SQLITE_MISMATCH, message: what, sql: nil))
        }
        switch error {
        case let error as StoreError where error.code == SQLITE_MISMATCH: return StoreRefusal(.unreadable, file, error)
        case let row as UnreadableRow: return unreadable(row.description)
        case let entry as DamagedEntry: return unreadable("journal entry \(entry.number)")
        default: return error
        }
    }

    package var code: String {
        switch accident {
        case .notADatabase: "not_a_database"
        case .damaged: "file_damaged"
        case .unreadable: "row_unreadable"
        case .anotherProgramsFile: "file_of_another_program"
        case .unreleasedVersion: "file_from_unreleased_version"
        case .newerVersion: "file_from_newer_version"
        case .editedMigration: "migration_edited"
        case .missingMigration: "migration_missing"
        case .diskFull: "disk_full"
        case .readOnly: "file_read_only"
        case .fileMissing: "file_missing"
        case .folderMissing: "folder_missing"
        case .cannotOpen: "file_cannot_be_opened"
        case .noFileHandles: "no_file_handles"
        case .locked: "file_locked"
        case .exists: "file_exists"
        case .fileRemoved: "file_removed"
        case .fileReplaced: "file_replaced"
        case .closed: "shutting_down"
        }
    }

    package var message: String {
        switch accident {
        case .notADatabase: "\(file) is not a ledger file."
        case .damaged: "The ledger file \(file) is damaged."
        case .unreadable: "The ledger file \(file) contains something that cannot be read."
        case .anotherProgramsFile: "\(file) belongs to another program."
        case .unreleasedVersion: "\(file) was written by an early version of this program that was never released."
        case .newerVersion(let found, let known):
            "\(file) was written by a newer version of this program (format \(found), this one knows formats up to \(known))."
        case .editedMigration(let number, let name):
            "\(file) was made by another version of this program: its tables are not those of this one (migration \(number), \(name))."
        case .missingMigration(let number): "Migration \(number) is missing, so \(file) cannot be migrated."
        case .diskFull: "The disk that holds \(file) is full; nothing was written."
        case .readOnly: "\(file) cannot be written."
        case .fileMissing: "There is no ledger file \(file)."
        case .folderMissing: "The folder of \(file) does not exist."
        case .cannotOpen: "\(file) cannot be opened."
        case .noFileHandles: "\(file) cannot be opened: this program has reached its limit of open files."
        case .locked: "\(file) has been locked by another process for too long."
        case .exists: "\(file) already exists."
        case .fileRemoved: "The ledger file \(file), or its -wal or -shm, was removed while it was in use."
        case .fileReplaced: "\(file), or its -wal or -shm, was replaced by another file while it was in use."
        case .closed: "The ledger is shutting down."
        }
    }

    package var hint: String? {
        switch accident {
        case .notADatabase, .anotherProgramsFile: "Give the path of a ledger file, or a path where no file exists to start a new ledger."
        case .damaged, .unreadable: "Stop the service, keep a copy of the file as it is, and restore the latest backup."
        case .newerVersion: "Install the version of the program that wrote it, or a later one."
        case .unreleasedVersion: "Start a new ledger at a path where no file exists yet; no released version can read the old one."
        case .editedMigration:
            "Install the version that made it. Before version 1.0 tables still change: start a new ledger for this version."
        case .missingMigration: "Migrations are numbered 1, 2, 3 … without gaps: install a complete release of this program."
        case .diskFull: "Free some space, then try again."
        case .readOnly: "Give this program's user write permission for the file and its folder."
        case .fileMissing: "Check the path. A new ledger begins with `soferu-ledger tenant add`."
        case .folderMissing: "Create the folder, or check the path."
        case .cannotOpen: "Check the path, and that the user that runs this program may read and write the file and its folder."
        case .noFileHandles: "Raise the limit of open files: ulimit -n, LimitNOFILE in systemd, or sysctl fs.file-max."
        case .locked: "Stop the other program that has the file open, or wait until it is done, then try again."
        case .exists: "Give a path where no file exists yet."
        case .fileRemoved, .fileReplaced:
            "Stop the service, put the ledger and its -wal back or restore the latest backup, and start the service again."
        case .closed: "Try again when it is running."
        }
    }

    package var description: String { facts.map { "\(message) (\($0))" } ?? message }
}
