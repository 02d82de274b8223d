/// Which movements in suspense are meant, all at once.
package struct MovementSelection: Hashable, Sendable {
    /// Stripe's type.
    package let type: String
    /// Only those of which it is known that what they came from does not carry these books' id.
    package let onlyOthers: Bool

    package init(type: String, onlyOthers: Bool = false) {
        self.type = type
        self.onlyOthers = onlyOthers
    }

    /// Whether a movement is among them, wherever its amount is.
    package func takes(_ known: UnexplainedMovement) -> Bool {
        known.movement.type == type && (!onlyOthers || known.carriesBooks == false)
    }
}

/// A standing decision of accounting: what comes into suspense is assigned to an account by itself.
package struct MovementRule: Hashable, Sendable {
    /// How it ended.
    package struct End: Hashable, Sendable {
        /// By the books' clock.
        package let at: Instant
        /// Who ended it.
        package let actor: String

        package init(at: Instant, actor: String) {
            self.at = at
            self.actor = actor
        }
    }

    /// Gapless within the tenant, from 1.
    package let number: Int64
    /// What it takes. For each type at most one rule is in force.
    package let selection: MovementSelection
    /// The account's name: see `Account.init(assignable:)`.
    package let account: String
    /// In the person's words: the reason of each assignment.
    package let reason: String
    /// Who set it.
    package let actor: String
    /// By the books' clock.
    package let created: Instant
    /// nil while it is in force.
    package let end: End?

    /// Who assigns by it, in the journal: `rule:3`.
    package var name: String { "rule:\(number)" }

    package init(
        number: Int64, selection: MovementSelection, account: String, reason: String, actor: String, created: Instant, end: End?
    ) {
        self.number = number
        self.selection = selection
        self.account = account
        self.reason = reason
        self.actor = actor
        self.created = created
        self.end = end
    }
}

/// What came of assigning everything of one type.
package struct AssignedMovements: Hashable, Sendable {
    /// What was asked for.
    package let selection: MovementSelection
    /// The account's name.
    package let account: String
    /// In the person's words.
    package let reason: String
    /// How many movements; each has an entry of its own. At least 1.
    package let count: Int64
    /// The sum of their amounts, as the balance saw them.
    package let amount: Money

    package init(selection: MovementSelection, account: String, reason: String, count: Int64, amount: Money) {
        self.selection = selection
        self.account = account
        self.reason = reason
        self.count = count
        self.amount = amount
    }
}
