import Ledger

extension Payment {
    static let columns: StaticString = """
        number, origin, method, amount, state, received, refunded, checkout_session, payment.payment_intent, hold, failure_code,
        failure_reason, failure_detail, failure_actor, refund_refusal_code, refund_refusal_reason, refund_refusal_detail,
        NULL AS refund_refusal_actor,
        (SELECT group_concat(d.status, ' ') FROM dispute d INDEXED BY dispute_of_payment
         WHERE d.tenant = payment.tenant AND d.folio = payment.folio AND d.payment = payment.number) AS dispute_states, payment_method,
        (SELECT coalesce(sum(d.amount), 0) FROM dispute d INDEXED BY dispute_of_payment
         WHERE d.tenant = payment.tenant AND d.folio = payment.folio AND d.payment = payment.number AND d.status = 'lost') AS lost,
        payment.charge, brand, last4,
        (SELECT coalesce(sum(CASE d.kind WHEN 'dispute' THEN d.amount WHEN 'dispute_reinstated' THEN -d.amount ELSE 0 END), 0)
         FROM dispute_entry d WHERE d.tenant = payment.tenant AND d.intent = payment.payment_intent) AS withdrawn,
        (SELECT coalesce(sum(CASE d.kind WHEN 'dispute_written_off' THEN d.amount WHEN 'dispute_write_off_reversed' THEN -d.amount ELSE 0
            END), 0)
         FROM dispute_entry d WHERE d.tenant = payment.tenant AND d.intent = payment.payment_intent) AS written_off
        """
    enum Column: Int, ColumnNames {
        case number, origin, method, amount, state, received, refunded, checkoutSession, paymentIntent, hold, failureCode
        case failureReason, failureDetail, failureActor, refundRefusalCode, refundRefusalReason, refundRefusalDetail
        case refundRefusalActor, disputeStates, paymentMethod, lost, charge, brand, last4, withdrawn, writtenOff
    }

    init(from row: borrowing Row, of folio: Folio, in currency: Currency) throws {
        let number = try row.int64(Column.number)
        let what = "payment \(number) of folio \(folio.reference)"
        self.init(
            number: number, origin: try row.word(Column.origin, of: what), method: try row.value(Column.method),
            amount: try row.money(Column.amount, currency), state: try row.word(Column.state, of: what))
        received = try row.money(Column.received, currency)
        refunded = try row.money(Column.refunded, currency)
        session = try row.optionalString(Column.checkoutSession)
        intent = try row.optionalString(Column.paymentIntent)
        hold = try row.optionalInt64(Column.hold)
        failure = try row.failure(Column.failureCode)
        // The state of the dispute takes precedence over the stored refusal.
        let disputes = try row.optionalString(Column.disputeStates)?.split(separator: " ") ?? []
        let isContested = disputes.contains { DisputeState.barsRefunds(String($0)) }
        refundRefusal = isContested ? .contested : try row.failure(Column.refundRefusalCode)
        paymentMethod = try row.optionalString(Column.paymentMethod)
        withdrawn = try row.money(Column.withdrawn, currency)
        let decided = try row.money(Column.lost, currency)
        lost = decided.minorUnits > withdrawn.minorUnits ? decided : withdrawn
        writtenOff = try row.money(Column.writtenOff, currency)
        charge = try row.optionalString(Column.charge)
        if let brand = try row.optionalString(Column.brand), let last4 = try row.optionalString(Column.last4) {
            card = Payment.Card(brand: brand, last4: last4)
        }
        risk = try Risk(from: row, behind: Column.allCases.count)
    }
}

extension Book {
    /// The folio's payments, by number.
    package func payments(of folio: Folio) throws -> [Payment] {
        try all(
            """
            SELECT \(raw: Payment.columns), \(raw: Risk.columns)
            FROM payment LEFT JOIN payment_risk r ON r.tenant = payment.tenant AND r.payment_intent = payment.payment_intent
            WHERE payment.tenant = \(tenant.number) AND payment.folio = \(folio.number) ORDER BY number
            """
        ) { try Payment(from: $0, of: folio, in: tenant.currency) }
    }

    /// - Returns: The new payment with its number, state requested.
    package func addPayment(
        _ amount: Money, origin: Payment.Origin, method: PaymentMethod, hold: Int64? = nil, to folio: Folio
    ) throws -> Payment {
        let number = try one(
            """
            INSERT INTO payment (tenant, folio, number, currency, origin, method, amount, state, hold, created_at)
            SELECT \(tenant.number), \(folio.number),
                (SELECT coalesce(max(number), 0) + 1 FROM payment WHERE tenant = \(tenant.number) AND folio = \(folio.number)),
                \(tenant.currency.code), \(origin), \(method), \(amount.minorUnits), 'requested', \(hold), \(now)
            RETURNING number
            """
        ) { try $0.int64(0) }
        var payment = Payment(number: number!, origin: origin, method: method, amount: amount)
        payment.hold = hold
        return payment
    }

