import Ledger
internal import LedgerStore
import Stripe

extension LedgerService {
    /// Asks Stripe for the tenant's balance, which changes nothing: when Stripe is out of reach or the key is wrong, a verb
    /// can say so before it has decided anything.
    ///
    /// - Parameter reading: Whether the verb only looks at Stripe: that is what a restored file waits for.
    /// - Throws: `ServiceRefusal.stripeUnreachable`, `.stripeKeyRefused`, `.noStripeAccount`, `.syncRequired`;
    ///   `FeeRefusal.keysAreRemoved` for a verb that only looks at Stripe.
    func requireStripe(of tenantID: String, reading: Bool = false) async throws {
        let tenant = try tenant(tenantID)
        if reading { try store.read(of: tenant) { try $0.requireKeysNotRemoved() } }
        // Without keys nothing can ever be sent: nothing is decided either.
        let client = try client(for: tenant)
        if !reading {
            try await recognise(tenant, with: client)
            try store.read(of: tenant) { try $0.requireRead() }
        }
        guard asksFirst else { return }
        switch await client.balance() {
        case .answer: break
        case .refused(let error): throw ServiceRefusal.stripeUnreachable(Failure(error))
        case .unknown(let uncertainty) where uncertainty.isKeyUnknown: throw ServiceRefusal.stripeKeyRefused(tenant.id)
        // Stripe is there and knows the key. What it may not read stops nothing but what reads it.
        case .unknown(let uncertainty) where uncertainty.lacksRight: break
        case .unknown(let uncertainty): throw ServiceRefusal.stripeUnreachable(Failure(uncertainty))
        }
    }
}

extension Dispatched {
    /// - Throws: `ServiceRefusal.stripeRefused`, `.stripeUnanswered`; the latter also for what was parked just now.
    func orThrow() throws {
        switch self {
        case .done: break
        case .refused(let what, let why): throw ServiceRefusal.stripeRefused(what: what, why: why)
        case .unknown(let what, _), .parked(let what): throw ServiceRefusal.stripeUnanswered(what: what)
        }
    }
}
