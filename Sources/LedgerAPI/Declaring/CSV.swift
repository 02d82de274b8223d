import JSON
import WebServer

/// A list as CSV: a shape's properties are the columns.
///
/// - Source: RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
enum CSV {
    static let type = "text/csv; charset=utf-8; header=present"

    static func header<Model>(_ shape: Shape<Model>) -> [UInt8] {
        Array((shape.properties.map(\.name).joined(separator: ",") + "\r\n").utf8)
    }

    static func rows<Model>(_ shape: Shape<Model>, _ models: some Sequence<Model>) -> [UInt8] {
        var output: [UInt8] = []
        for model in models {
            output += shape.properties.map { cell($0.write(model)) }.joined(separator: ",").utf8
            output += "\r\n".utf8
        }
        return output
    }

    private static func cell(_ value: JSON) -> String {
        switch value {
        case .null: return ""
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .text(let value): return quoted(value)
        default: return quoted(String(decoding: value.bytes, as: UTF8.self))
        }
    }

    private static func quoted(_ text: String) -> String {
        var text = text
        if let first = text.utf8.first, [UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9].contains(first) {
            text = "'" + text
        }
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
