import Ledger

/// A word that Stripe may add to at any time. Unknown words survive decoding and printing; a `switch` needs
/// a `default`.
package protocol OpenEnum: RawRepresentable, Decodable, Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral
where RawValue == String, StringLiteralType == String {
    init(rawValue: String)
}

extension OpenEnum {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
    package init(from decoder: any Decoder) throws { self.init(rawValue: try decoder.singleValueContainer().decode(String.self)) }
    package var description: String { rawValue }
}

/// Something at Stripe with an id of its own.
package protocol StripeObject: StripeListed, Decodable, Equatable {}

/// A reference that Stripe sends as an id, or as the whole object where `expand` asked for it.
package indirect enum Expandable<Object: StripeObject>: Decodable, Sendable, Equatable {
    case id(String)
    case object(Object)

    /// There in both forms.
    package var id: String {
        switch self {
        case .id(let id): id
        case .object(let object): object.id
        }
    }

    /// `nil` where only the id came.
    package var object: Object? {
        if case .object(let object) = self { object } else { nil }
    }

    package init(from decoder: any Decoder) throws {
        if let id = try? decoder.singleValueContainer().decode(String.self) {
            self = .id(id)
        } else {
            self = .object(try Object(from: decoder))
        }
    }
}

/// The id of another object, whether it came as an id or expanded; `nil` if there is none.
@propertyWrapper package struct Reference: Decodable, Sendable, Equatable {
    package var wrappedValue: String?

    package init(wrappedValue: String?) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            wrappedValue = nil
        } else if let id = try? container.decode(String.self) {
            wrappedValue = id
        } else {
            wrappedValue = try container.decode(Identified.self).id
        }
    }

    private struct Identified: Decodable { let id: String }
}

/// A whole number within `OutsideNumber.range`. Synthesised decoding of an `Int64` or `Int` in this module goes through it, see below.
private struct Whole: Decodable {
    let number: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        number = try container.decode(Int64.self)
        guard OutsideNumber.range.contains(number) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(number) is no number of Stripe's.")
        }
    }
}

/// A time that is always there, sent in seconds since 1970.
@propertyWrapper package struct Seconds: Decodable, Sendable, Equatable {
    package var wrappedValue: Instant

    package init(wrappedValue: Instant) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws {
        wrappedValue = Instant(unixSeconds: try decoder.singleValueContainer().decode(Int64.self))
    }
}

/// A time that may be missing, sent in seconds since 1970.
@propertyWrapper package struct OptionalSeconds: Decodable, Sendable, Equatable {
    package var wrappedValue: Instant?

    package init(wrappedValue: Instant?) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? nil : Instant(unixSeconds: try container.decode(Int64.self))
    }
}

/// Yes or no; no where Stripe does not say.
@propertyWrapper package struct Flag: Decodable, Sendable, Equatable {
    package var wrappedValue: Bool

    package init(wrappedValue: Bool) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = try !container.decodeNil() && container.decode(Bool.self)
    }
}

/// A list; empty where Stripe sends none.
@propertyWrapper package struct Listed<Element: Decodable & Sendable & Equatable>: Decodable, Sendable, Equatable {
    package var wrappedValue: [Element]

    package init(wrappedValue: [Element]) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? [] : try container.decode([Element].self)
    }
}

/// What we gave an object along: at most 50 texts by name. Empty where Stripe sends none.
package struct Metadata: Decodable, Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// By name. Values have at most 500 characters, names 40.
    package let texts: [String: String]

    package init(_ texts: [String: String] = [:]) { self.texts = texts }
    package init(dictionaryLiteral elements: (String, String)...) { texts = Dictionary(elements, uniquingKeysWith: { _, last in last }) }
    /// What Stripe has redacted is null there.
    package init(from decoder: any Decoder) throws {
        texts = try decoder.singleValueContainer().decode([String: String?].self).compactMapValues { $0 }
    }

    /// - Returns: `nil` where the object has no such name.
    package subscript(name: String) -> String? { texts[name] }
}

/// These take the place of the standard library's own in all synthesised decoding of this module, so that no object can forget them.
extension KeyedDecodingContainer {
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try decode(Whole.self, forKey: key).number }
    func decodeIfPresent(_: Int64.Type, forKey key: Key) throws -> Int64? { try decodeIfPresent(Whole.self, forKey: key)?.number }
    func decode(_: Int.Type, forKey key: Key) throws -> Int { Int(try decode(Whole.self, forKey: key).number) }
    func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? {
        (try decodeIfPresent(Whole.self, forKey: key)?.number).map { Int($0) }
    }
}

/// Synthesised decoding asks for these types as if they had to be there; Stripe leaves them out or sends null.
extension KeyedDecodingContainer {
    func decode(_: Reference.Type, forKey key: Key) throws -> Reference {
        try decodeIfPresent(Reference.self, forKey: key) ?? Reference(wrappedValue: nil)
    }

    func decode(_: OptionalSeconds.Type, forKey key: Key) throws -> OptionalSeconds {
        try decodeIfPresent(OptionalSeconds.self, forKey: key) ?? OptionalSeconds(wrappedValue: nil)
    }

    func decode(_: Flag.Type, forKey key: Key) throws -> Flag {
        try decodeIfPresent(Flag.self, forKey: key) ?? Flag(wrappedValue: false)
    }

    func decode<Element>(_: Listed<Element>.Type, forKey key: Key) throws -> Listed<Element> {
        try decodeIfPresent(Listed<Element>.self, forKey: key) ?? Listed(wrappedValue: [])
    }

    func decode(_: Metadata.Type, forKey key: Key) throws -> Metadata {
        try decodeIfPresent(Metadata.self, forKey: key) ?? Metadata()
    }
}
