import Ledger
internal import LedgerStore

/// What came of taking the ERP's invoice numbers back.
package struct AssignedInvoices: Sendable {
    /// How many rows have a number that had none.
    package internal(set) var added = 0
    /// How many had the same number already.
    package internal(set) var known = 0
    /// How many have another number than before.
    package internal(set) var replaced = 0

    package init(added: Int = 0, known: Int = 0) {
        self.added = added
        self.known = known
    }
}

extension LedgerService {
    /// So many can be given at once.
    package static let mostInvoices = 100_000

    /// Notes the numbers of the invoices that the ERP wrote for the rows of fee runs: all of them, or none. One that is known already is left.
    ///
    /// - Parameters:
    ///   - invoices: Each with its place in what was given, which a refusal names.
    ///   - reason: Why rows get another number than they have, which the audit list tells; `nil` to refuse another one.
    /// - Throws: `RefusedRow` with a `FeeRefusal`, `TenantNotFound` or `ServiceRefusal.textTooLong`; `FeeRefusal.invoicesMissing`;
    ///   `ServiceRefusal.reasonMissing` for an empty reason.
    package func assignInvoices<Answer>(
        _ invoices: [(place: Phrase, invoice: FeeInvoice)], replacing reason: String? = nil, by actor: String,
        once: Once<AssignedInvoices, Answer> = Once<AssignedInvoices, AssignedInvoices>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            guard !invoices.isEmpty else { throw FeeRefusal.invoicesMissing }
            if let reason { try checkReason(reason) }
            let tenants = Dictionary(try transaction.tenants().map { ($0.id, $0) }) { first, _ in first }
            var assigned = AssignedInvoices()
            for (place, invoice) in invoices {
                do {
                    guard let tenant = tenants[invoice.tenant] else { throw TenantNotFound(id: invoice.tenant) }
                    switch try transaction.assign(invoice, to: tenant, replacing: reason, by: actor) {
                    case .added: assigned.added += 1
                    case .known: assigned.known += 1
                    case .replaced: assigned.replaced += 1
                    }
                } catch let why as any Refusal {
                    throw RefusedRow(why, at: place, nothing: Phrase("Nothing was assigned", "Nichts wurde zugeordnet"))
                }
            }
            return assigned
        }
    }
}

private enum Assignment { case added, known, replaced }

extension Transaction {
    fileprivate func assign(_ invoice: FeeInvoice, to tenant: Tenant, replacing reason: String?, by actor: String) throws -> Assignment {
        try TextRule.invoiceNumber.check(invoice.number)
        guard let month = try feeMonth(of: tenant, run: invoice.run) else {
            throw FeeRefusal.rowNotFound(tenant.id, run: invoice.run)
        }
        guard month == invoice.month else { throw FeeRefusal.rowOfOtherMonth(invoice.run, month) }
        let known = try feeInvoice(of: tenant, run: invoice.run)
        if known == invoice.number { return .known }
        if let known, reason == nil { throw FeeRefusal.invoiceKnown(tenant.id, run: invoice.run, number: known) }
        if let other = try otherRecipient(of: invoice.number, than: tenant, run: invoice.run) {
            throw FeeRefusal.invoiceOfOther(invoice.number, tenant: other.tenant, run: other.run)
        }
        guard let known else {
            try addFeeInvoice(invoice.number, of: tenant, run: invoice.run, by: actor)
            return .added
        }
        try addFeeInvoice(invoice.number, of: tenant, run: invoice.run, replacing: reason, by: actor)
        try audit(
            NewAuditEntry(.feeInvoiceReplaced, "run \(invoice.run): \(known), now \(invoice.number)", isConfirmed: false), of: tenant,
            by: actor)
        return .replaced
    }
}
