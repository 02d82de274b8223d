import Ledger

// News about cards and customers.
extension Book {
    /// The folios on which this card is saved.
    package func folios(savedCard paymentMethod: String) throws -> [Folio] {
        try all(
            "SELECT folio FROM saved_card WHERE tenant = \(tenant.number) AND payment_method = \(paymentMethod) AND state = 'saved'"
        ) { try $0.int64(0) }.compactMap { try folio(number: $0) }
    }

    /// The closed folios of this customer of Stripe's whose card is still saved.
    package func closedFoliosWithCard(customer: String) throws -> [Folio] {
        try all(
            """
            SELECT f.number FROM folio f INDEXED BY folio_customer
            CROSS JOIN saved_card c ON c.tenant = f.tenant AND c.folio = f.number AND c.state = 'saved'
            WHERE f.tenant = \(tenant.number) AND f.customer = \(customer) AND f.closed_at IS NOT NULL ORDER BY f.number
            """
        ) { try $0.int64(0) }.compactMap { try folio(number: $0) }
    }

    /// Numbers of the closed folios whose saved card may be kept no longer, and a few more: the days here are UTC's, and one earlier than the
    /// house's. It costs what is saved, and not what was.
    package func foliosWithCardToDetach() throws -> [Int64] {
        let today = now.day(in: tenant.timeZone)
        return try all(
            """
            SELECT c.folio FROM saved_card c INDEXED BY saved_card_payment_method
            JOIN folio f ON f.tenant = c.tenant AND f.number = c.folio AND f.closed_at IS NOT NULL
            WHERE c.tenant = \(tenant.number) AND c.state = 'saved' AND (f.state <> 'checked_out'
                OR date(min(f.departure, date(f.closed_at / 1000, 'unixepoch', '-1 day')), '+' || coalesce(c.late_days, 0) || ' days') < \(today))
            ORDER BY c.folio
            """
        ) { try $0.int64(0) }
    }

    /// Whether the bank of a folio's guest has not finished contesting a payment, or asking about one.
    package func hasOpenDispute(on folio: Folio) throws -> Bool {
        // The last words as in the index dispute_open; one of a payment of this folio is found by it.
        try one(
            """
            SELECT 1 FROM dispute INDEXED BY dispute_of_payment
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND payment IS NOT NULL
                AND status NOT IN ('won', 'lost', 'warning_closed', 'prevented') LIMIT 1
            """
        ) { _ in true } ?? false
    }

    /// The folios, not closed, of this customer of Stripe's.
    package func openFolios(customer: String) throws -> [Folio] {
        try all(
            "SELECT number FROM folio WHERE tenant = \(tenant.number) AND customer = \(customer) AND closed_at IS NULL ORDER BY number"
        ) { try $0.int64(0) }.compactMap { try folio(number: $0) }
    }

    /// Shows the card as its bank has renewed it.
    ///
    /// - Returns: Whether anything changed.
    package func renewCard(_ paymentMethod: String, brand: String, last4: String, expires: String?, of folio: Folio) throws -> Bool {
        let card = folio.savedCard
        guard card?.paymentMethod == paymentMethod, card?.brand != brand || card?.last4 != last4 || card?.expires != expires else {
            return false
        }
        try run(
            """
            UPDATE saved_card SET brand = \(brand), last4 = \(last4), expires = \(expires)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND payment_method = \(paymentMethod) AND state = 'saved'
            """)
        return true
    }

    /// The saved card cannot be charged any more. What the guest agreed to is kept.
    package func removeCard(_ why: Folio.CardRemoval, of folio: Folio) throws {
        try addPastCard(why.rawValue, isDetached: true, of: folio)
        try run(
            """
            UPDATE saved_card SET state = 'removed', removal_reason = \(why)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND (state = 'saved' OR removal_reason IS NOT NULL)
            """)
    }

    /// Keeps a card that a page has saved, and of which is known already that it cannot be charged, with what the guest agreed to.
    package func setRemovedCard(_ paymentMethod: String, brand: String, last4: String, _ why: Folio.CardRemoval, of folio: Folio) throws {
        try run(
            """
            UPDATE saved_card SET state = 'removed', removal_reason = \(why), payment_method = \(paymentMethod), brand = \(brand),
                last4 = \(last4), consented_at = coalesce(consented_at, \(now))
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND state = 'requested'
            """)
        try addPastCard(why.rawValue, isDetached: true, from: .removed, of: folio)
    }

