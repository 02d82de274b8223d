import Ledger
internal import LedgerStore

/// A line item as somebody asks for it.
package struct NewLine: Sendable {
    /// The item of the price list that says what `terms` does not; `nil` for anything else.
    package let sku: String?
    /// All of them without an item; with one, what differs from it.
    package let terms: PartialTerms
    /// Within `LineItem.quantities`.
    package let quantity: Int64
    /// `nil`: today.
    package let serviceDate: Day?
    /// The caller knows that the date is outside the stay.
    package let outsideStay: Bool

    package init(
        sku: String? = nil, _ terms: PartialTerms = PartialTerms(), quantity: Int64, serviceDate: Day? = nil, outsideStay: Bool = false
    ) {
        self.sku = sku
        self.terms = terms
        self.quantity = quantity
        self.serviceDate = serviceDate
        self.outsideStay = outsideStay
    }

    /// A line that has nothing to do with the price list.
    package static func free(
        category: Category, description: String, quantity: Int64, unitAmount: Money, taxRate: TaxRate? = nil, serviceDate: Day? = nil
    ) -> NewLine {
        NewLine(PartialTerms(LineTerms(category, description, unitAmount), taxRate: taxRate), quantity: quantity, serviceDate: serviceDate)
    }

    /// Refuses a date that somebody gave and that is most likely a slip of the finger.
    func checkDate(on folio: Folio) throws {
        guard let serviceDate, !outsideStay, !folio.mayBeServed(on: serviceDate) else { return }
        throw LineRefusal.outsideStay(serviceDate, arrival: folio.arrival, departure: folio.departure)
    }
}

/// A line that was added, and what its folio amounts to with it.
package struct LineAdded: Sendable {
    /// As it stands on the folio now.
    package let line: LineItem
    /// Whose folio it is.
    package let tenant: Tenant
    /// The folio with its totals, the new line included.
    package let summary: FolioSummary
}

extension LedgerService {
    /// Charges something on an open folio.
    ///
    /// - Returns: The new line and the folio's totals with it.
    /// - Throws: `LineRefusal`, `MoneyError`, `ServiceRefusal` for an unknown or closed folio or an unknown SKU.
    package func addLine<Answer>(
        _ new: NewLine, to reference: String, of tenantID: String, by actor: String,
        once: Once<LineAdded, Answer> = Once<LineAdded, LineAdded>.unkeyed
    ) async throws -> Answer {
        try await addLine(to: reference, of: tenantID, by: actor, once: once) { _ in new }
    }

    /// The same for a caller who names amounts without their currency.
    ///
    /// - Parameter new: From the tenant's currency to the line.
    package func addLine<Answer>(
        to reference: String, of tenantID: String, by actor: String,
        once: Once<LineAdded, Answer> = Once<LineAdded, LineAdded>.unkeyed, _ new: @escaping @Sendable (Currency) throws -> NewLine
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            var charging = Charging(of: book.tenant, by: actor)
            let line = try charging.charge(try new(book.tenant.currency), on: folio, in: book)
            return LineAdded(line: line, tenant: book.tenant, summary: try book.summary(of: folio))
        }
    }

    /// Lowers an earlier charge (Nachlass).
    ///
    /// - Throws: `LineRefusal.allowanceTooLarge` and the other cases of `addLine`.
    package func allow<Answer>(
        _ amount: Money, on line: Int64, reason: String, of reference: String, of tenantID: String, by actor: String,
        once: Once<LineAdded, Answer> = Once<LineAdded, LineAdded>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            let line = try book.lines(of: folio).allowance(of: line, amount: amount, reason: reason)
            try checkReason(reason)
            try book.add(line, to: folio, by: actor)
            return LineAdded(line: line, tenant: book.tenant, summary: try book.summary(of: folio))
        }
    }

    /// Cancels an earlier line completely (Storno).
    ///
    /// - Throws: `LineRefusal.alreadyReversed` and the other cases of `addLine`.
    package func reverse<Answer>(
        line: Int64, reason: String, of reference: String, of tenantID: String, by actor: String,
        once: Once<LineAdded, Answer> = Once<LineAdded, LineAdded>.unkeyed
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let folio = try book.openFolio(reference)
            let line = try book.lines(of: folio).reversal(of: line, reason: reason)
            try checkReason(reason)
            try book.add(line, to: folio, by: actor)
            return LineAdded(line: line, tenant: book.tenant, summary: try book.summary(of: folio))
        }
    }
}
