/// Events of Stripe's that a tenant's books cannot use, counted by why.
package struct DroppedEvents: Hashable, Sendable {
    /// The words are those that are stored.
    package enum Reason: String, Sendable, CaseIterable {
        /// It happened in another account, as Connect tells a platform.
        case otherAccount = "other_account"
        /// It is from live mode and the books are for testing, or the other way round.
        case otherMode = "other_mode"
        /// It names no object in the form that is read here.
        case thin
        /// It is no event of Stripe's.
        case unreadable
        /// Neither Stripe nor these books know its object.
        case unknownObject = "unknown_object"
    }

    /// `nil` for one that this program does not know: it is shown by its word, and hides no other.
    package var reason: Reason? { Reason(rawValue: word) }
    /// The reason as it is stored.
    package let word: String
    /// How many since the books began.
    package let count: Int64
    /// When the first one arrived, by the books' clock.
    package let first: Instant
    /// When the latest one arrived.
    package let last: Instant
    /// The latest one's id, where one could be read.
    package let example: String?

    package init(word: String, count: Int64, first: Instant, last: Instant, example: String?) {
        self.word = word
        self.count = count
        self.first = first
        self.last = last
        self.example = example
    }
}
