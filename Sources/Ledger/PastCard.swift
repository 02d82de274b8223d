/// A card of a folio that was saved before the present one, or that is lost.
package struct PastCard: Hashable, Sendable {
    /// Counts from 1 within the folio.
    package let number: Int64
    /// Stripe's id of the card, `pm_…`.
    package let paymentMethod: String
    /// The words that the guest agreed to.
    package let consent: String
    /// The same in numbers.
    package let terms: CardTerms
    /// By the books' clock.
    package let consentedAt: Instant
    /// `replaced`, or a `Folio.CardRemoval`.
    package let why: String
    /// Whether it was detached at Stripe.
    package let isDetached: Bool

    package init(
        number: Int64, paymentMethod: String, consent: String, terms: CardTerms, consentedAt: Instant, why: String, isDetached: Bool
    ) {
        self.number = number
        self.paymentMethod = paymentMethod
        self.consent = consent
        self.terms = terms
        self.consentedAt = consentedAt
        self.why = why
        self.isDetached = isDetached
    }
}
