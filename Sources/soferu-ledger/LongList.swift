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
            let output = BufferedOutput(self, begin: shape.fileHeader)
            let line = shape.fileLine
            try each { try output.write(line($0)) }
            try output.finish([])
        case .json:
            // The bytes of a page of the API's that is the last one.
            let output = BufferedOutput(self, begin: Array("{\"data\":[".utf8))
            var isFirst = true
            try each { element in
                try output.write((isFirst ? [] : [UInt8(ascii: ",")]) + shape.json(element).bytes)
                isFirst = false
            }
            try output.finish(Array("],\"next\":null}\n".utf8))
        }
    }
}

/// Gathers small parts, so that few system calls write them.
private final class BufferedOutput {
    private let invocation: Invocation
    private var buffer: [UInt8]

    init(_ invocation: Invocation, begin: [UInt8]) {
        (self.invocation, buffer) = (invocation, begin)
    }

    func write(_ part: [UInt8]) throws {
        buffer += part
        guard buffer.count >= 64 << 10 else { return }
        try invocation.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    func finish(_ end: [UInt8]) throws { try invocation.write(buffer + end) }
}
