import Ledger

/// Which folios somebody looks for. What is nil does not matter.
package struct FolioFilter: Hashable, Sendable {
    /// From the first day to the last, both included; nil is open on that side.
    package struct Days: Hashable, Sendable {
        let first: Day?
        let last: Day?

        package init(first: Day?, last: Day?) {
            self.first = first
            self.last = last
        }
    }

    package var state: Folio.State?
    package var arrival: Days?
    package var departure: Days?
    /// Part of the reference or of the guest's name, in any case.
    package var text: String?

    package init() {}
}

extension Transaction {
    /// The numbers of folios that fit, in order of opening.
    ///
    /// - Parameters:
    ///   - after: Only folios opened later than this one; 0 for all.
    ///   - limit: At most so many.
    package func folioNumbers(_ filter: FolioFilter, after: Int64, limit: Int, of tenant: Tenant) throws -> [Int64] {
        // Days are texts that sort as days do. A bound that is not given is one that every day fits.
        let (first, last) = ("0000", "9999-99")
        let arrival = (filter.arrival?.first?.description ?? first, filter.arrival?.last?.description ?? last)
        let departure = (filter.departure?.first?.description ?? first, filter.departure?.last?.description ?? last)
        let pattern = filter.text.map { "%" + $0.escapedForLike + "%" }
        let condition: SQL = """
            SELECT number FROM folio
            WHERE tenant = \(tenant.number) AND number > \(after)
                AND (\(filter.state) IS NULL OR state = \(filter.state))
                AND arrival BETWEEN \(arrival.0) AND \(arrival.1) AND departure BETWEEN \(departure.0) AND \(departure.1)
                AND (\(pattern) IS NULL OR reference LIKE \(pattern) ESCAPE '\\' OR guest_name LIKE \(pattern) ESCAPE '\\')
            ORDER BY number LIMIT \(limit)
            """
        return try all(condition) { try $0.int64(0) }
    }
}

extension String {
    fileprivate var escapedForLike: String {
        var text = ""
        for character in self {
            if character == "%" || character == "_" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
