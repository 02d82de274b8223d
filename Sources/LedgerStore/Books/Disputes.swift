import Ledger

extension Book {
    /// - Returns: Whether it says something new.
    @discardableResult
    package func save(_ dispute: Dispute) throws -> Bool {
        let known = try one("SELECT status FROM dispute WHERE tenant = \(tenant.number) AND id = \(dispute.id)") { try $0.string(0) }
        let place = try dispute.intent.flatMap { try payment(intent: $0) }
        // It counts when it happened at Stripe, unless that month is closed, and when it is heard of where Stripe does not say.
        let begun = dispute.opened ?? (known == nil ? dispute.created : nil)
        let opened = try DisputeState.isContested(dispute.state) ? statementMonth(at: begun) : nil
        let decided = try statementMonth(at: dispute.decided)
        let (won, lost) = (dispute.state == "won" ? decided : nil, dispute.state == "lost" ? decided : nil)
        try run(
            """
            INSERT INTO dispute (tenant, id, currency, folio, payment, amount, reason, status, created_at, evidence_due_at, opened_month,
                won_month, lost_month)
            VALUES (\(tenant.number), \(dispute.id), \(tenant.currency.code), \(place?.folio), \(place?.number),
                \(dispute.amount.minorUnits), \(dispute.reason), \(dispute.state), \(dispute.created), \(dispute.evidenceDue), \(opened),
                \(won), \(lost))
            ON CONFLICT DO UPDATE SET status = excluded.status, evidence_due_at = excluded.evidence_due_at, folio = coalesce(folio, excluded.folio),
                payment = coalesce(payment, excluded.payment), opened_month = coalesce(opened_month, excluded.opened_month),
                won_month = coalesce(won_month, excluded.won_month), lost_month = coalesce(lost_month, excluded.lost_month)
            """)
        return known != dispute.state
    }

    /// - Parameter instant: `nil` for now.
    private func statementMonth(at instant: Instant?) throws -> Month {
        try statementMonth(for: (instant ?? now).day(in: tenant.timeZone).month)
    }

    /// What the month's statement counts of disputes: those that were opened, won and lost.
    func disputeCounts(_ month: Month) throws -> DisputeCounts {
        let sums = try one(
            """
            SELECT (SELECT count(*) FROM dispute INDEXED BY dispute_opened WHERE tenant = \(tenant.number) AND opened_month = \(month)),
                (SELECT coalesce(sum(amount), 0) FROM dispute INDEXED BY dispute_opened
                 WHERE tenant = \(tenant.number) AND opened_month = \(month)),
                (SELECT count(*) FROM dispute INDEXED BY dispute_won WHERE tenant = \(tenant.number) AND won_month = \(month)),
                (SELECT coalesce(sum(amount), 0) FROM dispute INDEXED BY dispute_won WHERE tenant = \(tenant.number) AND won_month = \(month)),
                (SELECT count(*) FROM dispute INDEXED BY dispute_lost WHERE tenant = \(tenant.number) AND lost_month = \(month)),
                (SELECT coalesce(sum(amount), 0) FROM dispute INDEXED BY dispute_lost WHERE tenant = \(tenant.number) AND lost_month = \(month))
            """
        ) { row in
            var counts: [DisputeCounts.Count] = []
            for (index, turn) in DisputeCounts.Turn.allCases.enumerated() {
                counts.append(
                    DisputeCounts.Count(
                        turn: turn, count: try row.int64(2 * index), amount: try row.money(2 * index + 1, tenant.currency)))
            }
            return counts
        }
        return DisputeCounts(counts: sums ?? [])
    }
}

extension DisputeSummary {
    static let columns: StaticString = """
        d.id, f.reference, d.payment, d.amount, d.reason, d.status, d.created_at, d.evidence_due_at, f.guest_name,
        (SELECT coalesce(sum(CASE e.kind WHEN 'dispute' THEN e.amount WHEN 'dispute_reinstated' THEN -e.amount ELSE 0 END), 0)
         FROM dispute_entry e WHERE e.tenant = d.tenant AND e.dispute = d.id) AS withdrawn,
        (SELECT coalesce(sum(CASE e.kind WHEN 'dispute_written_off' THEN e.amount WHEN 'dispute_write_off_reversed' THEN -e.amount ELSE 0
            END), 0)
         FROM dispute_entry e WHERE e.tenant = d.tenant AND e.dispute = d.id) AS written_off
        """
    enum Column: Int, ColumnNames {
        case id, reference, payment, amount, reason, status, createdAt, evidenceDueAt, guestName, withdrawn, writtenOff
    }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            id: try row.string(Column.id), folio: try row.optionalString(Column.reference),
            guest: try row.optionalString(Column.guestName), payment: try row.optionalInt64(Column.payment),
            amount: try row.money(Column.amount, currency), reason: try row.string(Column.reason), state: try row.string(Column.status),
            created: try row.instant(Column.createdAt), evidenceDue: try row.optionalInstant(Column.evidenceDueAt),
            withdrawn: try row.money(Column.withdrawn, currency), writtenOff: try row.money(Column.writtenOff, currency))
    }
}

extension Book {
    /// All disputes, oldest first.
    package func disputes() throws -> [DisputeSummary] { try disputes("d.id IS NOT NULL") }

    /// One of them.
    ///
    /// - Parameter id: `du_…`.
    package func dispute(_ id: String) throws -> DisputeSummary? { try disputes("d.id = \(id)").first }