    /// - Parameters:
    ///   - entry: The journal entry that booked the money, when it has just been booked.
    ///   - failureEntry: The entry that took it back, when it has just failed after it had succeeded.
    package func save(_ payment: Payment, entry: Int64? = nil, failureEntry: Int64? = nil, of folio: Folio) throws {
        try run(
            """
            UPDATE payment SET method = \(payment.method), state = \(payment.state), received = \(payment.received.minorUnits),
                refunded = \(payment.refunded.minorUnits), checkout_session = \(payment.session), payment_intent = \(payment.intent),
                failure_code = \(payment.failure?.code), failure_reason = \(payment.failure?.reason),
                failure_detail = \(payment.failure?.detail), failure_actor = \(payment.failure?.actor),
                payment_method = \(payment.paymentMethod), charge = \(payment.charge), brand = \(payment.card?.brand), last4 = \(payment.card?.last4),
                entry = coalesce(entry, \(entry)), failure_entry = coalesce(failure_entry, \(failureEntry))
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(payment.number)
            """)
    }

    /// Adds a further part to a payment out of a hold: what it received grows by the entry's amount.
    ///
    /// - Parameter entry: The journal entry that booked the part just now.
    package func addPart(_ entry: Int64, to payment: Payment, of folio: Folio) throws {
        try run(
            """
            INSERT INTO payment_part (tenant, folio, payment, entry)
            VALUES (\(tenant.number), \(folio.number), \(payment.number), \(entry))
            """)
    }

    /// Keeps that Stripe refuses to give anything more of the payment back. The first reason stays. Of one that failed there is nothing to
    /// give back.
    package func setRefundRefusal(_ why: Failure, ofPayment number: Int64, of folio: Folio) throws {
        try run(
            """
            UPDATE payment SET refund_refusal_code = \(why.code), refund_refusal_reason = \(why.reason), refund_refusal_detail = \(why.detail)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(number) AND refund_refusal_code IS NULL
                AND state = 'succeeded'
            """)
    }

    /// A refund was refused because the bank contests the payment, and the dispute is known now: its own state says how it stands.
    package func forgetContested(ofPayment number: Int64, of folio: Folio) throws {
        try run(
            """
            UPDATE payment SET refund_refusal_code = NULL, refund_refusal_reason = NULL, refund_refusal_detail = NULL
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(number)
                AND refund_refusal_code = \(Failure.contested.code) AND refund_refusal_reason = \(Failure.contested.reason)
            """)
    }

    /// Where a page belongs: the folio's number and the payment's number on it.
    ///
    /// - Parameter session: `cs_…`.
    package func payment(session: String) throws -> (folio: Int64, number: Int64)? {
        try one("SELECT folio, number FROM payment WHERE tenant = \(tenant.number) AND checkout_session = \(session)") {
            (try $0.int64(0), try $0.int64(1))
        }
    }

    /// Where an intent belongs: the folio's number and the payment's number on it.
    ///
    /// - Parameter intent: `pi_…`.
    package func payment(intent: String) throws -> (folio: Int64, number: Int64, state: Payment.State)? {
        try one("SELECT folio, number, state FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(intent)") {
            (try $0.int64(0), try $0.int64(1), try $0.word(2, of: "the payment with intent \(intent)"))
        }
    }
}

extension Book {
    /// The intents of payments that are on their way, on folios in any state.
    package func intentsUnderWay() throws -> [String] {
        try all(
            "SELECT payment_intent FROM payment WHERE tenant = \(tenant.number) AND state = 'processing' AND payment_intent IS NOT NULL"
        ) {
            try $0.string(0)
        }
    }

    /// Stripe's ids of refunds that are on their way.
    package func refundsUnderWay() throws -> [String] {
        try all("SELECT stripe_id FROM refund WHERE tenant = \(tenant.number) AND state = 'pending' AND stripe_id IS NOT NULL") {
            try $0.string(0)
        }
    }
}

// MARK: - Refunds

extension Refund {
    static let columns: StaticString = "number, payment, amount, state, stripe_id, reason, bill"
    enum Column: Int, ColumnNames { case number, payment, amount, state, stripeId, reason, bill }

