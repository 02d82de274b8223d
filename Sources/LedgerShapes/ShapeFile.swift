import CSV
import JSON

/// A list as CSV, the same from API and command line. Amounts have a decimal point.
extension Shape {
    /// The media type, with the header line that RFC 4180 lets a file announce.
    package static var fileType: String { "text/csv; charset=utf-8; header=present" }

    /// The properties in order, those of objects with the object's name before theirs. What an object repeats of the model's own
    /// properties has one column: `document_number`, also where the document has a number.
    package var columns: [FileColumn<Model>] {
        let own = Set(properties.filter(\.parts.isEmpty).map(\.name))
        return properties.flatMap { property in
            property.columns.filter { property.parts.isEmpty || !own.contains($0.name) }
        }
    }

    /// The names of the columns as one line, with its line break.
    package var fileHeader: [UInt8] { Array(CSVField.line(columns.map(\.name)).utf8) }

    /// A line for each, with its line break, in the same columns as the header.
    package func fileLines(_ models: some Sequence<Model>) -> [UInt8] {
        let line = fileLine
        return models.reduce(into: []) { bytes, model in bytes += line(model) }
    }

    /// Writes one such line. Kept while many are written: the columns are found once.
    package var fileLine: (Model) -> [UInt8] {
        let columns = columns
        return { model in Array(CSVField.line(columns.map { $0.field(model) }).utf8) }
    }
}
