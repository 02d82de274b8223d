import LedgerStore

/// A call on its way, and the operation that stands for it in the file.
struct Sent {
    let hotel: Int
    /// Its Idempotency-Key.
    let key: String
    let form: [String: String]
    let path: [String]
    /// nil: none stands for it.
    let operation: Stored?

    /// Whether it makes a page, an intent or a refund.
    var makes: Bool { [["checkout", "sessions"], ["payment_intents"], ["refunds"]].contains(path) }

    /// What the file says of it.
    struct Stored {
        /// The first of the keys that the call may go out under.
        let key: String
        /// When it was decided: milliseconds.
        let created: Int64
        let kind: String
        /// A check-out asked for it.
        let isStep: Bool
        /// Somebody's request asked for it, and not the program by itself.
        let isAsked: Bool
        let refundReason: String?
        /// Of a hold that is to take another one's place.
        let renewal: Renewal?
    }

    struct Renewal {
        /// The intent of the hold that is replaced.
        let old: String
        /// It is over more than the old one holds.
        let raises: Bool
    }
}

extension Sent.Stored {
    /// - Returns: nil when the file knows no such key.
    init?(_ key: String, in transaction: borrowing Transaction) throws {
        let found = try transaction.one(
            """
            SELECT o.created_at, o.kind,
                EXISTS (SELECT 1 FROM check_out_step s WHERE s.tenant = o.tenant AND s.operation = o.number),
                EXISTS (SELECT 1 FROM idempotency_record i WHERE i.operation = o.number),
                (SELECT r.reason FROM refund r
                    WHERE o.kind = 'refund' AND r.tenant = o.tenant AND r.folio = o.folio AND r.number = o.subject),
                old.payment_intent, h.amount > old.authorised
            FROM operation o
            LEFT JOIN hold h ON o.kind IN ('hold_page', 'place_hold') AND h.tenant = o.tenant AND h.folio = o.folio AND h.number = o.subject
            LEFT JOIN hold old ON old.tenant = h.tenant AND old.folio = h.folio AND old.number = h.replaces
            WHERE o.idempotency_key = \(key)
            """
        ) { row in
            let raises = try row.optionalBool(6) ?? false
            return Self(
                key: key, created: try row.int64(0), kind: try row.string(1), isStep: try row.bool(2), isAsked: try row.bool(3),
                refundReason: try row.optionalString(4),
                renewal: try row.optionalString(5).map { Sent.Renewal(old: $0, raises: raises) })
        }
        guard let found else { return nil }
        self = found
    }
}
