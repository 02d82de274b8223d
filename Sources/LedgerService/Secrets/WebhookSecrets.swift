import Ledger
internal import LedgerStore
import Stripe

/// How the secrets of a Stripe account are written, for those who take them in.
package enum StripeSecrets {
    /// A secret or restricted key, `sk_…` or `rk_…`.
    package static var key: Secret.Shape { Secret.secretKey }
    /// A webhook's signing secret, `whsec_…`.
    package static var webhook: Secret.Shape { Secret.webhookSecret }
}

/// A secret that an endpoint at Stripe signs with, as it is set.
package struct NewWebhookSecret: Sendable {
    /// What an endpoint is called that nobody names: most accounts have one alone.
    package static let standardName = "default"
    /// How long a previous secret of the same name stays valid, as when a secret is rolled at Stripe.
    static let overlapSeconds: Int64 = 86_400

    let secret: String
    let name: String
    let revokesEarlier: Bool

    /// - Parameters:
    ///   - name: Tells endpoints at one address apart. A name that is set again has its secret replaced.
    ///   - revokesEarlier: Whether the earlier secret of that name is of no use at once, instead of a day later.
    package init(_ secret: String, named name: String = standardName, revokesEarlier: Bool = false) {
        self.secret = secret
        self.name = name
        self.revokesEarlier = revokesEarlier
    }

    /// - Throws: `ServiceRefusal.stripeKeyInvalid`; `WebhookSecretRefusal.nameInvalid`.
    func check() throws {
        guard Secret(secret)?.isWebhookSecret == true else { throw ServiceRefusal.stripeKeyInvalid }
        guard TextRule.webhookName.takes(name) else { throw WebhookSecretRefusal.nameInvalid(name) }
    }
}

/// An endpoint's secret without the secret.
package struct WebhookSecretAge: Hashable, Sendable {
    /// The endpoint's, as it was given when the secret was set.
    package let name: String
    /// By the books' clock.
    package let addedAt: Instant
    /// Whole days since then.
    package let days: Int64
    /// Until when it is valid, if another has replaced it.
    package let goodUntil: Instant?
}

extension LedgerService {
    /// What webhooks may be signed with now, newest first.
    ///
    /// - Throws: `TenantNotFound`.
    package func webhookSecrets(of tenantID: String) throws -> [WebhookSecretAge] {
        try store.read(of: tenantID) { book in
            let now = book.now
            return try book.webhookSecrets().map {
                WebhookSecretAge(
                    name: $0.name, addedAt: $0.addedAt, days: max(0, now.unixSeconds - $0.addedAt.unixSeconds) / 86_400,
                    goodUntil: $0.goodUntil)
            }
        }
    }

    /// Stores the secret of one endpoint, encrypted. The previous secret of the name stays valid for one more day, unless it is revoked.
    ///
    /// - Parameter isConfirmed: Whether the person has typed the password again for this: the audit says so.
    /// - Throws: `TenantNotFound`; `ServiceRefusal.noStripeAccount`, `.stripeKeyInvalid`; `FeeRefusal.keysAreRemoved`; `WebhookSecretRefusal`;
    ///   `SealingRefusal`.
    package func setWebhookSecret(_ new: NewWebhookSecret, of tenantID: String, isConfirmed: Bool = false, by actor: String) async throws {
        try new.check()
        let (ring, random) = (try keyRing(), random)
        try await store.write(of: tenantID) { book in
            try book.set(new, ring, random, isConfirmed: isConfirmed, by: actor)
        }
    }

    /// Ends an endpoint's secret at once, with those that it had before.
    ///
    /// - Parameter isConfirmed: As for `setWebhookSecret`.
    /// - Throws: `TenantNotFound`; `WebhookSecretRefusal.notFound`.
    package func revokeWebhookSecret(named name: String, of tenantID: String, isConfirmed: Bool = false, by actor: String) async throws {
        try await store.write(of: tenantID) { book in
            guard try book.webhookSecrets().contains(where: { $0.name == name }) else {
                throw WebhookSecretRefusal.notFound(name)
            }
            try book.endWebhookSecrets(named: name, after: 0)
            try book.transaction.audit(NewAuditEntry(.webhookSecretRevoked, name, isConfirmed: isConfirmed), of: book.tenant, by: actor)
        }
    }
}

extension Book {
    /// Setting what a name has already changes nothing, but that earlier ones may be revoked.
    func set(_ new: NewWebhookSecret, _ ring: KeyRing, _ random: RandomSource, isConfirmed: Bool, by actor: String) throws {
        try requireKeysNotRemoved()
        guard try hasStripeAccount() else { throw ServiceRefusal.noStripeAccount(tenant.id) }
        let present = try webhookSecrets().filter { $0.goodUntil == nil }
        if let same = present.first(where: { ring.opening($0, tenant) == new.secret }) {
            guard same.name == new.name else { throw WebhookSecretRefusal.knownAs(same.name) }
            guard new.revokesEarlier else { return }
        }
        try endWebhookSecrets(named: new.name, after: new.revokesEarlier ? 0 : NewWebhookSecret.overlapSeconds)
        try addSealedWebhookSecret(ring.sealed(new.secret, .webhookSecret, tenant, random), named: new.name)
        try transaction.audit(NewAuditEntry(.webhookSecretSet, new.name, isConfirmed: isConfirmed), of: tenant, by: actor)
    }
}

/// Why a webhook secret was not set or ended.
package enum WebhookSecretRefusal: Refusal, Equatable {
    case nameInvalid(String)
    /// Another name has it.
    case knownAs(String)
    case notFound(String)

    package var code: String {
        switch self {
        case .nameInvalid: "webhook_name_invalid"
        case .knownAs: "webhook_secret_known"
        case .notFound: "webhook_secret_not_found"
        }
    }

    package var message: String {
        switch self {
        case .nameInvalid(let name): "\"\(name.prefix(60))\" is not a valid name for a webhook secret."
        case .knownAs(let name): "This webhook secret is already stored under the name \"\(name)\"."
        case .notFound(let name): "There is no webhook secret \"\(name.prefix(60))\"."
        }
    }

    package var hint: String? {
        switch self {
        case .nameInvalid:
            "Use 1 to \(TextRule.webhookName.length.upperBound) lower-case letters (a to z), digits and hyphens, for example \"shop\"."
        case .knownAs: "Each endpoint at Stripe has its own secret: check which endpoint this one belongs to."
        case .notFound: "`soferu-ledger webhook list` shows them with their names."
        }
    }

    package var german: RefusalWords {
        switch self {
        case .nameInvalid(let name):
            RefusalWords(
                "„\(name.prefix(60))“ kann nicht der Name eines Webhook-Geheimnisses sein.",
                hint:
                    "Verwenden Sie 1 bis \(TextRule.webhookName.length.upperBound) Kleinbuchstaben (a bis z), Ziffern und Bindestriche, zum Beispiel „shop“."
            )
        case .knownAs(let name):
            RefusalWords(
                "Dieses Webhook-Geheimnis ist schon hinterlegt, unter dem Namen „\(name)“.",
                hint: "Jeder Endpunkt bei Stripe hat ein eigenes Geheimnis: Prüfen Sie, zu welchem dieses gehört.")
        case .notFound(let name):
            RefusalWords("Es gibt kein Webhook-Geheimnis „\(name.prefix(60))“.", hint: nil)
        }
    }
}
