import Ledger
internal import LedgerStore

extension OperationRules {
    /// Makes a page on which the guest pays.
    static let paymentPage = OperationRules(
        subject: .payment, evidence: .pageByKey, takesMoney: true,
        // As with a hold's page.
        isReached: { book, operation, folio in
            try book.payment(of: operation, on: folio).map { $0.session != nil || ($0.intent != nil && $0.state != .requested) } ?? false
        },
        apply: attachPage,
        fail: { book, operation, why, folio in
            if try book.failPayment(operation.subject, why: why, on: folio) {
                try book.setNotice(.pageRefused(.payment, why: why), of: folio)
            }
        })
}
