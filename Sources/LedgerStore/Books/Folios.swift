import Ledger

extension Folio {
    static let columns: StaticString = """
        f.number, f.reference, f.source, f.guest_name, f.guest_email, f.guest_language, f.arrival, f.departure, f.mode,
        f.method, f.opened_at, f.state, f.customer, f.payment_url, f.document_number,
        c.payment_method, c.brand, c.last4, c.funding, c.fingerprint, c.consented_at, f.room,
        f.currency, c.removal_reason, c.expires, f.notice_code, f.notice_amount, f.notice_at, f.notice_subject,
        f.notice_failure, f.notice_reason, f.notice_detail, f.notice_actor, f.closed_at,
        c.ceiling, c.late_days, c.late_categories, f.nights, f.nightly_rate, f.visitor_tax, f.extras_per_night,
        f.stay, (SELECT s.reference FROM folio s WHERE s.tenant = f.tenant AND s.number = f.stay) AS stay_reference, f.late_way
        """
    enum Column: Int, ColumnNames {
        case number, reference, source, guestName, guestEmail, guestLanguage, arrival, departure, mode
        case method, openedAt, state, customer, paymentUrl, documentNumber
        case paymentMethod, brand, last4, funding, fingerprint, consentedAt, room
        case currency, removalReason, expires, noticeCode, noticeAmount, noticeAt, noticeSubject
        case noticeFailure, noticeReason, noticeDetail, noticeActor, closedAt
        case ceiling, lateDays, lateCategories, nights, nightlyRate, visitorTax, extrasPerNight
        case stay, stayReference, lateWay
    }

    /// The card saved for the folio, behind `FROM folio f`. For folios that are not closed an index is named between the two: without the hint
    /// SQLite reads all of a tenant's folios and drops most of them.
    static let withCard: StaticString = """
        LEFT JOIN saved_card c ON c.tenant = f.tenant AND c.folio = f.number AND (c.state = 'saved' OR c.removal_reason IS NOT NULL)
        """

    init(from row: borrowing Row) throws {
        let reference = try row.string(Column.reference)
        let what = "folio \(reference)"
        self.init(
            number: try row.int64(Column.number), reference: reference, source: try row.word(Column.source, of: what),
            guest: Guest(
                name: try row.string(Column.guestName), email: try row.optionalString(Column.guestEmail),
                language: try row.string(Column.guestLanguage)),
            arrival: try row.day(Column.arrival), departure: try row.day(Column.departure), mode: try row.word(Column.mode, of: what),
            method: try row.value(Column.method), openedAt: try row.instant(Column.openedAt), state: try row.word(Column.state, of: what))
        customer = try row.optionalString(Column.customer)
        notice = try FolioNotice(from: row)
        paymentURL = try row.optionalString(Column.paymentUrl)
        documentNumber = try row.optionalString(Column.documentNumber)
        guard let currency = Currency(try row.string(Column.currency)) else { throw row.unreadable(Column.currency, of: what) }
        if let paymentMethod = try row.optionalString(Column.paymentMethod), let consentedAt = try row.optionalInstant(Column.consentedAt) {
            let card = SavedCard(
                paymentMethod: paymentMethod, brand: try row.optionalString(Column.brand) ?? "",
                last4: try row.optionalString(Column.last4) ?? "", expires: try row.optionalString(Column.expires),
                funding: try row.optionalWord(Column.funding, of: what), fingerprint: try row.optionalString(Column.fingerprint),
                consentedAt: consentedAt, terms: try row.cardTerms(Column.ceiling, currency))
            // Read as none, a card that is lost would be charged.
            cardRemoval = try row.optionalWord(Column.removalReason, of: what)
            if cardRemoval == nil { savedCard = card }
        }
        room = try row.optionalString(Column.room)
        if let nights = try row.optionalInt64(Column.nights) {
            let (rate, tax) = (try row.money(Column.nightlyRate, currency), try row.money(Column.visitorTax, currency))
            let extras = try row.money(Column.extrasPerNight, currency)
            proposal = try? HoldProposal(nights: nights, nightlyRate: rate, visitorTax: tax, extrasPerNight: extras)
            guard proposal != nil else { throw row.unreadable(Column.nights, of: what) }
        }
        closedAt = try row.optionalInstant(Column.closedAt)
        if let number = try row.optionalInt64(Column.stay) {
            stay = Stay(number: number, reference: try row.string(Column.stayReference), way: try row.word(Column.lateWay, of: what))
        }
    }
}

