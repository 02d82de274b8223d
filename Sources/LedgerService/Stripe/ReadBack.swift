import Foundation
import Ledger
import LedgerStore
import Stripe

extension LedgerService {
    /// Stripe keeps a key for at least 24 hours; well before that, an old one is no longer trusted.
    private static let keyLifetimeSeconds: Int64 = 23 * 3600

    /// For an operation whose key may have been forgotten: looks at Stripe whether it took effect before it is sent again.
    ///
    /// - Returns: What came of it; `nil` when it may be sent, because the key is young or nothing happened.
    func readBack(_ operation: StoredOperation, what: String, of tenant: Tenant, with client: StripeClient) async throws -> Dispatched? {
        let now = try store.read { $0.now }
        guard operation.attempts > 0, now >= operation.createdAt.adding(seconds: Self.keyLifetimeSeconds) else { return nil }
        let found: StripeOutcome<Data?>
        switch try operation.knownPurpose() {
        case .increment, .capture, .release, .cancelLeftover:
            // The call is refused when it has been done already, and the refusal carries the intent.
            return nil
        case .withdrawPage, .forgetCard, .holdPage, .paymentPage, .setupPage:
            // Doing these twice harms nobody: a page that nobody was sent to lapses by itself.
            return nil
        case .placeHold, .chargeSavedCard:
            found = await client.createdObject(in: "/v1/payment_intents", key: operation.idempotencyKey, since: operation.createdAt)
        case .refund:
            found = await client.createdObject(in: "/v1/refunds", key: operation.idempotencyKey, since: operation.createdAt)
        }
        switch found {
        case .answer(nil): return nil
        case .answer(let body?):
            try await apply(body, to: operation, of: tenant)
            return .done
        case .refused(let error): return .unknown(what: what, why: error.message ?? "")
        case .unknown(let uncertainty): return .unknown(what: what, why: "\(uncertainty.reason)")
        }
    }
}

extension StripeClient {
    /// Looks through a list at Stripe for the object that was made with a key, as its metadata tell.
    ///
    /// - Returns: The object's JSON; `nil` when there is none.
    fileprivate func createdObject(in path: String, key: String, since: Instant) async -> StripeOutcome<Data?> {
        var form: Form = ["limit": 100, "created": ["gte": .integer(since.unixSeconds - 60)]]
        var after: String?
        while true {
            var query = form
            if let after { query.append("starting_after", .string(after)) }
            switch await send(.get(path, query), idempotencyKey: nil) {
            case .refused(let error): return .refused(error)
            case .unknown(let uncertainty): return .unknown(uncertainty)
            case .answer(let body):
                guard let page = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
                    let objects = page["data"] as? [[String: Any]]
                else { return .answer(nil) }
                for object in objects where (object["metadata"] as? [String: Any])?[LedgerMetadata.key] as? String == key {
                    return .answer(try? JSONSerialization.data(withJSONObject: object))
                }
                guard page["has_more"] as? Bool == true, let last = objects.last?["id"] as? String else { return .answer(nil) }
                after = last
                form = ["limit": 100, "created": ["gte": .integer(since.unixSeconds - 60)]]
            }
        }
    }
}
