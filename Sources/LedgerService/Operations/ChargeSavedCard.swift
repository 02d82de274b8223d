import Ledger
internal import LedgerStore

extension OperationRules {
    /// Takes a payment from the saved card, without the guest.
    static let chargeSavedCard = OperationRules(
        subject: .payment, evidence: .intentByKey, takesMoney: true,
        isReached: { book, operation, folio in try book.payment(of: operation, on: folio)?.state == .succeeded },
        apply: applyIntent,
        fail: { book, operation, why, folio in try book.failPayment(operation.subject, why: why, on: folio) },
        learn: countRefusal)
}