extension FolioNotice {
    fileprivate init?(from row: borrowing Row) throws {
        typealias Column = Folio.Column
        guard let code = try row.optionalString(Column.noticeCode) else { return nil }
        let currency = Currency(try row.string(Column.currency))
        let amount = try row.optionalInt64(Column.noticeAmount).flatMap { units in currency.map { Money(minorUnits: units, currency: $0) } }
        let details = Details(
            amount: amount, at: try row.optionalInstant(Column.noticeAt), subject: try row.optionalString(Column.noticeSubject),
            failure: try row.failure(Column.noticeFailure), reason: try row.optionalString(Column.noticeReason))
        // A code of a newer program, or details that somebody took away: better its name than nothing.
        self = FolioNotice(code: code, details) ?? .unknown(code)
    }
}

extension Book {
    /// - Parameter reference: Compared byte for byte.
    /// - Returns: `nil` when the tenant has no such folio.
    package func folio(_ reference: String) throws -> Folio? {
        try one(
            """
            SELECT \(raw: Folio.columns) FROM folio f \(raw: Folio.withCard)
            WHERE f.tenant = \(tenant.number) AND f.reference = \(reference)
            """
        ) { try Folio(from: $0) }
    }

    /// - Parameter number: The store's key within the tenant.
    package func folio(number: Int64) throws -> Folio? {
        try one(
            """
            SELECT \(raw: Folio.columns) FROM folio f \(raw: Folio.withCard)
            WHERE f.tenant = \(tenant.number) AND f.number = \(number)
            """
        ) { try Folio(from: $0) }
    }

    /// Folios in order of opening; those in `state` only, when given.
    package func folios(state: Folio.State? = nil, limit: Int) throws -> [Folio] {
        let rows: SQL =
            switch state {
            case nil:
                """
                SELECT \(raw: Folio.columns) FROM folio f \(raw: Folio.withCard)
                WHERE f.tenant = \(tenant.number) ORDER BY f.number LIMIT \(limit)
                """
            case let state? where state.isClosed:
                """
                SELECT \(raw: Folio.columns) FROM folio f \(raw: Folio.withCard)
                WHERE f.tenant = \(tenant.number) AND f.state = \(state) ORDER BY f.number LIMIT \(limit)
                """
            case let state?:
                // closed_at as in the index folio_open.
                """
                SELECT \(raw: Folio.columns) FROM folio f INDEXED BY folio_open \(raw: Folio.withCard)
                WHERE f.tenant = \(tenant.number) AND f.state = \(state) AND f.closed_at IS NULL ORDER BY f.number LIMIT \(limit)
                """
            }
        return try all(rows) { try Folio(from: $0) }
    }

    /// Folios that are not closed, whatever stands on them: open, being closed, or waiting for their guest.
    package func unclosedFolios() throws -> [Folio] {
        try all(
            """
            SELECT \(raw: Folio.columns) FROM folio f INDEXED BY folio_open \(raw: Folio.withCard)
            WHERE f.tenant = \(tenant.number) AND f.closed_at IS NULL ORDER BY f.number
            """
        ) { try Folio(from: $0) }
    }

