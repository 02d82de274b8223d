/// A JSON value whose objects keep their order.
package enum JSON: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    /// A number that is not a whole one, as its decimal text.
    case decimal(String)
    case text(String)
    case array([JSON])
    case object([(key: String, value: JSON)])
    /// Already serialised, to be copied as it stands.
    case raw([UInt8])

    /// Text, or null for nil.
    package init(_ value: String?) { self = value.map(JSON.text) ?? .null }
    /// A whole number, or null for nil.
    package init(_ value: Int?) { self = value.map(JSON.int) ?? .null }
    /// True or false, or null for nil.
    package init(_ value: Bool?) { self = value.map(JSON.bool) ?? .null }
    /// An array of texts.
    package init(_ values: [String]) { self = .array(values.map(JSON.text)) }

    /// `{}`.
    package static let emptyObject = JSON.object([])

    /// - Returns: The member of that name; nil when there is none or this is not an object.
    package subscript(_ key: String) -> JSON? {
        get {
            guard case .object(let members) = self else { return nil }
            return members.first { $0.key == key }?.value
        }
        set {
            guard case .object(var members) = self else { return }
            self = .null
            if let position = members.firstIndex(where: { $0.key == key }) {
                if let newValue { members[position].value = newValue } else { members.remove(at: position) }
            } else if let newValue {
                members.append((key, newValue))
            }
            self = .object(members)
        }
    }

    /// - Returns: The element there, counted from 0; nil when there is none or this is not an array.
    package subscript(_ position: Int) -> JSON? {
        guard case .array(let values) = self, values.indices.contains(position) else { return nil }
        return values[position]
    }

    /// Nil unless it is a text.
    package var textValue: String? { if case .text(let value) = self { value } else { nil } }
    /// Nil unless it is a whole number: a decimal one is not rounded.
    package var intValue: Int? { if case .int(let value) = self { value } else { nil } }
    /// Nil unless it is true or false.
    package var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// Nil unless it is an array.
    package var arrayValue: [JSON]? { if case .array(let values) = self { values } else { nil } }
    /// In their order; nil unless it is an object.
    package var members: [(key: String, value: JSON)]? { if case .object(let members) = self { members } else { nil } }
    /// A member that is missing is not null.
    package var isNull: Bool { if case .null = self { true } else { false } }
    /// The strings of an array; other elements are left out.
    package var texts: [String] { (arrayValue ?? []).compactMap(\.textValue) }

    /// The members of `other` laid over those of this object.
    package func merging(_ other: JSON) -> JSON {
        guard let added = other.members else { return self }
        var result = self
        if result.members == nil { result = .emptyObject }
        for (key, value) in added { result[key] = value }
        return result
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .int(value) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { (key: $0.0, value: $0.1) }) }
}

extension JSON: Equatable {
    /// Objects are equal when their members are, in the same order.
    package static func == (a: JSON, b: JSON) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.decimal(let a), .decimal(let b)): a == b
        case (.text(let a), .text(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a.elementsEqual(b) { $0.key == $1.key && $0.value == $1.value }
        case (.raw(let a), .raw(let b)): a == b
        default: false
        }
    }
}
