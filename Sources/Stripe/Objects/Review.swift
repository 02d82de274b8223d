import Ledger

/// A charge that a rule or a person wants looked at.
package struct Review: StripeObject {
    /// `prv_…`.
    package let id: String
    /// Nobody has decided yet.
    @Flag package var open: Bool
    /// `rule` or `manual`; nil where Stripe does not say.
    package let openedReason: String?
    /// `approved`, `refunded`, `disputed` and others; nil while it is open, and where Stripe does not say.
    package let closedReason: String?
    @Seconds package var created: Instant
    /// The charge to be looked at, `ch_…`.
    @Reference package var charge: String?
    /// Its intent, `pi_…`.
    @Reference package var paymentIntent: String?

    private enum CodingKeys: String, CodingKey {
        case id, open, created, charge
        case openedReason = "opened_reason"
        case closedReason = "closed_reason"
        case paymentIntent = "payment_intent"
    }
}
