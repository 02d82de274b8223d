import Ledger
internal import LedgerStore

/// A Stripe event that has not been processed so far.
package struct TroubledEvent: Sendable {
    /// Stripe's id, `evt_…`.
    package let id: String
    /// Stripe's: `payment_intent.succeeded`.
    package let type: String
    /// Stripe's id of the object that it is about; `nil` where it names none.
    package let objectID: String?
    /// Whether it waits for the operator; otherwise it is retried automatically.
    package let isParked: Bool
    /// How many failed since it arrived.
    package let attempts: Int
    /// In the system's time.
    package let nextAttempt: Instant?
    /// By the books' clock.
    package let receivedAt: Instant
    /// Why the last attempt failed.
    package let why: Failure?
    /// The same for the operator, in English.
    package var problem: String? { why?.technical }
}

extension LedgerService {
    /// The failed events, those that are retried automatically first.
    ///
    /// - Throws: `TenantNotFound`.
    package func troubledEvents(of tenantID: String) throws -> [TroubledEvent] {
        try store.read(of: tenantID) { book in
            try book.troubledEvents().map {
                TroubledEvent(
                    id: $0.id, type: $0.type, objectID: $0.objectID, isParked: $0.state == .parked, attempts: $0.attempts,
                    nextAttempt: $0.nextAttemptAt, receivedAt: $0.receivedAt, why: $0.failure)
            }
        }
    }

    /// Queues failed events again, as if they had just arrived, and processes them.
    ///
    /// - Parameter id: Only this one; `nil` for all.
    /// - Returns: How many failed again.
    /// - Throws: `ServiceRefusal.eventNotTroubled`, `.stripeUnreachable`; `TenantNotFound`.
    package func retryEvents(_ id: String?, of tenantID: String) async throws -> Int {
        let tenant = try await store.write(of: tenantID) { book in
            let events = try book.troubledEvents().filter { id == nil || $0.id == id }
            if let id, events.isEmpty { throw ServiceRefusal.eventNotTroubled(id) }
            for event in events { try book.requeue(event) }
            return book.tenant
        }
        try await workOffEvents(of: tenant, .due)
        return try store.read(of: tenant) { try $0.troubledEvents().count { id == nil || $0.id == id } }
    }

    /// Dismisses a parked event permanently, with a reason that is recorded.
    ///
    /// - Throws: `ServiceRefusal.eventNotTroubled` for one that is not parked, `.reasonMissing`; `TenantNotFound`.
    package func dismissEvent(_ id: String, reason: String, of tenantID: String, by actor: String) async throws {
        try checkReason(reason)
        try await store.write(of: tenantID) { book in
            guard let event = try book.event(id), event.state == .parked else {
                throw ServiceRefusal.eventNotTroubled(id)
            }
            try book.dismiss(event, reason: reason, by: actor)
        }
    }
}
