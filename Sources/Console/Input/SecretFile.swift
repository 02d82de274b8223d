import Foundation
import Ledger

/// Reads small files that hold one secret, so that it never stands on a command line for others to see.
package enum SecretFile {
    private static let largest = 64 * 1024

    /// - Returns: The file's text without white space around it.
    /// - Throws: `FileRefusal`.
    package static func read(_ path: String) throws(FileRefusal) -> String {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw .notFound(path) }
        guard !isDirectory.boolValue else { throw .directory(path) }
        let bytes: Data?
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            bytes = try handle.read(upToCount: largest + 1)
        } catch {
            throw .notReadable(path)
        }
        guard let bytes, !bytes.isEmpty else { throw .empty(path) }
        guard bytes.count <= largest, let text = String(validating: bytes, as: UTF8.self) else { throw .notText(path) }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty else { throw .empty(path) }
        guard !secret.contains(where: \.isWhitespace) else { throw .notOneWord(path) }
        return secret
    }
}

/// Why a file that was named could not be used.
package enum FileRefusal: OperatorRefusal, Equatable {
    case notFound(String)
    case directory(String)
    case notReadable(String)
    case empty(String)
    case notText(String)
    case notOneWord(String)
    case openToOthers(String)

    package var code: String {
        switch self {
        case .notFound: "file_not_found"
        case .directory, .notReadable: "file_not_readable"
        case .empty: "file_empty"
        case .notText, .notOneWord: "file_content_unusable"
        case .openToOthers: "file_open_to_others"
        }
    }

    package var message: String {
        switch self {
        case .notFound(let path): "There is no file \"\(path)\"."
        case .directory(let path): "\"\(path)\" is a folder, not a file."
        case .notReadable(let path): "The file \"\(path)\" cannot be read."
        case .empty(let path): "The file \"\(path)\" is empty."
        case .notText(let path): "The file \"\(path)\" is not a text file."
        case .notOneWord(let path): "The file \"\(path)\" contains more than the secret."
        case .openToOthers(let path): "The file \"\(path)\" is accessible to other users, and belongs to another user."
        }
    }

    package var hint: String? {
        switch self {
        case .notFound, .directory: "Check the path; it is relative to the current folder."
        case .openToOthers(let path): "Have its owner run `chmod 600 \(path)`, or run this program as its owner."
        case .notReadable: "Check that you may read it (ls -l)."
        case .empty, .notText, .notOneWord: "Put only the secret into the file."
        }
    }
}
