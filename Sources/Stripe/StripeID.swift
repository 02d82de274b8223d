/// How Stripe writes the ids of its objects.
package enum StripeID {
    private static let longest = 255

    /// A word in small letters, an underscore, then letters, digits and underscores: `pi_1QExample`, `cs_test_a1B2`.
    package static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= longest, let underscore = text.utf8.firstIndex(of: UInt8(ascii: "_")) else { return false }
        let (word, rest) = (text.utf8[..<underscore], text.utf8[text.utf8.index(after: underscore)...])
        return !word.isEmpty && word.allSatisfy { isSmall($0) }
            && !rest.isEmpty && rest.allSatisfy { isSmall($0) || isCapital($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    /// The word in front, which says what kind of object it is.
    package static func prefix(of id: String) -> Substring { id.prefix { $0 != "_" } }

    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
