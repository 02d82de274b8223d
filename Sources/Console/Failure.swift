import Foundation
import Ledger

/// How an error is told on standard error, and how the program ends.
package struct Failure {
    private let message: String
    private let hint: String?
    /// 1 refused or failed, 2 not understood.
    package let exitCode: Int32

    /// An error that is no refusal is a defect: it is told with its own words.
    package init(_ error: any Error) {
        switch error {
        case let usage as UsageError:
            self.init(usage.message, hint: usage.hint, exitCode: 2)
        case let refusal as any Refusal:
            self.init(refusal.message, hint: refusal.hint, exitCode: 1)
        default:
            self.init("This should not have happened: \(Self.described(error))", hint: nil, exitCode: 1)
        }
    }

    private init(_ message: String, hint: String?, exitCode: Int32) {
        (self.message, self.hint, self.exitCode) = (printable(message), hint.map(printable), exitCode)
    }

    /// For standard error: the message, and the hint below it.
    ///
    /// - Parameter width: Columns of the terminal; `nil` for a pipe, where each is one line.
    package func text(width: Int?) -> String {
        sentences(message, width: width, begin: "error: ", indent: "       ")
            + (hint.map { sentences($0, width: width, begin: "  hint: ", indent: "        ") } ?? "")
    }

    /// An error's own words, where it has some, on one line.
    private static func described(_ error: any Error) -> String {
        let words =
            switch error {
            case let error as any LocalizedError: error.errorDescription ?? plainWords(of: error)
            case let error as CocoaError: error.localizedDescription
            case let error as POSIXError: error.localizedDescription
            default: plainWords(of: error)
            }
        return words.hasSuffix(".") ? words : words + "."
    }
}
