import Ledger
internal import LedgerStore

extension OperationRules {
    /// Raises a live hold to a new total.
    static let increment = OperationRules(
        subject: .hold,
        // What was read before may have shown the new total already: only the amount tells.
        evidence: .intentInPath { intent, operation in operation.raisesTo.map { intent.amount >= $0 } ?? false },
        takesMoney: true,
        isReached: { _, _, _ in false },
        apply: applyIntent)
}

extension Operation {
    /// The amount that an increment raises its hold to, as Stripe counts it.
    fileprivate var raisesTo: Int64? { parameter("amount").flatMap { Int64($0) } }
}
