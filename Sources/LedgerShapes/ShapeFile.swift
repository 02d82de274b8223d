import CSV
import JSON

/// A list as CSV, the same from API and command line. Amounts have a decimal point.
extension Shape {
    package static var fileType: String { "text/csv; charset=utf-8; header=present" }

    /// The properties in order, those of objects with the object's name before theirs.
    package var columns: [FileColumn<Model>] { properties.flatMap(\.columns) }

    package var fileHeader: [UInt8] { Array(CSVField.line(columns.map(\.name)).utf8) }

    package func fileLines(_ models: some Sequence<Model>) -> [UInt8] {
        let columns = columns
        return models.reduce(into: []) { bytes, model in bytes += CSVField.line(columns.map { $0.field(model) }).utf8 }
    }
}
