import JSON
import Ledger

/// What a field of a request may hold: read strictly, and described in the same place.
struct InputType<Value: Sendable>: Sendable {
    /// As JSON Schema has it.
    let schema: JSON
    /// Completes "… must be": `a whole number from 1 to 100000`.
    let expected: Phrase
    /// A longer text is none of these, and nothing looks into it: comparing texts costs with the square of their length.
    private let mostBytes: Int
    private let readChecked: @Sendable (JSON, _ path: FieldPath) throws -> Value?

    /// - Parameter mostBytes: 0 where no text can be right.
    init(_ schema: JSON, _ expected: Phrase, mostBytes: Int, read: @escaping @Sendable (JSON, FieldPath) throws -> Value?) {
        self.schema = schema
        self.expected = expected
        self.mostBytes = mostBytes
        readChecked = read
    }

    /// - Parameter path: Where the value stands, such as `lines[0].quantity`; for what is wrong deeper inside.
    /// - Returns: nil when the value is none of these.
    func read(_ value: JSON, _ path: FieldPath) throws -> Value? {
        if let text = value.textValue, text.utf8.count > mostBytes { return nil }
        return try readChecked(value, path)
    }
}

extension InputType where Value == String {
    /// What the rule's length and pattern say. What no pattern says is refused by the verb, with a code of its own.
    static func text(_ rule: TextRule) -> Self { text(rule) { $0 } }

    /// Text of another module's shape.
    static func text(
        matching pattern: String, length: ClosedRange<Int>, _ expected: Phrase, where fits: @escaping @Sendable (String) -> Bool
    ) -> Self {
        Self(.schema(pattern, length), expected, mostBytes: 4 * length.upperBound) { value, _ in
            guard let text = value.textValue, length.contains(text.unicodeScalars.count), fits(text) else { return nil }
            return text
        }
    }

    /// An address with http or https.
    static var url: Self {
        text(
            matching: #"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?$"#, length: 10...2000,
            Phrase("an address that begins with https://", "eine Adresse, die mit https:// beginnt"), where: isURL)
    }

    private static func isURL(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        let parts = authority.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        let isHost =
            !parts[0].isEmpty
            && parts[0].allSatisfy { byte in
                isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "-")
            }
        let isPort = parts.count == 1 || (1...5).contains(parts[1].count) && parts[1].allSatisfy(isDigit)
        return isHost && isPort && rest.dropFirst(authority.count).allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    }
}

extension InputType {
    /// A text of that rule, and what the domain reads in it.
    static func text(_ rule: TextRule, _ read: @escaping @Sendable (String) -> Value?) -> Self {
        Self(rule.schema, rule.expected, mostBytes: rule.mostBytes) { value, _ in
            guard let text = value.textValue, rule.isWritten(text) else { return nil }
            return read(text)
        }
    }
}

extension TextRule {
    /// As JSON Schema has it.
    var schema: JSON { .schema(pattern, length) }
}

extension JSON {
    fileprivate static func schema(_ pattern: String, _ length: ClosedRange<Int>) -> JSON {
        [
            "type": "string", "minLength": .int(length.lowerBound), "maxLength": .int(length.upperBound), "pattern": .text(pattern),
        ]
    }
}

extension InputType where Value == Int64 {
    static func whole(_ range: ClosedRange<Int64>) -> Self {
        Self(
            ["type": "integer", "minimum": .int(Int(range.lowerBound)), "maximum": .int(Int(range.upperBound))],
            Phrase(
                "a whole number from \(range.lowerBound) to \(range.upperBound)",
                "eine ganze Zahl von \(range.lowerBound) bis \(range.upperBound)"),
            mostBytes: 0
        ) { value, _ in
            guard let number = value.wholeNumber, range.contains(number) else { return nil }
            return number
        }
    }

    /// Minor units: 300.00 EUR is 30000.
    static var amount: Self { whole(LineItem.amounts) }
    static var amountOrNothing: Self { whole(0...Money.largest) }
}

extension InputType where Value == Bool {
    static var flag: Self {
        Self(["type": "boolean"], Phrase("true or false", "true oder false"), mostBytes: 0) { value, _ in value.boolValue }
    }
}

extension InputType where Value == Day {
    static var day: Self {
        Self(
            ["type": "string", "format": "date"], Phrase("a day such as 2026-11-20", "ein Tag wie 2026-11-20"), mostBytes: 10
        ) { value, _ in value.textValue.flatMap { Day($0) } }
    }
}

extension InputType where Value == Month {
    static var month: Self { text(.month) { Month($0) } }
}

extension InputType where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the cases of an enumeration, written as its raw value.
    static func choice(of type: Value.Type = Value.self) -> Self {
        let names = type.allCases.map(\.rawValue)
        let list = names.joined(separator: ", ")
        return Self(
            ["type": "string", "enum": JSON(names)], Phrase("one of \(list)", "eines von \(list)"),
            mostBytes: names.map(\.utf8.count).max() ?? 0
        ) { value, _ in value.textValue.flatMap { Value(rawValue: $0) } }
    }
}

extension InputType where Value == TaxRate {
    static var taxRate: Self { text(.taxRate) { TaxRate($0) } }
}

extension InputType where Value == Ledger.Category {
    static var category: Self { text(.category) { Category($0) } }

    /// One of these categories.
    static func category(among categories: [Ledger.Category]) -> Self {
        let names = categories.map(\.name)
        let list = names.joined(separator: ", ")
        return Self(
            ["type": "string", "enum": JSON(names)], Phrase("one of \(list)", "eines von \(list)"),
            mostBytes: TextRule.category.mostBytes
        ) { value, _ in value.textValue.flatMap { name in categories.first { $0.name == name } } }
    }
}

extension InputType {
    /// An object of its own inside the request.
    static func object(_ shape: InputShape) -> InputType<InputObject> {
        InputType<InputObject>(shape.schema, Phrase("an object", "ein Objekt"), mostBytes: 0) { value, path in
            guard let members = value.members else { return nil }
            return try shape.read(members, at: path)
        }
    }

    /// So many of them, in order.
    func list(_ count: ClosedRange<Int>) -> InputType<[Value]> {
        InputType<[Value]>(
            ["type": "array", "items": schema, "minItems": .int(count.lowerBound), "maxItems": .int(count.upperBound)],
            Phrase(
                "a list of \(count.lowerBound) to \(count.upperBound)",
                "eine Liste mit \(count.lowerBound) bis \(count.upperBound) Einträgen"),
            mostBytes: 0
        ) { value, path in
            guard let elements = value.arrayValue, count.contains(elements.count) else { return nil }
            return try elements.enumerated().map { position, element in
                guard let read = try self.read(element, { FieldPlace.element(position, of: path()) }) else {
                    throw APIRefusal.fieldWrong(FieldPlace.element(position, of: path()), expected)
                }
                return read
            }
        }
    }

    /// Reads further, into what the domain calls it.
    func map<Other>(_ further: @escaping @Sendable (Value) throws -> Other?) -> InputType<Other> {
        InputType<Other>(schema, expected, mostBytes: mostBytes) { value, path in try read(value, path).flatMap(further) }
    }
}

extension JSON {
    /// A whole number, also when it is written with a fraction of zero: JSON does not tell 1 from 1.0.
    fileprivate var wholeNumber: Int64? {
        if let whole = intValue { return Int64(whole) }
        guard case .decimal(let text) = self, text.utf8.count <= 40 else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy({ $0 == UInt8(ascii: "0") }), parts[0].first != UInt8(ascii: "+")
        else { return nil }
        return Int64(Substring(parts[0]))
    }
}