    /// - Parameter stay: Of a late charge; the schema takes only one that is checked out.
    /// - Returns: The new folio with its number.
    /// - Throws: `StoreError` when the reference is taken.
    package func addFolio(
        _ reference: String, source: Folio.Source, guest: Folio.Guest, arrival: Day, departure: Day, mode: Folio.Mode,
        method: PaymentMethod, room: String? = nil, proposal: HoldProposal? = nil, stay: Folio.Stay? = nil
    ) throws -> Folio {
        let number = try one(
            """
            INSERT INTO folio (tenant, number, currency, reference, source, guest_name, guest_email, guest_language, arrival, departure,
                mode, method, room, nights, nightly_rate, visitor_tax, extras_per_night, stay, late_way, opened_at)
            SELECT \(tenant.number), 1 + max(
                    (SELECT coalesce(max(number), 0) FROM folio WHERE tenant = \(tenant.number)),
                    (SELECT coalesce(max(folio), 0) FROM operation WHERE tenant = \(tenant.number) AND folio IS NOT NULL)),
                \(tenant.currency.code), \(reference), \(source), \(guest.name), \(guest.email), \(guest.language), \(arrival),
                \(departure), \(mode), \(method), \(room), \(proposal?.nights), \(proposal?.nightlyRate.minorUnits),
                \(proposal?.visitorTax.minorUnits), \(proposal?.extrasPerNight.minorUnits), \(stay?.number), \(stay?.way), \(now)
            RETURNING number
            """
        ) { try $0.int64(0) }
        var folio = Folio(
            number: number!, reference: reference, source: source, guest: guest, arrival: arrival, departure: departure, mode: mode,
            method: method, openedAt: now)
        folio.room = room
        folio.proposal = proposal
        folio.stay = stay
        try addWords(of: folio)
        return folio
    }

    /// Deletes a folio whose booking did not come about, and its saved card that was never saved. The schema refuses any other.
    package func forget(_ folio: Folio) throws {
        try removeWords(of: folio)
        try run(
            "DELETE FROM saved_card WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND state IN ('requested', 'failed')")
        try run("DELETE FROM folio WHERE tenant = \(tenant.number) AND number = \(folio.number)")
    }

    /// The search finds the folio under its new room.
    ///
    /// - Parameter room: As `TextRule.roomName`; `nil` for none.
    package func setRoom(_ room: String?, of folio: Folio) throws {
        guard room != folio.room else { return }
        try removeWords(of: folio)
        var renamed = folio
        renamed.room = room
        try addWords(of: renamed)
        try run("UPDATE folio SET room = \(room) WHERE tenant = \(tenant.number) AND number = \(folio.number)")
    }

    /// A closed state also sets when. The schema refuses to open a closed folio again.
    package func setState(_ state: Folio.State, of folio: Folio) throws {
        let closedAt = state.isClosed ? now : nil
        try run(
            """
            UPDATE folio SET state = \(state), closed_at = \(closedAt)
            WHERE tenant = \(tenant.number) AND number = \(folio.number)
            """)
    }

    /// A found object blocks its folio, so no other notice replaces this one while it waits.
    package func setNotice(_ notice: FolioNotice?, of folio: Folio) throws {
        let isOfFound = notice?.code == FolioNotice.foundCode
        guard try isOfFound || waitingFoundObjects(reference: folio.reference).isEmpty else { return }
        let details = notice?.details ?? FolioNotice.Details()
        try run(
            """
            UPDATE folio SET notice_code = \(notice?.code), notice_amount = \(details.amount?.minorUnits), notice_at = \(details.at),
                notice_subject = \(details.subject), notice_failure = \(details.failure?.code),
                notice_reason = \(details.failure?.reason ?? details.reason), notice_detail = \(details.failure?.detail),
                notice_actor = \(details.failure?.actor)
            WHERE tenant = \(tenant.number) AND number = \(folio.number)
            """)
    }

    /// - Parameter url: The page on which the guest can pay or authorise now; `nil` when there is none any more.
    package func setPage(_ url: String?, of folio: Folio) throws {
        try run("UPDATE folio SET payment_url = \(url) WHERE tenant = \(tenant.number) AND number = \(folio.number)")
    }

    /// - Parameter customer: Stripe's `cus_…`.
    package func setCustomer(_ customer: String, of folio: Folio) throws {
        try run("UPDATE folio SET customer = \(customer) WHERE tenant = \(tenant.number) AND number = \(folio.number)")
    }

