import Ledger

/// What somebody types to find a folio.
private struct Sought {
    /// Each begins one of the folio's words.
    let words: [String]
    /// Stripe's id of something on the folio, such as `pi_…`.
    let id: String?
    /// The last four digits of a card.
    let digits: String?
    /// The year and the number of a document, `2026-000417`.
    let document: (year: Int64, serial: Int64)?
    /// In minor units: of a hold, a payment, a refund or a document.
    let amount: Int64?

    init(_ text: String, in currency: Currency) {
        words = FolioWords.sought(text)
        let word = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        let isOne = words.count == 1
        let bytes = word.utf8
        // Also out of an address of Stripe's dashboard, or between quotation marks.
        let last = word.split { "/?#&=\"'".contains($0) }.last { $0.contains("_") }.map(String.init)
        id = isOne ? last : nil
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        let isDocument = isOne && parts.count == 2 && parts[0].count == 4 && (1...9).contains(parts[1].count)
        document = isDocument ? Int64(parts[0]).flatMap { year in Int64(parts[1]).map { (year, $0) } } : nil
        digits = isOne && bytes.count == 4 && bytes.allSatisfy { (48...57).contains($0) } ? word : nil
        amount = text.utf8.count > 40 ? nil : (try? Money(reading: text, in: currency)).flatMap { $0.isPositive ? $0.minorUnits : nil }
    }
}

extension Book {
    /// Folios that match, in order of opening.
    ///
    /// - Parameters:
    ///   - after: Only folios opened later than the one with this number; 0 for all.
    ///   - limit: The most folios to return, at least 1.
    package func folios(_ filter: FolioFilter, after: Int64, limit: Int) throws -> [Folio] {
        let sought = filter.text.map { Sought($0, in: tenant.currency) }
        guard sought?.words.isEmpty != true else { return [] }
        // Days are texts that sort as days do. A bound that is not given is one that every day fits.
        let (first, last) = ("0000", "9999-99")
        let arrival = (filter.arrival?.first?.description ?? first, filter.arrival?.last?.description ?? last)
        let departure = (filter.departure?.first?.description ?? first, filter.departure?.last?.description ?? last)
        let among: SQL = sought.map { " AND number IN (\(found($0)))" } ?? ""
        return try all(
            """
            SELECT number FROM folio
            WHERE tenant = \(tenant.number) AND number > \(after)
                AND (\(filter.state) IS NULL OR state = \(filter.state)) AND (\(filter.source) IS NULL OR source = \(filter.source))
                AND arrival BETWEEN \(arrival.0) AND \(arrival.1) AND departure BETWEEN \(departure.0) AND \(departure.1)\(among)
            ORDER BY number LIMIT \(limit)
            """
        ) { try $0.int64(0) }.compactMap { try folio(number: $0) }
    }

    /// Folios in which every word of the text begins a word of the guest's name or e-mail address, the reference or the room; and those
    /// with a card that ends in the text, an amount of that size, or something that Stripe calls so. The latest come first. Capitals and
    /// accents of words do not matter.
    package func folios(matching text: String, _ window: Window) throws -> Part<Folio> {
        let sought = Sought(text, in: tenant.currency)
        guard !sought.words.isEmpty else { return Part([], window, of: 0) }
        let found = found(sought)
        let numbers = try all("SELECT folio FROM (\(found)) ORDER BY folio DESC LIMIT \(window.limit) OFFSET \(window.offset)") {
            try $0.int64(0)
        }
        let count = try one("SELECT count(*) FROM (\(found))") { try $0.int(0) } ?? 0
        return Part(try numbers.compactMap { try folio(number: $0) }, window, of: count)
    }

    /// The numbers of the folios, each once. What is not sought is NULL, which nothing equals.
    private func found(_ sought: Sought) -> SQL {
        let words = sought.words.map(Optional.some) + Array(repeating: nil, count: FolioWords.most - sought.words.count)
        let (id, digits, amount) = (sought.id, sought.digits, sought.amount)
        return """
            SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(words[0]) AND word < \(words[0].map(FolioWords.end))
                \(alsoBegins(words[1]))\(alsoBegins(words[2]))\(alsoBegins(words[3]))\(alsoBegins(words[4]))\(alsoBegins(words[5]))
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND payment_intent = \(id)
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND checkout_session = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND checkout_session = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND charge = \(id)
            UNION SELECT p.folio FROM balance_transaction b JOIN payment p ON p.tenant = b.tenant AND p.charge = b.source
                WHERE b.tenant = \(tenant.number) AND b.id = \(id)
            UNION SELECT r.folio FROM balance_transaction b JOIN refund r ON r.tenant = b.tenant AND r.stripe_id = b.source
                WHERE b.tenant = \(tenant.number) AND b.id = \(id)
            UNION SELECT p.folio FROM balance_transaction b JOIN payment p ON p.tenant = b.tenant AND p.payment_intent = b.intent
                WHERE b.tenant = \(tenant.number) AND b.id = \(id)
            UNION SELECT p.folio FROM payout_item i JOIN balance_transaction b ON b.tenant = i.tenant AND b.id = i.movement
                JOIN payment p ON p.tenant = b.tenant AND p.payment_intent = b.intent
                WHERE i.tenant = \(tenant.number) AND i.payout = \(id)
            UNION SELECT folio FROM saved_card WHERE tenant = \(tenant.number) AND checkout_session = \(id)
            UNION SELECT folio FROM saved_card WHERE tenant = \(tenant.number) AND payment_method = \(id) AND state = 'saved'
            UNION SELECT folio FROM refund WHERE tenant = \(tenant.number) AND stripe_id = \(id)
            UNION SELECT folio FROM dispute WHERE tenant = \(tenant.number) AND id = \(id) AND folio IS NOT NULL
            UNION SELECT number FROM folio WHERE tenant = \(tenant.number) AND customer = \(id)
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND last4 = \(digits)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND last4 = \(digits)
            UNION SELECT folio FROM saved_card WHERE tenant = \(tenant.number) AND last4 = \(digits)
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND amount = \(amount)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND amount = \(amount)
            UNION SELECT folio FROM refund WHERE tenant = \(tenant.number) AND amount = \(amount)
            UNION SELECT folio FROM document
                WHERE tenant = \(tenant.number) AND year = \(sought.document?.year) AND serial = \(sought.document?.serial)
            UNION SELECT folio FROM document WHERE tenant = \(tenant.number) AND gross = \(amount)
            """
    }

    private func alsoBegins(_ word: String?) -> SQL {
        """
        AND (\(word) IS NULL OR folio IN
            (SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(word) AND word < \(word.map(FolioWords.end))))

        """
    }
}
