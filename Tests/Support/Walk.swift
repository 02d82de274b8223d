import Foundation

/// How far tests walk whose way is random.
package enum Walk {
    /// Whether LEDGER_TESTS=full asks for all of it: `scripts/check --full` does.
    package static let isFull = ProcessInfo.processInfo.environment["LEDGER_TESTS"] == "full"

    /// So many steps, or a third of them.
    package static func share<Count: BinaryInteger>(of steps: Count) -> Count { isFull ? steps : (steps + 2) / 3 }
}
