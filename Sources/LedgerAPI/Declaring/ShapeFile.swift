import CSV
import JSON

/// A list as CSV: a shape's properties are the columns. Amounts have a decimal point, as in the files of the command line.
extension Shape {
    static var fileType: String { "text/csv; charset=utf-8; header=present" }

    var fileHeader: [UInt8] { Array(CSVField.line(properties.map(\.name)).utf8) }

    func fileLines(_ models: some Sequence<Model>) -> [UInt8] {
        models.reduce(into: []) { bytes, model in bytes += CSVField.line(properties.map { $0.field(model) }).utf8 }
    }
}
