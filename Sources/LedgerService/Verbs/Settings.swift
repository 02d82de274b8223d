import Ledger
import LedgerStore

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

    /// Who the tenant's receipts of that instant come from; `nil` when nobody has said so yet.
    ///
    /// - Parameter instant: `nil` for now.
    /// - Throws: `ServiceRefusal.tenantNotFound`.
    package func letterhead(at instant: Instant? = nil, of tenantID: String) throws -> Letterhead? {
        try store.read { try $0.letterhead(at: instant ?? $0.now, of: try $0.knownTenant(tenantID)) }
    }

    /// - Throws: `ServiceRefusal.textTooLong`, `.tenantNotFound`.
    package func setLetterhead(_ letterhead: Letterhead, of tenantID: String) async throws {
        guard letterhead.address.unicodeScalars.count <= 400 else {
            throw ServiceRefusal.textTooLong(Phrase("The address", "Die Anschrift"), 400)
        }
        guard letterhead.taxNumber.unicodeScalars.count <= 40 else {
            throw ServiceRefusal.textTooLong(Phrase("The tax number", "Die Steuernummer"), 40)
        }
        // An address has several lines, and both may be empty.
        for line in letterhead.address.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            try checkLine(String(line), Phrase("The address", "Die Anschrift"), most: 400)
        }
        if !letterhead.taxNumber.isEmpty { try checkLine(letterhead.taxNumber, Phrase("The tax number", "Die Steuernummer"), most: 40) }
        try await store.write { try $0.setLetterhead(letterhead, of: try $0.knownTenant(tenantID)) }
    }
}
