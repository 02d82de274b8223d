import Ledger
internal import LedgerStore

extension LedgerService {
    /// Entries of Stripe's lists that could not be read or booked, the longest known first.
    ///
    /// - Parameter state: `nil` for those that need somebody.
    /// - Throws: `TenantNotFound`.
    package func unreadableObjects(_ state: UnreadableObject.State? = nil, of tenantID: String) throws -> [UnreadableObject] {
        try store.read(of: tenantID) { book in
            guard let state, state != .waiting else { return try book.waitingUnreadableObjects() }
            return try book.unreadableObjects().filter { $0.state == state }
        }
    }

    /// One of them.
    ///
    /// - Parameter id: As `unreadableObjects` names it.
    /// - Throws: `ServiceRefusal.unreadableNotFound`; `TenantNotFound`.
    package func unreadableObject(_ id: String, of tenantID: String) throws -> UnreadableObject {
        try store.read(of: tenantID) { try $0.knownUnreadable(id) }
    }

    /// Decides that months can be closed without an object that cannot be read, with a reason that is kept. A sync still tries to read it, and
    /// takes in what it says.
    ///
    /// - Parameters:
    ///   - id: As `unreadableObjects` names it.
    ///   - reason: Why, in a person's words.
    /// - Returns: The object as it is now.
    /// - Throws: `ServiceRefusal.unreadableNotFound`, `.unreadableDismissed`, `.reasonMissing`; `TenantNotFound`.
    package func dismissUnreadable<Answer>(
        _ id: String, reason: String, of tenantID: String, by actor: String,
        once: Once<UnreadableObject, Answer> = Once<UnreadableObject, UnreadableObject>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            try checkReason(reason)
            guard try book.knownUnreadable(id).dismissal == nil else { throw ServiceRefusal.unreadableDismissed(id) }
            try book.dismissUnreadable(id, Dismissal(reason: reason, actor: actor))
            return try book.knownUnreadable(id)
        }
    }
}

extension Book {
    fileprivate func knownUnreadable(_ id: String) throws -> UnreadableObject {
        guard let known = try unreadableObject(id) else { throw ServiceRefusal.unreadableNotFound(id) }
        return known
    }
}
