import Ledger
import LedgerAccess
internal import LedgerStore

extension LedgerService {
    /// Whether giving back so much asks a person for the password again.
    package func wantsPassword(toGiveBack units: Int64, of tenantID: String, by actor: String) throws -> Bool {
        try store.read(of: tenantID) { try $0.isAboveRefundLimit(units, by: actor) }
    }

    /// Writes down that so much is to go back. Above the day's limit it leaves a line, and a person types the password first: reception's
    /// login may be stolen. A program has none.
    ///
    /// - Parameters:
    ///   - asker: Who sent the request's key; `nil` without one.
    ///   - isConfirmed: Whether the person has typed the password again for this.
    /// - Throws: `AccessRefusal.passwordWanted`.
    func allowGivingBack(
        _ units: Int64, on folio: Folio, by actor: String, asker: IdempotencyKey.Asker?, isConfirmed: Bool, _ book: borrowing Book
    ) throws {
        guard units > 0 else { return }
        if try book.isAboveRefundLimit(units, by: actor) {
            if asker == .person, !isConfirmed { throw AccessRefusal.passwordWanted }
            try book.transaction.audit(
                NewAuditEntry(.refundAboveLimit, folio.reference, amount: units, isConfirmed: isConfirmed), of: book.tenant, by: actor)
        }
        try book.noteRefundDecision(units, on: folio, by: actor)
    }

    /// Changes how much one login may give back in a day before it is asked for its password again.
    ///
    /// - Parameter isConfirmed: Whether the person has typed the password again for this: the audit says so.
    /// - Throws: `TenantNotFound`; `ServiceRefusal.refundLimitInvalid`.
    package func setRefundLimit(_ limit: Money, of tenantID: String, isConfirmed: Bool = false, by actor: String) async throws {
        try await store.write(of: tenantID) { book in
            guard limit.currency == book.tenant.currency else { throw MoneyError.currencyMismatch(book.tenant.currency, limit.currency) }
            guard Tenant.Settings.refundLimits.contains(limit.minorUnits) else {
                throw ServiceRefusal.refundLimitInvalid(
                    most: Money(minorUnits: Tenant.Settings.refundLimits.upperBound, currency: book.tenant.currency))
            }
            guard limit.minorUnits != book.tenant.settings.refundLimit else { return }
            var settings = book.tenant.settings
            settings.refundLimit = limit.minorUnits
            try book.setTenant(name: book.tenant.name, settings: settings)
            try book.transaction.audit(
                NewAuditEntry(.refundLimitSet, "", amount: limit.minorUnits, isConfirmed: isConfirmed), of: book.tenant, by: actor)
        }
    }
}

extension Book {
    fileprivate func isAboveRefundLimit(_ units: Int64, by actor: String) throws -> Bool {
        let start = now.day(in: tenant.timeZone).start(in: tenant.timeZone)
        let (sum, isTooLarge) = try givenBack(since: start, by: actor).addingReportingOverflow(units)
        return isTooLarge || sum > tenant.settings.refundLimit
    }
}
