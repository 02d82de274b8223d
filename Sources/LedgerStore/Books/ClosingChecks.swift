import Ledger

/// What is not in order when a month is to be closed. Each list costs what waits, and not what ever was; only where the account `stripe` does
/// not agree are payments looked at.
extension Book {
    /// Keeps Stripe's balance beside the sum of what its list shows of it.
    ///
    /// - Parameters:
    ///   - listed: By the list as it was read with the balance.
    ///   - begun: The books' time at which the reading began.
    package func noteBalance(_ balance: Money, listed: Money, begunAt begun: Instant) throws {
        try run(
            """
            INSERT INTO stripe_balance (tenant, balance, listed, begun_at)
            VALUES (\(tenant.number), \(balance.minorUnits), \(listed.minorUnits), \(begun))
            ON CONFLICT DO UPDATE SET balance = excluded.balance, listed = excluded.listed, begun_at = excluded.begun_at
            """)
    }

    /// Stripe's balance as it was read last; `nil` before the first time.
    package func lastBalance() throws -> (balance: Money, listed: Money, begun: Instant)? {
        try one("SELECT balance, listed, begun_at FROM stripe_balance WHERE tenant = \(tenant.number)") {
            (try $0.money(0, tenant.currency), try $0.money(1, tenant.currency), try $0.instant(2))
        }
    }

    /// Whether a month that is over is not closed, and Stripe's balance was not compared since, or did not agree.
    package func awaitsBalance() throws -> Bool {
        let current = now.day(in: tenant.timeZone).month
        guard try firstOpenMonth() < current else { return false }
        guard let last = try lastBalance() else { return true }
        return last.balance != last.listed || last.begun < current.firstDay.start(in: tenant.timeZone)
    }

    /// What the account `stripe` and Stripe's balance do not agree on, as far as the month and those before are concerned: what came later is on
    /// its way.
    ///
    /// - Returns: `nil` where they agree.
    package func clearingDifference(_ month: Month) throws -> ClearingDifference? {
        let end = month.next.firstDay.start(in: tenant.timeZone)
        guard let last = try lastBalance(), last.begun >= end else { return ClearingDifference(.notCompared) }
        guard last.balance == last.listed else { return ClearingDifference(.balance(last.balance, listed: last.listed)) }
        let (account, moved) = (try balance(of: .stripe), try stripeBalance())
        guard account != moved else { return nil }
        let unbalanced = try unbalancedObjects()
        let waiting = try unexplainedMovements(.waiting).map(\.movement).filter(\.isOfPayments)
        let explained = try unbalanced.reduce(account.adding(Money.sum(waiting.map(\.amount), in: tenant.currency))) {
            try $0.adding($1.moved).subtracting($1.posted)
        }
        guard explained == moved else { return ClearingDifference(.account(account, moved: moved)) }
        let ids = try unbalanced.filter { try !$0.isUnderWay && isOf(month, endingAt: end, $0) }.map(\.id)
        return ids.isEmpty ? nil : ClearingDifference(.objects(ids.count), ids: Array(ids.prefix(MonthObstacle.mostIDs)))
    }

    /// Whether what is known of one side was of the month or before. What settles in another currency is never there.
    private func isOf(_ month: Month, endingAt end: Instant, _ object: UnbalancedObject) throws -> Bool {
        try one(
            """
            SELECT 1 WHERE NOT EXISTS (
                SELECT 1 FROM other_currency_movement o WHERE o.tenant = \(tenant.number) AND (o.intent = \(object.id) OR o.intent IN (
                    SELECT p.payment_intent FROM refund r JOIN payment p ON p.tenant = r.tenant AND p.folio = r.folio AND p.number = r.payment
                    WHERE r.tenant = \(tenant.number) AND r.stripe_id = \(object.id))))
            AND (EXISTS (
                SELECT 1 FROM journal_entry e WHERE e.tenant = \(tenant.number) AND e.occurred_on <= \(month.lastDay) AND e.number IN (
                    SELECT entry FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(object.id)
                    UNION ALL SELECT entry FROM refund WHERE tenant = \(tenant.number) AND stripe_id = \(object.id)))
                OR EXISTS (
                    SELECT 1 FROM balance_transaction b WHERE b.tenant = \(tenant.number) AND b.created_at < \(end)
                        AND (b.intent = \(object.id) OR b.source = \(object.id))))
            """
        ) { _ in true } ?? false
    }

