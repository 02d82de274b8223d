/// An entry of one of Stripe's lists that could not be read or booked. It holds up nothing but the closing of months.
package struct UnreadableObject: Hashable, Sendable {
    /// The words are what programs see.
    package enum State: String, Sendable, CaseIterable {
        /// Each sync tries to read it, and no month is closed.
        case waiting
        /// Accounting has decided that months can be closed without it. Each sync still tries to read it.
        case dismissed
        /// It was dismissed, and then read after all.
        case read
    }

    /// Stripe's id. One without an id that can be asked for has a name that is made of what Stripe sent: `unnamed_3f2a…`.
    package let id: String
    /// Whether somebody has to look at it.
    package let state: State
    /// Why it could not be read or booked the last time.
    package let failure: Failure?
    /// By the books' clock.
    package let firstSeen: Instant
    /// `nil` while it waits.
    package let dismissal: Dismissal?

    package init(id: String, state: State, failure: Failure?, firstSeen: Instant, dismissal: Dismissal?) {
        self.id = id
        self.state = state
        self.failure = failure
        self.firstSeen = firstSeen
        self.dismissal = dismissal
    }
}

/// Somebody's decision that no month waits any longer for what cannot be read. It is kept; a sync still tries to read it.
package struct Dismissal: Hashable, Sendable {
    /// In the person's words.
    package let reason: String
    /// Who decided it, as in the journal.
    package let actor: String

    package init(reason: String, actor: String) {
        self.reason = reason
        self.actor = actor
    }
}
