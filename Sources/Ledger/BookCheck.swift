/// What is wrong with a tenant's books. The first wrong entry is named; whatever comes after it proves nothing.
package struct BookDefect: Hashable, Sendable {
    /// The tenant's id.
    package let tenant: String
    /// The journal entry at which it shows; `nil` for a defect outside the journal.
    package let entry: Int64?
    /// What is wrong, for the operator: within a sentence, without a full stop.
    package let problem: String

    package init(tenant: String, entry: Int64?, problem: String) {
        self.tenant = tenant
        self.entry = entry
        self.problem = problem
    }
}

/// What `verify` looked at.
package struct BookCheck: Sendable {
    /// How many journal entries were read and hashed, up to the first broken one.
    package var entries: Int64 = 0
    /// Sum of the debit sides of all accounts as they are kept, in minor units.
    package var debits: Int64 = 0
    /// Sum of the credit sides, in minor units; anything but `debits` is a defect, too.
    package var credits: Int64 = 0
    /// The last entry's hash.
    package var head: [UInt8] = JournalEntry.genesisHash
    /// Empty when the books are in order.
    package var defects: [BookDefect] = []

    package init() {}
}
