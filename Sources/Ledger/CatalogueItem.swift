/// An extra that reception adds, with its price.
package struct CatalogueItem: Hashable, Sendable {
    /// Names the item within the tenant's price list; see `TextRule.itemName`.
    package let sku: String
    package let description: String
    /// Gross, of one.
    package let price: Money
    /// Decides the revenue account, and the tax rate where `taxRate` gives none.
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
