import Ledger

extension CatalogueItem {
    static let columns: StaticString = "sku, price, tax_rate"
    enum Column: Int, ColumnNames { case sku, price, taxRate }

    init(from row: borrowing Row, in currency: Currency) throws {
        self.init(
            sku: try row.string(Column.sku), try LineTerms(from: row, behind: Column.self, try row.money(Column.price, currency)),
            taxRate: try row.optionalString(Column.taxRate).flatMap { TaxRate($0) })
    }
}

extension Book {
    /// - Returns: `nil` for an item that is not on the price list now.
    package func catalogueItem(_ sku: String) throws -> CatalogueItem? {
        try one(
            """
            SELECT \(raw: CatalogueItem.columns), \(raw: LineTerms.columns) FROM catalogue_item
            WHERE tenant = \(tenant.number) AND sku = \(sku)
            """
        ) { try CatalogueItem(from: $0, in: tenant.currency) }
    }

    /// By SKU.
    package func catalogue() throws -> [CatalogueItem] {
        try all(
            """
            SELECT \(raw: CatalogueItem.columns), \(raw: LineTerms.columns) FROM catalogue_item
            WHERE tenant = \(tenant.number) ORDER BY sku
            """
        ) { try CatalogueItem(from: $0, in: tenant.currency) }
    }

    /// Adds the item, or changes what the next line of it costs. Lines already added keep their price.
    package func setCatalogueItem(_ item: CatalogueItem) throws {
        try run(
            """
            INSERT OR REPLACE INTO catalogue_item (tenant, sku, price, tax_rate, \(raw: LineTerms.columns))
            VALUES (\(tenant.number), \(item.sku), \(item.price.minorUnits), \(item.taxRate?.description), \(item.terms.values))
            """)
    }

    /// The price list knows the item no more. Lines already added keep it.
    ///
    /// - Returns: Whether it was there.
    package func removeCatalogueItem(_ sku: String) throws -> Bool {
        try run("DELETE FROM catalogue_item WHERE tenant = \(tenant.number) AND sku = \(sku)")
        return try one("SELECT changes()") { try $0.int(0) }! > 0
    }
}
