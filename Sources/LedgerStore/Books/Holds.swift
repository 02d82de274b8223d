import Ledger

extension Hold {
    static let columns: StaticString = """
        number, replaces, chain, origin, method, amount, state, authorised, captured, capture_before, place_on, checkout_session,
        hold.payment_intent, brand, last4, may_increment, ceiling, failure_code, failure_reason, failure_detail, failure_actor,
        payment_method, created_at, EXISTS (
            SELECT 1 FROM detached_card c WHERE c.tenant = hold.tenant AND c.payment_method = hold.payment_method) AS card_is_removed
        """
    enum Column: Int, ColumnNames {
        case number, replaces, chain, origin, method, amount, state, authorised, captured, captureBefore, placeOn, checkoutSession,
            paymentIntent, brand
        case last4, mayIncrement, ceiling, failureCode, failureReason, failureDetail, failureActor, paymentMethod, createdAt, cardIsRemoved
    }

    init(from row: borrowing Row, of folio: Folio, in currency: Currency) throws {
        let number = try row.int64(Column.number)
        let what = "hold \(number) of folio \(folio.reference)"
        self.init(
            number: number, replaces: try row.optionalInt64(Column.replaces), chain: try row.int64(Column.chain),
            origin: try row.word(Column.origin, of: what), method: try row.value(Column.method),
            amount: try row.money(Column.amount, currency), state: try row.word(Column.state, of: what),
            placeOn: try row.optionalDay(Column.placeOn))
        authorised = try row.money(Column.authorised, currency)
        captured = try row.money(Column.captured, currency)
        captureBefore = try row.optionalInstant(Column.captureBefore)
        session = try row.optionalString(Column.checkoutSession)
        intent = try row.optionalString(Column.paymentIntent)
        if let brand = try row.optionalString(Column.brand), let last4 = try row.optionalString(Column.last4) {
            card = CardDetails(
                brand: brand, last4: last4, mayIncrement: try row.bool(Column.mayIncrement), ceiling: try row.optionalInt64(Column.ceiling))
        }
        failure = try row.failure(Column.failureCode)
        paymentMethod = try row.optionalString(Column.paymentMethod)
        createdAt = try row.instant(Column.createdAt)
        cardIsRemoved = try row.bool(Column.cardIsRemoved)
        risk = try Risk(from: row, behind: Column.allCases.count)
    }
}

extension Book {
    /// The folio's holds, by number.
    package func holds(of folio: Folio) throws -> [Hold] {
        try all(
            """
            SELECT \(raw: Hold.columns), \(raw: Risk.columns)
            FROM hold LEFT JOIN payment_risk r ON r.tenant = hold.tenant AND r.payment_intent = hold.payment_intent
            WHERE hold.tenant = \(tenant.number) AND hold.folio = \(folio.number) ORDER BY number
            """
        ) { try Hold(from: $0, of: folio, in: tenant.currency) }
    }

    /// What the folio's totals depend on of its holds.
    package func cover(of folio: Folio) throws -> [HoldCover] {
        try all(
            """
            SELECT number, state, authorised, captured, capture_before FROM hold
            WHERE tenant = \(tenant.number) AND folio = \(folio.number)
            """
        ) { row in
            HoldCover(
                state: try row.word(1, of: "hold \(try row.int64(0)) of folio \(folio.reference)"),
                authorised: try row.money(2, tenant.currency), captured: try row.money(3, tenant.currency),
                captureBefore: try row.optionalInstant(4))
        }
    }

    /// - Parameter replaced: The hold whose place it is to take; nil for one that adds to the others.
    /// - Returns: The new hold with its number, state requested.
    package func addHold(
        _ amount: Money, origin: Hold.Origin, method: PaymentMethod, placeOn: Day? = nil, replacing replaced: Hold? = nil, to folio: Folio
    ) throws -> Hold {
        let number = try one(
            """
            INSERT INTO hold (tenant, folio, number, currency, replaces, chain, origin, method, amount, state, place_on, created_at)
            SELECT \(tenant.number), \(folio.number), n, \(tenant.currency.code), \(replaced?.number), coalesce(\(replaced?.chain), n),
                \(origin), \(method), \(amount.minorUnits), 'requested', \(placeOn), \(now)
            FROM (SELECT coalesce(max(number), 0) + 1 AS n FROM hold WHERE tenant = \(tenant.number) AND folio = \(folio.number))
            RETURNING number
            """
        ) { try $0.int64(0) }
        var hold = Hold(
            number: number!, replaces: replaced?.number, chain: replaced?.chain, origin: origin, method: method, amount: amount,
            placeOn: placeOn)
        hold.createdAt = now
        return hold
    }

