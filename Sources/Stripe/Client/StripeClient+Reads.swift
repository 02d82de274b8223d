extension StripeClient {
    /// With its intent, the latest charge of that with its balance transaction, its card, and the card that a setup saved.
    package func checkoutSession(_ id: String) async -> StripeOutcome<CheckoutSession> {
        await read(
            .get(
                StripeRequest.path("checkout/sessions", id),
                [
                    "expand": [
                        "payment_intent.latest_charge.balance_transaction", "payment_intent.payment_method", "setup_intent.payment_method",
                    ]
                ]))
    }

    /// With its latest charge, the balance transaction of that, and its card.
    package func paymentIntent(_ id: String) async -> StripeOutcome<PaymentIntent> {
        await read(.get(StripeRequest.path("payment_intents", id), ["expand": ["latest_charge.balance_transaction", "payment_method"]]))
    }

    /// With the saved card.
    package func setupIntent(_ id: String) async -> StripeOutcome<SetupIntent> {
        await read(.get(StripeRequest.path("setup_intents", id), ["expand": ["payment_method"]]))
    }

    /// With its balance transaction, once there is one.
    package func charge(_ id: String) async -> StripeOutcome<Charge> {
        await read(.get(StripeRequest.path("charges", id), ["expand": ["balance_transaction"]]))
    }

    /// With what it came from; only with the id of that where the object itself cannot be read.
    ///
    /// - Parameter id: `txn_…`.
    package func balanceTransaction(_ id: String) async -> StripeOutcome<BalanceTransaction> {
        let path = StripeRequest.path("balance_transactions", id)
        let whole: StripeOutcome<BalanceTransaction> = await read(.get(path, ["expand": ["source"]]))
        switch whole {
        case .answer, .refused: return whole
        case .unknown(let uncertainty):
            switch uncertainty.reason {
            case .unreadable, .serverError, .keyRefused: return await read(.get(path))
            case .noAnswer, .conflict, .locked, .rateLimited: return whole
            }
        }
    }

    /// One event, as the list of events shows it.
    ///
    /// - Parameter id: `evt_…`.
    package func event(_ id: String) async -> StripeOutcome<Event> {
        await call(.get(StripeRequest.path("events", id)), key: nil) { try Event(raw: $0.body) }
    }

    /// With its balance transactions: that of a failed refund is the second.
    package func refund(_ id: String) async -> StripeOutcome<Refund> {
        await read(.get(StripeRequest.path("refunds", id), ["expand": .movements]))
    }

    /// - Parameter id: `pm_…`.
    package func paymentMethod(_ id: String) async -> StripeOutcome<PaymentMethod> {
        await read(.get(StripeRequest.path("payment_methods", id)))
    }

    /// A deleted customer is an answer, too: see `Customer.deleted`.
    ///
    /// - Parameter id: `cus_…`.
    package func customer(_ id: String) async -> StripeOutcome<Customer> {
        await read(.get(StripeRequest.path("customers", id)))
    }

    /// - Parameter id: `po_…`.
    package func payout(_ id: String) async -> StripeOutcome<Payout> {
        await read(.get(StripeRequest.path("payouts", id)))
    }

    /// With its movements of the balance.
    ///
    /// - Parameter id: `du_…`.
    package func dispute(_ id: String) async -> StripeOutcome<Dispute> {
        await read(.get(StripeRequest.path("disputes", id)))
    }

    /// - Parameter id: `prv_…`.
    package func review(_ id: String) async -> StripeOutcome<Review> {
        await read(.get(StripeRequest.path("reviews", id)))
    }

    /// - Parameter id: `issfr_…`.
    package func earlyFraudWarning(_ id: String) async -> StripeOutcome<EarlyFraudWarning> {
        await read(.get(StripeRequest.path("radar/early_fraud_warnings", id)))
    }

    /// What the account has at this moment: it has no history.
    package func balance() async -> StripeOutcome<Balance> {
        await read(.get("/v1/balance"))
    }

    /// The account behind the key: the cheapest way to try a key.
    package func account() async -> StripeOutcome<Account> {
        await read(.get("/v1/account"))
    }
}
