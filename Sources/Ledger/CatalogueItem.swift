/// An extra that reception adds, with its price.
package struct CatalogueItem: Hashable, Sendable {
    package let sku: String
    package let description: String
    /// Gross, of one.
    package let price: Money
    package let category: Category
    /// `nil`: the category's rate on the service date.
    package let taxRate: TaxRate?

    package init(sku: String, description: String, price: Money, category: Category, taxRate: TaxRate?) {
        self.sku = sku
        self.description = description
        self.price = price
        self.category = category
        self.taxRate = taxRate
    }
}
