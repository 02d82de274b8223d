import JSON
import Ledger

/// One thing a request can say: a member of its body, or a parameter of its query.
///
/// Declared once, listed in the route, and used as the key to read its value:
///
///     static let arrival = Field.required("arrival", .day, "The day the guest arrives.", example: "2026-11-20")
///     …
///     let day = call.body[arrival]  // Day
struct Field<Value: Sendable>: AnyField {
    let name: String
    let about: String
    let example: JSON
    let isRequired: Bool
    let schema: JSON
    let expected: Phrase
    var takesNull = false
    /// From what was sent, or nil when nothing was, to what the route sees.
    let collect: @Sendable (JSON?, _ path: FieldPath) throws -> Value?

    func read(_ value: JSON?, at path: FieldPath) throws -> (any Sendable)? { try collect(value, path) }
}

/// A field without its type.
protocol AnyField: Sendable {
    var name: String { get }
    var about: String { get }
    var example: JSON { get }
    var isRequired: Bool { get }
    var schema: JSON { get }
    var expected: Phrase { get }
    /// Whether `null` says something else than nothing.
    var takesNull: Bool { get }
    /// - Returns: nil when the value is not what the field may hold.
    func read(_ value: JSON?, at path: FieldPath) throws -> (any Sendable)?
}

extension Field {
    static func required(_ name: String, _ type: InputType<Value>, _ about: String, example: JSON) -> Self {
        Self(name: name, about: about, example: example, isRequired: true, schema: type.schema, expected: type.expected) { value, path in
            guard let value else { throw APIRefusal.fieldMissing(path()) }
            return try type.read(value, path)
        }
    }

    static func optional<Wrapped: Sendable>(
        _ name: String, _ type: InputType<Wrapped>, _ about: String, example: JSON
    ) -> Self where Value == Wrapped? {
        given(name, type, about, example: example, isRequired: false)
    }

    /// The same, where the declaration of something else says whether it is required.
    static func given<Wrapped: Sendable>(
        _ name: String, _ type: InputType<Wrapped>, _ about: String, example: JSON, isRequired: Bool
    ) -> Self where Value == Wrapped? {
        Self(name: name, about: about, example: example, isRequired: isRequired, schema: type.schema, expected: type.expected) {
            value, path in
            guard let value else {
                if isRequired { throw APIRefusal.fieldMissing(path()) }
                return .some(nil)
            }
            return try type.read(value, path).map { .some($0) }
        }
    }

    /// Of something that may be missing: `null` clears it.
    static func clearable<Wrapped: Sendable>(
        _ name: String, _ type: InputType<Wrapped>, _ about: String, example: JSON
    ) -> Self where Value == ValueChange<Wrapped> {
        Self(
            name: name, about: about, example: example, isRequired: false, schema: type.schema, expected: type.expected, takesNull: true
        ) { value, path in
            guard let value else { return .stays }
            return try value.isNull ? .cleared : type.read(value, path).map { .set($0) }
        }
    }

    /// - Parameters:
    ///   - standard: What counts when nothing is said.
    ///   - written: The same, as a caller would write it.
    static func standard(
        _ name: String, _ type: InputType<Value>, _ standard: Value, written: JSON, _ about: String, example: JSON? = nil
    ) -> Self {
        var schema = type.schema
        schema["default"] = written
        return Self(name: name, about: about, example: example ?? written, isRequired: false, schema: schema, expected: type.expected) {
            value, path in
            guard let value else { return standard }
            return try type.read(value, path)
        }
    }
}

/// The place of a value in a body: `lines[0].quantity`. Built only for a refusal.
typealias FieldPath = () -> String

enum FieldPlace {
    /// - Parameter path: Empty for the body itself.
    static func member(_ name: String, of path: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    /// - Parameter index: Counts from 0.
    static func element(_ index: Int, of path: String) -> String { "\(path)[\(index)]" }
}

/// The members an object of a request may have.
struct InputShape: Sendable {
    /// One way the object can look.
    struct Variant: Sendable {
        /// The object is of this variant when it has a member of this name; nil for the last one.
        let sign: String?
        /// Tells variants apart in the description, and in clients that are made of it; nil where there is only one.
        let title: String?
        let fields: [any AnyField]
        /// The fields' names, in the same order.
        let names: [String]