    /// Writes what `Hold.observe` may have changed. The schema refuses to change a hold that is over, except by a late capture.
    package func save(_ hold: Hold, of folio: Folio) throws {
        try run(
            """
            UPDATE hold SET state = \(hold.state), authorised = \(hold.authorised.minorUnits), captured = \(hold.captured.minorUnits),
                capture_before = \(hold.captureBefore), checkout_session = \(hold.session), payment_intent = \(hold.intent), brand = \(hold.card?.brand),
                last4 = \(hold.card?.last4), may_increment = \(hold.card?.mayIncrement ?? false), ceiling = \(hold.card?.ceiling),
                failure_code = \(hold.failure?.code), failure_reason = \(hold.failure?.reason),
                failure_detail = \(hold.failure?.detail), failure_actor = \(hold.failure?.actor),
                payment_method = \(hold.paymentMethod)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(hold.number)
            """)
    }

    /// Where a page belongs: the folio's number and the hold's number on it.
    ///
    /// - Parameter session: `cs_…`.
    package func hold(session: String) throws -> (folio: Int64, number: Int64)? {
        try one("SELECT folio, number FROM hold WHERE tenant = \(tenant.number) AND checkout_session = \(session)") {
            (try $0.int64(0), try $0.int64(1))
        }
    }

    /// Where an intent belongs: the folio's number and the hold's number on it.
    ///
    /// - Parameter intent: `pi_…`.
    package func hold(intent: String) throws -> (folio: Int64, number: Int64, state: Hold.State)? {
        try one("SELECT folio, number, state FROM hold WHERE tenant = \(tenant.number) AND payment_intent = \(intent)") {
            (try $0.int64(0), try $0.int64(1), try $0.word(2, of: "the hold with intent \(intent)"))
        }
    }

    /// What a live hold has authorised and captured, minor units; `nil` if the intent does not belong to a live hold.
    package func liveAmounts(intent: String) throws -> (authorised: Int64, captured: Int64)? {
        try one(
            "SELECT authorised, captured FROM hold WHERE tenant = \(tenant.number) AND payment_intent = \(intent) AND state IN ('authorised', 'replaced')"
        ) { (try $0.int64(0), try $0.int64(1)) }
    }

    /// Holds on saved cards whose day has come, earliest first: folio and hold numbers.
    package func holdsToPlace(by day: Day) throws -> [(folio: Int64, number: Int64)] {
        try all(
            """
            SELECT folio, number FROM hold
            WHERE tenant = \(tenant.number) AND state = 'requested' AND origin = 'saved_card' AND payment_intent IS NULL AND place_on <= \(day)
            ORDER BY place_on, folio
            """
        ) { (try $0.int64(0), try $0.int64(1)) }
    }

    /// The intents of holds that are still authorised here although they have expired at the bank: the event is missing.
    package func intentsPastExpiry() throws -> [String] {
        try all(
            """
            SELECT payment_intent FROM hold
            WHERE tenant = \(tenant.number) AND state IN ('authorised', 'replaced') AND capture_before <= \(now) AND payment_intent IS NOT NULL
            """
        ) { try $0.string(0) }
    }
}

extension Book {
    /// The first day from then on on which a hold on a saved card is to be placed.
    package func nextDayWithHolds(from day: Day) throws -> Day? {
        try one(
            """
            SELECT min(place_on) FROM hold
            WHERE tenant = \(tenant.number) AND state = 'requested' AND origin = 'saved_card' AND payment_intent IS NULL
                AND place_on >= \(day) HAVING min(place_on) IS NOT NULL
            """
        ) { try $0.day(0) }
    }
}
