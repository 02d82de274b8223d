import Ledger

/// What somebody types to find a folio: all its words fit, each in its own way, or the whole is an amount.
private struct Sought {
    /// One word. What it cannot be is nil.
    struct Word {
        /// Begins one of the folio's words.
        let beginning: String
        /// The same with `oe` for `ö`, for a name that is written so.
        let spelledOut: String?
        /// Stripe's id of something on the folio, such as `pi_…`.
        let id: String?
        /// The last four digits of a card.
        let digits: String?
        /// A card's brand, where its last four digits follow: `Visa …4242`.
        let card: (brand: String, digits: String)?
        /// The year and the number of a document, `2026-000417`.
        let document: (year: Int64, serial: Int64)?
        /// In minor units: of a hold, a payment, a refund or a document, or what a folio has open.
        let amount: Int64?
    }

    /// At most `FolioWords.most`, the longest first; empty where nothing is sought.
    let words: [Word]
    /// As of a word: `1 200,00`.
    let amount: Int64?

    init(_ text: String, in currency: Currency) {
        amount = Self.amount(text, in: currency)
        var parts = FolioWords.sought(text)
        // The currency of an amount is no word of its own.
        for place in parts.indices.reversed() where !Currency.meant(by: parts[place]).isEmpty {
            let (before, behind) = (parts[..<place].last, parts[(place + 1)...].first)
            let isOfAmount = [before.map { "\($0) \(parts[place])" }, behind.map { "\(parts[place]) \($0)" }].contains {
                $0.flatMap { Self.amount($0, in: currency) } != nil
            }
            if isOfAmount { parts.remove(at: place) }
        }
        parts = Array(parts.prefix(FolioWords.most))
        let next = parts.dropFirst().map(Self.digits) + [nil]
        words = zip(parts, next).map { Self.word($0, before: $1, in: currency) }
            .reduce(into: [Word]()) { words, word in
                // What begins another word is found with it, unless it is a number.
                let isFoundWith = words.contains {
                    $0.beginning == word.beginning
                        || ($0.beginning.hasPrefix(word.beginning) && !word.beginning.contains(where: \.isNumber))
                }
                if !isFoundWith || word.card != nil { words.append(word) }
            }
            .sorted { $0.beginning.count > $1.beginning.count }
    }

    private static func word(_ word: String, before digits: String?, in currency: Currency) -> Word {
        let (beginning, spelledOut) = (FolioWords.plain(word), FolioWords.plain(FolioWords.spelledOut(word)))
        // Also out of an address of Stripe's dashboard, or between quotation marks.
        let id = word.split { "/?#&=\"'".contains($0) }.last { $0.contains("_") }.map(String.init)
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        let isDocument = parts.count == 2 && parts[0].count == 4 && (1...9).contains(parts[1].count)
        return Word(
            beginning: FolioWords.short(beginning), spelledOut: spelledOut == beginning ? nil : FolioWords.short(spelledOut),
            id: id, digits: Self.digits(word), card: digits.map { (beginning, $0) },
            document: isDocument ? Int64(parts[0]).flatMap { year in Int64(parts[1]).map { (year, $0) } } : nil,
            amount: amount(word, in: currency))
    }

    private static func digits(_ word: String) -> String? {
        let bytes = word.utf8
        return bytes.count == 4 && bytes.allSatisfy { (48...57).contains($0) } ? word : nil
    }

    private static func amount(_ text: String, in currency: Currency) -> Int64? {
        text.utf8.count > 40 ? nil : (try? Money(reading: text, in: currency)).flatMap { $0.isPositive ? $0.minorUnits : nil }
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

    /// Folios that every word of the text fits: it begins a word of the guest's name or e-mail address, the reference or the room, or is
    /// the end of a card's number, an amount on the folio or what it has open, or what Stripe calls something on it. The latest come first.
    /// Capitals, accents and punctuation around a word do not matter.
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
        let all = sought.words.dropFirst().reduce(numbers(sought.words[0])) { found, word -> SQL in
            "\(found) INTERSECT \(numbers(word))"
        }
        return "SELECT folio FROM (\(all)) UNION \(numbers(withAmount: sought.amount))"
    }

