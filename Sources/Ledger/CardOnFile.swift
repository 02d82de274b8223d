/// A card being saved, or saved, for charges without the guest.
package struct CardOnFile: Hashable, Sendable {
    /// `requested` until the guest has given the card; `removed` once it was detached or its customer deleted at Stripe. The words
    /// are those that are stored.
    package enum State: String, Sendable { case requested, saved, failed, removed }
    /// Only a saved card can be charged.
    package let state: State
    /// The Checkout session in which the card is given without a payment, `cs_…`; nil when a payment saves it.
    package let session: String?
    /// Stripe's id of the card, `pm_…`; nil until it is saved.
    package let paymentMethod: String?
    /// The words that the guest agrees to on a page, or has agreed to.
    package let consent: String
    /// The same in numbers.
    package let terms: CardTerms

    package init(state: State, session: String?, paymentMethod: String?, consent: String, terms: CardTerms) {
        self.state = state
        self.session = session
        self.paymentMethod = paymentMethod
        self.consent = consent
        self.terms = terms
    }
}
