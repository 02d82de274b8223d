import Foundation
import Ledger
import LedgerStore
import Stripe

/// What became of a webhook that was accepted.
package enum ReceivedWebhook: Sendable, Equatable {
    case kept
    /// The same event came before, in a webhook or with a sync.
    case knownAlready
}

extension LedgerService {
    /// Takes in one webhook: proves who sent it, and keeps it as it came. What it means is worked off in the background, so that Stripe
    /// has its answer once the event is on the disk.
    ///
    /// - Parameters:
    ///   - signatureHeader: The value of `Stripe-Signature`; `nil` when there was none.
    ///   - body: As received, before anything parsed it.
    /// - Throws: `WebhookSignatureError`, `WebhookRefusal`, `ServiceRefusal.tenantNotFound`, `.noStripeAccount`; nothing is kept then.
    package func receiveWebhook(tenant tenantID: String, signatureHeader: String?, body: [UInt8]) async throws -> ReceivedWebhook {
        let tenant = try tenant(tenantID)
        let account = try stripeAccount(of: tenant)
        guard let signatureHeader else { throw WebhookSignatureError.noSignature }
        // The system's time: a signature is of the moment it was sent, also by a simulator whose clock is moved.
        try WebhookSignature.verify(header: signatureHeader, body: body, secrets: account.webhookSecrets, now: realTime())
        guard let text = String(validating: body, as: UTF8.self), let event = try? Event(raw: Data(body)), !event.id.isEmpty else {
            throw WebhookRefusal.malformed
        }
        guard event.livemode == account.secretKey.isLive else { throw WebhookRefusal.otherMode(isLive: event.livemode) }
        guard event.isReadable else { throw WebhookRefusal.foreignVersion(event.apiVersion ?? "none") }
        let isNew = try await store.write { transaction in
            try transaction.keepEvent(
                event.id, type: event.type, objectID: event.objectID, createdAt: event.created, body: text, of: tenant)
        }
        guard isNew else { return .knownAlready }
        bell.ring(for: tenant)
        return .kept
    }
}

extension Event {
    /// Versions of one name, the part behind the full stop, do not break one another.
    ///
    /// - Source: docs.stripe.com/api/versioning: monthly releases of a name are backward-compatible.
    fileprivate var isReadable: Bool {
        guard let apiVersion else { return true }
        return apiVersion.split(separator: ".").dropFirst() == StripeClient.apiVersion.split(separator: ".").dropFirst()
    }
}

/// Why a webhook with a good signature was not kept.
package enum WebhookRefusal: Refusal, Equatable {
    case malformed
    case otherMode(isLive: Bool)
    case foreignVersion(String)

    package var code: String {
        switch self {
        case .malformed: "webhook_malformed"
        case .otherMode: "webhook_mode_wrong"
        case .foreignVersion: "webhook_version_foreign"
        }
    }

    package var message: String {
        switch self {
        case .malformed: "The webhook is signed, but it is no event of Stripe's."
        case .otherMode(true): "The event is from live mode, and this tenant's key is one for testing."
        case .otherMode(false): "The event is from test mode, and this tenant's key is a live one."
        case .foreignVersion(let version): "The event is written in version \(version) of Stripe's API, not \(StripeClient.apiVersion)."
        }
    }

    package var hint: String? {
        switch self {
        case .malformed: "Check that nothing on the way rewrites the body."
        case .otherMode: "Set the endpoint up in the mode of the tenant's key, or set the right key with `tenant stripe`."
        case .foreignVersion: "Set the endpoint's version to \(StripeClient.apiVersion). Until then `sync` brings the same news."
        }
    }

    package var german: RefusalWords {
        switch self {
        case .malformed:
            RefusalWords(
                "Der Webhook ist signiert, aber kein Ereignis von Stripe.", hint: "Prüfen Sie, dass unterwegs nichts den Inhalt umschreibt."
            )
        case .otherMode(let isLive):
            RefusalWords(
                isLive
                    ? "Das Ereignis kommt aus dem Live-Modus, und der Schlüssel dieses Mandanten ist einer zum Testen."
                    : "Das Ereignis kommt aus dem Testmodus, und der Schlüssel dieses Mandanten ist ein echter.",
                hint:
                    "Richten Sie den Endpunkt im Modus des Schlüssels ein, oder hinterlegen Sie den richtigen Schlüssel mit `tenant stripe`."
            )
        case .foreignVersion(let version):
            RefusalWords(
                "Das Ereignis ist in Version \(version) von Stripes API geschrieben, nicht in \(StripeClient.apiVersion).",
                hint: "Stellen Sie die Version des Endpunkts auf \(StripeClient.apiVersion). Bis dahin bringt `sync` dieselben Nachrichten."
            )
        }
    }
}
