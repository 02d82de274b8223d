import CSV
import Ledger

/// What is said of what is charged. A further one stands in `all`, and so on every surface.
extension Term {
    /// In the order of a line.
    package static let all = [category, description, unitAmount, taxRate]
    /// In the order of the price list.
    package static let ofItem = all.beginning(with: description, unitAmount)
    /// What a line of an item may say as well.
    package static let besideItem = all.filter(\.mayDifferFromItem)
    /// What reception says of a line without an item.
    package static let atDesk = all.filter(\.isAtDesk)

    private static let category = Term(
        value: .category(\.category), isRequired: true, name: "category", about: "Decides the revenue account and the default tax rate.",
        aboutInItem: "Decides the revenue account.", aboutOption: "The category; it decides the revenue account and the default tax rate.",
        example: "minibar", withoutItem: "massage",
        column: TableColumn("category", "kind", "Art", "Kategorie", "Warengruppe", german: "Art der Leistung"),
        label: Phrase("Category", "Art der Leistung"))

    /// The text on the bill.
    package static let description = Term(
        value: .text(.lineDescription, \.description), isRequired: true, name: "description", about: "The text on the guest's bill.",
        aboutOption: "What the guest reads on the bill.", example: "Beer, 0.33 l", withoutItem: "Massage, 50 minutes",
        column: TableColumn("description", "text", "Beschreibung", german: "Bezeichnung"), label: Phrase("Description", "Bezeichnung"))

    /// On the price list it is the price.
    package static let unitAmount = Term(
        value: .amount(\.unitAmount), isRequired: true, name: "unit_amount", ofItem: "price",
        about: "The unit price, gross, in minor units.",
        aboutInLine: "The unit price, gross; negative in an allowance or a reversal.", aboutInItem: "The unit price, gross.",
        aboutOption: "The unit price, tax included.", example: 350, withoutItem: 5950,
        column: TableColumn(
            "unit_amount", "price", "unit_price", "price (gross)", "price (eur)", "Preis (brutto)", "Preis (EUR)", "Einzelpreis",
            "Bruttopreis", german: "Preis"),
        label: Phrase("Price (gross)", "Preis (brutto)"), inTables: "Price")

    /// Reception leaves it to the category.
    package static let taxRate = Term(
        value: .taxRate(\.taxRate), isAtDesk: false, name: "tax_rate", inOptions: "tax", inForms: "rate",
        about: "If omitted, the category's rate on the service date.", aboutInLine: "Percent, or `none`.",
        aboutInItem: "null means the category's rate on the service date.",
        aboutOption: "The tax rate in percent; without it, the category's rate on the service date.", example: "19",
        otherwise: "the category's rate on the service date",
        column: TableColumn(
            "tax_rate", "tax", "tax %", "tax rate (%)", "vat", "vat %", "vat rate", "Steuer", "Steuersatz (%)", "Steuer %", "MwSt", "MwSt.",
            "MwSt %", "MwSt-Satz", "USt", "USt.", "USt %", german: "Steuersatz"),
        label: Phrase("Tax rate (%)", "Steuersatz (%)"), hint: Phrase("Empty: the category's rate.", "Leer: nach Art der Leistung."),
        inRemarks: Phrase("Tax rate", "Steuersatz"), remarkOtherwise: Phrase("by category", "nach Art"), inTables: "Tax %")
}
