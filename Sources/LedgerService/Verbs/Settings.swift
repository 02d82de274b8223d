import Ledger
internal import LedgerStore

extension LedgerService {
    /// - Throws: `TenantNotFound`.
    package func taxSchedule(of tenantID: String) throws -> TaxSchedule {
        try store.read(of: tenantID) { try $0.taxSchedule() }
    }

    /// A rate for services from that day on. Rates are never overwritten, so that an old document comes out again as it was.
    ///
    /// - Throws: `ServiceRefusal.taxRateSet` when the category has a rate from that very day; `TenantNotFound`.
    package func addTaxRate(_ row: TaxSchedule.Row, of tenantID: String) async throws {
        try await store.write(of: tenantID) { book in
            let known = try book.taxSchedule(category: row.category)
            guard !known.rows.contains(where: { $0.from == row.from }) else { throw ServiceRefusal.taxRateSet(row.category, row.from) }
            try book.addTaxRate(row)
        }
    }

    /// The letterhead of the tenant's documents at that instant; `nil` if none is set yet.
    ///
    /// - Parameter instant: `nil` for now.
    /// - Throws: `TenantNotFound`.
    package func letterhead(at instant: Instant? = nil, of tenantID: String) throws -> Letterhead? {
        try store.read(of: tenantID) { try $0.letterhead(at: instant ?? $0.now) }
    }

    /// - Throws: `ServiceRefusal.textTooLong`; `TenantNotFound`.
    package func setLetterhead(_ letterhead: Letterhead, of tenantID: String) async throws {
        let rule = TextRule.address
        guard !rule.isTooLong(letterhead.address) else { throw ServiceRefusal.textTooLong(rule.name, rule.length.upperBound) }
        // An address has several lines, and both may be empty.
        for line in letterhead.address.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            try rule.check(String(line))
        }
        if !letterhead.taxNumber.isEmpty { try TextRule.taxNumber.check(letterhead.taxNumber) }
        try await store.write(of: tenantID) { try $0.setLetterhead(letterhead) }
    }
}
