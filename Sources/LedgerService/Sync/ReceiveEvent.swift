import Foundation
import Ledger
import LedgerStore
import Stripe

/// What became of a webhook with a good signature.
package enum ReceivedWebhook: Sendable, Equatable {
    case kept
    /// The same event came before, in a webhook or with a sync.
    case knownAlready
    /// Of a kind that tells nothing about what the books keep.
    case ofNoUse
    /// The books cannot use it; it was counted.
    case dropped(DroppedEvents.Reason)
}

extension LedgerService {
    /// Takes in one webhook: proves who sent it, and keeps it as it came. What it means is worked off in the background, so that Stripe
    /// has its answer once the event is on the disk.
    ///
    /// Whoever can sign is Stripe. It would repeat for days what it is refused, and stop sending in the end; so what cannot be used is
    /// counted and let go.
    ///
    /// - Parameters:
    ///   - signatureHeader: The value of `Stripe-Signature`; `nil` when there was none.
    ///   - body: As received, before anything parsed it.
    /// - Throws: `WebhookSignatureError`, `ServiceRefusal.tenantNotFound`, `.noStripeAccount`; nothing is kept then.
    package func receiveWebhook(tenant tenantID: String, signatureHeader: String?, body: [UInt8]) async throws -> ReceivedWebhook {
        let tenant = try tenant(tenantID)
        let account = try stripeAccount(of: tenant)
        guard let signatureHeader else { throw WebhookSignatureError.noSignature }
        // The system's time: a signature is of the moment it was sent, also by a simulator whose clock is moved.
        try WebhookSignature.verify(header: signatureHeader, body: body, secrets: account.webhookSecrets, now: realTime())
        let sorted = SortedEvent(raw: Data(body), isLive: account.secretKey.isLive, account: try accountID(of: tenant))
        if case .ofNoUse = sorted { return .ofNoUse }
        let isNew = try await store.write { try $0.take(sorted, of: tenant) }
        if case .dropped(let reason, _) = sorted { return .dropped(reason) }
        guard isNew else { return .knownAlready }
        bell.ring(for: tenant)
        return .kept
    }

    /// The id of the tenant's own account at Stripe; `nil` while nobody has told it.
    func accountID(of tenant: Tenant) throws -> String? { try store.read { try $0.accountFacts(of: tenant)?.accountID } }
}
