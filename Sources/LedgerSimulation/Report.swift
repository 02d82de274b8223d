/// Something that must never be.
package struct Finding: Sendable, CustomStringConvertible {
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
        case ownMoney = "a journal holds money that is not its own"
        case takenAgain = "what was given back was taken again"
        case answers = "an answer is not what happened"
        case webhook = "a genuine event was refused"
        case books = "the books do not verify"
        case reconcile = "reconcile shows a difference"
        case stuck = "something is stuck"
        case unexpected = "an unexpected error"
    }

    package let checker: Checker
    package let what: String
    package let problem: String

    package var description: String { "\(checker.rawValue): \(what): \(problem)" }
}

/// What a run did.
package struct Report: Sendable, Equatable {
    package var starts = 0
    package var crashes = 0
    package var deeds = 0
    package var requests = 0
    package var troubles = 0
    package var refusals: [String: Int] = [:]
    package var states: [String: Int] = [:]
    package var kinds: [Kind: Int] = [:]
    /// The head of each tenant's journal: equal when everything before it was equal.
    package var heads: [String] = []

    package init() {}
}
