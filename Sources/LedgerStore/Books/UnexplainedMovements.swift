import Ledger

extension UnexplainedMovement {
    static let columns: StaticString = """
        b.id, b.type, b.reporting_category, b.balance, b.amount, b.fee, b.source, u.intent, b.method, b.created_at, u.state,
        u.failure_code, u.failure_reason, u.failure_detail, u.failure_actor, a.account, a.reason, a.actor,
        d.reason AS dismissal_reason, d.actor AS dismissed_by
        """
    enum Column: Int, ColumnNames {
        case id, type, reportingCategory, balance, amount, fee, source, intent, method, createdAt, state
        case failureCode, failureReason, failureDetail, failureActor, account, reason, actor, dismissalReason, dismissedBy
    }

    init(from row: borrowing Row, in currency: Currency) throws {
        // Its first columns are those of the movement.
        let movement = try BalanceMovement(from: row, in: currency)
        let state = try row.word(Column.state, of: "movement \(movement.id)") as State
        var assignment: Assignment?
        if state == .assigned, let account = try row.optionalString(Column.account) {
            assignment = Assignment(
                account: account, reason: try row.optionalString(Column.reason) ?? "", actor: try row.optionalString(Column.actor) ?? "")
        }
        let dismissal = try row.optionalString(Column.dismissalReason).map {
            Dismissal(reason: $0, actor: try row.string(Column.dismissedBy))
        }
        self.init(
            movement: movement, state: state, failure: try row.failure(Column.failureCode), assignment: assignment, dismissal: dismissal)
    }
}

extension Book {
    /// Whether a payment, a refund or the movement itself says why the amount moved.
    package func isExplained(_ movement: BalanceMovement) throws -> Bool {
        switch movement.explanation {
        case .itself: true
        case .payment(let intent): try intent.map { try payment(intent: $0) != nil || hold(intent: $0) != nil } ?? false
        case .refund(let id, _): try id.map { try refund(stripeID: $0) != nil } ?? false
        case .nothing: false
        }
    }

    func wait(for movement: BalanceMovement) throws {
        try run(
            """
            INSERT INTO unexplained_movement (tenant, id, source, intent, state)
            VALUES (\(tenant.number), \(movement.id), \(movement.source), \(movement.intent), 'waiting')
            """)
    }

    /// Movements in one of these states, oldest first.
    package func unexplainedMovements(_ state: UnexplainedMovement.State) throws -> [UnexplainedMovement] {
        // The index holds what somebody has to look at; it is used only where both terms stand.
        let isOpen = state == .waiting || state == .suspense
        return try isOpen
            ? unexplained("u.state IN ('waiting', 'suspense') AND u.state = \(state)") : unexplained("u.state = \(state)")
    }

    /// Movements of which Stripe still has to show what they came from: those that wait, and those that were dismissed unread.
    package func unreadMovements() throws -> [UnexplainedMovement] {
        // By their index, however many were assigned.
        try unexplainedMovements(.waiting)
            + unexplained(
                """
                u.id IN (
                    SELECT id FROM unexplained_movement INDEXED BY unexplained_movement_unread
                    WHERE tenant = \(tenant.number) AND failure_code IS NOT NULL AND state <> 'waiting')
                """)
    }

    /// A movement that nothing explained when it came.
    ///
    /// - Parameter id: `txn_…`.
    package func unexplainedMovement(_ id: String) throws -> UnexplainedMovement? { try unexplained("u.id = \(id)").first }

    private func unexplained(_ condition: SQL) throws -> [UnexplainedMovement] {
        try all(
            """
            SELECT \(raw: UnexplainedMovement.columns) FROM unexplained_movement u
            JOIN balance_transaction b ON b.tenant = u.tenant AND b.id = u.id
            LEFT JOIN movement_entry a ON a.tenant = u.tenant AND a.id = u.id AND a.kind = 'assignment'
                AND a.number = (SELECT max(number) FROM movement_entry WHERE tenant = u.tenant AND id = u.id)
            LEFT JOIN movement_entry d ON d.tenant = u.tenant AND d.id = u.id AND d.number = 1
            WHERE u.tenant = \(tenant.number) AND \(condition) ORDER BY b.created_at, b.id
            """
        ) { try UnexplainedMovement(from: $0, in: tenant.currency) }
    }

    /// Intents, refunds and disputes of others whose movements have their place in these books, in suspense or assigned, by Stripe's ids.
    package func placedObjects() throws -> Set<String> {
        Set(
            try all(
                """
                SELECT source, intent FROM unexplained_movement WHERE tenant = \(tenant.number) AND state IN ('suspense', 'assigned')
                """
            ) { [try $0.optionalString(0), try $0.optionalString(1)].compactMap { $0 } }.joined())
    }

    /// Keeps which intent the object behind a movement belongs to that is to be read, when Stripe's list did not say.
    package func setIntent(_ intent: String, of movement: BalanceMovement) throws {
        try run(
            """
            UPDATE unexplained_movement SET intent = \(intent)
            WHERE tenant = \(tenant.number) AND id = \(movement.id) AND intent IS NULL
                AND (state = 'waiting' OR failure_code IS NOT NULL)
            """)
    }

