/// What is charged and for how much: what a line, an item of the price list and a line that somebody asks for have in common.
///
/// A further one is a member here and of `PartialTerms`.
package struct LineTerms: Hashable, Codable, Sendable {
    /// Decides the revenue account, and the tax rate where none is given.
    package var category: Category
    /// What the guest reads on the bill; see `TextRule.lineDescription`.
    package var description: String
    /// Price of one, gross. Negative in what lowers an earlier line.
    package var unitAmount: Money

    package init(_ category: Category, _ description: String, _ unitAmount: Money) {
        self.category = category
        self.description = description
        self.unitAmount = unitAmount
    }
}

/// As much about a line as somebody says; `nil` is not said.
package struct PartialTerms: Hashable, Sendable {
    /// Decides the revenue account.
    package var category: Category?
    /// What the guest reads on the bill.
    package var description: String?
    /// Price of one, gross.
    package var unitAmount: Money?
    /// `nil`, also on the price list: the category's rate on the service date.
    package var taxRate: TaxRate?

    package init() {}

    /// All terms, and the rate that may stand with them.
    package init(_ terms: LineTerms, taxRate: TaxRate?) {
        category = terms.category
        description = terms.description
        unitAmount = terms.unitAmount
        self.taxRate = taxRate
    }

    /// All terms: what is not said is taken from an item of the price list. A description or an amount that neither has is empty or zero,
    /// which no line may be.
    ///
    /// - Throws: `LineRefusal.categoryMissing`.
    package func completed(by item: LineTerms? = nil, in currency: Currency) throws(LineRefusal) -> LineTerms {
        guard let category = category ?? item?.category else { throw .categoryMissing }
        return LineTerms(category, description ?? item?.description ?? "", unitAmount ?? item?.unitAmount ?? .zero(currency))
    }
}
