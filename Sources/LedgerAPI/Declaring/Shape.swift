import CSV
import JSON
import Ledger

/// How a value of the ledger looks in an answer: written and described in the same place.
///
/// Every property is always there; what does not apply is null.
struct Shape<Model>: AnyShape {
    /// The name in the description of the API.
    let name: String
    let about: String
    let properties: [Property<Model>]

    init(_ name: String, _ about: String, _ properties: [Property<Model>]) {
        self.name = name
        self.about = about
        self.properties = properties
    }

    func json(_ model: Model) -> JSON { .object(properties.map { ($0.name, $0.write(model)) }) }

    var schema: JSON {
        var members = JSON.emptyObject
        for property in properties {
            var schema = property.schema
            schema["description"] = .text(property.about)
            members[property.name] = schema
        }
        return [
            "type": "object", "description": .text(about), "properties": members, "required": JSON(properties.map(\.name)),
            "additionalProperties": false,
        ]
    }

    var example: JSON { .object(properties.map { ($0.name, $0.example) }) }

    var parts: [any AnyShape] { properties.flatMap(\.parts) }
}

/// A shape without its model.
protocol AnyShape: Sendable {
    var name: String { get }
    var about: String { get }
    var schema: JSON { get }
    var example: JSON { get }
    /// The shapes it refers to.
    var parts: [any AnyShape] { get }
}

extension AnyShape {
    /// How others refer to it in the description.
    var reference: JSON { ["$ref": .text("#/components/schemas/\(name)")] }
}

/// One member of a shape.
struct Property<Model>: Sendable {
    let name: String
    let about: String
    let schema: JSON
    let example: JSON
    let parts: [any AnyShape]
    let write: @Sendable (Model) -> JSON
    /// How it is written in a CSV file.
    let field: @Sendable (Model) -> String

    private init(
        _ name: String, _ about: String, _ schema: JSON, example: JSON, parts: [any AnyShape] = [],
        field: (@Sendable (Model) -> String)? = nil,
        write: @escaping @Sendable (Model) -> JSON
    ) {
        self.name = name
        self.about = about
        self.schema = schema
        self.example = example
        self.parts = parts
        self.write = write
        self.field = field ?? { write($0).field }
    }
}

