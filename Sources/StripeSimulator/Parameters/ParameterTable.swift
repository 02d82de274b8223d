/// What a parameter may hold.
indirect enum ParameterType: Sendable {
    case text, integer, boolean, decimal, metadata
    /// True, false, or a word.
    case flag
    /// An instant in unix seconds, or an object of `gt`, `gte`, `lt`, `lte`.
    case range
    /// Accepted unchecked: its names are free.
    case anything
    case choice([String])
    case list(ParameterType)
    case object([String: Parameter])
}

struct Parameter: Sendable {
    let type: ParameterType
    let isRequired: Bool
    /// An empty string unsets it.
    let isNullable: Bool
}

/// The parameters of every route, written as text: `name:type`, where a type is `s` text, `i` integer, `b` boolean, `bs` boolean or a
/// word, `n` decimal, `m` metadata, `range`, `*` anything, `a|b` one of these words, `[type]` a list, `{…}` an object. A `?` behind the
/// type says that an empty string unsets it, a `!` that it must be there.
enum ParameterTable {
    /// Keyed as the text is headed: `POST /v1/refunds`.
    static let routes: [String: [String: Parameter]] = {
        var routes: [String: [String: Parameter]] = [:]
        for table in [paymentIntents, cards, checkout, money, radar] {
            var route = ""
            var text: [UInt8] = []
            for line in table.split(separator: "\n") {
                if line.first != " " {
                    if !route.isEmpty { routes[route] = parse(text) }
                    route = String(line)
                    text = []
                } else {
                    text += line.utf8
                }
            }
            routes[route] = parse(text)
        }
        return routes
    }()

    private static func parse(_ text: [UInt8]) -> [String: Parameter] {
        var reader = TableReader(bytes: text)
        return reader.members()
    }
}

private struct TableReader {
    let bytes: [UInt8]
    var position = 0

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func word() -> String {
        let start = position
        while let byte = next, !" :?!{}[]".utf8.contains(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Up to the end or a closing brace.
    mutating func members() -> [String: Parameter] {
        var members: [String: Parameter] = [:]
        while next != nil {
            if take(" ") { continue }
            if take("}") { break }
            let name = word()
            precondition(!name.isEmpty && take(":"), "parameter table: a name and a colon expected")
            let type = type()
            let isNullable = take("?")
            members[name] = Parameter(type: type, isRequired: take("!"), isNullable: isNullable)
        }
        return members
    }

    private mutating func type() -> ParameterType {
        if take("{") { return .object(members()) }
        if take("[") {
            let element = type()
            precondition(take("]"), "parameter table: a list is not closed")
            return .list(element)
        }
        switch word() {
        case "s": return .text
        case "i": return .integer
        case "b": return .boolean
        case "n": return .decimal
        case "bs": return .flag
        case "m": return .metadata
        case "range": return .range
        case "*": return .anything
        case let words: return .choice(words.split(separator: "|").map(String.init))
        }
    }
}
