import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Checks a key before it is stored for a tenant: whether Stripe knows it, and what it may do.
    ///
    /// - Returns: The permissions that it lacks and can do without.
    /// - Throws: `ServiceRefusal.stripeKeyUnknown`; `.stripePermissionsMissing` if it lacks an essential one; `.stripeUnreachable` while Stripe
    ///   does not say.
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
        if missing.contains(where: \.isEssential) { throw ServiceRefusal.stripePermissionsMissing(missing) }
        return missing
    }

    /// Checks before a key is stored that its account settles in the currency of the books: its balance has a row for each currency that it
    /// settles in, also while that is 0.
    ///
    /// - Returns: Whether that is known: no when the balance may not be read, or shows nothing.
    /// - Throws: `ServiceRefusal.settlesElsewhere`.
    func settlement(of key: Secret, in currency: Currency) async throws -> Bool {
        guard case .answer(let balance) = await clients.client(for: key).balance() else { return false }
        let codes = Set((balance.available + balance.pending).map(\.currency))
        guard !codes.isEmpty else { return false }
        guard codes.contains(currency.code) else { throw ServiceRefusal.settlesElsewhere(codes.sorted(), books: currency) }
        return true
    }
}
