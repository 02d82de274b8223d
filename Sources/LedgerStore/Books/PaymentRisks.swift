import Ledger

extension Risk {
    /// Behind `payment_risk r`.
    static let columns: StaticString = """
        r.charge, r.charged_at, r.level, r.score, r.cvc_check, r.address_line1_check, r.address_postal_code_check, r.country, r.funding,
        r.review, r.review_opened_at, r.review_opened_reason, r.review_closed_reason,
        r.warning, r.warned_at, r.warning_type, r.warning_is_actionable
        """
    enum Column: Int, ColumnNames {
        case charge, chargedAt, level, score, cvcCheck, addressLine1Check, addressPostalCodeCheck, country, funding
        case review, reviewOpenedAt, reviewOpenedReason, reviewClosedReason
        case warning, warnedAt, warningType, warningIsActionable
    }

    /// - Parameter others: How many columns the statement has before these.
    /// - Returns: `nil` where nothing was said.
    init?(from row: borrowing Row, behind others: Int = 0) throws {
        func place(_ column: Column) -> Int { others + column.index }
        self.init()
        if let charge = try row.optionalString(place(.charge)), let chargedAt = try row.optionalInstant(place(.chargedAt)) {
            assessment = Assessment(
                charge: charge, chargedAt: chargedAt, level: try row.optionalString(place(.level)),
                score: try row.optionalInt64(place(.score)), cvc: try row.optionalString(place(.cvcCheck)),
                addressLine1: try row.optionalString(place(.addressLine1Check)),
                postalCode: try row.optionalString(place(.addressPostalCodeCheck)),
                country: try row.optionalString(place(.country)), funding: try row.optionalString(place(.funding)))
        }
        if let id = try row.optionalString(place(.review)), let openedAt = try row.optionalInstant(place(.reviewOpenedAt)) {
            review = Review(
                id: id, openedAt: openedAt, openedReason: try row.string(place(.reviewOpenedReason)),
                closedReason: try row.optionalString(place(.reviewClosedReason)))
        }
        if let id = try row.optionalString(place(.warning)), let warnedAt = try row.optionalInstant(place(.warnedAt)) {
            warning = FraudWarning(
                id: id, warnedAt: warnedAt, type: try row.string(place(.warningType)),
                isActionable: try row.bool(place(.warningIsActionable)))
        }
        if self == Risk() { return nil }
    }
}

extension Book {
    /// The folio on which an intent is a hold or a payment; `nil` for one that is in none of these books' rows.
    ///
    /// - Parameter intent: Stripe's `pi_…`.
    package func folioNumber(ofIntent intent: String) throws -> Int64? {
        try one(
            """
            SELECT coalesce(
                (SELECT folio FROM hold WHERE tenant = \(tenant.number) AND payment_intent = \(intent)),
                (SELECT folio FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(intent)))
            """
        ) { try $0.optionalInt64(0) } ?? nil
    }

    /// What was said of an intent so far; `nil` before anything was.
    package func risk(ofIntent intent: String) throws -> Risk? {
        try one(
            """
            SELECT \(raw: Risk.columns) FROM payment_risk r
            WHERE r.tenant = \(tenant.number) AND r.payment_intent = \(intent)
            """
        ) { try Risk(from: $0) } ?? nil
    }

    /// Takes in what is said of an intent that is a hold or a payment of the folio. The schema refuses one that is not, and what was said
    /// before.
    package func noteRisk(ofIntent intent: String, on folio: Int64, _ observe: (inout Risk) -> Void) throws {
        let known = try risk(ofIntent: intent)
        var risk = known ?? Risk()
        observe(&risk)
        if risk != known { try save(risk, ofIntent: intent, on: folio, isNew: known == nil) }
    }

    private func save(_ risk: Risk, ofIntent intent: String, on folio: Int64, isNew: Bool) throws {
        let (assessment, review, warning) = (risk.assessment, risk.review, risk.warning)
        if isNew {
            try run(
                """
                INSERT INTO payment_risk (tenant, payment_intent, folio, charge, charged_at, level, score, cvc_check, address_line1_check,
                    address_postal_code_check, country, funding, review, review_opened_at, review_opened_reason, review_closed_reason,
                    warning, warned_at, warning_type, warning_is_actionable)
                VALUES (\(tenant.number), \(intent), \(folio), \(assessment?.charge), \(assessment?.chargedAt), \(assessment?.level),
                    \(assessment?.score), \(assessment?.cvc), \(assessment?.addressLine1), \(assessment?.postalCode),
                    \(assessment?.country), \(assessment?.funding), \(review?.id), \(review?.openedAt), \(review?.openedReason),
                    \(review?.closedReason), \(warning?.id), \(warning?.warnedAt), \(warning?.type), \(warning?.isActionable))
                """)
        } else {
            try run(
                """
                UPDATE payment_risk SET charge = \(assessment?.charge), charged_at = \(assessment?.chargedAt), level = \(assessment?.level),
                    score = \(assessment?.score), cvc_check = \(assessment?.cvc), address_line1_check = \(assessment?.addressLine1),
                    address_postal_code_check = \(assessment?.postalCode), country = \(assessment?.country),
                    funding = \(assessment?.funding), review = \(review?.id), review_opened_at = \(review?.openedAt),
                    review_opened_reason = \(review?.openedReason), review_closed_reason = \(review?.closedReason),
                    warning = \(warning?.id), warned_at = \(warning?.warnedAt), warning_type = \(warning?.type),
                    warning_is_actionable = \(warning?.isActionable)
                WHERE tenant = \(tenant.number) AND payment_intent = \(intent)
                """)
        }
    }

    /// Whether anything that was said of the folio's holds and payments may have to be told. Few folios have any, and no others are read
    /// for it.
    package func mayConcern(_ folio: Folio) throws -> Bool {
        // As in the index.
        try one(
            """
            SELECT EXISTS (
                SELECT 1 FROM payment_risk INDEXED BY payment_risk_concern
                WHERE tenant = \(tenant.number) AND folio = \(folio.number)
                    AND (level = 'elevated' OR level = 'highest' OR (review IS NOT NULL AND review_closed_reason IS NULL)
                        OR warning_is_actionable = 1))
            """
        ) { try $0.bool(0) } ?? false
    }

    /// What may end without news of it: reviews that are open here, and warnings that can still be acted on, by Stripe's ids.
    package func risksUnderWay() throws -> (reviews: [String], warnings: [String]) {
        (
            try all(
                """
                SELECT review FROM payment_risk INDEXED BY payment_risk_review
                WHERE tenant = \(tenant.number) AND review IS NOT NULL AND review_closed_reason IS NULL
                """
            ) { try $0.string(0) },
            try all(
                """
                SELECT warning FROM payment_risk INDEXED BY payment_risk_warning
                WHERE tenant = \(tenant.number) AND warning IS NOT NULL AND warning_is_actionable = 1
                """
            ) { try $0.string(0) }
        )
    }
}
