import Ledger
internal import LedgerStore
import Stripe

extension OperationRules {
    /// Cancels an intent that nobody will finish: a refused attempt left it open, or it lives on after its folio was closed.
    static let cancelOrphan = OperationRules(
        subject: .nothing, evidence: .intentInPath { intent, _ in intent.status == .canceled },
        parksWhenRefused: true,
        // The books keep nothing of such an intent.
        isReached: { _, _, _ in false },
        isReachedWhenRefused: { $0.paymentIntent.map { $0.status == .canceled || $0.status == .succeeded } ?? false },
        apply: applyIntent)
}
