import Foundation
import Ledger
internal import LedgerStore
import Stripe
import Synchronization

/// A tenant's access to its own Stripe account, opened.
struct StripeAccount: Sendable {
    let secretKey: Secret
    /// Of all endpoints, and of those whose secret was replaced within a day.
    let webhookSecrets: [Secret]
}

extension LedgerService {
    /// - Throws: `ServiceRefusal.noStripeAccount`, `.stripeKeyRefused`; `SealingRefusal`; what `keyRing` throws.
    func stripeAccount(of tenant: Tenant) throws -> StripeAccount {
        guard let sealed = try store.read(of: tenant, { try $0.sealedStripeAccount() }) else {
            throw ServiceRefusal.noStripeAccount(tenant.id)
        }
        return try openedAccounts.account(of: tenant, sealed) {
            let ring = try keyRing()
            guard let key = Secret(try ring.opened(sealed.secretKey, .secretKey, tenant)) else {
                throw ServiceRefusal.stripeKeyRefused(tenant.id)
            }
            return StripeAccount(
                secretKey: key,
                webhookSecrets: sealed.webhookSecrets.compactMap { ring.opening($0, tenant).flatMap(Secret.init) })
        }
    }

    /// Stores the keys of the tenant's own Stripe account, encrypted, after checking at Stripe which account it is and what the key may do.
    ///
    /// - Parameters:
    ///   - webhook: An endpoint's signing secret, to be set with it; see `setWebhookSecret`.
    ///   - namesOthers: Whether the caller may know about other tenants.
    ///   - isConfirmed: Whether the person has typed the password again for this: the audit says so.
    /// - Returns: What is known about the account compared with those of the other tenants.
    /// - Throws: `TenantNotFound`; `ServiceRefusal.stripeKeyInvalid`, `.stripeKeyUnknown`, `.stripePermissionsMissing`; `.settlesElsewhere` for
    ///   an account that settles in other currencies only; `.modeMismatch` for a test key on live books and the other way round;
    ///   `.accountTaken` for another tenant's account; `.accountMismatch` for a change of account while something is in progress;
    ///   `.stripeUnreachable` when Stripe does not say; `FeeRefusal.keysAreRemoved` after the end. The key that was there stays in each of these cases.
    @discardableResult
    package func setStripeAccount(
        of tenantID: String, secretKey: String, webhook: NewWebhookSecret? = nil, namesOthers: Bool = false, isConfirmed: Bool = false,
        by actor: String
    ) async throws -> AccountStanding {
        guard let key = Secret(secretKey), key.isSecretKey else { throw ServiceRefusal.stripeKeyInvalid }
        try webhook?.check()
        try store.read(of: tenantID) { try $0.requireKeysNotRemoved() }
        let (ring, random) = (try keyRing(), random)
        let account = try await look(with: key, for: try tenant(tenantID), namesOthers: namesOthers)
        let missing = try await missingPermissions(of: key)
        let settles = try await settlement(of: key, in: try tenant(tenantID).currency)
        return try await store.write(of: tenantID) { book in
            try book.requireKeysNotRemoved()
            try book.setSealedStripeKey(ring.sealed(secretKey, .secretKey, book.tenant, random))
            if account.isUnverified {
                try book.noteUnverified()
            } else if !account.isSameAccount {
                try book.noteConnected()
            }
            if let id = account.id, let facts = try book.accountConnection() {
                try book.setAccountID(id, connection: facts.connection)
            }
            try book.setMissingPermissions(missing.map(\.rawValue))
            try book.setSettlementKnown(settles)
            for (other, outcome) in account.others { try book.setAccountOutcome(outcome, beside: other) }
            try book.setMode(isLive: key.isLive)
            try book.transaction.audit(NewAuditEntry(.stripeKeySet, "", isConfirmed: isConfirmed), of: book.tenant, by: actor)
            if let webhook { try book.set(webhook, ring, random, isConfirmed: isConfirmed, by: actor) }
            return try book.standing() ?? .own
        }
    }

    /// Tenants whose Stripe keys cannot be opened with this key file, or have none that can.
    package func tenantsWithSealedKeys() throws -> [String] {
        try tenants().compactMap { tenant in
            guard try store.read(of: tenant, { try $0.sealedStripeAccount() }) != nil else { return nil }
            do {
                _ = try stripeAccount(of: tenant)
                return nil
            } catch is any Refusal { return tenant.id }
        }
    }

    /// Seals every secret again under the ring's first key.
    ///
    /// - Returns: How many tenants have one.
    /// - Throws: `SealingRefusal` when one cannot be opened; nothing is changed then.
    package func resealSecrets() async throws -> Int {
        let (ring, random) = (try keyRing(), random)
        return try await store.write { transaction in
            var count = 0
            for tenant in try transaction.tenants() {
                count += try transaction.withBook(of: tenant) { book in
                    guard let account = try book.sealedStripeAccount() else { return 0 }
                    let key = try ring.opened(account.secretKey, .secretKey, tenant)
                    try book.setSealedStripeKey(ring.sealed(key, .secretKey, tenant, random))
                    for webhook in account.webhookSecrets {
                        guard let secret = ring.opening(webhook, tenant) else { continue }
                        try book.resealWebhookSecret(webhook.number, ring.sealed(secret, .webhookSecret, tenant, random))
                    }
                    return 1
                }
            }
            return count
        }
    }
}

/// Accounts as they were last opened, so that a webhook costs no reading of the key file. What is stored is compared each time: a secret
/// that another process has changed or sealed anew is opened again.
final class OpenedAccounts: Sendable {
    private let accounts = Mutex<[Int64: (sealed: SealedStripeAccount, opened: StripeAccount)]>([:])

    func account(of tenant: Tenant, _ sealed: SealedStripeAccount, open: () throws -> StripeAccount) rethrows -> StripeAccount {
        if let known = accounts.withLock({ $0[tenant.number] }), known.sealed == sealed { return known.opened }
        let opened = try open()
        accounts.withLock { $0[tenant.number] = (sealed, opened) }
        return opened
    }
}

/// What a sealed secret is for; part of what is authenticated.
enum SecretPurpose: String {
    case secretKey = "stripe secret key"
    case webhookSecret = "stripe webhook secret"
}

extension KeyRing {
    func sealed(_ secret: String, _ purpose: SecretPurpose, _ tenant: Tenant, _ random: RandomSource) -> [UInt8] {
        seal(secret, context: "\(purpose.rawValue) of \(tenant.id)", random: random)
    }

    /// - Returns: `nil` for a secret sealed under a lost key file: it is unusable and can be ignored.
    func opening(_ webhook: SealedWebhookSecret, _ tenant: Tenant) -> String? {
        try? opened(webhook.sealed, .webhookSecret, tenant)
    }

    func opened(_ box: [UInt8], _ purpose: SecretPurpose, _ tenant: Tenant) throws -> String {
        guard let secret = open(box, context: "\(purpose.rawValue) of \(tenant.id)") else {
            throw SealingRefusal.wrongKey(tenant: tenant.id)
        }
        return secret
    }
}
