import Ledger
internal import LedgerStore

extension LedgerService {
    /// The rules by which movements are assigned, in order: also those that were ended.
    ///
    /// - Throws: `TenantNotFound`.
    package func movementRules(of tenantID: String) throws -> [MovementRule] { try store.read(of: tenantID) { try $0.movementRules() } }

    /// Sets a rule: from now on what comes into suspense of that type goes to the account by itself. What is in suspense already stays there,
    /// see `assignMovements`. What turns out to be ours is taken back as from any other assignment.
    ///
    /// - Parameters:
    ///   - account: The account's name: see `Account.init(assignable:)`.
    ///   - reason: Why, in a person's words; it is kept with each assignment.
    /// - Throws: `ServiceRefusal.ruleExists` while one of the type is in force; `.accountNotAssignable`, `.reasonMissing`, `.movementTypeInvalid`;
    ///   `TenantNotFound`.
    package func addMovementRule<Answer>(
        _ selection: MovementSelection, to account: String, reason: String, of tenantID: String, by actor: String,
        once: Once<MovementRule, Answer> = Once<MovementRule, MovementRule>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let target = try assignable(account)
            try checkReason(reason)
            try checkType(selection.type)
            if let known = try book.movementRule(for: selection.type) {
                throw ServiceRefusal.ruleExists(known.number, type: selection.type)
            }
            let number = try book.addMovementRule(selection, to: target, reason: reason, by: actor)
            let rule = try book.movementRule(number)!
            try book.audit(.movementRuleSet, rule, by: actor)
            return rule
        }
    }

    /// Ends a rule: what comes from now on stays in suspense. What it has assigned stays where it is.
    ///
    /// - Throws: `ServiceRefusal.ruleNotFound`, `.ruleEnded`; `TenantNotFound`.
    package func endMovementRule<Answer>(
        _ number: Int64, of tenantID: String, by actor: String,
        once: Once<MovementRule, Answer> = Once<MovementRule, MovementRule>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            guard let known = try book.movementRule(number) else { throw ServiceRefusal.ruleNotFound(number) }
            guard known.end == nil else { throw ServiceRefusal.ruleEnded(number) }
            try book.endMovementRule(number, by: actor)
            try book.audit(.movementRuleEnded, known, by: actor)
            return try book.movementRule(number)!
        }
    }
}

extension Book {
    fileprivate func audit(_ action: AuditAction, _ rule: MovementRule, by actor: String) throws {
        let subject = "\(rule.name), \(rule.selection.type), \(rule.account)"
        try transaction.audit(NewAuditEntry(action, subject, isConfirmed: false), of: tenant, by: actor)
    }
}
