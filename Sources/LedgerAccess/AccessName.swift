import Ledger

/// Names of tokens and users. They stand in the journal as who did it, so that one name must always be one and the same text.
enum AccessName {
    /// - Returns: The name in lower case.
    /// - Throws: `AccessRefusal.nameInvalid` for what `TextRule.accessName` does not take.
    static func checked(_ text: String) throws(AccessRefusal) -> String {
        let rule = TextRule.accessName
        // Twice: some letters become more of them in lower case, and nothing is done to a text of any length.
        guard !rule.isTooLong(text), rule.takes(text.lowercased()) else { throw .nameInvalid(text) }
        return text.lowercased()
    }
}
