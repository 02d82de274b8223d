/// A column that a table file may have.
package struct TableColumn: Sendable, Equatable {
    /// `snake_case`; what programs write.
    package let name: String
    /// What people write instead, in any case.
    package let others: [String]
    /// All its names, as they are compared.
    private let plain: Set<String>
    /// Its name to people who read German.
    let german: String
    /// Whether a file without it is refused.
    package let isRequired: Bool

    /// - Parameter german: Its name to people who read German; a file may have it, too.
    package init(_ name: String, _ others: String..., german: String? = nil, isRequired: Bool = false) {
        (self.name, self.others, self.german, self.isRequired) = (name, others, german ?? name, isRequired)
        plain = Set(([name, self.german] + others).map(Self.compared))
    }

    private init(_ column: TableColumn, isRequired: Bool) {
        (name, others, german, self.isRequired) = (column.name, column.others, column.german, isRequired)
        plain = column.plain
    }

    /// The same column in a file that must have it.
    package var required: TableColumn { TableColumn(self, isRequired: true) }

    /// Whether a file calls the column so.
    ///
    /// - Parameter name: As `compared` has it.
    func isCalled(_ name: String) -> Bool { plain.contains(name) }

    /// A name in any case, and with blanks or hyphens in place of underscores.
    static func compared(_ name: String) -> String {
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
