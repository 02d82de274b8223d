import Foundation
import Ledger

/// Reads a password from standard input: typed unseen and twice by a person, one line from a pipe. It never stands on a command line.
package enum PasswordLine {
    private static let longest = 4096

    /// - Parameter prompt: What a person is asked for; nothing is said in a pipe.
    /// - Throws: `PasswordLineRefusal`.
    package static func read(_ prompt: String, terminal: Terminal) throws(PasswordLineRefusal) -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try line() }
        let first = try unseen("\(prompt): ", terminal)
        guard try unseen("\(prompt), again: ", terminal) == first else { throw .differ }
        return first
    }

    private static func unseen(_ prompt: String, _ terminal: Terminal) throws(PasswordLineRefusal) -> String {
        terminal.writeError(prompt)
        var seen = termios()
        tcgetattr(STDIN_FILENO, &seen)
        var unseen = seen
        unseen.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &seen)
            terminal.writeError("\n")
        }
        return try line()
    }

    /// Without its end; no further than that, so that a second line is left for who reads next.
    private static func line() throws(PasswordLineRefusal) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
            guard bytes.count <= longest else { throw .notText }
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw .missing }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
        return text
    }
}

/// Why no password could be read.
package enum PasswordLineRefusal: OperatorRefusal, Equatable {
    case missing
    case notText
    case differ

    package var code: String {
        switch self {
        case .missing: "password_missing"
        case .notText: "password_unreadable"
        case .differ: "passwords_differ"
        }
    }

    package var message: String {
        switch self {
        case .missing: "There is no password on standard input."
        case .notText: "Standard input does not contain a password."
        case .differ: "The two passwords are not the same."
        }
    }

    package var hint: String? {
        switch self {
        case .missing, .notText: "Type it when asked, or send it as one line: `… < password-file`."
        case .differ: "Type it again."
        }
    }
}
