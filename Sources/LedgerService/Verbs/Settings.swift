import Ledger
internal import LedgerStore

extension LedgerService {
    /// - Throws: `ServiceRefusal.tenantNotFound`.
    package func taxSchedule(of tenantID: String) throws -> TaxSchedule {
        try store.read { try $0.taxSchedule(of: try $0.knownTenant(tenantID)) }
    }

    /// A rate for services from that day on. Rates are never overwritten, so that an old document comes out again as it was.
    ///
    /// - Throws: `ServiceRefusal.taxRateSet` when the category has a rate from that very day; `.tenantNotFound`.
    package func addTaxRate(_ row: TaxSchedule.Row, of tenantID: String) async throws {
        try await store.write { transaction in
            let tenant = try transaction.knownTenant(tenantID)
            let known = try transaction.taxSchedule(of: tenant, category: row.category)
            guard !known.rows.contains(where: { $0.from == row.from }) else { throw ServiceRefusal.taxRateSet(row.category, row.from) }
            try transaction.addTaxRate(row, of: tenant)
        }
    }

    /// Who the tenant's documents of that instant come from; `nil` when nobody has said so yet.
    ///
    /// - Parameter instant: `nil` for now.
    /// - Throws: `ServiceRefusal.tenantNotFound`.
    package func letterhead(at instant: Instant? = nil, of tenantID: String) throws -> Letterhead? {
        try store.read { try $0.letterhead(at: instant ?? $0.now, of: try $0.knownTenant(tenantID)) }
    }

    /// - Throws: `ServiceRefusal.textTooLong`, `.tenantNotFound`.
    package func setLetterhead(_ letterhead: Letterhead, of tenantID: String) async throws {
        let rule = TextRule.address
        guard !rule.isTooLong(letterhead.address) else { throw ServiceRefusal.textTooLong(rule.name, rule.length.upperBound) }
        // An address has several lines, and both may be empty.
        for line in letterhead.address.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            try rule.check(String(line))
        }
        if !letterhead.taxNumber.isEmpty { try TextRule.taxNumber.check(letterhead.taxNumber) }
        try await store.write { try $0.setLetterhead(letterhead, of: try $0.knownTenant(tenantID)) }
    }
}
