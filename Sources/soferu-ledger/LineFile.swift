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
        _ column: String, in record: CSVRecord, _ expected: Phrase, _ read: (String) -> Value?
    ) throws -> Value? {
        guard let text = record.optional(column) else { return nil }
        guard let value = read(text) else { throw LineFileRefusal.fieldUnreadable(column, text, expected) }
        return value
    }
}

/// What is wrong with a file of lines, or with one row of it.
enum LineFileRefusal: Refusal {
    case columnUnknown(String, known: [String])
    case fieldMissing(String)
    /// An item has its price on the price list.
    case fieldBesideItem(String)
    /// The column, what stands in it, and what should.
    case fieldUnreadable(String, String, Phrase)

    static let wholeNumber = Phrase("a whole number from 1 to 100000", "eine ganze Zahl von 1 bis 100000")
    static let day = Phrase("a day such as 2026-11-20", "einen Tag wie 2026-11-20")
    static let flag = Phrase("true or false", "true oder false")
    static let category = Phrase("a category such as minibar", "eine Kategorie wie minibar")
    static let taxRate = Phrase("a tax rate in percent, such as 19 or none", "einen Steuersatz in Prozent wie 19 oder none")

    var code: String { "line_file_invalid" }
    var message: String { words.message.english }
    var hint: String? { words.hint.english }
    var german: RefusalWords { RefusalWords(words.message.german, hint: words.hint.german) }

    private var words: (message: Phrase, hint: Phrase) {
        switch self {
        case .columnUnknown(let name, let known):
            (
                Phrase("There is no column \(name) in a file of lines.", "Eine Datei mit Positionen hat keine Spalte \(name)."),
                Phrase(
                    "Take it out or correct it; known are: \(known.joined(separator: ", ")).",
                    "Entfernen oder berichtigen Sie sie; bekannt sind: \(known.joined(separator: ", ")).")
            )
        case .fieldMissing(let column):
            (
                Phrase("Nothing stands under \(column).", "Unter \(column) steht nichts."),
                Phrase(
                    "A line needs a folio, and an item or category, description and unit_amount.",
                    "Eine Position braucht folio, und item oder category, description und unit_amount.")
            )
        case .fieldBesideItem(let column):
            (
                Phrase("An item takes no \(column).", "Zu item gehört kein \(column)."),
                Phrase(
                    "Leave it empty, because it comes from the price list, or leave item empty.",
                    "Lassen Sie es leer, weil es aus der Preisliste kommt, oder lassen Sie item leer.")
            )
        case .fieldUnreadable(let column, let text, let expected):
            (
                Phrase("\(column) needs \(expected.english), not \"\(text)\".", "\(column) braucht \(expected.german), nicht „\(text)“."),
                Phrase("Mend the row and give the file again.", "Berichtigen Sie die Zeile und geben Sie die Datei noch einmal an.")
            )
        }
    }
}
