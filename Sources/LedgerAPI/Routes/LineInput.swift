import Ledger
import LedgerService

/// A line as a caller asks for it: an item of the price list, or anything else with its price.
enum LineInput {
    private static let item = Field.required(
        "item", .text(.itemName), "The SKU on the price list, which sets price, category and tax rate.", example: "minibar-beer")
    private static let category = Field.required(
        "category", .category, "Decides the revenue account and the default tax rate.", example: "massage")
    private static let description = Field.required(
        "description", .text(.lineDescription), "The text on the guest's bill.", example: "Massage, 50 minutes")
    private static let unitAmount = Field.required("unit_amount", .amount, "The unit price, gross, in minor units.", example: 5950)
    private static let taxRate = Field.optional("tax_rate", .taxRate, "If omitted, the category's rate on the service date.", example: "19")
    private static let quantity = Field.standard("quantity", .whole(LineItem.quantities), 1, written: 1, "The quantity.", example: 2)
    private static let serviceDate = Field.optional("service_date", .day, "If omitted, today.", example: "2026-11-21")

    private static let outsideStay = Field.standard(
        "outside_stay", .flag, false, written: false,
        "Confirms a `service_date` that is more than a day before or after the stay.",
        example: false)

    /// On which of several folios.
    static let folio = Field.required("folio", .text(.folioReference), "The reference of the folio to charge.", example: "R-4711")

    static let shape = shape(with: [])
    /// A line that also says on which folio.
    static let shapeWithFolio = shape(with: [folio])

    private static func shape(with more: [any AnyField]) -> InputShape {
        InputShape(
            with: "item", ("PriceListLine", more + [item, quantity, serviceDate, outsideStay]),
            otherwise: ("FreeLine", more + [category, description, unitAmount, quantity, taxRate, serviceDate, outsideStay]))
    }

    static func line(_ input: InputObject, in currency: Currency) -> NewLine {
        guard !input.has(item) else {
            return .item(sku: input[item], quantity: input[quantity], serviceDate: input[serviceDate], outsideStay: input[outsideStay])
        }
        return .free(
            category: input[category], description: input[description], quantity: input[quantity],
            unitAmount: Money(minorUnits: input[unitAmount], currency: currency), taxRate: input[taxRate], serviceDate: input[serviceDate],
            outsideStay: input[outsideStay])
    }
}
