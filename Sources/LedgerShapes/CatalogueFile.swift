import CSV
import Ledger
import LedgerService

/// A price list as a table file.
package enum CatalogueFile {
    /// The names of `TenantShapes.item`, so that a price list that was exported can be read again, and those that people write.
    package static let columns =
        [
            TableColumn(
                "sku", "item", "key", "short name", "Artikel", "Artikelnummer", "Artikelnr.", "Schlüssel", german: "Kürzel",
                isRequired: true)
        ]
        + Term.ofItem.flatMap { $0.isAmount ? [$0.columnOfItem, TableColumn("currency", german: "Währung")] : [$0.columnOfItem] }

    /// The columns that say what an item is, in both languages.
    ///
    /// - Parameter isRequired: Whether a file must have them.
    package static func names(isRequired: Bool) -> [Phrase] {
        columns.filter { $0.isRequired == isRequired && $0.name != "currency" }.map { Phrase($0.name, $0.german) }
    }

    /// Reads all rows.
    ///
    /// - Parameter known: What a row may name.
    /// - Throws: `RefusedRow` for the first row that is no item; `TableRefusal`; `CatalogueFileRefusal.tooManyItems`.
    package static func rows(_ table: TableReader, in currency: Currency, _ known: KnownRates) throws -> [CatalogueRow] {
        var table = table
        var rows: [CatalogueRow] = []
        while let row = try table.next() {
            guard rows.count < LedgerService.mostItems else { throw CatalogueFileRefusal.tooManyItems }
            do {
                rows.append(
                    CatalogueRow(try item(row, in: currency, known), line: row.line) { try item(row, replacing: $0, in: currency, known) })
            } catch let why as any Refusal {
                throw RefusedRow(why, atLine: row.line, nothing: CatalogueFileRefusal.nothing)
            }
        }
        return rows
    }

    /// - Parameter old: Keeps what the file has no column for.
    private static func item(
        _ row: TableRow, replacing old: CatalogueItem? = nil, in currency: Currency, _ known: KnownRates
    ) throws -> CatalogueItem {
        if let text = row.optional("currency") {
            let given = Currency.meant(by: text)
            guard let first = given.first else {
                throw TableFieldRefusal.unreadable(
                    row.name(of: "currency"), text, Phrase("a currency such as EUR", "eine Währung wie EUR"))
            }
            guard given.contains(currency) else { throw MoneyError.currencyMismatch(currency, first) }
        }
        let sku = try row.required("sku")
        var terms = old?.partialTerms ?? PartialTerms()
        for term in Term.ofItem where row.has(term.nameOfItem) { try term.read(row, term.nameOfItem, in: currency, known, into: &terms) }
        return try CatalogueItem(sku: sku, terms, in: currency)
    }
}

/// The categories and tax rates that a tenant's books know: a file that names others was read in the wrong columns, or has a typing error.
package struct KnownRates: Sendable {
    /// By name.
    package let categories: [Category]
    /// The lowest first.
    package let rates: [TaxRate]

    /// Those of the tenant's tax schedule and price list.
    ///
    /// - Throws: `TenantNotFound`.
    package init(of tenant: String, in ledger: LedgerService) throws {
        let (schedule, catalogue) = (try ledger.taxSchedule(of: tenant), try ledger.catalogue(of: tenant))
        let categories = Set(schedule.rows.map(\.category) + catalogue.map(\.category) + Category.standard)
        self.categories = categories.sorted { $0.name < $1.name }
        let rates = Set(schedule.rows.map(\.rate) + catalogue.compactMap(\.taxRate) + [.none])
        self.rates = rates.sorted { ($0.basisPoints ?? -1) < ($1.basisPoints ?? -1) }
    }
}
