import Foundation
import Ledger

extension Book {
    /// The months that moved anything, within the two, in order.
    package func volumes(from first: Month, through last: Month) throws -> [MonthVolume] {
        try all(
            """
            SELECT month, sum(CASE kind WHEN 'charge' THEN amount ELSE 0 END), sum(fee - CASE kind WHEN 'fee' THEN amount ELSE 0 END)
            FROM stripe_month WHERE tenant = \(tenant.number) AND month BETWEEN \(first) AND \(last) GROUP BY month ORDER BY month
            """
        ) { MonthVolume(month: try $0.month(0), volume: try $0.money(1, tenant.currency), fees: try $0.money(2, tenant.currency)) }
    }

    /// Refunds that were asked for within the two instants, in order.
    package func refunds(from start: Instant, before end: Instant, _ window: Window) throws -> Part<RefundDetails> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what)
            FROM refund r INDEXED BY refund_created JOIN folio f ON f.tenant = r.tenant AND f.number = r.folio
            WHERE r.tenant = \(tenant.number) AND r.created_at >= \(start) AND r.created_at < \(end)
            ORDER BY r.created_at, r.folio, r.number LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        let entries = try all(statement(RefundDetails.columns, window)) { try RefundDetails(from: $0, in: tenant.currency) }
        return Part(entries, window, of: try one(statement("count(*)", .one)) { try $0.int(0) } ?? 0)
    }

    /// Disputes that began within the two instants, and those that began before and are not over, in order.
    package func disputes(from start: Instant, before end: Instant, _ window: Window) throws -> Part<DisputeDetails> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            WITH listed (id) AS (
                SELECT id FROM dispute INDEXED BY dispute_created
                WHERE tenant = \(tenant.number) AND created_at >= \(start) AND created_at < \(end)
                UNION ALL
                SELECT id FROM dispute INDEXED BY dispute_open
                WHERE tenant = \(tenant.number) AND created_at < \(start) AND status NOT IN ('won', 'lost', 'warning_closed', 'prevented'))
            SELECT \(raw: what)
            FROM listed JOIN dispute d ON d.tenant = \(tenant.number) AND d.id = listed.id
            LEFT JOIN folio f ON f.tenant = d.tenant AND f.number = d.folio
            ORDER BY d.created_at, d.id LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        let entries = try all(statement(DisputeDetails.columns, window)) { try DisputeDetails(from: $0, in: tenant.currency) }
        return Part(entries, window, of: try one(statement("count(*)", .one)) { try $0.int(0) } ?? 0)
    }
}

extension Book {
    /// What banks reported as fraud within the two instants, in order.
    package func fraudWarnings(from start: Instant, before end: Instant, _ window: Window) throws -> Part<FraudWarningDetails> {
        func statement(_ what: StaticString, _ window: Window) -> SQL {
            """
            SELECT \(raw: what)
            FROM payment_risk r INDEXED BY payment_risk_warned JOIN folio f ON f.tenant = r.tenant AND f.number = r.folio
            LEFT JOIN hold h ON h.tenant = r.tenant AND h.payment_intent = r.payment_intent
            LEFT JOIN payment p ON p.tenant = r.tenant AND p.payment_intent = r.payment_intent
            WHERE r.tenant = \(tenant.number) AND r.warning IS NOT NULL AND r.warned_at >= \(start) AND r.warned_at < \(end)
            ORDER BY r.warned_at, r.warning LIMIT \(window.limit) OFFSET \(window.offset)
            """
        }
        let entries = try all(statement(FraudWarningDetails.columns, window)) { try FraudWarningDetails(from: $0, in: tenant.currency) }
        return Part(entries, window, of: try one(statement("count(*)", .one)) { try $0.int(0) } ?? 0)
    }
}

extension FraudWarningDetails {
    static let columns: StaticString = """
        f.reference, f.guest_name, coalesce(p.received, h.authorised, 0) AS amount, r.warning, r.warned_at, r.warning_type,
        r.warning_is_actionable
        """
    enum Column: Int, ColumnNames { case reference, guestName, amount, warning, warnedAt, warningType, warningIsActionable }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            reference: try row.string(Column.reference), guest: try row.string(Column.guestName),
            amount: try row.money(Column.amount, currency),
            warning: Risk.FraudWarning(
                id: try row.string(Column.warning), warnedAt: try row.instant(Column.warnedAt), type: try row.string(Column.warningType),
                isActionable: try row.bool(Column.warningIsActionable)))
    }
}

extension RefundDetails {
    static let columns: StaticString =
        "f.reference, f.guest_name, r.number, r.payment, r.amount, r.state, r.stripe_id, r.reason, r.created_at, r.bill"
    enum Column: Int, ColumnNames { case reference, guestName, number, payment, amount, state, stripeId, reason, createdAt, bill }

    init(from row: borrowing Row, in currency: Currency) throws {
        let (reference, number) = (try row.string(Column.reference), try row.int64(Column.number))
        let what = "refund \(number) of folio \(reference)"
        let refund = Refund(
            number: number, payment: try row.int64(Column.payment), amount: try row.money(Column.amount, currency),
            state: try row.word(Column.state, of: what), stripeID: try row.optionalString(Column.stripeId),
            reason: try row.string(Column.reason), bill: try row.optionalWord(Column.bill, of: what))
        self.init(reference: reference, guest: try row.string(Column.guestName), refund: refund, created: try row.instant(Column.createdAt))
    }
}

extension DisputeDetails {
    static let columns: StaticString = "f.reference, f.guest_name, d.id, d.amount, d.reason, d.status, d.created_at, d.evidence_due_at"
    enum Column: Int, ColumnNames { case reference, guestName, id, amount, reason, status, createdAt, evidenceDueAt }

    init(from row: borrowing Row, in currency: Currency) throws {
        let dispute = Dispute(
            id: try row.string(Column.id), amount: try row.money(Column.amount, currency), reason: try row.string(Column.reason),
            state: try row.string(Column.status), created: try row.instant(Column.createdAt), intent: nil,
            evidenceDue: try row.optionalInstant(Column.evidenceDueAt))
        self.init(
            reference: try row.optionalString(Column.reference), guest: try row.optionalString(Column.guestName), dispute: dispute)
    }
}

extension Book {
    /// How many folios the tenant has: they are numbered without gaps.
    package func lastFolioNumber() throws -> Int {
        try one("SELECT coalesce(max(number), 0) FROM folio WHERE tenant = \(tenant.number)") { try $0.int(0) }!
    }
}
