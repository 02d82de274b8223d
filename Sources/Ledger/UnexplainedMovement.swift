/// A movement whose amount nothing in these books explained when it came: a shop's payment on the same account, money from the bank.
package struct UnexplainedMovement: Hashable, Sendable {
    /// The words are those that are stored.
    package enum State: String, Sendable, CaseIterable {
        /// What it came from has not been read, or it is not decided whose that is.
        case waiting
        /// It was read, and is not ours, or accounting has dismissed it unread: the amount is in `suspense:TYPE`.
        case suspense
        /// Accounting has found an account for it.
        case assigned
        /// A payment, refund or dispute of these books explains it after all.
        case ours
    }

    /// What accounting decided.
    package struct Assignment: Hashable, Sendable {
        /// The account's name: see `Account.assignable`.
        package let account: String
        /// In the person's words; the rule's, when a rule did it.
        package let reason: String
        /// Who decided it; `rule:3` for a rule.
        package let actor: String
        /// The number of the rule that did it; nil when a person did.
        package let rule: Int64?

        package init(account: String, reason: String, actor: String, rule: Int64?) {
            self.account = account
            self.reason = reason
            self.actor = actor
            self.rule = rule
        }

        /// Why, as people read it: a rule is named.
        package var phrase: Phrase {
            rule.map { Phrase("rule \($0): \(reason)", "Regel \($0): \(reason)") } ?? Phrase(reason, reason)
        }
    }

    /// As Stripe lists it.
    package let movement: BalanceMovement
    /// Where its amount is.
    package let state: State
    /// Why what it came from could not be read the last time; only while it waits, and of one that was dismissed until it is read.
    package let failure: Failure?
    /// Only while it is assigned.
    package let assignment: Assignment?
    /// Whether what it came from carries these books' id, as it was read; nil while that is not known.
    package let carriesBooks: Bool?
    /// Why and by whom it was put in suspense although what it came from could not be read.
    package let dismissal: Dismissal?

    /// The account that its amount is in now; nil while it waits, and once it is ours.
    package var account: String? {
        switch state {
        case .waiting, .ours: nil
        case .suspense: Account.suspense(type: movement.type).name
        case .assigned: assignment?.account
        }
    }

    package init(
        movement: BalanceMovement, state: State, failure: Failure?, assignment: Assignment?, carriesBooks: Bool? = nil,
        dismissal: Dismissal? = nil
    ) {
        self.movement = movement
        self.state = state
        self.failure = failure
        self.assignment = assignment
        self.carriesBooks = carriesBooks
        self.dismissal = dismissal
    }

    /// Whether it waits only because what it came from cannot be read: then it can be dismissed.
    package var isDismissible: Bool { state == .waiting && failure != nil }

    /// Whether a sync still has to find out whose it is.
    package var isToBeRead: Bool { state == .waiting || failure != nil }
}

/// Which movements that nothing explained a list is of.
package struct MovementFilter: Hashable, Sendable {
    /// Where their amount is; nil for those that need somebody: waiting or in suspense.
    package let state: UnexplainedMovement.State?
    /// Stripe's type; nil for all.
    package let type: String?

    package init(_ state: UnexplainedMovement.State? = nil, type: String? = nil) {
        self.state = state
        self.type = type
    }
}

/// What is in suspense of one of Stripe's types.
package struct SuspenseTotal: Hashable, Sendable {
    /// Stripe's type.
    package let type: String
    /// How many movements.
    package let count: Int64
    /// The sum of their amounts, as the balance saw them.
    package let amount: Money

    package init(type: String, count: Int64, amount: Money) {
        self.type = type
        self.count = count
        self.amount = amount
    }
}

extension Account {
    /// Accounts of these books that a movement may be assigned to, beside `external:NAME`. Guests' folios and revenue have their lines.
    package static let assignable: [Account] = [.bank, .stripeFees, .stripeReserved, .disputes]

    /// - Parameter name: Of an account that a movement may be assigned to: one of `assignable`, or `external:NAME`.
    /// - Returns: `nil` for any other.
    package init?(assignable name: String) {
        if let known = Self.assignable.first(where: { $0.name == name }) {
            self = known
            return
        }
        guard name.hasPrefix("external:"), TextRule.externalAccount.takes(String(name.dropFirst(9))) else { return nil }
        self = .external(String(name.dropFirst(9)))
    }
}

/// A payment or refund of which journal and balance show different amounts.
package struct UnbalancedObject: Hashable, Sendable {
    /// What it is.
    package enum Kind: Hashable, Sendable { case payment, refund }

    /// What it is.
    package let kind: Kind
    /// Stripe's: the intent of a payment, `pi_…`, or a refund, `re_…`.
    package let id: String
    /// The folio's reference; nil while nothing of it is posted.
    package let folio: String?
    /// What the journal shows: negative for a refund.
    package let posted: Money
    /// What Stripe's balance transactions show.
    package let moved: Money
    /// Whether it is a payment on its way: some methods are on the balance before they are paid.
    package let isUnderWay: Bool

    package init(kind: Kind, id: String, folio: String?, posted: Money, moved: Money, isUnderWay: Bool = false) {
        self.kind = kind
        self.id = id
        self.folio = folio
        self.posted = posted
        self.moved = moved
        self.isUnderWay = isUnderWay
    }
}

/// What moved on the account in a currency that the books are not kept in.
package struct OtherCurrency: Hashable, Sendable {
    /// As Stripe writes it: `usd`.
    package let code: String
    /// How many movements are known.
    package let movements: Int64
    /// The sum of their `net`, in Stripe's integer.
    package let net: Int64
    /// Whether a payment of these books is among them: then Stripe settles these books in that currency.
    package let hasOurs: Bool

    package init(code: String, movements: Int64, net: Int64, hasOurs: Bool) {
        self.code = code
        self.movements = movements
        self.net = net
        self.hasOurs = hasOurs
    }
}
