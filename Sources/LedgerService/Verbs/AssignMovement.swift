import Ledger
internal import LedgerStore

extension LedgerService {
    /// Movements that nothing in the books explained when they came, oldest first.
    ///
    /// - Parameter state: `nil` for those that need somebody: waiting or in suspense.
    /// - Throws: `TenantNotFound`.
    package func unexplainedMovements(
        _ state: UnexplainedMovement.State? = nil, of tenantID: String
    ) throws -> [UnexplainedMovement] {
        try store.read(of: tenantID) { book in
            if let state { return try book.unexplainedMovements(state) }
            return try book.unexplainedMovements(.waiting) + book.unexplainedMovements(.suspense)
        }
    }

    /// One of them.
    ///
    /// - Parameter id: `txn_…`.
    /// - Throws: `ServiceRefusal.movementNotFound`; `TenantNotFound`.
    package func unexplainedMovement(_ id: String, of tenantID: String) throws -> UnexplainedMovement {
        try store.read(of: tenantID) { book in
            guard let known = try book.unexplainedMovement(id) else { throw ServiceRefusal.movementNotFound(id) }
            return known
        }
    }

    /// Assigns the amount of a movement in suspense to an account, or corrects an earlier assignment.
    ///
    /// - Parameters:
    ///   - id: `txn_…`.
    ///   - account: The account's name: see `Account.init(assignable:)`.
    ///   - reason: Why, in a person's words; it is kept.
    /// - Returns: The movement as it is now.
    /// - Throws: `ServiceRefusal.movementNotFound`, `.movementNotAssignable`, `.accountNotAssignable`, `.reasonMissing`; `TenantNotFound`.
    package func assignMovement<Answer>(
        _ id: String, to account: String, reason: String, of tenantID: String, by actor: String,
        once: Once<UnexplainedMovement, Answer> = Once<UnexplainedMovement, UnexplainedMovement>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            guard let target = Account(assignable: account) else { throw ServiceRefusal.accountNotAssignable(account) }
            try checkReason(reason)
            guard let known = try book.unexplainedMovement(id) else { throw ServiceRefusal.movementNotFound(id) }
            guard known.state == .suspense || known.state == .assigned else {
                throw ServiceRefusal.movementNotAssignable(id, known.state)
            }
            try book.assign(known, to: target, reason: reason, by: actor)
            return try book.unexplainedMovement(id)!
        }
    }
    /// Dismisses a waiting movement whose origin cannot be read: its amount goes to suspense, and may be assigned like any other. A sync still
    /// tries to read it, and takes it out of suspense if it is ours.
    ///
    /// - Parameters:
    ///   - id: `txn_…`.
    ///   - reason: Why, in a person's words; it is kept.
    /// - Returns: The movement as it is now.
    /// - Throws: `ServiceRefusal.movementNotFound`, `.movementNotDismissible`, `.reasonMissing`; `TenantNotFound`.
    package func dismissMovement<Answer>(
        _ id: String, reason: String, of tenantID: String, by actor: String,
        once: Once<UnexplainedMovement, Answer> = Once<UnexplainedMovement, UnexplainedMovement>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            try checkReason(reason)
            guard let known = try book.unexplainedMovement(id) else { throw ServiceRefusal.movementNotFound(id) }
            guard known.isDismissible else { throw ServiceRefusal.movementNotDismissible(id, known.state) }
            try book.dismiss(known.movement, Dismissal(reason: reason, actor: actor))
            return try book.unexplainedMovement(id)!
        }
    }
}
