import Console
import Ledger
import LedgerService

/// A CSV file of lines for many folios, as `line add --file` takes it.
enum LineFile {
    private static let columns = [
        "folio", "item", "category", "description", "unit_amount", "tax_rate", "quantity", "service_date", "outside_stay",
    ]
    /// An item's come from the price list.
    private static let columnsOfPrice = ["category", "description", "unit_amount", "tax_rate"]

    /// - Parameter path: `-` reads standard input.
    /// - Returns: As many lines as can be added at once, at most.
    /// - Throws: `CSVRefusal`; `ServiceRefusal.tooManyLines`; `LineFileRefusal.columnUnknown`; `RefusedLine` for the first row that is no line.
    static func read(_ path: String, in currency: Currency) throws -> [NewFolioLine] {
        let reader = try path == "-" ? CSVReader(standardInput: ["folio"]) : CSVReader(file: path, columns: ["folio"])
        if let name = reader.header.first(where: { !columns.contains($0) }) { throw LineFileRefusal.columnUnknown(name, known: columns) }
        var lines: [NewFolioLine] = []
        while let record = try reader.next() {
            guard lines.count < LedgerService.mostLinesAtOnce else {
                throw ServiceRefusal.tooManyLines(most: LedgerService.mostLinesAtOnce)
            }
            let place = Phrase("line \(record.line)", "Zeile \(record.line)")
            do {
                lines.append(NewFolioLine(try line(record, in: currency), on: record["folio"], at: place))
            } catch let why as any Refusal {
                throw RefusedLine(why, at: place)
            }
        }
        return lines
    }

    private static func line(_ record: CSVRecord, in currency: Currency) throws -> NewLine {
        guard !record["folio"].isEmpty else { throw LineFileRefusal.fieldMissing("folio") }
        let quantity = try value("quantity", in: record, LineFileRefusal.wholeNumber) { Int64($0) } ?? 1
        let date = try value("service_date", in: record, LineFileRefusal.day) { Day($0) }
        let outsideStay = try value("outside_stay", in: record, LineFileRefusal.flag) { Bool($0) } ?? false
        if let sku = record.optional("item") {
            if let column = columnsOfPrice.first(where: { record.optional($0) != nil }) { throw LineFileRefusal.fieldBesideItem(column) }
            return .item(sku: sku, quantity: quantity, serviceDate: date, outsideStay: outsideStay)
        }
        guard let category = try value("category", in: record, LineFileRefusal.category, { Category($0) }) else {
            throw LineFileRefusal.fieldMissing("category")
        }
        guard let description = record.optional("description") else { throw LineFileRefusal.fieldMissing("description") }
        guard let amount = record.optional("unit_amount") else { throw LineFileRefusal.fieldMissing("unit_amount") }
        return .free(
            category: category, description: description, quantity: quantity, unitAmount: try Money(reading: amount, in: currency),
            taxRate: try value("tax_rate", in: record, LineFileRefusal.taxRate) { TaxRate($0) }, serviceDate: date,
            outsideStay: outsideStay)
    }

    /// - Parameter expected: Completes "needs …".
    private static func value<Value>(
        _ column: String, in record: CSVRecord, _ expected: String, _ read: (String) -> Value?
    ) throws -> Value? {
        guard let text = record.optional(column) else { return nil }
        guard let value = read(text) else { throw LineFileRefusal.fieldUnreadable(column, text, expected) }
        return value
    }
}

/// What is wrong with a file of lines, or with one row of it.
enum LineFileRefusal: OperatorRefusal {
    case columnUnknown(String, known: [String])
    case fieldMissing(String)
    /// An item has its price on the price list.
    case fieldBesideItem(String)
    /// The column, what stands in it, and what should.
    case fieldUnreadable(String, String, String)

    static let wholeNumber = "a whole number from 1 to 100000"
    static let day = "a day such as 2026-11-20"
    static let flag = "true or false"
    static let category = "a category such as minibar"
    static let taxRate = "a tax rate in percent, such as 19 or none"

    var code: String { "line_file_invalid" }

    var message: String {
        switch self {
        case .columnUnknown(let name, _): "A file of lines has no column \(name)."
        case .fieldMissing(let column): "The field \(column) is empty."
        case .fieldBesideItem(let column): "A line with an item cannot also have \(column)."
        case .fieldUnreadable(let column, let text, let expected): "\(column) needs \(expected), not \"\(text)\"."
        }
    }

    var hint: String? {
        switch self {
        case .columnUnknown(_, let known): "Remove or correct it. The columns are: \(known.joined(separator: ", "))."
        case .fieldMissing: "A line needs a folio, and an item or category, description and unit_amount."
        case .fieldBesideItem: "Leave it empty, because the price list sets it, or leave item empty."
        case .fieldUnreadable: "Correct the row and add the file again."
        }
    }
}
