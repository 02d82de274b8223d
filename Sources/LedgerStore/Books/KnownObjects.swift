import Ledger

extension Book {
    /// Whether anything in the tenant's books has this id at Stripe.
    package func knowsObject(_ id: String) throws -> Bool {
        try one(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM hold WHERE tenant = \(tenant.number) AND payment_intent = \(id))
                OR EXISTS (SELECT 1 FROM hold WHERE tenant = \(tenant.number) AND checkout_session = \(id))
                OR EXISTS (SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND payment_intent = \(id))
                OR EXISTS (SELECT 1 FROM payment WHERE tenant = \(tenant.number) AND checkout_session = \(id))
                OR EXISTS (SELECT 1 FROM saved_card WHERE tenant = \(tenant.number) AND checkout_session = \(id))
                OR EXISTS (SELECT 1 FROM refund WHERE tenant = \(tenant.number) AND stripe_id = \(id))
                OR EXISTS (SELECT 1 FROM dispute WHERE tenant = \(tenant.number) AND id = \(id))
                OR EXISTS (SELECT 1 FROM payout WHERE tenant = \(tenant.number) AND id = \(id))
                OR EXISTS (SELECT 1 FROM payment_risk WHERE tenant = \(tenant.number) AND review = \(id))
                OR EXISTS (SELECT 1 FROM payment_risk WHERE tenant = \(tenant.number) AND warning = \(id))
            """
        ) { _ in true } ?? false
    }
}