    /// Keeps why what a movement came from could not be read; `nil` when it was read. Of a movement that nobody has to read nothing is kept.
    package func setFailure(_ failure: Failure?, of movement: BalanceMovement) throws {
        try run(
            """
            UPDATE unexplained_movement SET failure_code = \(failure?.code), failure_reason = \(failure?.reason),
                failure_detail = \(failure?.detail), failure_actor = \(failure?.actor)
            WHERE tenant = \(tenant.number) AND id = \(movement.id)
                AND (state = 'waiting' OR (failure_code IS NOT NULL AND state <> 'ours'))
            """)
    }

    /// Books a movement of which Stripe has shown what it came from. One that is explained by now is ours; the amount of any other goes to
    /// suspense, or stays there where it was dismissed before.
    ///
    /// - Returns: Whether it is ours.
    @discardableResult
    package func settle(_ movement: BalanceMovement) throws -> Bool {
        guard let known = try unexplainedMovement(movement.id), known.isToBeRead else { return false }
        if try isExplained(known.movement) {
            try becomesOurs(known)
            return true
        }
        try setFailure(nil, of: known.movement)
        if known.state == .waiting { try putInSuspense(known.movement) }
        return false
    }

    /// Puts a movement in suspense although what it came from cannot be read; the schema refuses it for any other. It is still to be read.
    ///
    /// - Parameter dismissal: Its reason is a valid `TextRule.reason`.
    package func dismiss(_ movement: BalanceMovement, _ dismissal: Dismissal) throws { try putInSuspense(movement, dismissal) }

    private func putInSuspense(_ movement: BalanceMovement, _ dismissal: Dismissal? = nil) throws {
        guard let posting = movement.suspensePosting(on: day(of: movement)) else { return }
        let entry = try post(posting, by: dismissal?.actor ?? "stripe")
        try addEntry(entry, .suspense, of: movement, reason: dismissal?.reason, actor: dismissal?.actor)
        try setState(.suspense, of: movement)
    }

    /// Takes movements out of suspense that are ours, as is known by now: their payment or their refund is in these books.
    ///
    /// - Parameters:
    ///   - intent: `pi_…`: of the payment that is known now.
    ///   - source: Of the refund, `re_…`.
    package func settleMovements(intent: String? = nil, source: String? = nil) throws {
        let candidates = try intent.map { try unexplained("u.intent = \($0) AND u.state <> 'ours'") } ?? []
        let others = try source.map { try unexplained("u.source = \($0) AND u.state <> 'ours'") } ?? []
        for candidate in candidates + others where try isExplained(candidate.movement) {
            guard try unexplainedMovement(candidate.movement.id)?.state != .ours else { continue }
            try becomesOurs(candidate)
        }
    }

    /// Moves the amount from suspense to an account, or from the account that it was assigned to before.
    ///
    /// - Parameter reason: Why, in a person's words; a valid `TextRule.reason`.
    package func assign(_ known: UnexplainedMovement, to account: Account, reason: String, by actor: String) throws {
        try unassign(known)
        guard let posting = known.movement.assignment(to: account, on: day(of: known.movement)) else { return }
        let entry = try post(posting, by: actor)
        try addEntry(entry, .assignment, of: known.movement, account: account.name, reason: reason, actor: actor)
        try setState(.assigned, of: known.movement)
    }

    private func unassign(_ known: UnexplainedMovement) throws {
        guard let assignment = known.assignment, let account = Account(assignable: assignment.account),
            let posting = known.movement.assignmentReversal(to: account, on: day(of: known.movement))
        else { return }
        try post(posting, .assignmentReversed, of: known.movement)
        try setState(.suspense, of: known.movement)
    }

    /// What was posted for it is reversed by entries of their own, and then it is posted as what it is.
    private func becomesOurs(_ known: UnexplainedMovement) throws {
        let movement = known.movement
        try unassign(known)
        if known.state != .waiting, let posting = movement.suspenseReversal(on: day(of: movement)) {
            try post(posting, .suspenseReversed, of: movement)
        }
        try setFailure(nil, of: movement)
        try setState(.ours, of: movement)
        if let posting = movement.amountPosting(on: day(of: movement)) { _ = try post(posting, by: "stripe") }
    }

    private func day(of movement: BalanceMovement) -> Day { movement.created.day(in: tenant.timeZone) }

    private func post(_ posting: Posting, _ kind: EntryKind, of movement: BalanceMovement) throws {
        try addEntry(try post(posting, by: "stripe"), kind, of: movement)
    }

    private func addEntry(
        _ entry: Int64, _ kind: EntryKind, of movement: BalanceMovement, account: String? = nil, reason: String? = nil,
        actor: String? = nil
    ) throws {
        try run(
            """
            INSERT INTO movement_entry (tenant, id, number, kind, entry, account, reason, actor)
            SELECT \(tenant.number), \(movement.id),
                (SELECT coalesce(max(number), 0) + 1 FROM movement_entry WHERE tenant = \(tenant.number) AND id = \(movement.id)),
                \(kind), \(entry), \(account), \(reason), \(actor)
            """)
    }

