import Ledger
import LedgerService
import LedgerShapes

/// A line as a caller asks for it: an item of the price list, or anything else with its price.
enum LineInput {
    private static let item = Field.required(
        "item", .text(.itemName), "The SKU on the price list, which sets price, category and tax rate.", example: "minibar-beer")
    private static let alone = Term.all.map { TermField.ofLine($0, alone: true) }
    private static let besideItem = Term.besideItem.map { TermField.ofLine($0, alone: false) }
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
            with: "item", ("PriceListLine", more + [item, quantity] + besideItem.fields + [serviceDate, outsideStay]),
            otherwise: (
                "FreeLine", more + alone.required.fields + [quantity] + alone.optional.fields + [serviceDate, outsideStay]
            ))
    }

    static func line(_ input: InputObject, in currency: Currency) -> NewLine {
        let isOfItem = input.has(item)
        return NewLine(
            sku: isOfItem ? input[item] : nil, (isOfItem ? besideItem : alone).terms(input, in: currency), quantity: input[quantity],
            serviceDate: input[serviceDate], outsideStay: input[outsideStay])
    }
}
