import Ledger
internal import LedgerStore
import Stripe

/// What Stripe shows of an operation: the object that it made or acted on.
enum ShownObject: Sendable {
    case page(CheckoutSession)
    case intent(PaymentIntent)
    case refund(Stripe.Refund)
}

extension LedgerService {
    /// Stripe keeps a key for at least 24 hours; well before that, an old one is no longer trusted.
    private static let keyLifetimeSeconds: Int64 = 23 * 3600

    /// For an operation whose key Stripe may have forgotten: checks at Stripe whether it took effect before it is sent again. An object that
    /// it made carries the key in its metadata. A call that acts on an object needs no check: if it was done already, it is refused and the
    /// refusal contains the object, or doing it twice does no harm.
    ///
    /// - Returns: Its outcome; `nil` when it may be sent, because the key is young or nothing happened.
    func readBack(_ operation: Operation, what: Phrase, of tenant: Tenant, with client: StripeClient) async throws -> Dispatched? {
        let now = try store.read { $0.now }
        // Also when no attempt is noted: a process that died after sending could not note it.
        guard now >= operation.createdAt.adding(seconds: Self.keyLifetimeSeconds) else { return nil }
        do {
            guard let made = try await made(by: operation, with: client, of: tenant) else { return nil }
            let returning = returnAddress
            _ = try await store.write(of: tenant) { book in
                try book.end(operation, .done, with: { try $0.apply(made, returning: returning) })
            }
            return .done
        } catch let failure as StripeFailure {
            return try await reschedule(operation, .silence, why: Failure(failure), of: tenant)
        }
    }

    /// Reads at Stripe what an operation did, and takes that in. This ends the operation if it reached its aim or Stripe refused it.
    ///
    /// - Returns: An intent that it made and that has taken nothing: it will never be completed.
    /// - Throws: `ServiceRefusal.stripeUnanswered`, `.stripeRefused` when Stripe does not show it.
    func takeInEffect(of operation: Operation, of tenant: Tenant) async throws -> String? {
        let (client, returning) = (try client(for: tenant), returnAddress)
        do {
            switch try operation.rules().evidence {
            case .pageByKey, .nowhere:
                // They move no money: a page that no guest was sent to expires by itself.
                break
            case .intentByKey, .refundByKey:
                guard let made = try await made(by: operation, with: client, of: tenant) else { return nil }
                guard case .intent(let intent) = made else {
                    try await store.write(of: tenant) { try $0.apply(made, returning: returning) }
                    return nil
                }
                let status = try IntentObservation(intent).status
                try await store.write(of: tenant) { book in
                    try book.apply(made, returning: returning)
                    if status == .processing { try book.end(operation, .done) }
                }
                return status == .waiting ? intent.id : nil
            case .intentInPath(let shows):
                let outcome = await client.paymentIntent(operation.pathID)
                // Cancelling takes no money: an object that does not exist need not be cancelled.
                if try operation.rules().parksWhenRefused, outcome.isMissing { return nil }
                let intent = try outcome.orThrow(.readingPayment)
                try await store.write(of: tenant) { book in
                    _ = try book.apply(intent, returning: returning)
                    if shows(intent, operation) { try book.end(operation, .done) }
                }
            case .pageInPath:
                let session = try await client.checkoutSession(operation.pathID).orThrow(.readingPage)
                try await store.write(of: tenant) { book in
                    try book.apply(session, returning: returning)
                    if session.status != .open { try book.end(operation, .done) }
                }
            }
        } catch let failure as StripeFailure {
            throw failure.refusal(.readingPayment)
        }
        return nil
    }

    /// Looks among the newest objects for the one that an operation made; nil for one that makes none.
    private func made(by operation: Operation, with client: StripeClient, of tenant: Tenant) async throws -> ShownObject? {
        let since = operation.createdAt.adding(seconds: -60)
        switch try operation.rules().evidence {
        case .pageByKey:
            // The guest may already have the page: after a restore only its answer is missing here. A page that expired unused is over and
            // is created again.
            for try await page in client.checkoutSessions(since: since) {
                let found = page.first {
                    $0.status != .expired && operation.isMaker(of: $0.metadata, tenant) && operation.hasAsked(for: $0)
                }
                if let found { return .page(try await client.checkoutSession(found.id).orThrow(.readingPage)) }
            }
        case .intentByKey:
            for try await page in client.paymentIntents(since: since) {
                if let intent = page.last(where: { operation.isMaker(of: $0.metadata, tenant) }) { return .intent(intent) }
            }
        case .refundByKey:
            for try await page in client.refunds(since: since) {
                let refund = page.last { operation.isMaker(of: $0.metadata, tenant) && operation.hasAsked(for: $0) }
                if let refund { return .refund(refund) }
            }
        case .intentInPath, .pageInPath, .nowhere: break
        }
        return nil
    }
}

extension Book {
    func apply(_ made: ShownObject, returning: ReturnAddress) throws {
        switch made {
        case .page(let session): try apply(session, returning: returning)
        case .intent(let intent): _ = try apply(intent, returning: returning)
        case .refund(let refund): try apply(refund)
        }
    }
}
