/// Something that must never be.
package struct Finding: Sendable, CustomStringConvertible {
    /// What looked and found it; the raw value is what people read.
    package enum Checker: String, Sendable {
        /// Nothing is sent that is not stored.
        case stored = "sent without a stored operation"
        case takenTwice = "charged twice"
        case moreThanShown = "charged more than shown"
        case agreement = "the two ledgers disagree about a guest"
        case held = "the ledger shows another hold than Stripe"
        case forgottenIntent = "an open intent is forgotten at Stripe"
        case deadCover = "a dead hold counts as cover"
        case deadCard = "a card was charged that is gone"
        case foreign = "another's object was touched"
        case balance = "the books do not explain Stripe's balance"
        case ownMoney = "a journal holds money that is not its own"
        case takenAgain = "what was given back was taken again"
        case day = "money is booked on another day than Stripe's"
        case coverLost = "cover was lost, and nobody has said no"
        case chain = "holds that took each other's places count twice"
        case lastWord = "a card was tried after a bank's last word"
        case tries = "a card was tried too often, or at the wrong time"
        case early = "a guest's money was taken before the stay was ended"
        case overlap = "a hold was kept whose place another one took"
        case late = "a late charge was taken twice, or without its guest's consent"
        case kept = "a card was kept beyond its days"
        case cardDetachedEarly = "a card was let go while something of its stay was open"
        case answers = "an answer is not what happened"
        case webhook = "a genuine event was refused"
        case books = "the books do not verify"
        case reconcile = "reconcile shows a difference"
        case stuck = "something is stuck"
        case unexpected = "an unexpected error"
    }

    /// Tells which promise was broken.
    package let checker: Checker
    /// Whom or what it is about: a hotel and a stay, a request, a tenant.
    package let what: String
    /// What is wrong, in words.
    package let problem: String

    package var description: String { "\(checker.rawValue): \(what): \(problem)" }
}

/// What a run did.
package struct Report: Sendable, Equatable {
    /// How often a program was started.
    package var starts = 0
    /// How often a program died in the middle.
    package var crashes = 0
    /// How many verbs, deliveries and syncs programs were given.
    package var deeds = 0
    /// How many requests left a program for Stripe.
    package var requests = 0
    /// How many of these went wrong on their way, on purpose.
    package var troubles = 0
    /// How often each code was answered.
    package var refusals: [String: Int] = [:]
    /// How many folios ended in each state.
    package var states: [String: Int] = [:]
    /// How often each kind of thing happened.
    package var kinds: [Kind: Int] = [:]
    /// The head of each tenant's journal: equal when everything before it was equal.
    package var heads: [String] = []

    package init() {}
}
