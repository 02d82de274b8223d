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
            let (now, holds) = (book.now, try book.holds(of: folio))
            var isRenewal = false
            try book.failHold(operation.subject, why: why, on: folio) { hold in
                let old = holds.first { $0.number == hold.replaces && $0.isLive(at: now) }
                isRenewal = old.map(hold.renews) ?? false
                // Who wanted to raise it sees the refusal; that a hold ends stays told.
                if old != nil, case .holdNotRenewed = folio.notice { return nil }
                return isRenewal ? nil : .holdRefused(hold.amount, why: why)
            }
            if isRenewal { try book.tellUnrenewed(on: folio, anew: true) }
            try book.raiseOtherwise(after: operation, why, on: folio)
        },
        learn: countRefusal)
}
