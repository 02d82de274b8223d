import Ledger
internal import LedgerStore

extension OperationRules {
    /// Places a hold on the saved card, without the guest: the first one, one that renews another, or one that raises the cover.
    static let placeHold = OperationRules(
        subject: .hold, evidence: .intentByKey, takesMoney: true,
        // Also what others have ended since.
        isReached: { book, operation, folio in
            try book.hold(of: operation, on: folio).map {
                $0.intent != nil && [.authorised, .replaced, .captured, .released, .expired].contains($0.state)
            } ?? false
        },
        apply: applyIntent,
        fail: { book, operation, why, folio in
            let holds = try book.holds(of: folio)
            try book.failHold(operation.subject, why: why, on: folio) { hold in
                guard let old = holds.first(where: { $0.number == hold.replaces }), old.isLive(at: book.now), hold.renews(old) else {
                    return .holdRefused(hold.amount, why: why)
                }
                return .holdNotRenewed(old.held, at: old.captureBefore ?? book.now, .refused, why: why)
            }
            try book.raiseOtherwise(after: operation, why, on: folio)
        },
        learn: countRefusal)
}
