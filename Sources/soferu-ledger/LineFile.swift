import CSV
import Console
import Ledger
import LedgerService
import LedgerShapes

/// A table file of lines: for many folios, as `line add --file` takes it, or for one.
enum LineFile {
    private static let folio = TableColumn("folio", "reference", "booking", "Buchungsnummer", german: "Buchung", isRequired: true)
    private static let columns =
        [
            TableColumn("item", "sku", "Artikelnummer", "Artikelnr.", "Kürzel", german: "Artikel")
        ] + Term.all.map(\.columnOfLine) + [
            TableColumn("quantity", "Anzahl", german: "Menge"),
            TableColumn("service_date", "date", "day", "Leistungsdatum", "Tag", german: "Datum"),
            TableColumn("outside_stay", "außerhalb", german: "außerhalb des Aufenthalts"),
        ]

    /// - Parameters:
    ///   - path: `-` reads standard input.
    ///   - reference: The folio that all lines are for; nil where each names its own.
    /// - Returns: As many lines as can be added at once, at most.
    /// - Throws: `FileRefusal`, `TableRefusal`; `ServiceRefusal.tooManyLines`; `RefusedRow` for the first row that is no line.
    static func read(
        _ path: String, on reference: String? = nil, in currency: Currency, _ known: KnownRates
    ) throws -> [NewFolioLine] {
        var table = try TableReader(file: path, columns: reference == nil ? [folio] + columns : columns)
        var lines: [NewFolioLine] = []
        while let row = try table.next() {
            guard lines.count < LedgerService.mostLinesAtOnce else {
                throw ServiceRefusal.tooManyLines(most: LedgerService.mostLinesAtOnce)
            }
            let place = Phrase("line \(row.line)", "Zeile \(row.line)")
            do {
                let folio = try reference ?? row.required("folio")
                lines.append(NewFolioLine(try line(row, in: currency, known), on: folio, at: place))
            } catch let why as any Refusal {
                throw RefusedRow(why, at: place)
            }
        }
        return lines
    }

    private static func line(_ row: TableRow, in currency: Currency, _ known: KnownRates) throws -> NewLine {
        let quantity = try row.wholeNumber("quantity", within: LineItem.quantities) ?? 1
        let date = try row.day("service_date")
        let outsideStay = try row.flag("outside_stay") ?? false
        let sku = row.optional("item")
        var terms = PartialTerms()
        if sku == nil {
            let missing = Term.all.filter { $0.isRequired && !row.has($0.name) }.map(\.name)
            if !missing.isEmpty, row.has("item") { throw TableFieldRefusal.missing(row.name(of: "item")) }
            guard missing.isEmpty else { throw NeitherItemNorTerms(missing: missing) }
        }
        for term in Term.all where sku == nil || row.optional(term.name) != nil {
            guard sku == nil || term.mayDifferFromItem else {
                throw FieldBesideItem(column: row.name(of: term.name), item: row.name(of: "item"))
            }
            try term.read(row, term.name, in: currency, known, into: &terms)
        }
        return NewLine(sku: sku, terms, quantity: quantity, serviceDate: date, outsideStay: outsideStay)
    }
}

/// An item has its price on the price list, and the row gives another.
struct FieldBesideItem: OperatorRefusal {
    /// As the file calls it, as `item` is.
    let column: String
    let item: String

    var code: String { "line_file_invalid" }
    var message: String { "A line with an item cannot also have \(column)." }
    var hint: String? { "Leave it empty, because the price list sets it, or leave \(item) empty." }
}

/// The file says of no line what it is.
private struct NeitherItemNorTerms: OperatorRefusal {
    /// The columns that it lacks, if its lines are to have no item.
    let missing: [String]

    var code: String { "line_file_invalid" }
    var message: String { "The file says of no line what is charged." }
    var hint: String? {
        let columns = (missing.dropLast().joined(separator: ", ") + " and " + (missing.last ?? "")).trimmingPrefix(" and ")
        return "Add the column item, with items of the price list, or \(columns)."
    }
}
