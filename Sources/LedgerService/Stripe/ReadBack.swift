import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Stripe keeps a key for at least 24 hours; well before that, an old one is no longer trusted.
    private static let keyLifetimeSeconds: Int64 = 23 * 3600

    /// For an operation whose key may have been forgotten: looks at Stripe whether it took effect before it is sent again. What it
    /// made carries the key in its metadata.
    ///
    /// - Returns: What came of it; `nil` when it may be sent, because the key is young or nothing happened.
    func readBack(_ operation: Operation, what: Phrase, of tenant: Tenant, with client: StripeClient) async throws -> Dispatched? {
        let now = try store.read { $0.now }
        // Also when no attempt is noted: a process that died after sending could not note it.
        guard now >= operation.createdAt.adding(seconds: Self.keyLifetimeSeconds) else { return nil }
        let since = operation.createdAt.adding(seconds: -60)
        do {
            switch try operation.knownKind() {
            case .increment, .capture, .release, .cancelOrphan:
                // Refused when it has been done already, and the refusal carries the intent.
                return nil
            case .withdrawPage, .detachCard:
                // Doing these twice harms nobody.
                return nil
            case .holdPage, .paymentPage, .setupPage:
                // The guest may have been sent to the page: after a restore its answer is what is missing here, and not the page. One that
                // expired unused is over, and is made anew.
                for try await page in client.checkoutSessions(since: since) {
                    guard
                        let found = page.first(where: {
                            $0.status != .expired && operation.isMaker(of: $0.metadata, tenant) && operation.hasAsked(for: $0)
                        })
                    else { continue }
                    let session = try await client.checkoutSession(found.id).orThrow(.readingPage)
                    return try await take(operation, of: tenant) { try $0.apply(session, returning: returnAddress) }
                }
            case .placeHold, .chargeSavedCard:
                for try await page in client.paymentIntents(since: since) {
                    guard let intent = page.last(where: { operation.isMaker(of: $0.metadata, tenant) }) else { continue }
                    return try await take(operation, of: tenant) { try $0.apply(intent, returning: returnAddress) }
                }
            case .refund:
                for try await page in client.refunds(since: since) {
                    guard let refund = page.last(where: { operation.isMaker(of: $0.metadata, tenant) && operation.hasAsked(for: $0) })
                    else { continue }
                    return try await take(operation, of: tenant) { try $0.apply(refund) }
                }
            }
        } catch let failure as StripeFailure {
            return try await putOff(operation, .silence, why: Failure(failure), of: tenant)
        }
        return nil
    }

    /// Ends an operation with what was found at Stripe.
    private func take(
        _ operation: Operation, of tenant: Tenant, _ body: @escaping @Sendable (borrowing Book) throws -> Void
    ) async throws -> Dispatched {
        try await store.write(of: tenant) { book in
            try body(book)
            try book.finish(operation, .done)
            try book.settle(operation, nil)
        }
        return .done
    }
}
