import Ledger
internal import LedgerStore
import Stripe

extension OperationRules {
    /// Raises a live hold to a new total: before it is captured, or because reception wants more cover.
    static let increment = OperationRules(
        subject: .hold,
        // What was read before may have shown the new total already: only the amount tells.
        evidence: .intentInPath { intent, operation in operation.raisesTo.map { intent.amount >= $0 } ?? false },
        takesMoney: true,
        isReached: { _, _, _ in false },
        apply: applyIntent,
        fail: { book, operation, why, folio in try book.raiseOtherwise(after: operation, why, on: folio) },
        learn: countRefusal)
}

extension Operation {
    /// The amount that an increment raises its hold to, as Stripe counts it.
    fileprivate var raisesTo: Int64? { parameter("amount").flatMap { Int64($0) } }

    /// The same in the ledger's units; nil for a call that raises nothing.
    ///
    /// - Throws: `StripeAmountError`.
    func raisesTo(in currency: Currency) throws -> Money? {
        try raisesTo.map { Money(minorUnits: try StripeAmount(stripe: $0, currency: currency.code).minorUnits, currency: currency) }
    }
}
