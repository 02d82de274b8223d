import Ledger
internal import LedgerStore

extension OperationRules {
    /// Makes a page on which the guest authorises a hold.
    static let holdPage = OperationRules(
        subject: .hold, evidence: .pageByKey, takesMoney: true,
        // It is there when its page is known, or when something came of the intent behind it.
        isReached: { book, operation, folio in
            try book.hold(of: operation, on: folio).map { $0.session != nil || ($0.intent != nil && $0.state != .requested) } ?? false
        },
        apply: attachPage,
        fail: { book, operation, why, folio in
            try book.failHold(operation.subject, why: why, on: folio) { _ in .pageRefused(.hold, why: why) }
        })
}
