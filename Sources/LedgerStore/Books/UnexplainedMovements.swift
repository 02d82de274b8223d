import Ledger

extension UnexplainedMovement {
    static let columns: StaticString = """
        b.id, b.type, b.reporting_category, b.balance, b.amount, b.fee, b.source, u.intent, b.method, b.created_at, u.state,
        u.failure_code, u.failure_reason, u.failure_detail, u.failure_actor, a.account, a.reason, a.actor, a.rule, u.carries_books,
        d.reason AS dismissal_reason, d.actor AS dismissed_by
        """
    enum Column: Int, ColumnNames {
        case id, type, reportingCategory, balance, amount, fee, source, intent, method, createdAt, state
        case failureCode, failureReason, failureDetail, failureActor, account, reason, actor, rule, carriesBooks
        case dismissalReason, dismissedBy
    }

    init(from row: borrowing Row, in currency: Currency) throws {
        // Its first columns are those of the movement.
        let movement = try BalanceMovement(from: row, in: currency)
        let state = try row.word(Column.state, of: "movement \(movement.id)") as State
        var assignment: Assignment?
        if state == .assigned, let account = try row.optionalString(Column.account) {
            assignment = Assignment(
                account: account, reason: try row.optionalString(Column.reason) ?? "", actor: try row.optionalString(Column.actor) ?? "",
                rule: try row.optionalInt64(Column.rule))
        }
        let dismissal = try row.optionalString(Column.dismissalReason).map {
            Dismissal(reason: $0, actor: try row.string(Column.dismissedBy))
        }
        self.init(
            movement: movement, state: state, failure: try row.failure(Column.failureCode), assignment: assignment,
            carriesBooks: try row.optionalInt64(Column.carriesBooks).map { $0 == 1 }, dismissal: dismissal)
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
            INSERT INTO unexplained_movement (tenant, id, source, type, created_at, intent, state)
            VALUES (\(tenant.number), \(movement.id), \(movement.source), \(movement.type), \(movement.created), \(movement.intent), 'waiting')
            """)
    }

    /// All movements in that state, oldest first.
    package func unexplainedMovements(_ state: UnexplainedMovement.State) throws -> [UnexplainedMovement] {
        try unexplainedMovements(MovementFilter(state))
    }

    /// Movements that match, oldest first.
    ///
    /// - Parameters:
    ///   - after: Only those that stand behind this one.
    ///   - limit: The most of them, at least 1.
    package func unexplainedMovements(
        _ filter: MovementFilter, after: BalanceMovement? = nil, limit: Int = .max
    ) throws -> [UnexplainedMovement] {
        let later: SQL = after.map { "AND (u.created_at, u.id) > (\($0.created), \($0.id))" } ?? ""
        let window = Window(limit: limit)
        // The index is named, so that a page of the list costs what it shows.
        return switch (filter.state, filter.type) {
        case (nil, nil):
            try unexplained("INDEXED BY unexplained_movement_open", "u.state IN ('waiting', 'suspense') \(later)", window)
        case (nil, let type?):
            try unexplained(
                "INDEXED BY unexplained_movement_open", "u.state IN ('waiting', 'suspense') AND u.type = \(type) \(later)", window)
        case (let state?, nil):
            try unexplained("INDEXED BY unexplained_movement_state", "u.state = \(state) \(later)", window)
        case (let state?, let type?):
            try unexplained("INDEXED BY unexplained_movement_type", "u.state = \(state) AND u.type = \(type) \(later)", window)
        }
    }

    /// Movements from before that instant that need somebody: waiting or in suspense, oldest first.
    package func openMovements(before end: Instant, _ window: Window) throws -> Part<UnexplainedMovement> {
        let count = try one(
            """
            SELECT count(*) FROM unexplained_movement INDEXED BY unexplained_movement_open
            WHERE tenant = \(tenant.number) AND state IN ('waiting', 'suspense') AND created_at < \(end)
            """
        ) { try $0.int(0) }
        let elements = try unexplained(
            "INDEXED BY unexplained_movement_open", "u.state IN ('waiting', 'suspense') AND u.created_at < \(end)", window)
        return Part(elements, window, of: count ?? 0)
    }

    /// Movements between two instants that are assigned, oldest first: an assignment can be corrected.
    package func assignedMovements(from start: Instant, before end: Instant, _ window: Window) throws -> Part<UnexplainedMovement> {
        let count = try one(
            """
            SELECT count(*) FROM unexplained_movement INDEXED BY unexplained_movement_state
            WHERE tenant = \(tenant.number) AND state = 'assigned' AND created_at >= \(start) AND created_at < \(end)
            """
        ) { try $0.int(0) }
        let elements = try unexplained(
            "INDEXED BY unexplained_movement_state",
            "u.state = 'assigned' AND u.created_at >= \(start) AND u.created_at < \(end)", window)
        return Part(elements, window, of: count ?? 0)
    }

    /// What is in suspense, by type. It costs what is in suspense, and not what ever was.
    ///
    /// - Parameter end: Only what moved before it; `nil` for all.
    package func suspenseTotals(before end: Instant? = nil) throws -> [SuspenseTotal] {
        let earlier: SQL = end.map { "AND u.created_at < \($0)" } ?? ""
        return try all(
            """
            SELECT u.type, count(*), sum(b.amount) FROM unexplained_movement u INDEXED BY unexplained_movement_type
            JOIN balance_transaction b ON b.tenant = u.tenant AND b.id = u.id
            WHERE u.tenant = \(tenant.number) AND u.state = 'suspense' \(earlier) GROUP BY u.type ORDER BY u.type
            """
        ) { SuspenseTotal(type: try $0.string(0), count: try $0.int64(1), amount: try $0.money(2, tenant.currency)) }
    }

    /// Movements of which Stripe still has to show what they came from: those that wait, and those that were dismissed unread.
    package func unreadMovements() throws -> [UnexplainedMovement] {
        try unexplainedMovements(.waiting)
            + unexplained("INDEXED BY unexplained_movement_unread", "u.failure_code IS NOT NULL AND u.state <> 'waiting'")
    }

    /// A movement that nothing explained when it came.
    ///
    /// - Parameter id: `txn_…`.
    package func unexplainedMovement(_ id: String) throws -> UnexplainedMovement? { try unexplained("", "u.id = \(id)").first }

    private func unexplained(
        _ index: StaticString, _ condition: SQL, _ window: Window = Window(limit: .max)
    ) throws -> [UnexplainedMovement] {
        try all(
            """
            SELECT \(raw: UnexplainedMovement.columns) FROM unexplained_movement u \(raw: index)
            JOIN balance_transaction b ON b.tenant = u.tenant AND b.id = u.id
            LEFT JOIN movement_entry a ON a.tenant = u.tenant AND a.id = u.id AND a.kind = 'assignment'
                AND a.number = (SELECT max(number) FROM movement_entry WHERE tenant = u.tenant AND id = u.id)
            LEFT JOIN movement_entry d ON d.tenant = u.tenant AND d.id = u.id AND d.number = 1
            WHERE u.tenant = \(tenant.number) AND \(condition)
            ORDER BY u.created_at, u.id LIMIT \(window.limit) OFFSET \(window.offset)
            """
        ) { try UnexplainedMovement(from: $0, in: tenant.currency) }
    }

    /// Intents, refunds and disputes of others whose movements have their place in these books, by Stripe's ids: in suspense, assigned, or
    /// kept as what moved in another currency. Of the last, the movements' own ids, too.
    package func placedObjects() throws -> Set<String> {
        Set(
            try all(
                """
                SELECT source, intent FROM unexplained_movement WHERE tenant = \(tenant.number) AND state IN ('suspense', 'assigned')
                UNION ALL SELECT id, intent FROM other_currency_movement WHERE tenant = \(tenant.number)
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
    /// suspense, and from there to the account of the rule that takes it, if one does. Where it was dismissed before, it stays where it is.
    ///
    /// - Parameter carriesBooks: Whether what it came from carries these books' id; `nil` when that is not known.
    /// - Returns: Whether it is ours.
    @discardableResult
    package func settle(_ movement: BalanceMovement, carriesBooks: Bool? = nil) throws -> Bool {
        guard let known = try unexplainedMovement(movement.id), known.isToBeRead else { return false }
        if try isExplained(known.movement) {
            try becomesOurs(known)
            return true
        }
        if known.state != .waiting { try setState(known.state, of: known.movement, carriesBooks: carriesBooks) }
        try setFailure(nil, of: known.movement)
        if known.state == .waiting { try putInSuspense(known.movement, carriesBooks: carriesBooks) }
        return false
    }

    /// Puts a movement in suspense although what it came from cannot be read; the schema refuses it for any other. It is still to be read.
    ///
    /// - Parameter dismissal: Its reason is a valid `TextRule.reason`.
    package func dismiss(_ movement: BalanceMovement, _ dismissal: Dismissal) throws { try putInSuspense(movement, dismissal) }

    /// From there it goes on by the rule that takes it, if one does.
    private func putInSuspense(_ movement: BalanceMovement, _ dismissal: Dismissal? = nil, carriesBooks: Bool? = nil) throws {
        guard let posting = movement.suspensePosting(on: day(of: movement)) else { return }
        let entry = try post(posting, by: dismissal?.actor ?? "stripe")
        try addEntry(entry, .suspense, of: movement, reason: dismissal?.reason, actor: dismissal?.actor)
        try setState(.suspense, of: movement, carriesBooks: carriesBooks)
        if let placed = try unexplainedMovement(movement.id) { try applyRule(to: placed) }
    }

    /// Takes movements out of suspense that are ours, as is known by now: their payment or their refund is in these books.
    ///
    /// - Parameters:
    ///   - intent: `pi_…`: of the payment that is known now.
    ///   - source: Of the refund, `re_…`.
    package func settleMovements(intent: String? = nil, source: String? = nil) throws {
        let candidates =
            try intent.map { try unexplained("INDEXED BY unexplained_movement_intent", "u.intent = \($0) AND u.state <> 'ours'") } ?? []
        let others =
            try source.map { try unexplained("INDEXED BY unexplained_movement_source", "u.source = \($0) AND u.state <> 'ours'") } ?? []
        for candidate in candidates + others where try isExplained(candidate.movement) {
            guard try unexplainedMovement(candidate.movement.id)?.state != .ours else { continue }
            try becomesOurs(candidate)
        }
    }

    /// Moves the amount from suspense to an account, or from the account that it was assigned to before.
    ///
    /// - Parameters:
    ///   - reason: Why, in a person's words; a valid `TextRule.reason`.
    ///   - rule: The number of the rule that does it; `nil` for a person.
    package func assign(_ known: UnexplainedMovement, to account: Account, reason: String, by actor: String, rule: Int64? = nil) throws {
        try unassign(known, by: actor)
        guard let posting = known.movement.assignment(to: account, on: day(of: known.movement)) else { return }
        let entry = try post(posting, by: actor)
        try addEntry(entry, .assignment, of: known.movement, account: account.name, reason: reason, actor: actor, rule: rule)
        try setState(.assigned, of: known.movement)
    }

    private func unassign(_ known: UnexplainedMovement, by actor: String) throws {
        guard let assignment = known.assignment, let account = Account(assignable: assignment.account),
            let posting = known.movement.assignmentReversal(to: account, on: day(of: known.movement))
        else { return }
        try post(posting, .assignmentReversed, of: known.movement, by: actor)
        try setState(.suspense, of: known.movement)
    }

    /// What took back the money of an intent of these books, oldest first: payments that failed after they stood on the balance.
    package func chargeFailures(ofIntent intent: String) throws -> [BalanceMovement] {
        try all(
            """
            SELECT \(raw: BalanceMovement.columns) FROM balance_transaction b
            WHERE tenant = \(tenant.number) AND kind = 'charge_failure' AND id IN (
                    SELECT id FROM balance_transaction INDEXED BY balance_transaction_failed
                    WHERE tenant = \(tenant.number) AND intent = \(intent) AND kind = 'charge_failure'
                    UNION ALL SELECT id FROM unexplained_movement WHERE tenant = \(tenant.number) AND intent = \(intent))
                AND NOT EXISTS (SELECT 1 FROM unexplained_movement u WHERE u.tenant = b.tenant AND u.id = b.id AND u.state <> 'ours')
            ORDER BY created_at, id
            """
        ) { try BalanceMovement(from: $0, in: tenant.currency) }
    }

    /// What was posted for it is reversed by entries of their own, and then it is posted as what it is.
    private func becomesOurs(_ known: UnexplainedMovement) throws {
        let movement = known.movement
        try unassign(known, by: "stripe")
        if known.state != .waiting, let posting = movement.suspenseReversal(on: day(of: movement)) {
            try post(posting, .suspenseReversed, of: movement, by: "stripe")
        }
        try setFailure(nil, of: movement)
        try setState(.ours, of: movement)
        try postAmount(of: movement)
    }

    /// Posts the amount of a movement that something in these books explains.
    func postAmount(of movement: BalanceMovement) throws {
        if movement.kind == .dispute { return try postDispute(movement, on: day(of: movement)) }
        if movement.kind == .payout { return try postPayout(movement, on: day(of: movement)) }
        if let posting = movement.amountPosting(on: day(of: movement)) { _ = try post(posting, by: "stripe") }
    }

    private func day(of movement: BalanceMovement) -> Day { movement.created.day(in: tenant.timeZone) }

    private func post(_ posting: Posting, _ kind: EntryKind, of movement: BalanceMovement, by actor: String) throws {
        try addEntry(try post(posting, by: actor), kind, of: movement)
    }

    private func addEntry(
        _ entry: Int64, _ kind: EntryKind, of movement: BalanceMovement, account: String? = nil, reason: String? = nil,
        actor: String? = nil, rule: Int64? = nil
    ) throws {
        try run(
            """
            INSERT INTO movement_entry (tenant, id, number, kind, entry, account, reason, actor, rule)
            SELECT \(tenant.number), \(movement.id),
                (SELECT coalesce(max(number), 0) + 1 FROM movement_entry WHERE tenant = \(tenant.number) AND id = \(movement.id)),
                \(kind), \(entry), \(account), \(reason), \(actor), \(rule)
            """)
    }

    private func setState(_ state: UnexplainedMovement.State, of movement: BalanceMovement, carriesBooks: Bool? = nil) throws {
        try run(
            """
            UPDATE unexplained_movement SET state = \(state), carries_books = coalesce(\(carriesBooks), carries_books)
            WHERE tenant = \(tenant.number) AND id = \(movement.id)
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
                    SELECT payment_intent, folio, CASE WHEN failure_entry IS NULL THEN received ELSE 0 END FROM payment
                    WHERE tenant = \(tenant.number) AND received > 0 AND payment_intent IS NOT NULL),
                moved (intent, amount) AS (
                    SELECT coalesce(b.intent, u.intent), sum(b.amount) FROM balance_transaction b
                    LEFT JOIN unexplained_movement u ON u.tenant = b.tenant AND u.id = b.id
                    WHERE b.tenant = \(tenant.number) AND b.kind IN ('charge', 'charge_failure')
                        AND coalesce(b.intent, u.intent) IS NOT NULL AND coalesce(u.state, 'ours') = 'ours'
                    GROUP BY 1)
            SELECT p.intent, f.reference, p.amount, coalesce(m.amount, 0), 0 FROM posted p
            JOIN folio f ON f.tenant = \(tenant.number) AND f.number = p.folio
            LEFT JOIN moved m ON m.intent = p.intent WHERE p.amount <> coalesce(m.amount, 0)
            UNION ALL
            SELECT m.intent, NULL, 0, m.amount, EXISTS (
                SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND payment_intent = m.intent AND state = 'processing')
            FROM moved m WHERE m.amount <> 0 AND m.intent NOT IN (SELECT intent FROM posted)
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
            SELECT p.id, f.reference, p.amount, coalesce(m.amount, 0), 0 FROM posted p
            JOIN folio f ON f.tenant = \(tenant.number) AND f.number = p.folio
            LEFT JOIN moved m ON m.id = p.id WHERE p.amount <> coalesce(m.amount, 0)
            UNION ALL
            SELECT m.id, NULL, 0, m.amount, 0 FROM moved m WHERE m.id NOT IN (SELECT id FROM posted)
            ORDER BY 1
            """
        ) { try unbalanced($0, .refund) }
        return payments + refunds
    }

    private func unbalanced(_ row: borrowing Row, _ kind: UnbalancedObject.Kind) throws -> UnbalancedObject {
        UnbalancedObject(
            kind: kind, id: try row.string(0), folio: try row.optionalString(1), posted: try row.money(2, tenant.currency),
            moved: try row.money(3, tenant.currency), isUnderWay: try row.bool(4))
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
