import Ledger
internal import LedgerStore

extension LedgerService {
    /// What the tenant says of Stripe's fees of a month.
    ///
    /// - Parameter month: `nil` for the current one.
    /// - Returns: `nil` where it has said nothing.
    /// - Throws: `TenantNotFound`.
    package func stripeFeeNote(in month: Month? = nil, of tenantID: String) throws -> StripeFeeNote? {
        try store.read(of: tenantID) { try $0.stripeFeeNote(in: month ?? $0.now.day(in: $0.tenant.timeZone).month) }
    }

    /// Says how the VAT of Stripe's fees is treated from a month on; the statement prints it. A closed month keeps what it said.
    ///
    /// - Throws: `ServiceRefusal.monthClosed` for a month that is closed; what the words' rule throws; `TenantNotFound`.
    package func setStripeFeeNote(_ note: StripeFeeNote, of tenantID: String, by actor: String) async throws {
        if let words = note.words { try TextRule.reason.check(words) }
        try await store.write(of: tenantID) { book in
            if note.from < (try book.firstOpenMonth()) { throw ServiceRefusal.monthClosed(note.from) }
            try book.setStripeFeeNote(note, by: actor)
        }
    }
}
