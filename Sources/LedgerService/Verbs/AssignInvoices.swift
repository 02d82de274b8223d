import Ledger
internal import LedgerStore

/// What came of taking the ERP's invoice numbers back.
package struct AssignedInvoices: Sendable {
    /// How many rows have a number that had none.
    package internal(set) var added = 0
    /// How many had the same number already.
    package internal(set) var known = 0

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
    /// - Parameter invoices: Each with its place in what was given, which a refusal names.
    /// - Throws: `RefusedRow` with a `FeeRefusal`, `TenantNotFound` or `ServiceRefusal.textTooLong`; `FeeRefusal.invoicesMissing`.
    package func assignInvoices<Answer>(
        _ invoices: [(place: Phrase, invoice: FeeInvoice)], by actor: String,
        once: Once<AssignedInvoices, Answer> = Once<AssignedInvoices, AssignedInvoices>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            guard !invoices.isEmpty else { throw FeeRefusal.invoicesMissing }
            let tenants = Dictionary(try transaction.tenants().map { ($0.id, $0) }) { first, _ in first }
            var assigned = AssignedInvoices()
            for (place, invoice) in invoices {
                do {
                    guard let tenant = tenants[invoice.tenant] else { throw TenantNotFound(id: invoice.tenant) }
                    if try transaction.assign(invoice, to: tenant, by: actor) { assigned.added += 1 } else { assigned.known += 1 }
                } catch let why as any Refusal {
                    throw RefusedRow(why, at: place, nothing: Phrase("Nothing was assigned", "Nichts wurde zugeordnet"))
                }
            }
            return assigned
        }
    }
}

extension Transaction {
    /// - Returns: Whether it is new.
    fileprivate func assign(_ invoice: FeeInvoice, to tenant: Tenant, by actor: String) throws -> Bool {
        try TextRule.invoiceNumber.check(invoice.number)
        guard let month = try feeMonth(of: tenant, run: invoice.run) else {
            throw FeeRefusal.rowNotFound(tenant.id, run: invoice.run)
        }
        guard month == invoice.month else { throw FeeRefusal.rowOfOtherMonth(invoice.run, month) }
        if let known = try feeInvoice(of: tenant, run: invoice.run) {
            guard known == invoice.number else { throw FeeRefusal.invoiceKnown(tenant.id, run: invoice.run, number: known) }
            return false
        }
        try addFeeInvoice(invoice.number, of: tenant, run: invoice.run, by: actor)
        return true
    }
}