    /// - Parameter document: The number of the issued document, `2026-000417`.
    package func setDocument(_ document: String, of folio: Folio) throws {
        try run("UPDATE folio SET document_number = \(document) WHERE tenant = \(tenant.number) AND number = \(folio.number)")
    }
}

// MARK: - The saved card

extension Book {
    /// - Returns: `nil` when no card was ever asked for.
    package func cardOnFile(of folio: Folio) throws -> CardOnFile? {
        try one(
            """
            SELECT state, checkout_session, payment_method, consent, ceiling, late_days, late_categories
            FROM saved_card WHERE tenant = \(tenant.number) AND folio = \(folio.number)
            """
        ) {
            CardOnFile(
                state: try $0.word(0, of: "the card of folio \(folio.reference)"), session: try $0.optionalString(1),
                paymentMethod: try $0.optionalString(2), consent: try $0.string(3), terms: try $0.cardTerms(4, tenant.currency))
        }
    }

    /// The folio whose setup page this is.
    package func folioSavingCard(session: String) throws -> Int64? {
        try one("SELECT folio FROM saved_card WHERE tenant = \(tenant.number) AND checkout_session = \(session)") { try $0.int64(0) }
    }

    /// A card that is saved stays as it is.
    ///
    /// - Parameters:
    ///   - consent: The words that the guest agrees to on the page; as `TextRule.consent`.
    ///   - terms: The same in numbers.
    package func requestCard(for folio: Folio, consent: String, terms: CardTerms = CardTerms()) throws {
        try run(
            """
            INSERT INTO saved_card (tenant, folio, state, consent, ceiling, late_days, late_categories)
            SELECT \(tenant.number), \(folio.number), 'requested', \(consent), \(terms.ceiling?.minorUnits), \(terms.late?.days),
                \(terms.late?.categories)
            WHERE NOT EXISTS (
                SELECT 1 FROM saved_card WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND state = 'saved')
            ON CONFLICT DO UPDATE SET state = 'requested', checkout_session = NULL, consent = excluded.consent, ceiling = excluded.ceiling,
                late_days = excluded.late_days, late_categories = excluded.late_categories, consented_at = NULL,
                payment_method = NULL, brand = NULL, last4 = NULL, funding = NULL, fingerprint = NULL, expires = NULL,
                removal_reason = NULL
            """)
    }

    /// - Parameter session: Of the page that only saves a card, `cs_…`.
    package func setCardSession(_ session: String, of folio: Folio) throws {
        try run("UPDATE saved_card SET checkout_session = \(session) WHERE tenant = \(tenant.number) AND folio = \(folio.number)")
    }

    /// Saves a card for charges without the guest. A card that it replaces becomes a past card, which still has to be detached.
    ///
    /// - Parameter expires: `2029-08`.
    package func setCard(
        _ paymentMethod: String, brand: String, last4: String, expires: String?, funding: CardFunding? = nil, fingerprint: String? = nil,
        of folio: Folio
    ) throws {
        if let known = try cardOnFile(of: folio), known.state == .saved, known.paymentMethod != paymentMethod {
            try addPastCard("replaced", isDetached: false, of: folio)
            try run(
                """
                UPDATE saved_card SET state = 'requested', consented_at = NULL
                WHERE tenant = \(tenant.number) AND folio = \(folio.number)
                """)
        }
        try run(
            """
            UPDATE saved_card SET state = 'saved', payment_method = \(paymentMethod), brand = \(brand), last4 = \(last4),
                funding = \(funding), fingerprint = \(fingerprint), expires = \(expires), consented_at = coalesce(consented_at, \(now))
            WHERE tenant = \(tenant.number) AND folio = \(folio.number) AND state <> 'removed'
            """)
    }

    /// Leaving `removed` forgets why the card was removed.
    package func setCardState(_ state: CardOnFile.State, of folio: Folio) throws {
        // Why a card is lost says something only of one that is.
        try run(
            """
            UPDATE saved_card SET state = \(state), removal_reason = CASE \(state) WHEN 'removed' THEN removal_reason END
            WHERE tenant = \(tenant.number) AND folio = \(folio.number)
            """)
    }
}
