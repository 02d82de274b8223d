import Ledger
internal import LedgerStore

extension LedgerService {
    /// Movements that nothing in the books explained when they came, oldest first.
    ///
    /// - Parameters:
    ///   - state: `nil` for those that need somebody: waiting or in suspense.
    ///   - type: Stripe's; `nil` for all.
    ///   - after: Only those that stand behind this one, `txn_…`.
    ///   - limit: The most of them, at least 1.
    /// - Throws: `ServiceRefusal.movementNotFound` for one to continue after that never was in the list; `TenantNotFound`.
    package func unexplainedMovements(
        _ state: UnexplainedMovement.State? = nil, type: String? = nil, after: String? = nil, limit: Int = 1000, of tenantID: String
    ) throws -> [UnexplainedMovement] {
        try store.read(of: tenantID) { book in
            var last: BalanceMovement?
            if let after {
                guard let known = try book.unexplainedMovement(after) else { throw ServiceRefusal.movementNotFound(after) }
                last = known.movement
            }
            return try book.unexplainedMovements(MovementFilter(state, type: type), after: last, limit: limit)
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

    /// What is in suspense, by Stripe's type.
    ///
    /// - Throws: `TenantNotFound`.
    package func suspenseTotals(of tenantID: String) throws -> [SuspenseTotal] { try store.read(of: tenantID) { try $0.suspenseTotals() } }

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
            let target = try assignable(account)
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

    /// Assigns everything of a type that is in suspense now to an account: each movement by an entry of its own.
    ///
    /// - Parameters:
    ///   - account: The account's name: see `Account.init(assignable:)`.
    ///   - reason: Why, in a person's words; it is kept with each.
    /// - Throws: `ServiceRefusal.typeNotInSuspense` when there is nothing; `.accountNotAssignable`, `.reasonMissing`, `.movementTypeInvalid`;
    ///   `MoneyError.overflow` for a sum that no books hold; `TenantNotFound`.
    package func assignMovements<Answer>(
        _ selection: MovementSelection, to account: String, reason: String, of tenantID: String, by actor: String,
        once: Once<AssignedMovements, Answer> = Once<AssignedMovements, AssignedMovements>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let target = try assignable(account)
            try checkReason(reason)
            try checkType(selection.type)
            let assigned = try book.assignSuspense(selection, to: target, reason: reason, by: actor)
            guard !assigned.isEmpty else { throw ServiceRefusal.typeNotInSuspense(selection.type) }
            return AssignedMovements(
                selection: selection, account: target.name, reason: reason, count: Int64(assigned.count),
                amount: try Money.sum(assigned.map(\.amount), in: book.tenant.currency))
        }
    }
}

/// - Parameter name: An account's.
/// - Throws: `ServiceRefusal.accountNotAssignable`.
func assignable(_ name: String) throws -> Account {
    guard let account = Account(assignable: name) else { throw ServiceRefusal.accountNotAssignable(name) }
    return account
}

/// - Throws: `ServiceRefusal.movementTypeInvalid` for what is no type of Stripe's.
func checkType(_ type: String) throws {
    guard TextRule.balanceType.takes(type) else { throw ServiceRefusal.movementTypeInvalid(type) }
}
