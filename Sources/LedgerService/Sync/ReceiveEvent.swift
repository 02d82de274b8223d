import Foundation
import Ledger
internal import LedgerStore
import Stripe

/// What was done with a webhook with a valid signature.
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
    /// Receives one webhook: verifies the sender and stores the event unchanged. It is processed in the background, so that Stripe is answered
    /// as soon as the event is on disk.
    ///
    /// A valid signature proves that Stripe is the sender. Stripe would repeat a refused event for days and stop sending in the end; so an event
    /// that cannot be used is counted and dropped.
    ///
    /// - Parameters:
    ///   - signatureHeader: The value of `Stripe-Signature`; `nil` when there was none.
    ///   - body: As received, before anything parsed it.
    /// - Throws: `WebhookRefused`, the same for a tenant that is not there, one without an account or a secret, and a signature that does not
    ///   fit; `WebhookSignatureError.tooOld`, `.fromTheFuture` for one that does. Nothing is kept then.
    package func receiveWebhook(tenant tenantID: String, signatureHeader: String?, body: [UInt8]) async throws -> ReceivedWebhook {
        let (tenant, account) = try provenAccount(tenantID, signatureHeader, body)
        try await noteWebhook(of: tenant)
        let sorted = SortedEvent(raw: Data(body), isLive: account.secretKey.isLive, account: try accountID(of: tenant))
        if case .ofNoUse = sorted { return .ofNoUse }
        let isNew = try await store.write(of: tenant) { try $0.take(sorted) }
        if case .dropped(let reason, _) = sorted { return .dropped(reason) }
        guard isNew else { return .knownAlready }
        wakeUp.wake(for: tenant)
        return .kept
    }

    /// - Throws: See `receiveWebhook`.
    private func provenAccount(_ tenantID: String, _ signatureHeader: String?, _ body: [UInt8]) throws -> (Tenant, StripeAccount) {
        let known: Result<(Tenant, StripeAccount), any Error>
        do {
            let tenant = try tenant(tenantID)
            known = .success((tenant, try stripeAccount(of: tenant)))
        } catch let refusal where refusal is TenantNotFound || refusal is ServiceRefusal { known = .failure(refusal) }
        do {
            // The system's time: a signature is of the moment it was sent, also by a simulator whose clock is moved.
            try WebhookSignature.verify(
                header: signatureHeader ?? "", body: body, secrets: (try? known.get().1.webhookSecrets) ?? [], now: realTime())
            return try known.get()
        } catch let error as WebhookSignatureError {
            if error.code == "webhook_time_wrong" { throw error }
            if case .failure(let why as any Refusal) = known { throw WebhookRefused(why: why) }
            throw WebhookRefused(why: error)
        }
    }

    /// Whatever it tells, it came. One a minute is written down.
    private func noteWebhook(of tenant: Tenant) async throws {
        let now = realTime()
        func isKnown(_ book: borrowing Book) throws -> Bool {
            try book.lastWebhook().map { now < $0.adding(seconds: 60) } ?? false
        }
        if try store.read(of: tenant, isKnown) { return }
        try await store.write(of: tenant) { try $0.noteWebhook(at: now) }
    }

    /// The id of the tenant's own account at Stripe; `nil` while it is not known.
    func accountID(of tenant: Tenant) throws -> String? { try store.read(of: tenant) { try $0.accountConnection()?.accountID } }
}

/// A webhook that is not proven to come from Stripe. The sender always gets the same answer, so that it cannot find out whether a tenant
/// exists or how far it is set up.
package struct WebhookRefused: Refusal {
    /// For the operator, never for the sender.
    package let why: any Refusal

    package var code: String { "webhook_refused" }
    package var message: String { "The webhook was not accepted: it is not proven that Stripe sent it to a tenant of this service." }
    package var hint: String? { "Compare the endpoint's address and signing secret with those stored here; the service's log has details." }
    package var german: RefusalWords {
        RefusalWords(
            "Der Webhook wurde nicht angenommen: Es ist nicht erwiesen, dass Stripe ihn an einen Mandanten dieses Dienstes gesendet hat.",
            hint: "Vergleichen Sie Adresse und Signaturgeheimnis des Endpunkts mit den hier hinterlegten; "
                + "Näheres steht im Protokoll des Dienstes.")
    }
}
