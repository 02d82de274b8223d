import Ledger
internal import LedgerStore
import Stripe

/// An object that was found at Stripe, with what stands against taking it in.
package struct WaitingFoundObject: Sendable {
    /// As Stripe showed it last.
    package let found: FoundObject
    /// `nil`: `reconcile --repair` takes it in.
    package let obstacle: FoundObject.Obstacle?
}

extension LedgerService {
    /// What these books made at Stripe after the restored backup, and that is neither taken in nor dismissed; oldest first.
    ///
    /// - Throws: `TenantNotFound`.
    package func waitingFoundObjects(of tenantID: String) throws -> [WaitingFoundObject] {
        try store.read(of: tenantID) { book in
            try book.waitingFoundObjects().map {
                WaitingFoundObject(found: $0, obstacle: try book.obstacle(to: $0))
            }
        }
    }

    /// Takes in an object that was found though its amount or its customer does not fit its folio, with a reason that is kept. What it took
    /// beyond what is open is then owed to the guest.
    ///
    /// - Throws: `ServiceRefusal.foundObjectNotWaiting`; `.foundObjectStuck` when something else stands against it, and then nothing is
    ///   changed; `.reasonMissing`, and what reading at Stripe throws.
    package func acceptFoundObject(_ id: String, reason: String, of tenantID: String, by actor: String) async throws {
        let (tenant, found) = try await decide(.accepted, about: id, reason: reason, of: tenantID, by: actor) { book, found in
            switch try book.obstacle(to: found) {
            case nil, .amount, .customer: break
            case let obstacle?: throw ServiceRefusal.foundObjectStuck(id, obstacle)
            }
        }
        let difference = Difference(
            object: id, folio: found.reference, ledger: "not there", stripe: "\(found.status) \(found.amount) \(found.currency)",
            cause: "accepted: \(reason)", mending: .takeIn(id))
        try await takeIn(id, difference, of: tenant, by: actor)
    }

    /// Dismisses a found object permanently, with a reason that is recorded. It then counts as not belonging to these books, and its folio
    /// continues without it.
    ///
    /// - Throws: `ServiceRefusal.foundObjectNotWaiting`, `.reasonMissing`; `TenantNotFound`.
    package func dismissFoundObject(_ id: String, reason: String, of tenantID: String, by actor: String) async throws {
        _ = try await decide(.dismissed, about: id, reason: reason, of: tenantID, by: actor) { _, _ in }
    }

    private func decide(
        _ decision: FoundObject.Decision, about id: String, reason: String, of tenantID: String, by actor: String,
        if mayBe: @escaping @Sendable (borrowing Book, FoundObject) throws -> Void
    ) async throws -> (Tenant, FoundObject) {
        try checkReason(reason)
        return try await store.write(of: tenantID) { book in
            guard let found = try book.foundObject(id), found.isWaiting else {
                throw ServiceRefusal.foundObjectNotWaiting(id)
            }
            // One that was accepted, and that Stripe could not be asked about then, is asked about again.
            guard found.decision != decision else { return (book.tenant, found) }
            guard found.decision == nil else { throw ServiceRefusal.foundObjectNotWaiting(id) }
            try mayBe(book, found)
            try book.decide(decision, about: found, reason: reason, by: actor)
            if let folio = try found.reference.flatMap({ try book.folio($0) }) {
                try book.tellFound(on: folio)
            }
            return (book.tenant, found)
        }
    }
}