    /// Folios that are closed and do not balance, and guests who should have left, as the month's page lists them.
    package func openItemsCheck(_ month: Month) throws -> ClosingCheck {
        let window = Window(limit: MonthObstacle.mostIDs)
        let closed = try unsettledFolios(closedBefore: month.next.firstDay.start(in: tenant.timeZone), window)
        let overdue = try overdueUnsettledFolios(
            before: min(now.day(in: tenant.timeZone), month.next.firstDay), linksBefore: month.next.firstDay, window)
        return ClosingCheck(
            .openItems, count: closed.count + overdue.count, ids: (closed.elements + overdue.elements).map(\.reference))
    }

    /// What else is odd of the month and those before.
    package func closingRemarks(_ month: Month) throws -> [ClosingCheck] {
        let (start, end) = (month.firstDay.start(in: tenant.timeZone), month.next.firstDay.start(in: tenant.timeZone))
        return [
            ClosingCheck(
                .suspense,
                ids: try all(
                    """
                    SELECT id FROM unexplained_movement INDEXED BY unexplained_movement_state
                    WHERE tenant = \(tenant.number) AND state = 'suspense' AND created_at < \(end) ORDER BY created_at, id
                    """
                ) { try $0.string(0) }),
            ClosingCheck(
                .disputes,
                ids: try all(
                    """
                    SELECT id FROM dispute INDEXED BY dispute_open
                    WHERE tenant = \(tenant.number) AND created_at < \(end) AND status NOT IN ('won', 'lost', 'warning_closed', 'prevented')
                    ORDER BY created_at, id
                    """
                ) { try $0.string(0) }),
            ClosingCheck(.found, ids: try waitingFoundObjects().map(\.id)),
            ClosingCheck(.dismissed, ids: try dismissedObjects()),
            ClosingCheck(
                .otherCurrencies,
                ids: try all(
                    """
                    SELECT id FROM other_currency_movement
                    WHERE tenant = \(tenant.number) AND created_at >= \(start) AND created_at < \(end) ORDER BY created_at, id
                    """
                ) { try $0.string(0) }),
        ]
    }

    /// What was dismissed as unreadable and has not been read since.
    package func dismissedObjects() throws -> [String] {
        try all(
            """
            SELECT id FROM unreadable_object
            WHERE tenant = \(tenant.number) AND dismissed_at IS NOT NULL AND read_at IS NULL ORDER BY first_seen, id
            """
        ) { try $0.string(0) }
    }
}

extension Book {
    func addRemark(_ remark: ClosingRemark, to month: Month) throws {
        for item in remark.items {
            try run(
                """
                INSERT INTO closing_remark (tenant, month, kind, count, reason, actor)
                VALUES (\(tenant.number), \(month), \(item.kind), \(item.count), \(remark.reason), \(remark.actor))
                """)
        }
    }

    /// What a month was closed over; `nil` where all was in order, and while it is open.
    func remark(of month: Month) throws -> ClosingRemark? {
        let rows = try all(
            "SELECT kind, count, reason, actor FROM closing_remark WHERE tenant = \(tenant.number) AND month = \(month) ORDER BY kind"
        ) { (item: ClosingRemark.Item(kind: try $0.string(0), count: try $0.int64(1)), why: try $0.string(2), who: try $0.string(3)) }
        return rows.first.map { ClosingRemark(items: rows.map(\.item), reason: $0.why, actor: $0.who) }
    }
}
