/// The types a balance transaction may have, and the category under which Stripe's reports put each.
///
/// - Source: the words of `balance_transaction.type` in Stripe's schema of `2026-08-26.dahlia`; the categories of Stripe's page "Reporting
///   categories and types". Where the page names none, the category is the type's own word.
enum MovementType {
    static let categories: [String: String] = [
        "adjustment": "other_adjustment",
        "advance": "advance",
        "advance_funding": "advance_funding",
        "anticipation_repayment": "anticipation_repayment",
        "application_fee": "platform_earning",
        "application_fee_refund": "platform_earning_refund",
        "charge": "charge",
        "climate_order_purchase": "climate_order_purchase",
        "climate_order_refund": "climate_order_refund",
        "connect_collection_transfer": "connect_collection_transfer",
        "contribution": "contribution",
        "fee_credit_funding": "fee_credit_funding",
        "inbound_transfer": "inbound_transfer",
        "inbound_transfer_reversal": "inbound_transfer_reversal",
        "issuing_authorization_hold": "issuing_authorization_hold",
        "issuing_authorization_release": "issuing_authorization_release",
        "issuing_dispute": "issuing_dispute",
        "issuing_transaction": "issuing_transaction",
        "obligation_outbound": "other_adjustment",
        "obligation_reversal_inbound": "other_adjustment",
        "payment": "charge",
        "payment_failure_refund": "charge_failure",
        "payment_network_reserve_hold": "payment_network_reserve_hold",
        "payment_network_reserve_release": "payment_network_reserve_release",
        "payment_refund": "refund",
        "payment_reversal": "charge_failure",
        "payment_unreconciled": "unreconciled_customer_funds",
        "payout": "payout",
        "payout_cancel": "payout_reversal",
        "payout_failure": "payout_reversal",
        "payout_minimum_balance_hold": "payout_minimum_balance_hold",
        "payout_minimum_balance_release": "payout_minimum_balance_release",
        "refund": "refund",
        "refund_failure": "refund_failure",
        "reserve_hold": "risk_reserved_funds",
        "reserve_release": "risk_reserved_funds",
        "reserve_transaction": "connect_reserved_funds",
        "reserved_funds": "risk_reserved_funds",
        "stripe_balance_payment_debit": "stripe_balance_payment_debit",
        "stripe_balance_payment_debit_reversal": "stripe_balance_payment_debit_reversal",
        "stripe_fee": "fee",
        "stripe_fx_fee": "fee",
        "tax_fee": "tax",
        "tax_fund": "tax_fund",
        "topup": "topup",
        "topup_reversal": "topup_reversal",
        "transfer": "transfer",
        "transfer_cancel": "transfer_reversal",
        "transfer_failure": "transfer_reversal",
        "transfer_refund": "transfer_reversal",
    ]

    /// - Returns: Of a word that Stripe does not know yet, the word itself.
    static func category(of type: String) -> String { categories[type] ?? type }

    /// Moves between the payments balance and the reserved one: each side has a transaction.
    static let reserving: Set<String> = ["reserve_hold", "reserve_release"]

    /// The balances that a transaction may change. `available` and `pending` of `GET /v1/balance` are the payments balance.
    static let balances = ["payments", "issuing", "refund_and_dispute_prefunding", "risk_reserved"]
}
