import CSV
import JSON
import Ledger

/// How a value of the ledger looks in an answer: written and described in the same place.
///
/// Every property is always there; what does not apply is null.
package struct Shape<Model>: AnyShape {
    /// The name in the description of the API.
    package let name: String
    /// One sentence for the description of the API.
    package let about: String
    /// In the order in which they are written.
    package let properties: [Property<Model>]

    package init(_ name: String, _ about: String, _ properties: [Property<Model>]) {
        self.name = name
        self.about = about
        self.properties = properties
    }

    /// All properties of the value, in their order.
    package func json(_ model: Model) -> JSON { .object(properties.map { ($0.name, $0.write(model)) }) }

    package var schema: JSON {
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

    package var columnNames: [String] { columns.map(\.name) }

    package var exampleFields: [String] { columns.map(\.example) }

    package var amountColumns: [String] { columns.filter(\.isAmount).map(\.name) }

    package var example: JSON { .object(properties.map { ($0.name, $0.example) }) }

    package var parts: [any AnyShape] { properties.flatMap(\.parts) }
}

/// A shape without its model.
package protocol AnyShape: Sendable {
    /// Names the shape in the description of the API; no two shapes share one.
    var name: String { get }
    /// One sentence for the description of the API.
    var about: String { get }
    /// JSON Schema, as OpenAPI 3.1 has it: every property is required and no other is allowed.
    var schema: JSON { get }
    /// Made of the properties' examples, for the description of the API.
    var example: JSON { get }
    /// The columns of a file of such objects.
    var columnNames: [String] { get }
    /// The example as a line of such a file, a field for each column; amounts as in euros.
    var exampleFields: [String] { get }
    /// The columns with an amount. A file that has one has a column `currency`.
    var amountColumns: [String] { get }
    /// The shapes it refers to.
    var parts: [any AnyShape] { get }
}

extension AnyShape {
    /// How others refer to it in the description.
    package var reference: JSON { ["$ref": .text("#/components/schemas/\(name)")] }
}

/// A column of a CSV file.
package struct FileColumn<Model>: Sendable {
    /// The property's name; behind the object's name and an underscore where it is one of an object's.
    package let name: String
    /// Written as CSV wants it; empty for null.
    package let field: @Sendable (Model) -> String
    /// The property's example, written likewise.
    package let example: String
    /// Whether it is an amount: it has a decimal point, and needs a currency beside it.
    package let isAmount: Bool

    package init(name: String, example: String, isAmount: Bool = false, field: @escaping @Sendable (Model) -> String) {
        self.name = name
        self.example = example
        self.isAmount = isAmount
        self.field = field
    }

    /// The column of an object's member.
    fileprivate func of<Whole>(
        _ property: String, _ field: @escaping @Sendable (Whole, @Sendable (Model) -> String) -> String
    ) -> FileColumn<Whole> {
        let own = self.field
        return FileColumn<Whole>(name: "\(property)_\(name)", example: example, isAmount: isAmount) { field($0, own) }
    }
}

/// One member of a shape.
package struct Property<Model>: Sendable {
    /// `snake_case`; never reworded, for programs read it.
    package let name: String
    /// One or two sentences for the description of the API.
    package let about: String
    /// JSON Schema of the value, without its description.
    package let schema: JSON
    /// A value as it may be written; null where none is given.
    package let example: JSON
    /// The shapes that the value is made of.
    package let parts: [any AnyShape]
    /// Reads the value from the model and writes it.
    package let write: @Sendable (Model) -> JSON
    /// How it is written in a CSV file: an object has a column for each of its members, and a list has none, because a file holds one table.
    package let columns: [FileColumn<Model>]

    private init(
        _ name: String, _ about: String, _ schema: JSON, example: JSON, parts: [any AnyShape] = [],
        amount: (@Sendable (Model) -> Money?)? = nil, columns: [FileColumn<Model>]? = nil,
        write: @escaping @Sendable (Model) -> JSON
    ) {
        self.name = name
        self.about = about
        self.schema = schema
        self.example = example
        self.parts = parts
        self.write = write
        if let columns {
            self.columns = columns
        } else if let amount {
            let euros = if case .int(let units) = example { Money(minorUnits: Int64(units), currency: .eur).plain } else { "" }
            self.columns = [FileColumn(name: name, example: euros, isAmount: true) { amount($0)?.plain ?? "" }]
        } else {
            self.columns = [FileColumn(name: name, example: example.field) { write($0).field }]
        }
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
    /// Any text.
    package static func text(_ name: String, _ about: String, example: String, _ read: @escaping @Sendable (Model) -> String) -> Self {
        Self(name, about, ["type": "string"], example: .text(example)) { .text(read($0)) }
    }

    /// A text, or null.
    package static func optionalText(
        _ name: String, _ about: String, example: String? = nil, _ read: @escaping @Sendable (Model) -> String?
    ) -> Self {
        Self(name, about, ["type": ["string", "null"]], example: JSON(example)) { JSON(read($0)) }
    }

    /// One of a fixed set of words.
    package static func choice(
        _ name: String, _ about: String, of words: [String], example: String, _ read: @escaping @Sendable (Model) -> String
    ) -> Self {
        Self(name, about, ["type": "string", "enum": JSON(words)], example: .text(example)) { .text(read($0)) }
    }

    /// One of a fixed set of words, or null.
    package static func optionalChoice(
        _ name: String, _ about: String, of words: [String], _ read: @escaping @Sendable (Model) -> String?
    ) -> Self {
        // Generated clients make a type of the words for each place where they stand.
        let schema: JSON = ["anyOf": [["type": "string", "enum": JSON(words)], ["type": "null"]]]
        return Self(name, about, schema, example: .null) { JSON(read($0)) }
    }

    /// A number that is no amount.
    package static func integer(_ name: String, _ about: String, example: Int, _ read: @escaping @Sendable (Model) -> Int64) -> Self {
        Self(name, about, ["type": "integer", "format": "int64"], example: .int(example)) { .int(Int(read($0))) }
    }

    /// A number that is no amount, or null.
    package static func optionalInteger(
        _ name: String, _ about: String, example: Int? = nil, _ read: @escaping @Sendable (Model) -> Int64?
    ) -> Self {
        Self(name, about, ["type": ["integer", "null"], "format": "int64"], example: JSON(example)) { JSON(read($0).map { Int($0) }) }
    }

    /// Minor units of the currency that the object or its folio names.
    package static func amount(_ name: String, _ about: String, example: Int, _ read: @escaping @Sendable (Model) -> Money) -> Self {
        Self(name, about, ["type": "integer", "format": "int64"], example: .int(example), amount: read) {
            .int(Int(read($0).minorUnits))
        }
    }

    /// As `amount`, or null. In a CSV file it has a decimal point.
    package static func optionalAmount(
        _ name: String, _ about: String, example: Int? = nil, _ read: @escaping @Sendable (Model) -> Money?
    ) -> Self {
        Self(name, about, ["type": ["integer", "null"], "format": "int64"], example: JSON(example), amount: read) {
            JSON(read($0).map { Int($0.minorUnits) })
        }
    }

    /// True or false, never null.
    package static func flag(_ name: String, _ about: String, example: Bool, _ read: @escaping @Sendable (Model) -> Bool) -> Self {
        Self(name, about, ["type": "boolean"], example: .bool(example)) { .bool(read($0)) }
    }

    /// As `flag`, or null.
    package static func optionalFlag(
        _ name: String, _ about: String, example: Bool? = nil, _ read: @escaping @Sendable (Model) -> Bool?
    ) -> Self {
        Self(name, about, ["type": ["boolean", "null"]], example: example.map { .bool($0) } ?? .null) {
            read($0).map { .bool($0) } ?? .null
        }
    }

    /// `2026-11-20`, in the tenant's time zone.
    package static func day(_ name: String, _ about: String, example: String, _ read: @escaping @Sendable (Model) -> Day) -> Self {
        Self(name, about, ["type": "string", "format": "date"], example: .text(example)) { .text(read($0).description) }
    }

    /// As `day`, or null.
    package static func optionalDay(
        _ name: String, _ about: String, example: String? = nil, _ read: @escaping @Sendable (Model) -> Day?
    ) -> Self {
        Self(name, about, ["type": ["string", "null"], "format": "date"], example: JSON(example)) { JSON(read($0)?.description) }
    }

    /// UTC.
    package static func instant(_ name: String, _ about: String, example: String, _ read: @escaping @Sendable (Model) -> Instant) -> Self {
        Self(name, about, ["type": "string", "format": "date-time"], example: .text(example)) { .text(read($0).description) }
    }

    /// As `instant`, or null.
    package static func optionalInstant(
        _ name: String, _ about: String, example: String? = nil, _ read: @escaping @Sendable (Model) -> Instant?
    ) -> Self {
        Self(name, about, ["type": ["string", "null"], "format": "date-time"], example: JSON(example)) { JSON(read($0)?.description) }
    }

    /// The value of another shape. In a CSV file each of its members has a column of its own.
    package static func object<Part>(
        _ name: String, _ about: String, _ shape: Shape<Part>, _ read: @escaping @Sendable (Model) -> Part
    ) -> Self {
        Self(
            name, about, shape.reference, example: shape.example, parts: [shape],
            columns: shape.columns.map { column in column.of(name) { model, field in field(read(model)) } }
        ) { shape.json(read($0)) }
    }

    /// As `object`, or null; its columns are then empty.
    package static func optionalObject<Part>(
        _ name: String, _ about: String, _ shape: Shape<Part>, _ read: @escaping @Sendable (Model) -> Part?
    ) -> Self {
        Self(
            name, about, ["anyOf": [shape.reference, ["type": "null"]]], example: shape.example, parts: [shape],
            columns: shape.columns.map { column in column.of(name) { model, field in read(model).map(field) ?? "" } }
        ) { read($0).map(shape.json) ?? .null }
    }

    /// Values of another shape. A CSV file has no column for them.
    package static func list<Part>(
        _ name: String, _ about: String, _ shape: Shape<Part>, _ read: @escaping @Sendable (Model) -> [Part]
    ) -> Self {
        Self(name, about, ["type": "array", "items": shape.reference], example: .array([shape.example]), parts: [shape], columns: []) {
            .array(read($0).map(shape.json))
        }
    }

    /// A list of plain texts.
    package static func texts(_ name: String, _ about: String, example: [String], _ read: @escaping @Sendable (Model) -> [String]) -> Self {
        Self(name, about, ["type": "array", "items": ["type": "string"]], example: JSON(example)) { JSON(read($0)) }
    }
}

/// A part of a list, with the way to the rest.
package struct Page<Element: Sendable>: Sendable {
    /// In the order of the whole list.
    package let elements: [Element]
    /// What to give as `after` to read on; nil at the end.
    package let next: String?

    /// - Parameters:
    ///   - elements: One more than `limit` when there are more.
    ///   - limit: At least 1.
    package init(_ elements: [Element], limit: Int, cursor: (Element) -> String) {
        self.elements = Array(elements.prefix(limit))
        next = elements.count > limit ? self.elements.last.map(cursor) : nil
    }

    /// A list that is answered as a whole, so there is nothing to read on.
    package init(all elements: [Element]) { self.init(elements, next: nil) }

    package init(_ elements: [Element], next: String?) {
        self.elements = elements
        self.next = next
    }
}

extension Shape {
    /// The shape of a list of these.
    package func page() -> Shape<Page<Model>> where Model: Sendable {
        let shape = self
        return Shape<Page<Model>>(
            name + "List", "A page of a list.",
            [
                .list("data", "The elements, in order.", shape) { $0.elements },
                .optionalText("next", "Pass it as `after` to get the next page; null at the end.", example: nil) { $0.next },
            ])
    }
}
