import Ledger
internal import LedgerStore
import Stripe

extension OperationRules {
    /// Takes a page back, so that nobody pays on it any more.
    static let withdrawPage = OperationRules(
        subject: .nothing, evidence: .pageInPath,
        // That a page is over does not tell who ended it.
        isReached: { _, _, _ in false },
        apply: { book, _, _, answer, returning in
            try book.apply(try object(CheckoutSession.self, in: answer), returning: returning)
        })
}
