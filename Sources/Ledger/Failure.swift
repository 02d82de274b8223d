/// Why a hold, a payment or a step of a check-out came to nothing. Kept as a code with its facts; `sentence` puts it into words for
/// staff where it is read.
package enum Failure: Hashable, Sendable {
    /// Nobody used the page at Stripe while it was open, or it was taken back.
    case pageUnused
    /// The bank declined, for the reason with that name at Stripe.
    case declined(String)
    /// The bank wants the guest to confirm the payment.
    case authenticationRequired
    /// The payment ended without money, and no bank said why.
    case notPaid
    /// The saved card it was meant for cannot be charged any more.
    case cardLost
    /// What a step was made for has changed meanwhile, for example on Stripe's own pages; with the code of the refusal that noticed it.
    case outdated(String)
    /// The operator gave up a call that came to no end.
    case dismissed(String, by: String)
    /// A payment cannot be given back: Stripe's code for a refused refund, or its reason for one that failed.
    case notRefundable(String)
    /// Stripe refused the call: its code, and its own words, which are English and meant for developers.
    case refused(code: String, words: String)
    /// Stripe gave no answer that can be used: why not, and what is known of it, for the operator.
    case unanswered(NoAnswer, words: String)
    /// Somebody's words, or a sentence that was kept before failures were facts.
    case said(String)

    /// As programs read it; never reworded.
    package var code: String {
        switch self {
        case .pageUnused: "page_unused"
        case .declined: "declined"
        case .authenticationRequired: "authentication_required"
        case .notPaid: "not_paid"
        case .cardLost: "card_lost"
        case .outdated: "outdated"
        case .dismissed: "dismissed"
        case .notRefundable: "not_refundable"
        case .refused: "refused"
        case .unanswered: "unanswered"
        case .said: "said"
        }
    }

    /// Every code there is.
    package static let codes = [
        "page_unused", "declined", "authentication_required", "not_paid", "card_lost", "outdated", "dismissed", "not_refundable",
        "refused", "unanswered", "said",
    ]

    /// Why there is no answer that can be used.
    package enum NoAnswer: String, Sendable, CaseIterable {
        /// Nobody was reached; there was no answer in time; the connection broke.
        case notReached = "not_reached"
        case timedOut = "timed_out"
        case interrupted
        /// Stripe itself is in trouble, or another call is at the object, or there were too many.
        case serverError = "server_error"
        case busy
        /// The key is wrong, or lacks a right.
        case keyRefused = "key_refused"
        /// What came is not Stripe's, or the books cannot take it in.
        case unusable
    }

    /// The guest's bank contests the payment, or has taken it back.
    package static let contested = Failure.notRefundable("charge_disputed")

    /// Whether it was the guest's bank that said no.
    package var isDecline: Bool {
        switch self {
        case .declined, .authenticationRequired: true
        case .pageUnused, .notPaid, .cardLost, .outdated, .dismissed, .notRefundable, .refused, .unanswered, .said: false
        }
    }
}

// MARK: - In one text

extension Failure {
    /// As it is stored: `#declined insufficient_funds`. Somebody's words stand there as they are, as all did before failures had codes.
    package var stored: String {
        switch self {
        case .pageUnused, .authenticationRequired, .notPaid, .cardLost: "#\(code)"
        case .declined(let reason): "#\(code) \(reason)"
        case .outdated(let refusal): "#\(code) \(refusal)"
        case .notRefundable(let reason): "#\(code) \(reason)"
        case .dismissed(let reason, let actor): "#\(code) \(actor)\n\(reason)"
        case .refused(let name, let words): "#\(code) \(name)\n\(words)"
        case .unanswered(let why, let words): "#\(code) \(why.rawValue)\n\(words)"
        case .said(let words): words.hasPrefix("#") ? "#\(code) \(words)" : words
        }
    }

    /// Never fails: what has no code that is known here counts as words.
    package init(stored text: String) {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let fact = parts.count > 1 ? parts[1] : nil
        switch (parts[0], fact) {
        case ("#page_unused", nil): self = .pageUnused
        case ("#declined", let reason?): self = .declined(reason)
        case ("#authentication_required", nil): self = .authenticationRequired
        case ("#not_paid", nil): self = .notPaid
        case ("#card_lost", nil): self = .cardLost
        case ("#outdated", let refusal?): self = .outdated(refusal)
        case ("#not_refundable", let reason?): self = .notRefundable(reason)
        case ("#dismissed", let both?), ("#refused", let both?), ("#unanswered", let both?):
            let facts = both.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch (parts[0], facts.count, NoAnswer(rawValue: facts[0])) {
            case ("#dismissed", 2, _): self = .dismissed(facts[1], by: facts[0])
            case ("#refused", 2, _): self = .refused(code: facts[0], words: facts[1])
            case ("#unanswered", 2, let why?): self = .unanswered(why, words: facts[1])
            default: self = .said(text)
            }
        case ("#said", let words?): self = .said(words)
        default: self = .said(text)
        }
    }
}
