import Ledger

extension Book {
    /// Folios that match, in order of opening.
    ///
    /// - Parameters:
    ///   - after: Only folios opened later than the one with this number; 0 for all.
    ///   - limit: The most folios to return, at least 1.
    package func folios(_ filter: FolioFilter, after: Int64, limit: Int) throws -> [Folio] {
        let words = filter.text.map(FolioWords.sought) ?? []
        guard filter.text == nil || !words.isEmpty else { return [] }
        var found: [Folio] = []
        var last = after
        while found.count < limit {
            let numbers = try numbers(filter, beginning: FolioWords.rarest(of: words), after: last, limit: limit)
            for number in numbers where found.count < limit {
                guard let folio = try folio(number: number) else { continue }
                if FolioWords.fit(words, folio) { found.append(folio) }
            }
            guard numbers.count == limit, let end = numbers.last else { break }
            last = end
        }
        return found
    }

    /// - Parameter word: Only folios that have a word beginning so; nil for all.
    private func numbers(_ filter: FolioFilter, beginning word: String?, after: Int64, limit: Int) throws -> [Int64] {
        // Days are texts that sort as days do. A bound that is not given is one that every day fits.
        let (first, last) = ("0000", "9999-99")
        let arrival = (filter.arrival?.first?.description ?? first, filter.arrival?.last?.description ?? last)
        let departure = (filter.departure?.first?.description ?? first, filter.departure?.last?.description ?? last)
        return try all(
            """
            SELECT number FROM folio
            WHERE tenant = \(tenant.number) AND number > \(after)
                AND (\(filter.state) IS NULL OR state = \(filter.state))
                AND arrival BETWEEN \(arrival.0) AND \(arrival.1) AND departure BETWEEN \(departure.0) AND \(departure.1)
                AND (\(word) IS NULL OR number IN (
                    SELECT folio FROM folio_word
                    WHERE tenant = \(tenant.number) AND word >= \(word) AND word < \(word.map(FolioWords.end))))
            ORDER BY number LIMIT \(limit)
            """
        ) { try $0.int64(0) }
    }
}
