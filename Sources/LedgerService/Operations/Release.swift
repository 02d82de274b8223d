import Ledger
internal import LedgerStore

extension OperationRules {
    /// Gives a hold back to the guest.
    static let release = OperationRules(
        subject: .hold, evidence: .intentInPath { _, _ in false },
        isReached: { book, operation, folio in try book.hold(of: operation, on: folio)?.isLetGo == true },
        apply: applyIntent)
}
