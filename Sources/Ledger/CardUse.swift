/// What a card network advises after a bank has refused a card: Stripe's `advice_code`.
///
/// - Source: docs.stripe.com, "Card declines", network advice codes.
package enum CardAdvice: String, Sendable, CaseIterable {
    case doNotTryAgain = "do_not_try_again"
    /// The card's data have changed: only the guest can give the new ones.
    case confirmCardData = "confirm_card_data"
    case tryAgainLater = "try_again_later"

    /// Whether the card is not to be used without the guest any more, for whatever purpose.
    package var endsUse: Bool { self != .tryAgainLater }
}

/// Why a saved card is not used without the guest, although Stripe still has it. Networks count each try, and fine too many of them.
package enum CardBar: Hashable, Sendable {
    /// A bank has refused it for good.
    case advised(CardAdvice)
    /// Banks have refused it too often; it may be used again from then on.
    case refusedTooOften(until: Instant)

    /// So many refusals in `days` are the most for one card.
    ///
    /// - Source: the networks fine from 15 tries in 30 days (Visa) or 10 a day (Mastercard); see DECISIONS.md.
    package static let mostRefusals = 10
    /// How long a refusal counts.
    package static let days: Int64 = 30

    /// - Parameters:
    ///   - advice: What was ever advised that ends the card's use; nil for nothing.
    ///   - refusedAt: When it was refused for the last time but nine; nil when there were fewer than ten refusals.
    package init?(advice: CardAdvice?, tenthLastRefusal refusedAt: Instant?, now: Instant) {
        if let advice, advice.endsUse {
            self = .advised(advice)
        } else if let until = refusedAt?.adding(seconds: Self.days * 86_400), now < until {
            self = .refusedTooOften(until: until)
        } else {
            return nil
        }
    }
}

/// Whose money a card spends: Stripe's `funding`.
package enum CardFunding: String, Sendable, CaseIterable {
    case credit, debit, prepaid, unknown

    /// Whether a hold on it takes money out of the guest's reach, and not only out of a credit line.
    package var blocksMoney: Bool { self == .debit || self == .prepaid }
}
