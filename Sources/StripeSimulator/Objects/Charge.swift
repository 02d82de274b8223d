import JSON

/// One attempt to take or hold money.
struct Charge: Stored {
    let id: String
    let created: Int
    /// nil for a charge that another program made without an intent.
    let paymentIntent: String?
    let paymentMethod: String
    var amount: Int
    var currency: String
    var customer: String?
    var description: JSON
    var metadata: JSON
    var receiptEmail: JSON
    var shipping: JSON = .null
    var statementDescriptor: JSON = .null
    var statementDescriptorSuffix: JSON = .null
    var billingDetails: JSON
    var amountCaptured = 0
    var amountRefunded = 0
    var balanceTransaction: String?
    var failureBalanceTransaction: String?
    var isCaptured = false
    var isPaid = true
    var isDisputed = false
    var status = "succeeded"
    var failureCode: String?
    var failureMessage: String?
    /// Without what fraud prevention says.
    var outcome: JSON = Outcome.approved
    var risk = ChargeRisk()
    /// The latest one, also when it is closed.
    var review: String?
    var fraudDetails: JSON = .emptyObject
    /// `payment_method_details` without what a hold adds.
    var details: JSON
    let type: String
    /// What was authorised, when a hold is or was one; nil for a charge taken at once.
    var hold: Hold?
    /// When an asynchronously captured charge gets its balance transaction.
    var feeIsLate = false
    var dispute: String?
    /// Its bank takes no refund any more.
    var isPastRefunds = false

    /// A card hold's terms.
    struct Hold: Sendable {
        var amountAuthorized: Int
        /// Unix seconds.
        var captureBefore: Int
        var mayIncrement = false
        var mayOvercaptureUpTo: Int?
        var isExtended = false
        var mayCaptureSeveralTimes = false
        /// Released by expiry, cancellation or the capture.
        var isOver = false
    }

    var isRefunded: Bool { isCaptured && amountRefunded == amountCaptured && amountRefunded > 0 }

    var json: JSON {
        .object([
            ("id", .text(id)), ("object", "charge"), ("amount", .int(amount)), ("amount_captured", .int(amountCaptured)),
            ("amount_refunded", .int(amountRefunded)), ("application", nil), ("application_fee", nil), ("application_fee_amount", nil),
            ("balance_transaction", JSON(balanceTransaction)), ("billing_details", billingDetails),
            ("calculated_statement_descriptor", type == "card" ? "SIMULATOR" : nil), ("captured", .bool(isCaptured)),
            ("created", .int(created)),
            ("currency", .text(currency)), ("customer", JSON(customer)), ("description", description), ("disputed", .bool(isDisputed)),
            ("failure_balance_transaction", JSON(failureBalanceTransaction)),
            ("failure_code", JSON(failureCode)),
            ("failure_message", JSON(failureMessage)), ("fraud_details", fraudDetails), ("livemode", false), ("metadata", metadata),
            ("on_behalf_of", nil), ("outcome", outcome.merging(.object(risk.members))), ("paid", .bool(isPaid)),
            ("payment_intent", JSON(paymentIntent)),
            ("payment_method", .text(paymentMethod)), ("payment_method_details", detailsJSON), ("radar_options", .emptyObject),
            ("receipt_email", receiptEmail), ("receipt_number", nil),
            ("receipt_url", status == "succeeded" ? .text("https://pay.stripe.com/receipts/\(id)") : nil), ("refunded", .bool(isRefunded)),
            ("review", JSON(review)), ("shipping", shipping), ("source", nil), ("source_transfer", nil),
            ("statement_descriptor", statementDescriptor),
            ("statement_descriptor_suffix", statementDescriptorSuffix), ("status", .text(status)), ("transfer_data", nil),
            ("transfer_group", nil),
        ])
    }

    private var detailsJSON: JSON {
        guard type == "card" else { return .object([(type, details), ("type", .text(type))]) }
        var card = details
        card["amount_authorized"] = .int(hold?.amountAuthorized ?? amount)
        if let hold { card["capture_before"] = .int(hold.captureBefore) }
        card["extended_authorization"] = .object([("status", hold?.isExtended == true ? "enabled" : "disabled")])
        card["incremental_authorization"] = .object([("status", hold?.mayIncrement == true ? "available" : "unavailable")])
        card["multicapture"] = .object([("status", hold?.mayCaptureSeveralTimes == true ? "available" : "unavailable")])
        card["overcapture"] = .object([
            ("maximum_amount_capturable", .int(hold?.mayOvercaptureUpTo ?? hold?.amountAuthorized ?? amount)),
            ("status", hold?.mayOvercaptureUpTo != nil ? "available" : "unavailable"),
        ])
        return .object([("card", card), ("type", "card")])
    }
}

/// How issuer and risk checks judged an attempt.
enum Outcome {
    static let approved: JSON = .object([
        ("advice_code", nil), ("network_advice_code", nil), ("network_decline_code", nil), ("network_status", "approved_by_network"),
        ("reason", nil), ("seller_message", "Payment complete."), ("type", "authorized"),
    ])

    static func declined(_ decline: Decline, isBlocked: Bool) -> JSON {
        .object([
            ("advice_code", JSON(isBlocked ? nil : decline.adviceCode)),
            ("network_advice_code", JSON(isBlocked ? nil : decline.networkAdviceCode)),
            ("network_decline_code", JSON(isBlocked ? nil : decline.networkCode)),
            ("network_status", isBlocked ? "not_sent_to_network" : "declined_by_network"),
            ("reason", .text(isBlocked ? "highest_risk_level" : decline.declineCode)),
            (
                "seller_message",
                .text(
                    isBlocked
                        ? "Stripe blocked this payment as too risky." : "The bank did not return any further details with this decline.")
            ),
            ("type", isBlocked ? "blocked" : "issuer_declined"),
        ])
    }
}
