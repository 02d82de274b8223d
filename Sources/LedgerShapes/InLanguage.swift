import Ledger

/// A value, and the language that its sentences are read in.
@dynamicMemberLookup
package struct InLanguage<Value: Sendable>: Sendable {
    /// As it is kept, without words.
    package let value: Value
    /// Of the sentences that the shape makes of it.
    package let language: Language

    package init(_ value: Value, _ language: Language) {
        self.value = value
        self.language = language
    }

    /// Members of the value, as if they were its own.
    package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }
}
