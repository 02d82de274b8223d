import Ledger
internal import LedgerStore

/// A line for one of several folios.
package struct NewFolioLine: Sendable {
    /// The folio's reference.
    package let folio: String
    /// What is charged on it.
    package let line: NewLine
    /// Its place in the request, as a refusal names it: `line 19`, `lines[17]`.
    package let place: Phrase

    /// - Parameter place: As a refusal is to name it, in both languages.
    package init(_ line: NewLine, on folio: String, at place: Phrase) {
        self.folio = folio
        self.line = line
        self.place = place
    }
}

/// Lines that were added to several folios, and what each folio amounts to with them.
package struct LinesAdded: Sendable {
    /// A line's number, and the folio that it stands on.
    package struct Place: Sendable {
        /// The folio's reference.
        package let folio: String
        /// The line's number on its folio.
        package let number: Int64
        /// The folio's number, as in `Folio`.
        package let folioNumber: Int64
    }

    /// Whose folios they are.
    package let tenant: Tenant
    /// In the order in which they were asked for.
    package let lines: [Place]
    /// Each folio once, in the order in which the lines name them first.
    package let folios: [FolioSummary]
}

extension LedgerService {
    /// So many lines are added at once: the writer works at nothing else in the meantime.
    package static let mostLinesAtOnce = 250

    /// Charges lines on one folio or several: all of them, or none.
    ///
    /// - Parameter new: From the tenant's currency to 1 to `mostLinesAtOnce` lines. They are added in this order.
    /// - Throws: `RefusedRow` for the first line that `addLine` would refuse; `TenantNotFound`; `ServiceRefusal.linesMissing`,
    ///   `.tooManyLines`.
    package func addLines<Answer>(
        of tenantID: String, by actor: String, once: Once<LinesAdded, Answer> = Once<LinesAdded, LinesAdded>.unkeyed,
        _ new: @escaping @Sendable (Currency) throws -> [NewFolioLine]
    ) async throws -> Answer {
        try await perform(once, of: tenantID) { book in
            let new = try new(book.tenant.currency)
            guard !new.isEmpty else { throw ServiceRefusal.linesMissing }
            guard new.count <= Self.mostLinesAtOnce else { throw ServiceRefusal.tooManyLines(most: Self.mostLinesAtOnce) }
            return try book.add(new, by: actor)
        }
    }
}

extension Book {
    fileprivate func add(_ new: [NewFolioLine], by actor: String) throws -> LinesAdded {
        var charging = Charging(of: tenant, by: actor)
        var lines: [LinesAdded.Place] = []
        var folios: [Folio] = []
        var seen: Set<Int64> = []
        for new in new {
            do {
                let folio = try charging.folio(new.folio, in: self)
                let line = try charging.charge(new.line, on: folio, in: self)
                lines.append(LinesAdded.Place(folio: folio.reference, number: line.number, folioNumber: folio.number))
                if seen.insert(folio.number).inserted { folios.append(folio) }
            } catch let why as any Refusal where !why.isOfTheFile {
                throw RefusedRow(why, at: new.place)
            }
        }
        return LinesAdded(tenant: tenant, lines: lines, folios: try summaries(of: folios))
    }
}
