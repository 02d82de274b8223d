import Ledger

/// Turns one word of the command line into a value, and can say what it wants when it cannot.
package struct ValueReader<Value: Sendable>: Sendable {
    /// Shown in help: `YYYY-MM-DD`, `reserved|direct`.
    let placeholder: String
    /// Completes "--arrival needs …": `a day`.
    let expected: String
    /// A value that would be right, when a list of them is not in `expected` already.
    let example: String?
    /// What a shell can offer in its place.
    var offer = Offer.nothing
    /// - Returns: `nil` when the word is none of the values.
    let read: @Sendable (String) -> Value?

    package init(placeholder: String, expected: String, example: String? = nil, read: @escaping @Sendable (String) -> Value?) {
        self.placeholder = placeholder
        self.expected = expected
        self.example = example
        self.read = read
    }
}

/// What a shell offers where a value is typed.
enum Offer: Equatable {
    case nothing, files
    case words([String])
}

extension ValueReader where Value == String {
    /// Any text but an empty one.
    package static func text(_ placeholder: String = "TEXT") -> Self {
        Self(placeholder: placeholder, expected: "a text") { $0.isEmpty ? nil : $0 }
    }

    /// Text that the rule takes.
    package static func text(_ placeholder: String, _ rule: TextRule) -> Self {
        Self(placeholder: placeholder, expected: rule.expected.english) { rule.takes($0) ? $0 : nil }
    }

    /// One of these words.
    package static func choice(_ placeholder: String, among words: [String]) -> Self {
        var reader = Self(placeholder: placeholder, expected: listed(words, conjunction: "or")) { words.contains($0) ? $0 : nil }
        reader.offer = .words(words)
        return reader
    }

    /// The path of a file, not yet opened.
    package static var file: Self {
        var reader = Self(placeholder: "FILE", expected: "the path of a file") { $0.isEmpty ? nil : $0 }
        reader.offer = .files
        return reader
    }
}

extension ValueReader where Value == Int64 {
    /// A whole number within `range`.
    package static func wholeNumber(_ range: ClosedRange<Int64>) -> Self {
        Self(placeholder: "N", expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard !text.hasPrefix("+"), let number = Int64(text), range.contains(number) else { return nil }
            return number
        }
    }
}

extension ValueReader where Value == Day {
    /// `2026-11-20`.
    package static var day: Self {
        Self(placeholder: "YYYY-MM-DD", expected: "a day of the calendar", example: "2026-11-20") { Day($0) }
    }
}

extension ValueReader where Value == Month {
    /// `2026-10`.
    package static var month: Self {
        Self(placeholder: "YYYY-MM", expected: "a month", example: "2026-10") { Month($0) }
    }
}

extension ValueReader where Value == Currency {
    /// ISO 4217 in any case; only currencies that Stripe accepts.
    package static var currency: Self {
        Self(placeholder: "CODE", expected: "a currency that Stripe accepts", example: "eur") { Currency($0) }
    }
}

extension ValueReader where Value == AmountText {
    /// An amount whose currency is known only later, when the tenant has been read.
    package static var amount: Self {
        Self(placeholder: "AMOUNT", expected: "an amount", example: "300.00") { $0.isEmpty ? nil : AmountText($0) }
    }
}

extension ValueReader where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the cases of an enumeration, written as its raw value.
    package static func choice(of type: Value.Type = Value.self) -> Self {
        let names = type.allCases.map(\.rawValue)
        var reader = Self(placeholder: names.joined(separator: "|"), expected: listed(names, conjunction: "or")) { Value(rawValue: $0) }
        reader.offer = .words(names)
        return reader
    }
}

/// `a, b or c`.
package func listed(_ words: [String], conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
}
