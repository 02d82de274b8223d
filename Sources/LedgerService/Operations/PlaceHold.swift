import Ledger
internal import LedgerStore

extension OperationRules {
    /// Places a hold on the saved card, without the guest.
    static let placeHold = OperationRules(
        subject: .hold, evidence: .intentByKey, takesMoney: true,
        // Also what others have ended since.
        isReached: { book, operation, folio in
            try book.hold(of: operation, on: folio).map {
                $0.intent != nil && [.authorised, .captured, .released, .expired].contains($0.state)
            } ?? false
        },
        apply: applyIntent,
        fail: { book, number, why, folio in
            try book.failHold(number, why: why, on: folio) { .holdRefused($0.amount, why: why) }
        })
}
