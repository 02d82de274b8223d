import JSON

/// Turns a form into JSON by a route's parameter table, and refuses what the table does not know, by name.
struct ParameterCheck {
    /// Stripe's answer when a request holds more than this many metadata keys.
    static let metadataLimit = 50

    /// - Throws: `StripeError`, never kept under an idempotency key.
    static func check(_ form: Form, by table: [String: Parameter]) throws -> JSON {
        guard case .fields(let fields) = form else { return .emptyObject }
        return try object(fields, table, path: "")
    }

    private static func object(_ fields: [(name: String, value: Form)], _ table: [String: Parameter], path: String) throws -> JSON {
        let unknown = fields.filter { table[$0.name] == nil }.map { join(path, $0.name, leaf: $0.value) }
        if let first = unknown.first {
            let message =
                unknown.count == 1
                ? "Received unknown parameter: \(first)" : "Received unknown parameters: \(unknown.joined(separator: ", "))"
            throw StripeError.invalid(message, code: "parameter_unknown", param: first)
        }
        var members: [(key: String, value: JSON)] = []
        members.reserveCapacity(fields.count)
        for field in fields {
            guard let parameter = table[field.name] else { continue }
            members.append((field.name, try value(field.value, parameter, path: join(path, field.name))))
        }
        for (name, parameter) in table where parameter.isRequired && !fields.contains(where: { $0.name == name }) {
            throw StripeError.missing(join(path, name))
        }
        return .object(members)
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path)[\(name)]" }

    /// The bracketed name of the first text below an unknown field, as Stripe names it.
    private static func join(_ path: String, _ name: String, leaf: Form) -> String {
        var path = join(path, name)
        var form = leaf
        while case .fields(let fields) = form, let first = fields.first {
            path = join(path, first.name)
            form = first.value
        }
        return path
    }

    private static func value(_ form: Form, _ parameter: Parameter, path: String) throws -> JSON {
        if case .text("") = form {
            if parameter.isNullable { return .null }
            switch parameter.type {
            case .list, .metadata, .anything: return parameter.type.isList ? .array([]) : .null
            case .integer: throw StripeError.invalid("Invalid integer: ", code: "parameter_invalid_integer", param: path)
            default: throw StripeError.empty(path)
            }
        }
        return try value(form, parameter.type, path: path)
    }

    private static func value(_ form: Form, _ type: ParameterType, path: String) throws -> JSON {
        switch (type, form) {
        case (.text, .text(let text)): return .text(text)
        case (.integer, .text(let text)): return .int(try integer(text, path: path))
        case (.boolean, .text("true")), (.flag, .text("true")): return true
        case (.boolean, .text("false")), (.flag, .text("false")): return false
        case (.flag, .text(let text)): return .text(text)
        case (.boolean, .text(let text)): throw StripeError.invalid("Invalid boolean: \(text)", param: path)
        case (.decimal, .text(let text)):
            guard Double(text) != nil else {
                throw StripeError.invalid("Invalid decimal: \(text)", code: "parameter_invalid_integer", param: path)
            }
            return .text(text)
        case (.choice(let words), .text(let text)):
            guard words.contains(text) else { throw StripeError.invalid("Invalid \(path): must be \(oneOf(words))", param: path) }
            return .text(text)
        case (.range, .text(let text)): return .int(try integer(text, path: path))
        case (.range, .fields(let fields)):
            let bound = Parameter(type: .integer, isRequired: false, isNullable: false)
            return try object(fields, ["gt": bound, "gte": bound, "lt": bound, "lte": bound], path: path)
        case (.metadata, .fields(let fields)): return try metadata(fields, path: path)
        case (.list(let element), .fields(let fields)):
            return .array(try fields.enumerated().map { try value($1.value, element, path: "\(path)[\($0)]") })
        case (.object(let table), .fields(let fields)): return try object(fields, table, path: path)
        case (.anything, _): return plain(form)
        case (.list, .text): throw StripeError.invalid("Invalid array", param: path)
        case (.object, .text), (.metadata, .text): throw StripeError.invalid("Invalid object", param: path)
        case (.integer, .fields): throw StripeError.invalid("Invalid integer: {}", code: "parameter_invalid_integer", param: path)
        case (_, .fields): throw StripeError.invalid("Invalid string: {}", param: path)
        }
    }

    private static func integer(_ text: String, path: String) throws -> Int {
        guard let value = Int(text), text.utf8.first != UInt8(ascii: "+"), JSON.usualNumbers.contains(value) else {
            throw StripeError.invalid("Invalid integer: \(text)", code: "parameter_invalid_integer", param: path)
        }
        return value
    }

    private static func metadata(_ fields: [(name: String, value: Form)], path: String) throws -> JSON {
        guard fields.count <= metadataLimit else {
            throw StripeError.invalid("Metadata may hold at most \(metadataLimit) keys; you sent \(fields.count).", param: path)
        }
        return .object(
            try fields.map { name, value in
                guard case .text(let text) = value else {
                    throw StripeError.invalid("Metadata values must be strings.", param: "\(path)[\(name)]")
                }
                guard name.count <= 40 else {
                    throw StripeError.invalid("Metadata keys must be under 40 characters; \"\(name)\" has \(name.count).", param: path)
                }
                guard text.count <= 500 else {
                    throw StripeError.invalid("Metadata values must be under 500 characters; \"\(name)\" has \(text.count).", param: path)
                }
                return (name, .text(text))
            })
    }

    /// A subtree that is accepted unchecked.
    private static func plain(_ form: Form) -> JSON {
        switch form {
        case .text("true"): true
        case .text("false"): false
        case .text(let text): .text(text)
        case .fields(let fields): .object(fields.map { ($0.name, plain($0.value)) })
        }
    }

    private static func oneOf(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return "one of " + words.dropLast().joined(separator: ", ") + ", or " + last
    }
}

extension ParameterType {
    fileprivate var isList: Bool { if case .list = self { true } else { false } }
}