    private func numbers(_ word: Sought.Word) -> SQL {
        let id = word.id
        return """
            SELECT folio FROM (
            \(numbers(beginning: word.beginning)) UNION \(numbers(beginning: word.spelledOut))
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND payment_intent = \(id)
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND checkout_session = \(id)
            UNION SELECT folio FROM hold WHERE tenant = \(tenant.number) AND payment_method = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND checkout_session = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND payment_method = \(id)
            UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND charge = \(id)
            UNION SELECT folio FROM payment_risk WHERE tenant = \(tenant.number) AND charge = \(id)
            UNION SELECT folio FROM payment_risk WHERE tenant = \(tenant.number) AND review = \(id)
            UNION SELECT folio FROM payment_risk WHERE tenant = \(tenant.number) AND warning = \(id)
            UNION SELECT p.folio FROM balance_transaction b JOIN payment p ON p.tenant = b.tenant AND p.charge = b.source
                WHERE b.tenant = \(tenant.number) AND b.id = \(id)
            UNION SELECT r.folio FROM balance_transaction b JOIN refund r ON r.tenant = b.tenant AND r.stripe_id = b.source
                WHERE b.tenant = \(tenant.number) AND b.id = \(id)
            UNION SELECT d.folio FROM balance_transaction b JOIN dispute d ON d.tenant = b.tenant AND d.id = b.source
                WHERE b.tenant = \(tenant.number) AND b.id = \(id) AND d.folio IS NOT NULL
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
            UNION SELECT folio FROM document
                WHERE tenant = \(tenant.number) AND year = \(word.document?.year) AND serial = \(word.document?.serial)
            UNION \(numbers(card: nil, word.digits)) UNION \(numbers(card: word.card?.brand, word.card?.digits))
            UNION \(numbers(withAmount: word.amount)))
            """
    }

    private func numbers(beginning word: String?) -> SQL {
        "SELECT folio FROM folio_word WHERE tenant = \(tenant.number) AND word >= \(word) AND word < \(word.map(FolioWords.end))"
    }

    /// - Parameter brand: nil for any.
    private func numbers(card brand: String?, _ digits: String?) -> SQL {
        """
        SELECT folio FROM hold
            WHERE tenant = \(tenant.number) AND last4 = \(digits) AND (\(brand) IS NULL OR lower(brand) = \(brand))
        UNION SELECT folio FROM payment
            WHERE tenant = \(tenant.number) AND last4 = \(digits) AND (\(brand) IS NULL OR lower(brand) = \(brand))
        UNION SELECT folio FROM saved_card
            WHERE tenant = \(tenant.number) AND last4 = \(digits) AND (\(brand) IS NULL OR lower(brand) = \(brand))
        """
    }

    /// What a folio has open is the balance of its account; those that balance are not read.
    private func numbers(withAmount amount: Int64?) -> SQL {
        """
        SELECT folio FROM hold WHERE tenant = \(tenant.number) AND amount = \(amount)
        UNION SELECT folio FROM payment WHERE tenant = \(tenant.number) AND amount = \(amount)
        UNION SELECT folio FROM refund WHERE tenant = \(tenant.number) AND amount = \(amount)
        UNION SELECT folio FROM document WHERE tenant = \(tenant.number) AND gross = \(amount)
        UNION SELECT f.number
            FROM account a INDEXED BY account_unbalanced CROSS JOIN folio f ON f.tenant = a.tenant AND f.reference = substr(a.name, 7)
            WHERE \(amount) IS NOT NULL AND a.tenant = \(tenant.number) AND a.debits <> a.credits AND a.name >= 'folio:'
                AND a.name < 'folio;' AND a.debits - a.credits = \(amount)
        """
    }
}
