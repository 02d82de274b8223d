import Ledger
internal import LedgerStore

/// An event of Stripe's that could not be worked off until now.
package struct TroubledEvent: Sendable {
    /// Stripe's id, `evt_…`.
    package let id: String
    package let type: String
    package let objectID: String?
    /// Whether it waits for the operator; otherwise it is tried again by itself.
    package let isParked: Bool
    package let attempts: Int
    /// In the system's time.
    package let nextAttempt: Instant?
    package let receivedAt: Instant
    package let why: Failure?
    /// The same for the operator, in English.
    package var problem: String? { why?.technical }
}

extension LedgerService {
    /// The events that were tried in vain, those that are tried again by themselves first.
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

    /// Puts events that were tried in vain back in line, as if they had just come, and works them off.
    ///
    /// - Parameter id: Only this one; `nil` for all.
    /// - Returns: How many could not be worked off this time either.
    /// - Throws: `ServiceRefusal.eventNotTroubled`, `.stripeUnreachable`; `TenantNotFound`.
    package func retryEvents(_ id: String?, of tenantID: String) async throws -> Int {
        let tenant = try await store.write(of: tenantID) { book in
            let events = try book.troubledEvents().filter { id == nil || $0.id == id }
            if let id, events.isEmpty { throw ServiceRefusal.eventNotTroubled(id) }
            for event in events { try book.takeUp(event) }
            return book.tenant
        }
        try await workOffEvents(of: tenant, .due)
        return try store.read(of: tenant) { try $0.troubledEvents().count { id == nil || $0.id == id } }
    }

    /// Leaves a parked event for good, with a reason that is kept.
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