    /// Records a customer that was deleted at Stripe; it must not be used again.
    package func loseCustomer(_ customer: String) throws {
        for folio in try openFolios(customer: customer) {
            try run("UPDATE folio SET customer = NULL WHERE tenant = \(tenant.number) AND number = \(folio.number)")
        }
        guard try !isLost(customer: customer) else { return }
        try run("INSERT INTO deleted_customer (tenant, customer, learned_at) VALUES (\(tenant.number), \(customer), \(now))")
    }

    /// Keeps that a card is detached, also one that is not known here: the news can overtake the answer that brings the card.
    package func loseForGood(card: String) throws {
        guard try !isLost(card: card) else { return }
        try run("INSERT INTO detached_card (tenant, payment_method, learned_at) VALUES (\(tenant.number), \(card), \(now))")
    }

    /// Whether the card is known as detached at Stripe, so that it must not be saved again.
    ///
    /// - Parameter card: `pm_…`.
    package func isLost(card: String) throws -> Bool {
        try one("SELECT 1 FROM detached_card WHERE tenant = \(tenant.number) AND payment_method = \(card)") { _ in true } ?? false
    }

    /// Whether the customer is known as deleted at Stripe, so that it must not be used again.
    ///
    /// - Parameter customer: `cus_…`.
    package func isLost(customer: String) throws -> Bool {
        try one("SELECT 1 FROM deleted_customer WHERE tenant = \(tenant.number) AND customer = \(customer)") { _ in true } ?? false
    }
}

// Cards that were saved before.
extension PastCard {
    static let columns: StaticString = """
        number, payment_method, consent, ceiling, late_days, late_categories, consented_at, reason, detached_at IS NOT NULL AS is_detached
        """
    enum Column: Int, ColumnNames {
        case number, paymentMethod, consent, ceiling, lateDays, lateCategories, consentedAt, reason, isDetached
    }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            number: try row.int64(Column.number), paymentMethod: try row.string(Column.paymentMethod),
            consent: try row.string(Column.consent), terms: try row.cardTerms(Column.ceiling, currency),
            consentedAt: try row.instant(Column.consentedAt), why: try row.string(Column.reason),
            isDetached: try row.bool(Column.isDetached))
    }
}

extension Row {
    /// What a guest agreed to, in this column and the two after it: the ceiling, and days and categories of late charges.
    func cardTerms(_ column: some RowColumn, _ currency: Currency) throws -> CardTerms {
        let late = try optionalInt(column.index + 1).flatMap { days in
            CardTerms.Late(days: days, categories: try categories(column.index + 2))
        }
        return CardTerms(ceiling: try optionalInt64(column).map { Money(minorUnits: $0, currency: currency) }, late: late)
    }
}

extension Book {
    func addPastCard(_ why: String, isDetached: Bool, from state: CardOnFile.State = .saved, of folio: Folio) throws {
        try run(
            """
            INSERT INTO past_card (tenant, folio, number, payment_method, brand, last4, consent, ceiling, late_days, late_categories,
                consented_at, reason, ended_at, detached_at)
            SELECT tenant, folio, (
                    SELECT coalesce(max(number), 0) + 1 FROM past_card
                    WHERE tenant = \(tenant.number) AND folio = \(folio.number)),
                payment_method, coalesce(brand, ''), coalesce(last4, ''), consent, ceiling, late_days, late_categories, consented_at,
                \(why), \(now), \(isDetached ? now : nil)
            FROM saved_card WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND state = \(state)
            """)
    }

    /// The folio's cards that were saved before the present one, by number.
    package func pastCards(of folio: Folio) throws -> [PastCard] {
        try all(
            """
            SELECT \(raw: PastCard.columns) FROM past_card
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) ORDER BY number
            """
        ) { try PastCard(from: $0, in: tenant.currency) }
    }

    /// Numbers of the folios with a past card that still has to be detached.
    package func foliosWithPastCards() throws -> [Int64] {
        try all(
            "SELECT DISTINCT folio FROM past_card INDEXED BY past_card_attached WHERE tenant = \(tenant.number) AND detached_at IS NULL"
        ) { try $0.int64(0) }
    }

    /// A past card was detached at Stripe.
    package func setDetached(pastCard number: Int64, of folio: Folio) throws {
        try run(
            """
            UPDATE past_card SET detached_at = \(now)
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND number = \(number) AND detached_at IS NULL
            """)
    }
}