        init(sign: String? = nil, title: String? = nil, fields: [any AnyField]) {
            self.sign = sign
            self.title = title
            self.fields = fields
            names = fields.map(\.name)
        }
    }

    let variants: [Variant]

    init(_ fields: [any AnyField]) { variants = [Variant(fields: fields)] }

    /// - Parameters:
    ///   - sign: A member that only the first kind has.
    ///   - first: Its title and fields.
    ///   - otherwise: The title and the fields of an object without that member.
    init(with sign: String, _ first: (title: String, fields: [any AnyField]), otherwise: (title: String, fields: [any AnyField])) {
        variants = [
            Variant(sign: sign, title: first.title, fields: first.fields), Variant(title: otherwise.title, fields: otherwise.fields),
        ]
    }

    var schema: JSON {
        variants.count == 1 ? variants[0].schema : ["oneOf": .array(variants.map(\.schema))]
    }

    var example: JSON { .object(variants[0].fields.map { ($0.name, $0.example) }) }

    /// - Parameter path: Where the object stands; an empty text for the body itself.
    /// - Throws: `APIRefusal.fieldUnknown`, `.fieldMissing`, `.fieldWrong`, each with the field's path.
    func read(_ members: [(key: String, value: JSON)], at path: FieldPath) throws -> InputObject {
        // A member that is null counts as missing, where its field makes no difference.
        let members = members.contains { $0.value.isNull } ? members.filter { !$0.value.isNull || !isMissing($0.key) } : members
        let variant = variants.first { variant in variant.sign.map { sign in members.contains { $0.key == sign } } ?? true }!
        for member in members where !variant.names.contains(member.key) {
            throw APIRefusal.fieldUnknown(FieldPlace.member(member.key, of: path()), variant.names)
        }
        var values: [any Sendable] = []
        values.reserveCapacity(variant.fields.count)
        for (name, field) in zip(variant.names, variant.fields) {
            let sent = members.first { $0.key == name }?.value
            guard let value = try field.read(sent, at: { FieldPlace.member(name, of: path()) }) else {
                throw APIRefusal.fieldWrong(FieldPlace.member(name, of: path()), field.expected)
            }
            values.append(value)
        }
        return InputObject(names: variant.names, values: values)
    }

    /// Whether `null` says nothing for a member of that name. One that no variant has is refused as unknown.
    private func isMissing(_ name: String) -> Bool {
        variants.contains { variant in variant.fields.contains { $0.name == name && !$0.takesNull } }
    }
}

extension InputShape.Variant {
    fileprivate var schema: JSON {
        var properties = JSON.emptyObject
        for field in fields {
            var schema = field.isRequired ? field.schema : field.schema.orNull
            schema["description"] = .text(field.about)
            schema["examples"] = .array([field.example])
            properties[field.name] = schema
        }
        var schema: JSON = [
            "type": "object", "properties": properties, "required": JSON(fields.filter(\.isRequired).map(\.name)),
            "additionalProperties": false,
        ]
        schema["title"] = title.map(JSON.text)
        return schema
    }
}

extension JSON {
    /// The same schema, with `null` for nothing.
    fileprivate var orNull: JSON {
        var schema = self
        guard let type = schema["type"]?.textValue else { return schema }
        guard let words = schema["enum"] else {
            schema["type"] = [.text(type), "null"]
            return schema
        }
        // Generated clients make a type of the words for each place where they stand.
        schema["type"] = nil
        schema["enum"] = nil
        schema["anyOf"] = [["type": .text(type), "enum": words], ["type": "null"]]
        return schema
    }
}

/// What a request said, by field.
struct InputObject: Sendable {
    /// Of the object's fields: an object has so few that looking through them is faster than a dictionary.
    fileprivate let names: [String]
    /// In the same order, one for each name.
    fileprivate let values: [any Sendable]

    static let empty = InputObject(names: [], values: [])

    /// - Precondition: The route lists the field.
    subscript<Value>(_ field: Field<Value>) -> Value { values[names.firstIndex(of: field.name)!] as! Value }

    /// Whether the object is of the variant that has this field.
    func has<Value>(_ field: Field<Value>) -> Bool { names.contains(field.name) }
}
