/// What a text may be: its length and how it is written. Each rule is defined once, in TextRules.swift; the verbs check with it, and API
/// and pages describe with it what they take.
package struct TextRule: Sendable {
    /// What the text is, as a sentence begins with it.
    package let name: Phrase
    /// In Unicode scalars, as JSON Schema and SQLite count: one emoji can be several.
    package let length: ClosedRange<Int>
    /// A regular expression for the whole text that JavaScript, ICU and Python read alike.
    package let pattern: String
    /// Completes "it must be".
    package let expected: Phrase
    /// In UTF-8. Nothing looks into a longer text: comparing texts costs with the square of their length.
    package let mostBytes: Int
    private let matches: @Sendable (String) -> Bool
    private let further: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - isASCII: Whether only ASCII is allowed.
    ///   - matches: Whether a text that is not too long fits the pattern.
    ///   - further: What no pattern says, such as the lengths of parts; asked of texts that fit the pattern.
    init(
        _ name: Phrase, _ length: ClosedRange<Int>, pattern: String, _ expected: Phrase, isASCII: Bool = false,
        matches: @escaping @Sendable (String) -> Bool, further: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.name = name
        self.length = length
        self.pattern = pattern
        self.expected = expected
        mostBytes = (isASCII ? 1 : 4) * length.upperBound
        self.matches = matches
        self.further = further
    }

    /// Checked before anything looks into the text.
    package func isTooLong(_ text: String) -> Bool { text.utf8.count > mostBytes || text.unicodeScalars.count > length.upperBound }

    /// Whether it is right as far as length and pattern can say.
    package func isWritten(_ text: String) -> Bool {
        !isTooLong(text) && text.unicodeScalars.count >= length.lowerBound && matches(text)
    }

    /// Whether the text is right in everything, also in what no pattern says.
    package func takes(_ text: String) -> Bool { isWritten(text) && further(text) }
}

extension TextRule {
    /// Text on one line with something visible in it.
    static func line(
        _ name: Phrase, most: Int, further: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> TextRule {
        TextRule(
            name, 1...most, pattern: String.visibleLinePattern,
            Phrase("a text of 1 to \(most) characters on one line", "ein Text mit 1 bis \(most) Zeichen in einer Zeile"),
            matches: \.isOneVisibleLine, further: further)
    }

    /// A word of ASCII characters. Pattern and check are made of the same two classes.
    ///
    /// - Parameters:
    ///   - first: Which characters it may begin with, as a class of a regular expression has them: `a-z0-9`. A hyphen comes last.
    ///   - rest: The same for those behind; `nil` for the same ones.
    package static func word(
        _ name: Phrase, first: String, rest: String? = nil, _ length: ClosedRange<Int>, _ expected: Phrase
    ) -> TextRule {
        let pattern =
            rest.map { "^[\(first)][\($0)]\(repeated(length.lowerBound - 1...length.upperBound - 1))$" }
            ?? "^[\(first)]\(repeated(length))$"
        let (ofFirst, ofRest) = (ASCIIClass(first), ASCIIClass(rest ?? first))
        return TextRule(name, length, pattern: pattern, expected, isASCII: true) { text in
            text.utf8.first.map(ofFirst.contains) ?? false && text.utf8.dropFirst().allSatisfy(ofRest.contains)
        }
    }

    private static func repeated(_ count: ClosedRange<Int>) -> String {
        count.lowerBound == count.upperBound ? "{\(count.lowerBound)}" : "{\(count.lowerBound),\(count.upperBound)}"
    }
}

/// Characters of ASCII, written as a class of a regular expression without its brackets.
struct ASCIIClass: Sendable {
    /// One bit for each of the 128.
    private let bits: UInt128

    /// - Precondition: It holds characters and ranges such as `a-z`; a hyphen that is meant comes last.
    init(_ text: String) {
        var (bits, rest) = (UInt128(0), text.utf8[...])
        while let low = rest.popFirst() {
            var high = low
            if rest.count > 1, rest.first == UInt8(ascii: "-") { high = rest.dropFirst().first!; rest = rest.dropFirst(2) }
            for byte in low...high { bits |= 1 << UInt128(byte) }
        }
        self.bits = bits
    }

    func contains(_ byte: UInt8) -> Bool { byte < 128 && bits & (1 << UInt128(byte)) != 0 }
}
