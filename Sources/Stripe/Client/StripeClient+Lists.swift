import Ledger

extension StripeClient {
    /// What happened, for at most the last 30 days.
    ///
    /// - Parameters:
    ///   - types: At most 20; none means all.
    ///   - after: The last event seen. An event that is older than 30 days is refused as `resource_missing`.
    ///   - since: Where to begin without a last event.
    package func events(types: [String] = [], after: String? = nil, since: Instant? = nil) -> Pages<Event> {
        precondition(types.count <= 20, "Stripe takes at most 20 event types.")
        return pages(of: "/v1/events", ["types": .list(types.map(FormValue.string))], after: after, since: since)
    }

    /// Movements of the balance, each with what it came from.
    ///
    /// - Parameters:
    ///   - before: Exclusive.
    ///   - payout: Only what an automatic payout holds.
    package func balanceTransactions(
        after: String? = nil, since: Instant? = nil, before: Instant? = nil, payout: String? = nil
    ) -> Pages<BalanceTransaction> {
        pages(
            of: "/v1/balance_transactions", ["payout": payout.map(FormValue.string), "expand": ["data.source"]], after: after, since: since,
            before: before)
    }

    /// With their latest charges and the balance transactions of those.
    package func paymentIntents(customer: String? = nil, after: String? = nil, since: Instant? = nil) -> Pages<PaymentIntent> {
        pages(
            of: "/v1/payment_intents",
            ["customer": customer.map(FormValue.string), "expand": ["data.latest_charge.balance_transaction"]], after: after, since: since)
    }

    /// The pages that belong to this intent or this customer; without either, all of the account.
    ///
    /// - Parameters:
    ///   - after: The last session seen, `cs_…`.
    ///   - since: Where to begin without one.
    package func checkoutSessions(
        paymentIntent: String? = nil, customer: String? = nil, after: String? = nil, since: Instant? = nil
    ) -> Pages<CheckoutSession> {
        pages(
            of: "/v1/checkout/sessions",
            ["payment_intent": paymentIntent.map(FormValue.string), "customer": customer.map(FormValue.string)], after: after, since: since)
    }

    /// With their balance transactions. Without an intent, all refunds of the account.
    ///
    /// - Parameters:
    ///   - after: The last refund seen, `re_…`.
    ///   - since: Where to begin without one.
    package func refunds(paymentIntent: String? = nil, after: String? = nil, since: Instant? = nil) -> Pages<Refund> {
        pages(
            of: "/v1/refunds",
            [
                "payment_intent": paymentIntent.map(FormValue.string),
                "expand": ["data.balance_transaction", "data.failure_balance_transaction"],
            ], after: after, since: since)
    }

    /// The automatic ones and those made by hand.
    ///
    /// - Parameters:
    ///   - after: The last payout seen, `po_…`.
    ///   - since: Where to begin without one.
    package func payouts(after: String? = nil, since: Instant? = nil) -> Pages<Payout> {
        pages(of: "/v1/payouts", [:], after: after, since: since)
    }

    /// Inquiries too. Without an intent, all of the account.
    ///
    /// - Parameters:
    ///   - after: The last dispute seen, `du_…`.
    ///   - since: Where to begin without one.
    package func disputes(paymentIntent: String? = nil, after: String? = nil, since: Instant? = nil) -> Pages<Dispute> {
        pages(of: "/v1/disputes", ["payment_intent": paymentIntent.map(FormValue.string)], after: after, since: since)
    }

    /// Those that are open; Stripe lists no others.
    package func openReviews() -> Pages<Review> { pages(of: "/v1/reviews", [:], after: nil, since: nil) }

    /// Banks' reports of fraud. Without an intent, all of the account.
    ///
    /// - Parameter since: When Stripe had them from the banks.
    package func earlyFraudWarnings(paymentIntent: String? = nil, since: Instant? = nil) -> Pages<EarlyFraudWarning> {
        pages(
            of: "/v1/radar/early_fraud_warnings", ["payment_intent": paymentIntent.map(FormValue.string)], after: nil, since: since)
    }

    private func pages<Element: StripeListed>(
        of path: String, _ filters: Form, after: String?, since: Instant?, before: Instant? = nil
    ) -> Pages<Element> {
        let created: Form = ["gte": since.map { .integer($0.unixSeconds) }, "lt": before.map { .integer($0.unixSeconds) }]
        return Pages(client: self, path: path, filters: filters.appending(["created": .form(created)]), after: after)
    }
}
