import CSV
import Ledger
import LedgerService

/// A price list as a table file.
package enum CatalogueFile {
    /// The names of `TenantShapes.item`, so that a price list that was exported can be read again, and those that people write.
    package static let columns = [
        TableColumn(
            "sku", "item", "key", "short name", "Artikel", "Artikelnummer", "Artikelnr.", "Schlüssel", german: "Kürzel", isRequired: true),
        description.required, price(named: "price").required, TableColumn("currency", german: "Währung"), category.required, taxRate,
    ]

    /// Columns that a file of lines has as well.
    package static let description = TableColumn("description", "text", "Beschreibung", german: "Bezeichnung")
    /// Of what kind the item is.
    package static let category = TableColumn("category", "kind", "Art", "Kategorie", "Warengruppe", german: "Art der Leistung")
    /// In percent.
    package static let taxRate = TableColumn(
        "tax_rate", "tax", "tax %", "tax rate (%)", "vat", "vat %", "vat rate", "Steuer", "Steuersatz (%)", "Steuer %", "MwSt", "MwSt.",
        "MwSt %", "MwSt-Satz", "USt", "USt.", "USt %", german: "Steuersatz")

    /// The price of one, tax included.
    package static func price(named name: String) -> TableColumn {
        TableColumn(
            name, "price", "unit_price", "unit_amount", "price (gross)", "price (eur)", "Preis (brutto)", "Preis (EUR)", "Einzelpreis",
            "Bruttopreis", german: "Preis")
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
                // A file without the column changes no rate.
                rows.append(CatalogueRow(try item(row, in: currency, known), keepsTaxRate: !row.has("tax_rate"), line: row.line))
            } catch let why as any Refusal {
                throw RefusedRow(why, atLine: row.line, nothing: CatalogueFileRefusal.nothing)
            }
        }
        return rows
    }

    private static func item(_ row: TableRow, in currency: Currency, _ known: KnownRates) throws -> CatalogueItem {
        if let text = row.optional("currency") {
            let given = Currency.meant(by: text)
            guard let first = given.first else {
                throw TableFieldRefusal.unreadable(
                    row.name(of: "currency"), text, Phrase("a currency such as EUR", "eine Währung wie EUR"))
            }
            guard given.contains(currency) else { throw MoneyError.currencyMismatch(currency, first) }
        }
        return CatalogueItem(
            sku: try row.required("sku"), description: try row.required("description"),
            price: try row.required("price", row.money("price", in: currency)),
            category: try row.required("category", row.category("category", known)), taxRate: try row.taxRate("tax_rate", known))
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
