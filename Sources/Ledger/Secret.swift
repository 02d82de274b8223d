/// A token, a key or a signing secret. It can be used, but not printed by accident: every
/// textual form of it, also inside another value or a dump, reads `[secret]`.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself, for the one header or signature that needs it.
    package let revealed: String

    /// - Returns: `nil` unless the text is 1...512 printable ASCII characters without blanks: it goes into a
    ///   header, and a line break copied along with it would end that header.
    package init?(_ text: String) {
        guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ (33...126).contains($0) }) else { return nil }
        revealed = text
    }

    package var description: String { "[secret]" }
    package var debugDescription: String { "[secret]" }
    /// Empty, so that `dump` shows no text either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
