import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Tries a key before a tenant gets it: whether Stripe knows it, and what it may do.
    ///
    /// - Returns: The rights that it lacks and without which no money is lost: the rest is shown.
    /// - Throws: `ServiceRefusal.stripeKeyUnknown`; `.stripePermissionsMissing` when money could not be taken or given back with it;
    ///   `.stripeUnreachable` while Stripe does not say.
    func missingPermissions(of key: Secret) async throws -> [StripePermission] {
        let client = clients.client(for: key)
        var missing: [StripePermission] = []
        // One after the other: the first tells whether Stripe knows the key at all.
        for right in StripePermission.allCases {
            switch await client.has(right, key: random.key()) {
            case .answer(true): break
            case .answer(false): missing.append(right)
            case .refused: throw ServiceRefusal.stripeKeyUnknown
            case .unknown(let uncertainty): throw ServiceRefusal.stripeUnreachable(Failure(uncertainty))
            }
        }
        if missing.contains(where: \.movesMoney) { throw ServiceRefusal.stripePermissionsMissing(missing) }
        return missing
    }
}
