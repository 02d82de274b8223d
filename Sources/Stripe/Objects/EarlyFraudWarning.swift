import Ledger

/// A bank's report that a charge may be fraud. It has no deadline: only a dispute has.
package struct EarlyFraudWarning: StripeObject {
    /// `issfr_…`.
    package let id: String
    /// The charge was neither contested nor refunded as a whole.
    @Flag package var actionable: Bool
    /// The bank's kind of fraud: `made_with_stolen_card`; nil where Stripe does not say.
    package let fraudType: String?
    @Seconds package var created: Instant
    /// The charge it is about, `ch_…`.
    @Reference package var charge: String?
    /// Its intent, `pi_…`.
    @Reference package var paymentIntent: String?

    private enum CodingKeys: String, CodingKey {
        case id, actionable, created, charge
        case fraudType = "fraud_type"
        case paymentIntent = "payment_intent"
    }
}
