extension StripeRequest {
    /// Answers `Customer`.
    ///
    /// - Parameter language: The payer's language tag, used by Stripe for mails and pages.
    package static func createCustomer(
        name: String?, email: String?, language: PayerLanguage? = nil, metadata: [String: String]
    ) -> StripeRequest {
        .post(
            "/v1/customers",
            [
                "name": name.map(FormValue.string),
                "email": email.map(FormValue.string),
                "preferred_locales": language.map { .list([.string($0.rawValue)]) },
                "metadata": .form(Form(sorted: metadata)),
            ])
    }

    /// Lets a saved card go, for good. Answers `PaymentMethod`.
    package static func detachPaymentMethod(_ id: String) -> StripeRequest {
        .post(path("payment_methods", id, "detach"))
    }
}
