/// A column that a table file may have.
package struct TableColumn: Sendable, Equatable {
    /// `snake_case`; what programs write.
    package let name: String
    /// All its names, as they are compared.
    private let plain: Set<String>
    /// Its name to people who read German.
    package let german: String
    /// Whether a file without it is refused.
    package let isRequired: Bool

    /// - Parameters:
    ///   - others: What people write instead of the name, in any case.
    ///   - german: Its name to people who read German; a file may have it, too.
    package init(_ name: String, _ others: String..., german: String? = nil, isRequired: Bool = false) {
        (self.name, self.german, self.isRequired) = (name, german ?? name, isRequired)
        plain = Set(([name, self.german] + others).map(Self.compared))
    }

    /// The same column of another file, which calls it `name`; it may have the old name, too.
    package func named(_ name: String, isRequired: Bool) -> TableColumn { TableColumn(self, name: name, isRequired: isRequired) }

    private init(_ column: TableColumn, name: String, isRequired: Bool) {
        (self.name, german, self.isRequired) = (name, column.german, isRequired)
        plain = column.plain.union([Self.compared(name)])
    }

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
