import Ledger
import LedgerStore
import Stripe

extension LedgerService {
    /// Tries a key before a tenant gets it: whether Stripe knows it, and what it may do.
    ///
    /// - Returns: The rights that it lacks and without which no money is lost: the rest is shown.
    /// - Throws: `ServiceRefusal.stripeKeyUnknown`; `.stripeRightsMissing` when money could not be taken or given back with it;
    ///   `.stripeUnreachable` while Stripe does not say.
    func missingRights(of key: Secret) async throws -> [StripeRight] {
        let client = clients.client(for: key)
        var missing: [StripeRight] = []
        // One after the other: the first tells whether Stripe knows the key at all.
        for right in StripeRight.allCases {
            switch await client.has(right, key: random.key()) {
            case .answer(true): break
            case .answer(false): missing.append(right)
            case .refused: throw ServiceRefusal.stripeKeyUnknown
            case .unknown(let uncertainty): throw ServiceRefusal.stripeUnreachable(Failure(uncertainty))
            }
        }
        if missing.contains(where: \.movesMoney) { throw ServiceRefusal.stripeRightsMissing(missing) }
        return missing
    }
}