    private func disputes(_ condition: SQL) throws -> [DisputeSummary] {
        try all(
            """
            SELECT \(raw: DisputeSummary.columns) FROM dispute d LEFT JOIN folio f ON f.tenant = d.tenant AND f.number = d.folio
            WHERE d.tenant = \(tenant.number) AND \(condition) ORDER BY d.created_at, d.id
            """
        ) { try DisputeSummary(from: $0, in: tenant.currency) }
    }
}

// MARK: - What they move

extension Book {
    /// Posts what a dispute moved, on the folio of the payment; the payment or its hold is in these books. What comes back settles what was
    /// written off first.
    func postDispute(_ movement: BalanceMovement, on day: Day) throws {
        guard let intent = movement.intent, let number = try folioNumber(ofIntent: intent), let folio = try folio(number: number) else {
            preconditionFailure("movement \(movement.id) is explained by no payment")
        }
        guard let posting = movement.disputePosting(on: day, folio: folio.reference) else { return }
        let dispute = movement.source ?? movement.id
        try post(posting, of: dispute, intent, movement: movement.id, on: folio, by: "stripe")
        guard posting.kind == .disputeReinstated else { return }
        let (withdrawn, writtenOff) = try moved(by: dispute)
        let back = Money(minorUnits: writtenOff - max(0, withdrawn), currency: tenant.currency)
        guard let reversal = Posting.disputeWriteOffReversed(back, folio: folio.reference, on: day, dispute: dispute) else { return }
        try post(reversal, of: dispute, intent, on: folio, by: "stripe")
    }

    /// Writes off what a lost dispute has left open; the schema refuses more than it has withdrawn.
    ///
    /// - Parameters:
    ///   - dispute: One whose withdrawal is booked on this folio.
    ///   - reason: Why, in a person's words; a valid `TextRule.reason`.
    package func writeOff(_ amount: Money, of dispute: DisputeSummary, on folio: Folio, reason: String, by actor: String) throws {
        let intent = try one("SELECT intent FROM dispute_entry WHERE tenant = \(tenant.number) AND dispute = \(dispute.id) LIMIT 1") {
            try $0.string(0)
        }
        let day = now.day(in: tenant.timeZone)
        guard let intent, let posting = Posting.disputeWrittenOff(amount, folio: folio.reference, on: day, dispute: dispute.id) else {
            return
        }
        try post(posting, of: dispute.id, intent, on: folio, by: actor, reason: reason)
    }

    /// What a dispute has withdrawn and not given back, and what of it is written off, in minor units.
    private func moved(by dispute: String) throws -> (withdrawn: Int64, writtenOff: Int64) {
        try one(
            """
            SELECT coalesce(sum(CASE kind WHEN 'dispute' THEN amount WHEN 'dispute_reinstated' THEN -amount ELSE 0 END), 0),
                coalesce(sum(CASE kind WHEN 'dispute_written_off' THEN amount WHEN 'dispute_write_off_reversed' THEN -amount ELSE 0 END), 0)
            FROM dispute_entry WHERE tenant = \(tenant.number) AND dispute = \(dispute)
            """
        ) { (try $0.int64(0), try $0.int64(1)) }!
    }

    private func post(
        _ posting: Posting, of dispute: String, _ intent: String, movement: String? = nil, on folio: Folio, by actor: String,
        reason: String? = nil
    ) throws {
        let entry = try post(posting, folio: folio, by: actor)
        try run(
            """
            INSERT INTO dispute_entry (tenant, intent, entry, folio, dispute, kind, amount, movement, reason, actor)
            VALUES (\(tenant.number), \(intent), \(entry), \(folio.number), \(dispute), \(posting.kind), \(posting.amount.minorUnits),
                \(movement), \(reason), \(reason == nil ? nil : actor))
            """)
    }

    /// What a dispute brought about in the journal, in order.
    ///
    /// - Parameter id: `du_…`.
    package func entries(ofDispute id: String) throws -> [DisputeBooking] {
        try all(
            """
            SELECT d.entry, d.kind, d.amount, e.occurred_on, d.reason, d.actor FROM dispute_entry d INDEXED BY dispute_entry_dispute
            JOIN journal_entry e ON e.tenant = d.tenant AND e.number = d.entry
            WHERE d.tenant = \(tenant.number) AND d.dispute = \(id) ORDER BY d.entry
            """
        ) {
            DisputeBooking(
                number: try $0.int64(0), kind: try $0.word(1, of: "an entry of dispute \(id)"), amount: try $0.money(2, tenant.currency),
                occurredOn: try $0.day(3), reason: try $0.optionalString(4), actor: try $0.optionalString(5))
        }
    }

    /// What banks had withdrawn from a folio at the end of a day and not given back, less what was written off of it.
    package func atStake(on folio: Folio, asOf day: Day) throws -> Money {
        try one(
            """
            SELECT coalesce(sum(CASE WHEN d.kind = 'dispute' OR d.kind = 'dispute_write_off_reversed' THEN d.amount ELSE -d.amount END), 0)
            FROM dispute_entry d INDEXED BY dispute_entry_folio JOIN journal_entry e ON e.tenant = d.tenant AND e.number = d.entry
            WHERE d.tenant = \(tenant.number) AND d.folio = \(folio.number) AND e.occurred_on <= \(day)
            """
        ) { try $0.money(0, tenant.currency) }!
    }
}
