/// A column that a table file may have.
package struct TableColumn: Sendable {
    /// `snake_case`; what programs write.
    package let name: String
    /// What people write instead, in any case.
    package let others: [String]
    /// Whether a file without it is refused.
    package let isRequired: Bool

    package init(_ name: String, _ others: String..., isRequired: Bool = false) {
        (self.name, self.others, self.isRequired) = (name, others, isRequired)
    }

    /// Whether a file calls the column so: in any case, and with blanks or hyphens in place of underscores.
    func isCalled(_ text: String) -> Bool {
        let text = Self.compared(text)
        return ([name] + others).contains { Self.compared($0) == text }
    }

    private static func compared(_ name: String) -> String {
        String(name.trimmed.lowercased().map { $0.isWhitespace || $0 == "-" ? "_" : $0 })
    }
}

extension String {
    /// Without white space around it, of which a byte order mark in the middle of a file is a kind.
    var trimmed: String {
        let isInk: (Unicode.Scalar) -> Bool = { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else { return "" }
        return String(scalars[first...last])
    }

    var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" } }
}
