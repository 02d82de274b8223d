import Ledger

extension Book {
    /// What this user has decided to refund since `instant`, in minor units.
    package func givenBack(since instant: Instant, by actor: String) throws -> Int64 {
        try one(
            """
            SELECT coalesce(sum(amount), 0) FROM refund_decision
            WHERE tenant = \(tenant.number) AND actor = \(actor) AND decided_at >= \(instant)
            """
        ) { try $0.int64(0) } ?? 0
    }

    /// Counts against the user's limit of the day, whatever Stripe answers.
    ///
    /// - Parameter units: Minor units of the tenant's currency.
    package func noteRefundDecision(_ units: Int64, on folio: Folio, by actor: String) throws {
        try run(
            """
            INSERT INTO refund_decision (number, tenant, folio, amount, actor, decided_at)
            SELECT coalesce(max(number), 0) + 1, \(tenant.number), \(folio.number), \(units), \(actor), \(now) FROM refund_decision
            """)
    }
}

extension AuditEntry {
    static let columns: StaticString = "number, action, subject, amount, actor, confirmed, recorded_at"
    enum Column: Int, ColumnNames { case number, action, subject, amount, actor, confirmed, recordedAt }

    init(from row: borrowing Row, of tenant: Tenant?) throws {
        self.init(
            number: try row.int64(Column.number), word: try row.string(Column.action), subject: try row.string(Column.subject),
            amount: try row.optionalInt64(Column.amount).flatMap { units in
                tenant.map { Money(minorUnits: units, currency: $0.currency) }
            },
            actor: try row.string(Column.actor), isConfirmed: try row.bool(Column.confirmed),
            recordedAt: try row.instant(Column.recordedAt))
    }
}

extension Transaction {
    /// Writes an audit entry, which never changes.
    ///
    /// - Parameters:
    ///   - subject: A name or a folio's reference, never a secret.
    ///   - tenant: `nil` for what is the operator's own.
    package func audit(_ new: NewAuditEntry, of tenant: Tenant?, by actor: String) throws {
        try run(
            """
            INSERT INTO audit_entry (number, tenant, action, subject, amount, actor, confirmed, recorded_at)
            SELECT coalesce(max(number), 0) + 1, \(tenant?.number), \(new.action), \(new.subject), \(new.amount), \(actor),
                \(new.isConfirmed), \(now) FROM audit_entry
            """)
    }

    /// Newest first.
    ///
    /// - Parameters:
    ///   - tenant: `nil` for what is the operator's own.
    ///   - before: Only those with a smaller number.
    package func auditEntries(of tenant: Tenant?, before: Int64, limit: Int) throws -> [AuditEntry] {
        try all(
            """
            SELECT \(raw: AuditEntry.columns) FROM audit_entry
            WHERE tenant IS \(tenant?.number) AND number < \(before) ORDER BY number DESC LIMIT \(limit)
            """
        ) { try AuditEntry(from: $0, of: tenant) }
    }
}
