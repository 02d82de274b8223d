import Ledger
internal import LedgerStore

extension OperationRules {
    /// Takes all or part of a hold, and ends it.
    static let capture = OperationRules(
        subject: .hold, evidence: .intentInPath { _, _ in false }, takesMoney: true,
        isReached: { book, operation, folio in try book.hold(of: operation, on: folio)?.state == .captured },
        apply: applyIntent)
}
