/// Why a hold, a payment or a step of a check-out failed. Stored as a code with its facts; `sentence` puts it into words for
/// staff where it is read.
package enum Failure: Hashable, Sendable {
    /// The payment page was not used while it was open, or it was withdrawn.
    case pageUnused
    /// The bank declined, for the reason with that name at Stripe.
    case declined(String)
    /// The bank wants the guest to confirm the payment.
    case authenticationRequired
    /// The payment ended without money, and no bank said why.
    case notPaid
    /// The saved card it was meant for cannot be charged any more.
    case cardRemoved
    /// Somebody let the hold go on Stripe's own pages.
    case releasedAtStripe
    /// The Stripe account does not take payments with this method: it is not activated there.
    case methodNotActive(PaymentMethod)
    /// What a step was made for has changed in the meantime, for example on Stripe's own pages; with the code of the refusal that noticed it.
    case outdated(String)
    /// The operator dismissed a parked call.
    case dismissed(String, by: String)
    /// A payment cannot be refunded: Stripe's code for a refused refund, or its reason for a failed one.
    case notRefundable(String)
    /// Stripe refused the call: its code, and its own words, which are English and meant for developers.
    case refused(code: String, words: String)
    /// Stripe gave no usable answer: why, and details for the operator.
    case unanswered(NoAnswer, words: String)
    /// Somebody's words.
    case said(String)

    /// As programs read it; never reworded.
    package var code: String {
        switch self {
        case .pageUnused: "page_unused"
        case .declined: "declined"
        case .authenticationRequired: "authentication_required"
        case .notPaid: "not_paid"
        case .cardRemoved: "card_removed"
        case .releasedAtStripe: "released_at_stripe"
        case .methodNotActive: "method_not_active"
        case .outdated: "outdated"
        case .dismissed: "dismissed"
        case .notRefundable: "not_refundable"
        case .refused: "refused"
        case .unanswered: "unanswered"
        case .said: "other"
        }
    }

    /// Every code there is.
    package static let codes = [
        "page_unused", "declined", "authentication_required", "not_paid", "card_removed", "released_at_stripe", "method_not_active",
        "outdated",
        "dismissed", "not_refundable", "refused", "unanswered", "other",
    ]

    /// Why there is no usable answer.
    package enum NoAnswer: String, Sendable, CaseIterable {
        /// Stripe was not reached; there was no answer in time; the connection broke.
        case notReached = "not_reached"
        case timedOut = "timed_out"
        case interrupted
        /// Stripe itself is in trouble, or another call is at the object, or there were too many.
        case serverError = "server_error"
        case busy
        /// The key is wrong, or lacks a permission.
        case keyRefused = "key_refused"
        /// What came is not Stripe's, or the books cannot take it in.
        case unusable
    }

    /// The guest's bank contests the payment, or has taken it back.
    package static let contested = Failure.notRefundable("charge_disputed")

    /// Whether the guest's bank refused.
    package var isDecline: Bool {
        switch self {
        case .declined, .authenticationRequired: true
        case .pageUnused, .notPaid, .cardRemoved, .releasedAtStripe, .methodNotActive, .outdated, .dismissed, .notRefundable, .refused,
            .unanswered,
            .said:
            false
        }
    }
}

// MARK: - In columns

extension Failure {
    /// A name of Stripe's or of the program's for why, where it has one.
    package var reason: String? {
        switch self {
        case .declined(let reason), .notRefundable(let reason), .outdated(let reason), .refused(let reason, _): reason
        case .methodNotActive(let method): method.rawValue
        case .unanswered(let why, _): why.rawValue
        case .pageUnused, .authenticationRequired, .notPaid, .cardRemoved, .releasedAtStripe, .dismissed, .said: nil
        }
    }

    /// Somebody's words.
    package var detail: String? {
        switch self {
        case .dismissed(let words, _), .refused(_, let words), .unanswered(_, let words), .said(let words): words
        case .pageUnused, .declined, .authenticationRequired, .notPaid, .cardRemoved, .releasedAtStripe, .methodNotActive, .outdated,
            .notRefundable:
            nil
        }
    }

    /// Who decided it.
    package var actor: String? { if case .dismissed(_, let actor) = self { actor } else { nil } }

    /// Never fails: what this program does not know is shown in its own words.
    package init(code: String, reason: String?, detail: String?, actor: String?) {
        switch (code, reason, detail, actor) {
        case ("page_unused", _, _, _): self = .pageUnused
        case ("declined", let reason?, _, _): self = .declined(reason)
        case ("authentication_required", _, _, _): self = .authenticationRequired
        case ("not_paid", _, _, _): self = .notPaid
        case ("card_removed", _, _, _): self = .cardRemoved
        case ("released_at_stripe", _, _, _): self = .releasedAtStripe
        case ("method_not_active", let method?, _, _): self = .methodNotActive(PaymentMethod(rawValue: method))
        case ("outdated", let refusal?, _, _): self = .outdated(refusal)
        case ("dismissed", _, let words?, let actor?): self = .dismissed(words, by: actor)
        case ("not_refundable", let reason?, _, _): self = .notRefundable(reason)
        case ("refused", let name?, let words?, _): self = .refused(code: name, words: words)
        case ("unanswered", let why?, let words?, _):
            self = NoAnswer(rawValue: why).map { .unanswered($0, words: words) } ?? .said(words)
        default: self = .said(detail ?? reason ?? code)
        }
    }
}
