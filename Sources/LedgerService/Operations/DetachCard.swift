import Ledger
internal import LedgerStore

extension OperationRules {
    /// Removes a card at Stripe: the saved one, or, by its number, one that was saved before.
    static let detachCard = OperationRules(
        subject: .card, evidence: .nowhere, movesNothing: true,
        isReached: { _, _, _ in false },
        // A card that cannot be detached belongs to nobody any more.
        isReachedWhenRefused: { _ in true },
        apply: { book, operation, folio, _, _ in try book.noteDetached(by: operation, on: folio) },
        takeInReached: { book, operation, folio in try book.noteDetached(by: operation, on: folio) })
}

extension Book {
    fileprivate func noteDetached(by operation: Operation, on folio: Folio) throws {
        if let past = operation.subject {
            try setDetached(pastCard: past, of: folio)
        } else {
            try setCardState(.removed, of: folio)
        }
    }
}