    init(from row: borrowing Row, of folio: Folio, in currency: Currency) throws {
        let number = try row.int64(Column.number)
        let what = "refund \(number) of folio \(folio.reference)"
        self.init(
            number: number, payment: try row.int64(Column.payment), amount: try row.money(Column.amount, currency),
            state: try row.word(Column.state, of: what), stripeID: try row.optionalString(Column.stripeId),
            reason: try row.string(Column.reason), bill: try row.optionalWord(Column.bill, of: what))
    }
}

extension Book {
    /// The folio's refunds, by number.
    package func refunds(of folio: Folio) throws -> [Refund] {
        try all(
            """
            SELECT \(raw: Refund.columns) FROM refund WHERE tenant = \(tenant.number) AND folio = \(folio.number) ORDER BY number
            """
        ) { try Refund(from: $0, of: folio, in: tenant.currency) }
    }

    /// Records a refund that was asked for. It counts against the payment at once, so that the money cannot be refunded twice. One that had
    /// failed before it was heard of counts nothing.
    ///
    /// - Parameters:
    ///   - state: `requested`, or `failed`.
    ///   - bill: The decision about the bill; `nil` if there is nothing to decide, see `Refund.bill`.
    ///   - line: The first of the allowances that lowered it, when it was lowered.
    /// - Returns: The new refund with its number.
    package func addRefund(
        _ amount: Money, of payment: Payment, state: Refund.State = .requested, reason: String, bill: Refund.Bill?, line: Int64? = nil,
        to folio: Folio
    ) throws -> Refund {
        if state != .failed {
            try run(
                """
                UPDATE payment SET refunded = refunded + \(amount.minorUnits)
                WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(payment.number)
                """)
        }
        let number = try one(
            """
            INSERT INTO refund (tenant, folio, number, currency, payment, amount, state, reason, bill, bill_line, created_at)
            SELECT \(tenant.number), \(folio.number),
                (SELECT coalesce(max(number), 0) + 1 FROM refund WHERE tenant = \(tenant.number) AND folio = \(folio.number)),
                \(tenant.currency.code), \(payment.number), \(amount.minorUnits), \(state), \(reason),
                \(bill), \(line), \(now)
            RETURNING number
            """
        ) { try $0.int64(0) }
        return Refund(number: number!, payment: payment.number, amount: amount, state: state, reason: reason, bill: bill)
    }

    /// Stores the decision about a bill that a refund left unchanged. Only once, and only while the folio is open.
    ///
    /// - Parameter line: The first of the allowances that lowered it, when it was lowered.
    package func decide(_ bill: Refund.Bill, line: Int64? = nil, of refund: Refund, by actor: String, of folio: Folio) throws {
        try run(
            """
            UPDATE refund SET bill = \(bill), bill_line = \(line), decided_by = \(actor), decided_at = \(now)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(refund.number)
            """)
    }

    /// - Parameters:
    ///   - entry: The journal entry that booked the refund, when it has just been booked.
    ///   - failureEntry: The entry that brought the money back.
    package func save(_ refund: Refund, entry: Int64? = nil, failureEntry: Int64? = nil, of folio: Folio) throws {
        try run(
            """
            UPDATE refund SET state = \(refund.state), stripe_id = \(refund.stripeID), entry = coalesce(entry, \(entry)),
                failure_entry = coalesce(failure_entry, \(failureEntry))
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(refund.number)
            """)
    }

    /// A refund that will not happen, or came back, no longer counts against its payment.
    package func releaseRefund(_ refund: Refund, of folio: Folio) throws {
        try run(
            """
            UPDATE payment SET refunded = refunded - \(refund.amount.minorUnits)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(refund.payment)
            """)
    }

    /// What of the refund is in the journal already.
    package func booked(_ refund: Refund, of folio: Folio) throws -> (entry: Bool, failureEntry: Bool) {
        try one(
            """
            SELECT entry IS NOT NULL, failure_entry IS NOT NULL FROM refund
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(refund.number)
            """
        ) { (try $0.bool(0), try $0.bool(1)) }!
    }

    /// Where a refund belongs: the folio's number and the refund's number on it.
    ///
    /// - Parameter stripeID: `re_…`.
    package func refund(stripeID: String) throws -> (folio: Int64, number: Int64, state: Refund.State)? {
        try one("SELECT folio, number, state FROM refund WHERE tenant = \(tenant.number) AND stripe_id = \(stripeID)") {
            (try $0.int64(0), try $0.int64(1), try $0.word(2, of: "refund \(stripeID)"))
        }
    }
}
