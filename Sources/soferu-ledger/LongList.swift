import Console
import JSON
import LedgerShapes

extension Invocation {
    /// Prints a long list. For programs each element is written as it is read, so that a list of any length needs no memory; people get a
    /// table, whose columns are as wide as the widest of all.
    ///
    /// - Parameter each: Reads the list, and gives each element away.
    func show<Model>(
        longList shape: Shape<Model>, people table: ([Model]) -> Table, each: ((Model) throws -> Void) throws -> Void
    ) throws {
        switch format {
        case .table:
            var all: [Model] = []
            try each { all.append($0) }
            try show(table(all))
        case .csv:
            try written(shape.fileHeader, end: []) { write in try each { try write(shape.fileLines([$0])) } }
        case .json:
            // The bytes of a page of the API's that is the last one.
            var isFirst = true
            try written(Array("{\"data\":[".utf8), end: Array("],\"next\":null}\n".utf8)) { write in
                try each { element in
                    try write((isFirst ? [] : [UInt8(ascii: ",")]) + shape.json(element).bytes)
                    isFirst = false
                }
            }
        }
    }

    private func written(_ start: [UInt8], end: [UInt8], _ parts: (([UInt8]) throws -> Void) throws -> Void) throws {
        var buffer = start
        try parts { part in
            buffer += part
            guard buffer.count >= 64 << 10 else { return }
            try write(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        try write(buffer + end)
    }
}
