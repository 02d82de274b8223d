/// Names of tokens and users. They stand in the journal as who did it, so that one name must always be one and the same text.
enum AccessName {
    static let longest = 64

    /// - Returns: The name in lower case.
    /// - Throws: `AccessRefusal.nameInvalid` unless it is 1 to 64 ASCII letters, digits and `.`, `_`, `-`, `@`, `+`, beginning with a
    ///   letter or digit: enough for e-mail addresses, and nothing that looks like something else.
    static func checked(_ text: String) throws(AccessRefusal) -> String {
        guard text.utf8.count <= longest else { throw .nameInvalid(text) }
        let name = text.lowercased()
        guard let first = name.utf8.first, isAlphanumeric(first), name.utf8.count <= longest,
            name.utf8.allSatisfy({ isAlphanumeric($0) || "._-@+".utf8.contains($0) })
        else { throw .nameInvalid(text) }
        return name
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
}
