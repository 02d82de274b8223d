import Ledger

extension MovementRule {
    static let columns: StaticString = "number, type, only_others, account, reason, actor, created_at, ended_at, ended_by"
    enum Column: Int, ColumnNames { case number, type, onlyOthers, account, reason, actor, createdAt, endedAt, endedBy }

    init(from row: borrowing Row) throws {
        var end: End?
        if let at = try row.optionalInstant(Column.endedAt) { end = End(at: at, actor: try row.optionalString(Column.endedBy) ?? "") }
        self.init(
            number: try row.int64(Column.number),
            selection: MovementSelection(type: try row.string(Column.type), onlyOthers: try row.bool(Column.onlyOthers)),
            account: try row.string(Column.account), reason: try row.string(Column.reason), actor: try row.string(Column.actor),
            created: try row.instant(Column.createdAt), end: end)
    }
}

extension Book {
    /// All of them, in order: also those that were ended.
    package func movementRules() throws -> [MovementRule] {
        try all("SELECT \(raw: MovementRule.columns) FROM movement_rule WHERE tenant = \(tenant.number) ORDER BY number") {
            try MovementRule(from: $0)
        }
    }

    /// One of them, also one that was ended.
    package func movementRule(_ number: Int64) throws -> MovementRule? {
        try one("SELECT \(raw: MovementRule.columns) FROM movement_rule WHERE tenant = \(tenant.number) AND number = \(number)") {
            try MovementRule(from: $0)
        }
    }

    /// The rule that is in force for a type.
    package func movementRule(for type: String) throws -> MovementRule? {
        try one(
            """
            SELECT \(raw: MovementRule.columns) FROM movement_rule
            WHERE tenant = \(tenant.number) AND type = \(type) AND ended_at IS NULL
            """
        ) { try MovementRule(from: $0) }
    }

    /// Sets a rule. It takes what comes into suspense from now on.
    ///
    /// - Parameter reason: A valid `TextRule.reason`.
    /// - Returns: Its number.
    /// - Throws: `StoreError` when a rule of the type is in force.
    package func addMovementRule(
        _ selection: MovementSelection, to account: Account, reason: String, by actor: String
    ) throws -> Int64 {
        let number = try one("SELECT coalesce(max(number), 0) + 1 FROM movement_rule WHERE tenant = \(tenant.number)") { try $0.int64(0) }!
        try run(
            """
            INSERT INTO movement_rule (tenant, number, type, only_others, account, reason, actor, created_at)
            VALUES (\(tenant.number), \(number), \(selection.type), \(selection.onlyOthers), \(account.name), \(reason), \(actor), \(now))
            """)
        return number
    }

    /// From now on it takes nothing more; what it has assigned stays.
    package func endMovementRule(_ number: Int64, by actor: String) throws {
        try run(
            """
            UPDATE movement_rule SET ended_at = \(now), ended_by = \(actor) WHERE tenant = \(tenant.number) AND number = \(number)
            """)
    }

    /// Assigns a movement in suspense by the rule that takes it; nothing happens where there is none.
    func applyRule(to known: UnexplainedMovement) throws {
        guard let rule = try movementRule(for: known.movement.type), rule.selection.takes(known),
            let account = Account(assignable: rule.account)
        else { return }
        try assign(known, to: account, reason: rule.reason, by: rule.name, rule: rule.number)
    }

    /// Assigns what is in suspense now: each movement by an entry of its own.
    ///
    /// - Parameter reason: A valid `TextRule.reason`.
    /// - Returns: What was assigned, oldest first.
    package func assignSuspense(
        _ selection: MovementSelection, to account: Account, reason: String, by actor: String
    ) throws -> [BalanceMovement] {
        let chosen = try unexplainedMovements(MovementFilter(.suspense, type: selection.type)).filter(selection.takes)
        for known in chosen { try assign(known, to: account, reason: reason, by: actor) }
        return chosen.map(\.movement)
    }
}
