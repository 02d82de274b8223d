extension ParameterTable {
    /// Parameters of reviews and early fraud warnings, in the notation of `ParameterTable`.
    ///
    /// - Source: The types of Stripe's own SDK (stripe-python 15.6.2).
    static let radar = """
        GET /v1/reviews
            created:range ending_before:s expand:[s] limit:i starting_after:s

        GET /v1/reviews/{review}
            expand:[s]

        POST /v1/reviews/{review}/approve
            expand:[s]

        GET /v1/radar/early_fraud_warnings
            charge:s created:range ending_before:s expand:[s] limit:i payment_intent:s starting_after:s

        GET /v1/radar/early_fraud_warnings/{early_fraud_warning}
            expand:[s]
        """
}
