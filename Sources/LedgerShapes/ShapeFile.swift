import CSV
import JSON

/// A list as CSV, the same from API and command line. Amounts have a decimal point.
extension Shape {
    /// The media type, with the header line that RFC 4180 lets a file announce.
    package static var fileType: String { "text/csv; charset=utf-8; header=present" }

    /// The properties in order, those of objects with the object's name before theirs.
    package var columns: [FileColumn<Model>] { properties.flatMap(\.columns) }

    /// The names of the columns as one line, with its line break.
    package var fileHeader: [UInt8] { Array(CSVField.line(columns.map(\.name)).utf8) }

    /// A line for each, with its line break, in the same columns as the header.
    package func fileLines(_ models: some Sequence<Model>) -> [UInt8] {
        let columns = columns
        return models.reduce(into: []) { bytes, model in bytes += CSVField.line(columns.map { $0.field(model) }).utf8 }
    }
}