extension JSON {
    fileprivate var field: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .text(let value): CSVField.text(value)
        default: CSVField.text(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension Property {
    static func text(_ name: String, _ about: String, example: String, _ read: @escaping @Sendable (Model) -> String) -> Self {
        Self(name, about, ["type": "string"], example: .text(example)) { .text(read($0)) }
    }

    static func optionalText(
        _ name: String, _ about: String, example: String? = nil, _ read: @escaping @Sendable (Model) -> String?
    ) -> Self {
        Self(name, about, ["type": ["string", "null"]], example: JSON(example)) { JSON(read($0)) }
    }

    /// One of a fixed set of words.
    static func choice(
        _ name: String, _ about: String, of words: [String], example: String, _ read: @escaping @Sendable (Model) -> String
    ) -> Self {
        Self(name, about, ["type": "string", "enum": JSON(words)], example: .text(example)) { .text(read($0)) }
    }

    static func optionalChoice(
        _ name: String, _ about: String, of words: [String], _ read: @escaping @Sendable (Model) -> String?
    ) -> Self {
        let allowed = JSON.array(words.map { .text($0) } + [.null])
        return Self(name, about, ["type": ["string", "null"], "enum": allowed], example: .null) { JSON(read($0)) }
    }

    static func integer(_ name: String, _ about: String, example: Int, _ read: @escaping @Sendable (Model) -> Int64) -> Self {
        Self(name, about, ["type": "integer", "format": "int64"], example: .int(example)) { .int(Int(read($0))) }
    }

    static func optionalInteger(
        _ name: String, _ about: String, example: Int? = nil, _ read: @escaping @Sendable (Model) -> Int64?
    ) -> Self {
        Self(name, about, ["type": ["integer", "null"], "format": "int64"], example: JSON(example)) { JSON(read($0).map { Int($0) }) }
    }

    /// Minor units of the currency that the object or its folio names.
    static func amount(_ name: String, _ about: String, example: Int, _ read: @escaping @Sendable (Model) -> Money) -> Self {
        Self(name, about, ["type": "integer", "format": "int64"], example: .int(example), field: { read($0).plain }) {
            .int(Int(read($0).minorUnits))
        }
    }

    static func optionalAmount(
        _ name: String, _ about: String, example: Int? = nil, _ read: @escaping @Sendable (Model) -> Money?
    ) -> Self {
        Self(
            name, about, ["type": ["integer", "null"], "format": "int64"], example: JSON(example), field: { read($0)?.plain ?? "" }
        ) { JSON(read($0).map { Int($0.minorUnits) }) }
    }

    static func flag(_ name: String, _ about: String, example: Bool, _ read: @escaping @Sendable (Model) -> Bool) -> Self {
        Self(name, about, ["type": "boolean"], example: .bool(example)) { .bool(read($0)) }
    }

    static func day(_ name: String, _ about: String, example: String, _ read: @escaping @Sendable (Model) -> Day) -> Self {
        Self(name, about, ["type": "string", "format": "date"], example: .text(example)) { .text(read($0).description) }
    }

    static func optionalDay(
        _ name: String, _ about: String, example: String? = nil, _ read: @escaping @Sendable (Model) -> Day?
    ) -> Self {
        Self(name, about, ["type": ["string", "null"], "format": "date"], example: JSON(example)) { JSON(read($0)?.description) }
    }

    /// UTC.
    static func instant(_ name: String, _ about: String, example: String, _ read: @escaping @Sendable (Model) -> Instant) -> Self {
        Self(name, about, ["type": "string", "format": "date-time"], example: .text(example)) { .text(read($0).description) }
    }

    static func optionalInstant(
        _ name: String, _ about: String, example: String? = nil, _ read: @escaping @Sendable (Model) -> Instant?
    ) -> Self {
        Self(name, about, ["type": ["string", "null"], "format": "date-time"], example: JSON(example)) { JSON(read($0)?.description) }
    }

    static func object<Part>(
        _ name: String, _ about: String, _ shape: Shape<Part>, _ read: @escaping @Sendable (Model) -> Part
    ) -> Self {
        Self(name, about, shape.reference, example: shape.example, parts: [shape]) { shape.json(read($0)) }
    }

    static func optionalObject<Part>(
        _ name: String, _ about: String, _ shape: Shape<Part>, _ read: @escaping @Sendable (Model) -> Part?
    ) -> Self {
        Self(name, about, ["anyOf": [shape.reference, ["type": "null"]]], example: shape.example, parts: [shape]) {
            read($0).map(shape.json) ?? .null
        }
    }

    static func list<Part>(
        _ name: String, _ about: String, _ shape: Shape<Part>, _ read: @escaping @Sendable (Model) -> [Part]
    ) -> Self {
        Self(name, about, ["type": "array", "items": shape.reference], example: .array([shape.example]), parts: [shape]) {
            .array(read($0).map(shape.json))
        }
    }

    static func texts(_ name: String, _ about: String, example: [String], _ read: @escaping @Sendable (Model) -> [String]) -> Self {
        Self(name, about, ["type": "array", "items": ["type": "string"]], example: JSON(example)) { JSON(read($0)) }
    }
}

/// A part of a list, with the way to the rest.
struct Page<Element: Sendable>: Sendable {
    let elements: [Element]
    /// What to give as `after` to read on; nil at the end.
    let next: String?

    /// - Parameters:
    ///   - elements: One more than `limit` when there are more.
    ///   - limit: At least 1.
    init(_ elements: [Element], limit: Int, cursor: (Element) -> String) {
        self.elements = Array(elements.prefix(limit))
        next = elements.count > limit ? self.elements.last.map(cursor) : nil
    }

    init(all elements: [Element]) {
        self.elements = elements
        next = nil
    }
}

extension Shape {
    /// The shape of a list of these.
    func page() -> Shape<Page<Model>> where Model: Sendable {
        let shape = self
        return Shape<Page<Model>>(
            name + "List", "A page of a list.",
            [
                .list("data", "The elements, in order.", shape) { $0.elements },
                .optionalText("next", "Pass it as `after` to get the next page; null at the end.", example: nil) { $0.next },
            ])
    }
}
