/// An extra that reception adds, with its price.
package struct CatalogueItem: Hashable, Sendable {
    /// Names the item within the tenant's price list; see `TextRule.itemName`.
    package let sku: String
    /// Of a line that says nothing else.
    package let terms: LineTerms
    /// `nil`: the category's rate on the service date.
    package let taxRate: TaxRate?

    package init(sku: String, _ terms: LineTerms, taxRate: TaxRate?) {
        self.sku = sku
        self.terms = terms
        self.taxRate = taxRate
    }

    /// As somebody sets it.
    ///
    /// - Throws: `LineRefusal.categoryMissing`.
    package init(sku: String, _ terms: PartialTerms, in currency: Currency) throws(LineRefusal) {
        self.init(sku: sku, try terms.completed(in: currency), taxRate: terms.taxRate)
    }

    /// The terms, and the rate that may stand with them.
    package var partialTerms: PartialTerms { PartialTerms(terms, taxRate: taxRate) }

    /// Decides the revenue account, and the tax rate where `taxRate` gives none.
    package var category: Category { terms.category }
    package var description: String { terms.description }
    /// Gross, of one.
    package var price: Money { terms.unitAmount }
}