    private func setState(_ state: UnexplainedMovement.State, of movement: BalanceMovement) throws {
        try run(
            """
            UPDATE unexplained_movement SET state = \(state) WHERE tenant = \(tenant.number) AND id = \(movement.id)
            """)
    }
}

// MARK: - Where the books and the balance differ

extension Book {
    /// Payments and refunds of these books whose amount in the journal is not what Stripe's balance shows of them.
    ///
    /// Together with what waits, these are all reasons why the account `stripe` can differ from the sum of the movements known here.
    package func unbalancedObjects() throws -> [UnbalancedObject] {
        let payments = try all(
            """
            WITH posted (intent, folio, amount) AS (
                    SELECT payment_intent, folio, received FROM payment
                    WHERE tenant = \(tenant.number) AND received > 0 AND payment_intent IS NOT NULL),
                moved (intent, amount) AS (
                    SELECT b.intent, sum(b.amount) FROM balance_transaction b
                    LEFT JOIN unexplained_movement u ON u.tenant = b.tenant AND u.id = b.id
                    WHERE b.tenant = \(tenant.number) AND b.kind = 'charge' AND b.intent IS NOT NULL AND coalesce(u.state, 'ours') = 'ours'
                    GROUP BY b.intent)
            SELECT p.intent, f.reference, p.amount, coalesce(m.amount, 0) FROM posted p
            JOIN folio f ON f.tenant = \(tenant.number) AND f.number = p.folio
            LEFT JOIN moved m ON m.intent = p.intent WHERE p.amount <> coalesce(m.amount, 0)
            UNION ALL
            SELECT m.intent, NULL, 0, m.amount FROM moved m WHERE m.intent NOT IN (SELECT intent FROM posted)
            ORDER BY 1
            """
        ) { try unbalanced($0, .payment) }
        let refunds = try all(
            """
            WITH posted (id, folio, amount) AS (
                    SELECT stripe_id, folio, CASE WHEN entry IS NULL THEN 0 WHEN failure_entry IS NULL THEN -amount ELSE 0 END FROM refund
                    WHERE tenant = \(tenant.number) AND stripe_id IS NOT NULL),
                moved (id, amount) AS (
                    SELECT b.source, sum(b.amount) FROM balance_transaction b
                    LEFT JOIN unexplained_movement u ON u.tenant = b.tenant AND u.id = b.id
                    WHERE b.tenant = \(tenant.number) AND b.kind IN ('refund', 'refund_failure') AND b.source IS NOT NULL
                        AND coalesce(u.state, 'ours') = 'ours'
                    GROUP BY b.source)
            SELECT p.id, f.reference, p.amount, coalesce(m.amount, 0) FROM posted p
            JOIN folio f ON f.tenant = \(tenant.number) AND f.number = p.folio
            LEFT JOIN moved m ON m.id = p.id WHERE p.amount <> coalesce(m.amount, 0)
            UNION ALL
            SELECT m.id, NULL, 0, m.amount FROM moved m WHERE m.id NOT IN (SELECT id FROM posted)
            ORDER BY 1
            """
        ) { try unbalanced($0, .refund) }
        return payments + refunds
    }

    private func unbalanced(_ row: borrowing Row, _ kind: UnbalancedObject.Kind) throws -> UnbalancedObject {
        UnbalancedObject(
            kind: kind, id: try row.string(0), folio: try row.optionalString(1), posted: try row.money(2, tenant.currency),
            moved: try row.money(3, tenant.currency))
    }
}

// MARK: - Other currencies

extension Book {
    /// Keeps a movement in a currency that these books are not kept in; amounts are Stripe's integers. Again changes nothing.
    package func keep(
        movementInOtherCurrency id: String, currency: String, type: String, amount: Int64, fee: Int64, intent: String?, created: Instant
    ) throws {
        try run(
            """
            INSERT INTO other_currency_movement (tenant, id, currency, type, amount, fee, intent, created_at)
            VALUES (\(tenant.number), \(id), \(currency), \(type), \(amount), \(fee), \(intent), \(created)) ON CONFLICT DO NOTHING
            """)
    }

    /// What moved in currencies that these books are not kept in, by currency.
    package func otherCurrencies() throws -> [OtherCurrency] {
        try all(
            """
            SELECT currency, count(*), sum(amount - fee), max(EXISTS (
                SELECT 1 FROM payment p WHERE p.tenant = m.tenant AND p.payment_intent = m.intent))
            FROM other_currency_movement m WHERE tenant = \(tenant.number) GROUP BY currency ORDER BY currency
            """
        ) { OtherCurrency(code: try $0.string(0), movements: try $0.int64(1), net: try $0.int64(2), hasOurs: try $0.bool(3)) }
    }
}
