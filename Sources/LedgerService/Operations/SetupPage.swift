import Ledger
internal import LedgerStore

extension OperationRules {
    /// Makes a page on which the guest saves a card; the number is that of the hold to be placed with it.
    static let setupPage = OperationRules(
        subject: .card, evidence: .pageByKey, takesMoney: true,
        isReached: { book, _, folio in try book.cardOnFile(of: folio).map { $0.session != nil || $0.state == .saved } ?? false },
        apply: attachPage,
        fail: { book, _, why, folio in
            try book.setCardState(.failed, of: folio)
            try book.setNotice(.pageRefused(.card, why: why), of: folio)
        })
}
