import CSV
import Ledger
import LedgerService

/// A price list as a table file.
package enum CatalogueFile {
    /// The names of `TenantShapes.item`, so that a price list that was exported can be read again, and those that people write.
    package static let columns = [
        TableColumn("sku", "item", "key", "Artikel", "Artikelnummer", "Artikelnr.", "Schlüssel", "Kürzel", isRequired: true),
        TableColumn("description", "text", "Bezeichnung", "Beschreibung", isRequired: true),
        TableColumn("price", "unit_price", "unit_amount", "Preis", "Einzelpreis", "Bruttopreis", isRequired: true),
        TableColumn("currency", "Währung"),
        TableColumn("category", "Kategorie", "Warengruppe", isRequired: true),
        TableColumn("tax_rate", "tax", "tax %", "vat", "vat %", "Steuer", "Steuersatz", "Steuer %", "MwSt", "MwSt %", "USt", "USt %"),
    ]

    /// Reads all rows.
    ///
    /// - Throws: `RefusedRow` for the first row that is no item; `TableRefusal`; `CatalogueFileRefusal.tooManyItems`.
    package static func rows(_ table: TableReader, in currency: Currency) throws -> [CatalogueRow] {
        var table = table
        var rows: [CatalogueRow] = []
        while let row = try table.next() {
            guard rows.count < LedgerService.mostItemsAtOnce else { throw CatalogueFileRefusal.tooManyItems }
            do {
                rows.append(CatalogueRow(try item(row, in: currency), line: row.line))
            } catch let why as any Refusal {
                throw RefusedRow(why, atLine: row.line, nothing: CatalogueFileRefusal.nothing)
            }
        }
        return rows
    }

    private static func item(_ row: TableRow, in currency: Currency) throws -> CatalogueItem {
        if let text = row.optional("currency") {
            guard let given = Currency(text) else {
                throw TableFieldRefusal.unreadable("currency", text, Phrase("a currency such as EUR", "eine Währung wie EUR"))
            }
            guard given == currency else { throw MoneyError.currencyMismatch(currency, given) }
        }
        return CatalogueItem(
            sku: try row.required("sku"), description: try row.required("description"),
            price: try row.required("price", row.money("price", in: currency)),
            category: try row.required("category", row.category("category")), taxRate: try row.taxRate("tax_rate"))
    }
}
